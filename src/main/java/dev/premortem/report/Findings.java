package dev.premortem.report;

import dev.premortem.outage.AcceptedRisk;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Prediction;
import java.util.ArrayList;
import java.util.List;

/**
 * The outages of a prediction as people are told of them.
 *
 * @param judged those that count, worst first
 * @param groups the same, where what several clusters share is one group
 * @param possible what rests on a guess
 * @param chosen what was plainly chosen
 * @param aside accepted, known, and part of another
 */
record Findings(
        List<Outage> judged,
        List<List<Outage>> groups,
        List<Outage> possible,
        List<Outage> chosen,
        List<Outage> aside) {
    private static final String CLUSTER = "cluster/";

    /** @param together false where each cluster stands for itself */
    static Findings of(Prediction prediction, Known known, boolean together) {
        List<Outage> open = prediction.outages().stream()
                .filter(outage -> !outage.accepted()
                        && outage.foldedUnder().isEmpty()
                        && !known.ids().contains(outage.id()))
                .toList();
        List<Outage> chosen = open.stream()
                .filter(outage -> outage.outageClass() == OutageClass.F)
                .toList();
        List<Outage> others = open.stream()
                .filter(outage -> outage.outageClass() != OutageClass.F)
                .toList();
        List<Outage> judged = others.stream()
                .filter(outage -> outage.confidence() != Confidence.POSSIBLE)
                .toList();
        List<Outage> possible = others.stream()
                .filter(outage -> outage.confidence() == Confidence.POSSIBLE)
                .toList();
        List<Outage> aside = prediction.outages().stream()
                .filter(outage -> !open.contains(outage))
                .toList();
        return new Findings(judged, groups(judged, together), possible, chosen, aside);
    }

    /** What several clusters share is told once, by the first of them. */
    private static List<List<Outage>> groups(List<Outage> outages, boolean together) {
        List<List<Outage>> groups = new ArrayList<>();
        for (Outage outage : outages) {
            groups.stream()
                    .filter(group -> together && elsewhere(group.getFirst(), outage))
                    .findFirst()
                    .ifPresentOrElse(group -> group.add(outage), () -> groups.add(new ArrayList<>(List.of(outage))));
        }
        return groups;
    }

    /** The same act that halts in another cluster. */
    private static boolean elsewhere(Outage first, Outage other) {
        return first.pivot().startsWith(CLUSTER)
                && other.pivot().startsWith(CLUSTER)
                && first.pivot().replaceAll(".*#", "").equals(other.pivot().replaceAll(".*#", ""))
                && first.outageClass() == other.outageClass()
                && alike(first, other);
    }

    /** The same way of breaking, behind no product either: one of them tells it all. */
    static boolean alike(Outage above, Outage outage) {
        return above.mechanism().equals(outage.mechanism())
                && above.severity() == outage.severity()
                && above.trigger().type() == outage.trigger().type()
                && above.durationSetBy()
                        .replaceAll(".*#", "")
                        .equals(outage.durationSetBy().replaceAll(".*#", ""))
                && above.products().isEmpty()
                && outage.products().isEmpty();
    }

    /** Why one is aside: accepted, with the owner's reason, known, or part of another; empty for one that is not. */
    static String aside(Outage outage, Prediction prediction, Known known) {
        if (outage.accepted()) {
            return prediction.acceptances().stream()
                    .filter(risk -> risk.state() == AcceptedRisk.State.HOLDS
                            && risk.outages().contains(outage.id()))
                    .findFirst()
                    .map(risk -> "accepted until " + Words.date(risk.until()) + ": " + risk.reason())
                    .orElse("accepted");
        }
        if (known.ids().contains(outage.id())) {
            return "of the baseline";
        }
        return outage.foldedUnder().map(other -> "part of " + other).orElse("");
    }
}
