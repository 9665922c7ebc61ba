package dev.premortem.report;

import dev.premortem.outage.AcceptedRisk;
import dev.premortem.outage.Band;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Coverage;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Prediction;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Severity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code check} for people: the verdict, at most ten outages and three that were chosen, what was not read, what to do next. */
final class CheckText {
    private static final int MOST = 10;
    private static final int MOST_CHOSEN = 3;
    /** With less than this share understood nothing is called well. */
    private static final double WELL = 0.75;

    private static final String CLUSTER = "cluster/";

    private final Prediction prediction;
    private final View view;
    private final Sheet sheet;
    private final List<Outage> judged;
    private final List<List<Outage>> groups;
    private final List<Outage> possible;
    private final List<Outage> chosen;
    private final List<Outage> aside;

    CheckText(Prediction prediction, View view) {
        this.prediction = prediction;
        this.view = view;
        this.sheet = new Sheet(view.colour());
        List<Outage> open = prediction.outages().stream()
                .filter(outage -> !outage.accepted()
                        && outage.foldedUnder().isEmpty()
                        && !view.known().contains(outage.id()))
                .toList();
        this.chosen = open.stream()
                .filter(outage -> outage.outageClass() == OutageClass.F)
                .toList();
        List<Outage> others = open.stream()
                .filter(outage -> outage.outageClass() != OutageClass.F)
                .toList();
        this.judged = others.stream()
                .filter(outage -> outage.confidence() != Confidence.POSSIBLE)
                .toList();
        this.groups = groups(judged, view);
        this.possible = others.stream()
                .filter(outage -> outage.confidence() == Confidence.POSSIBLE)
                .toList();
        this.aside = prediction.outages().stream()
                .filter(outage -> !open.contains(outage))
                .toList();
    }

    String render() {
        OutageText outages = new OutageText(sheet, view, prediction.now());
        if (view.quiet()) {
            shown().forEach(outages::heading);
            return sheet.text();
        }
        verdict();
        unrendered();
        List<Outage> printed = new ArrayList<>();
        List<Outage> told = view.all() ? shown() : firsts();
        for (Outage outage : told) {
            sheet.blank();
            printed.stream()
                    .filter(above -> !view.all() && alike(above, outage))
                    .findFirst()
                    .ifPresentOrElse(above -> outages.like(outage, above), () -> outages.print(outage));
            printed.add(outage);
            groups.stream()
                    .filter(group -> group.getFirst().id().equals(outage.id()))
                    .forEach(outages::elsewhere);
        }
        rest();
        ended();
        chosen(outages);
        if (!prediction.outages().isEmpty()) {
            sheet.blank();
        }
        new CoverageText(sheet, view, prediction).print();
        next();
        return sheet.text();
    }

