package dev.premortem.predict;

import dev.premortem.estate.Estate;
import dev.premortem.fact.Assumption;
import dev.premortem.fact.Catalogue;
import dev.premortem.outage.Band;
import dev.premortem.outage.NextFact;
import dev.premortem.outage.Outage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which assumption would move the predicted minutes most once it is known: the engines are run at both ends of each band. */
public final class NextFacts {
    private NextFacts() {}

    /** The assumptions that the estate rests on and that move something, the largest swing first. */
    public static List<NextFact> of(Estate estate, Request request) {
        Model model = Model.of(estate, request);
        List<Outage> now = outages(model, request);
        SortedSet<String> used = new TreeSet<>();
        model.sketch().assumed().forEach(fact -> used.add(fact.id()));
        List<NextFact> facts = new ArrayList<>();
        for (Assumption<?> assumption : Catalogue.all()) {
            if (used.contains(assumption.id())) {
                String low = String.valueOf(assumption.low());
                String high = String.valueOf(assumption.high());
                List<Outage> atLow = outages(Model.of(estate.assuming(assumption, low), request), request);
                List<Outage> atHigh = outages(Model.of(estate.assuming(assumption, high), request), request);
                facts.add(new NextFact(
                        assumption.id(),
                        String.valueOf(assumption.value()),
                        low,
                        high,
                        minutes(atLow),
                        minutes(now),
                        minutes(atHigh),
                        !worst(atLow).equals(worst(now)) || !worst(atHigh).equals(worst(now)),
                        "Assumptions, spec.defaults: " + assumption.id(),
                        assumption.source()));
            }
        }
        return facts.stream()
                .filter(fact -> fact.swing() > 1e-9)
                .sorted(Comparator.comparingDouble(NextFact::swing).reversed().thenComparing(NextFact::id))
                .toList();
    }

    private static List<Outage> outages(Model model, Request request) {
        return Predictor.ranked(model, request, new LinkedHashMap<>()).stream()
                .filter(outage -> outage.foldedUnder().isEmpty())
                .toList();
    }

    private static double minutes(List<Outage> outages) {
        return outages.stream().mapToDouble(NextFacts::minutes).sum();
    }

    private static double minutes(Outage outage) {
        return outage.minutesPerYear().map(Band::typical).orElse(0.0);
    }

    private static String worst(List<Outage> outages) {
        return outages.stream()
                .max(Comparator.comparingDouble(NextFacts::minutes))
                .map(Outage::id)
                .orElse("");
    }
}