    /** What several clusters share is told once, by the first of them; with {@code --all} each stands for itself. */
    private static List<List<Outage>> groups(List<Outage> outages, View view) {
        List<List<Outage>> groups = new ArrayList<>();
        for (Outage outage : outages) {
            groups.stream()
                    .filter(group -> !view.all() && elsewhere(group.getFirst(), outage))
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

    private List<Outage> firsts() {
        return groups.subList(0, Math.min(MOST, groups.size())).stream()
                .map(List::getFirst)
                .toList();
    }

    /** The same way of breaking, behind no product either: one of them tells it all. */
    private static boolean alike(Outage above, Outage outage) {
        return above.mechanism().equals(outage.mechanism())
                && above.severity() == outage.severity()
                && above.trigger().type() == outage.trigger().type()
                && above.durationSetBy()
                        .replaceAll(".*#", "")
                        .equals(outage.durationSetBy().replaceAll(".*#", ""))
                && above.products().isEmpty()
                && outage.products().isEmpty();
    }

    private List<Outage> shown() {
        if (!view.all()) {
            return groups.subList(0, Math.min(MOST, groups.size())).stream()
                    .flatMap(List::stream)
                    .toList();
        }
        List<Outage> all = new ArrayList<>(judged);
        all.addAll(possible);
        all.addAll(aside.stream()
                .filter(outage -> outage.outageClass() != OutageClass.F)
                .toList());
        return all;
    }

    /** With less than four fifths of the releases rendered the reader knows it before the first outage (ranking 10). */
    private void unrendered() {
        Coverage.Rendering rendering = prediction.coverage().rendering();
        if (!judged.isEmpty() && rendering.rendered() * 5L < rendering.releases() * 4L) {
            sheet.paragraph(
                    rendering.releases() == 1
                            ? "The one release could not be rendered: what it makes is unknown here, not fine."
                            : rendering.rendered() == 0
                                    ? "None of " + Words.of(rendering.releases(), "release")
                                            + " could be rendered: what they make is unknown here, not fine."
                                    : "Only " + Words.count(rendering.rendered()) + " of "
                                            + Words.of(rendering.releases(), "release")
                                            + " could be rendered: what the others make is unknown here, not fine.");
        }
    }

    private void verdict() {
        if (judged.isEmpty()) {
            boolean partly = prediction.coverage().share() < WELL;
            boolean unrendered = !prediction.coverage().rendering().gaps().isEmpty();
            String until = Words.date(prediction.now().plus(prediction.horizon()));
            boolean borne = aside.stream()
                    .anyMatch(outage -> outage.accepted() || view.known().contains(outage.id()));
            String found = borne
                    ? "nothing but what is known or accepted"
                    : possible.isEmpty() && chosen.isEmpty() ? "no outage waits here" : "nothing that nobody chose";
            sheet.paragraph(
                    !prediction.coverage().problems().isEmpty()
                            ? "No outage found in what could be read; what could not is named on stderr."
                            : partly
                                    ? "No outage found, but too much was not understood to call this well."
                                    : unrendered
                                            ? "No outage found in what was rendered; what was not is unknown, not fine."
                                            : "All well until " + until + ": " + found + ".",
                    partly || unrendered ? Sheet.Tint.MEDIUM : Sheet.Tint.GOOD);
            return;
        }
        List<String> counts = new ArrayList<>();
        for (Severity severity : Severity.values()) {
            long count = groups.stream()
                    .filter(group -> group.getFirst().severity() == severity)
                    .count();
            if (count > 0) {
                counts.add(count + " " + severity.word());
            }
        }
        String wait = groups.size() == 1 ? " waits here: " : " wait here: ";
        List<Outage> rated = judged.stream()
                .filter(outage -> outage.rateKnown() && outage.minutesPerYear().isPresent())
                .toList();
        String yearly = "";
        if (!rated.isEmpty()) {
            Band sum = rated.stream()
                    .map(outage -> outage.minutesPerYear().orElseThrow())
                    .reduce(new Band(0, 0, 0), Band::plus);
            yearly = " · " + Words.band(sum) + (rated.size() < judged.size() ? " where a rate is known" : "");
        }
        sheet.paragraph(
                Words.of(groups.size(), "outage") + wait + String.join(", ", counts) + yearly,
                OutageText.tint(judged.getFirst().severity()));
        if (rated.isEmpty()) {
            sheet.paragraph("No minutes a year: no failure rate is known here.");
        }
    }

    private void rest() {
        if (view.all()) {
            return;
        }
        List<String> parts = new ArrayList<>();
        if (groups.size() > MOST) {
            parts.add((groups.size() - MOST) + " more");
        }
        if (!possible.isEmpty()) {
            parts.add(possible.size() + (possible.size() == 1 ? " that rests on a guess" : " that rest on a guess"));
        }
        long accepted = aside.stream().filter(Outage::accepted).count();
        if (accepted > 0) {
            parts.add(accepted + " accepted");
        }
        long known = aside.stream()
                .filter(outage -> !outage.accepted() && view.known().contains(outage.id()))
                .count();
        if (known > 0) {
            parts.add(known + " of the baseline");
        }
        if (aside.size() > accepted + known) {
            parts.add((aside.size() - accepted - known) + " that are part of another");
        }
        if (!parts.isEmpty()) {
            sheet.blank().paragraph("Not shown: " + String.join(", ", parts) + " (--all).");
        }
    }

    /** Acceptances past their end: their outages count again. */
    private void ended() {
        for (AcceptedRisk risk : prediction.acceptances()) {
            if (risk.state() == AcceptedRisk.State.ENDED) {
                sheet.blank()
                        .paragraph("Accepted until " + Words.date(risk.until().minus(Duration.ofDays(1)))
                                + ", which has passed: " + Words.few(risk.outages(), 5) + " ("
                                + (risk.place().file().endsWith(".premortem.yaml") ? "" : view.prefix())
                                + risk.place().at() + ").");
            }
        }
    }

    private void chosen(OutageText outages) {
        List<Outage> lines = new ArrayList<>(chosen);
        if (view.all()) {
            aside.stream()
                    .filter(outage -> outage.outageClass() == OutageClass.F)
                    .forEach(lines::add);
        }
        if (lines.isEmpty()) {
            return;
        }
        sheet.blank().line("---- chosen, not judged");
        if (view.all()) {
            for (Outage outage : lines) {
                outages.print(outage);
                sheet.blank();
            }
            return;
        }
        for (Outage outage : lines.subList(0, Math.min(MOST_CHOSEN, lines.size()))) {
            sheet.labelled("", outage.title(), outage.id(), Sheet.Tint.NONE);
            outage.remedies().stream()
                    .filter(Remedy::verified)
                    .findFirst()
                    .ifPresent(remedy -> sheet.labelled("fix", remedy.title()));
        }
        if (lines.size() > MOST_CHOSEN) {
            sheet.under("and " + (lines.size() - MOST_CHOSEN) + " more (--all)", "", Sheet.Tint.NONE, 0);
        }
    }

    /** Patches name files relative to the tree that was read. */
    private String directory() {
        return view.prefix().isEmpty()
                ? ""
                : " --directory=" + view.prefix().substring(0, view.prefix().length() - 1);
    }

    private void next() {
        List<Outage> fixable = judged.stream()
                .filter(outage -> outage.remedies().stream().anyMatch(Remedy::verified))
                .toList();
        if (!prediction.coverage().problems().isEmpty()) {
            sheet.paragraph("next: mend what stderr names ("
                    + Words.of(prediction.coverage().problems().size(), "problem") + "), then check again");
        } else if (!fixable.isEmpty()) {
            sheet.paragraph(
                    "next: premortem fix " + fixable.getFirst().id() + view.arguments() + " | git apply" + directory());
        } else if (!judged.isEmpty()) {
            sheet.line("next: premortem explain " + judged.getFirst().id() + view.arguments());
        } else if (!prediction.coverage().notRun().isEmpty()) {
            sheet.paragraph("next: declare what no repository holds (premortem.dev/v1: Site, Link, Cluster, Product)");
        } else {
            sheet.paragraph("next: check again with every change; --horizon looks further ahead");
        }
    }
}
