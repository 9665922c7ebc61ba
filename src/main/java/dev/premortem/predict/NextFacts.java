package dev.premortem.predict;

import dev.premortem.estate.CertificateOrder;
import dev.premortem.estate.Cluster;
import dev.premortem.estate.Estate;
import dev.premortem.estate.Link;
import dev.premortem.fact.Assumption;
import dev.premortem.fact.Catalogue;
import dev.premortem.outage.Band;
import dev.premortem.outage.NextFact;
import dev.premortem.outage.Outage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which assumption is worth measuring: the engines are run at both ends of each band.
 *
 * <p>What a fact is worth is the expected value of perfect information about it (R. A. Howard, Information value theory, 1966) for the choice of the
 * one thing that is mended first: what is saved on the mean if one knows it before choosing, less what the best choice without it saves. An end of a band
 * stands for its fifth or ninety-fifth percentile, and the three points weigh as in the extended Pearson-Tukey rule (D. L. Keefer, S. E. Bodily,
 * Three-point approximations for continuous random variables, 1983).
 */
public final class NextFacts {
    /** Weights of the ends and of the middle of a band. */
    private static final double END = 0.185;

    private static final double MIDDLE = 1 - 2 * END;

    /** What moves the minutes by less shows in no figure. */
    private static final double LEAST_SWING = 0.005;

    /** Accepted ones too: what is learnt may end the acceptance. */
    private static final Counted ALL = new Counted(Set.of());

    private static final double ROUNDING = 1e-9;

    private final Estate estate;
    private final Request request;
    private final SortedSet<String> used = new TreeSet<>();

    private NextFacts(Estate estate, Request request) {
        this.estate = estate;
        this.request = request;
    }

    /** The assumptions that the estate rests on and that move something: first those that decide what to mend, then by the swing of the minutes. */
    public static List<NextFact> of(Estate estate, Request request) {
        return new NextFacts(estate, request).found();
    }

    private List<NextFact> found() {
        SortedMap<String, Double> now = minutes(estate);
        List<NextFact> facts = new ArrayList<>();
        for (Assumption<?> assumption : Catalogue.all()) {
            if (used.contains(assumption.id())) {
                SortedMap<String, Double> low = minutes(estate.assuming(assumption, String.valueOf(assumption.low())));
                SortedMap<String, Double> high =
                        minutes(estate.assuming(assumption, String.valueOf(assumption.high())));
                facts.add(new NextFact(
                        assumption,
                        sum(low),
                        sum(now),
                        sum(high),
                        !worst(low).equals(worst(now)) || !worst(high).equals(worst(now)),
                        worth(low, now, high)));
            }
        }
        return facts.stream()
                .filter(fact -> fact.worth() > 0 || fact.swing() > LEAST_SWING * fact.now())
                .sorted(Comparator.comparingDouble(NextFact::worth)
                        .thenComparingDouble(NextFact::swing)
                        .reversed()
                        .thenComparing(NextFact::id))
                .toList();
    }

    /** Weighted minutes a year of each thing that could be mended: outages, and what nobody declared. */
    private SortedMap<String, Double> minutes(Estate assumed) {
        SortedMap<String, Double> minutes = new TreeMap<>();
        Model model = Model.of(assumed, request);
        ALL.among(Predictor.ranked(model, request, new LinkedHashMap<>()))
                .forEach(outage -> minutes.merge(outage.id(), minutes(outage), Double::sum));
        model.sketch().assumed().forEach(fact -> used.add(fact.id()));
        if (mayHide(assumed)) {
            Model whole = Model.withUnseen(assumed, request);
            UnseenMinutes.of(whole, request).forEach((unseen, added) -> minutes.merge(unseen, added, Double::sum));
            whole.sketch().assumed().forEach(fact -> used.add(fact.id()));
        }
        return minutes;
    }

    /** One link alone shares nothing and takes over from nothing; nor do copies in one cluster or one certificate. */
    private static boolean mayHide(Estate estate) {
        return estate.all(Link.class).size() > 1
                || estate.all(Cluster.class).size() > 1
                || estate.all(CertificateOrder.class).size() > 1;
    }

    private static double minutes(Outage outage) {
        return outage.minutesPerYear().map(Band::typical).orElse(0.0);
    }

    private static double sum(Map<String, Double> minutes) {
        return minutes.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** What is saved by knowing before choosing. */
    private static double worth(
            SortedMap<String, Double> low, SortedMap<String, Double> now, SortedMap<String, Double> high) {
        SortedMap<String, Double> mean = new TreeMap<>();
        low.forEach((thing, minutes) -> mean.merge(thing, END * minutes, Double::sum));
        now.forEach((thing, minutes) -> mean.merge(thing, MIDDLE * minutes, Double::sum));
        high.forEach((thing, minutes) -> mean.merge(thing, END * minutes, Double::sum));
        double knowing = END * most(low) + MIDDLE * most(now) + END * most(high);
        double worth = knowing - most(mean);
        return worth > ROUNDING * Math.max(1, knowing) ? worth : 0;
    }

    private static double most(Map<String, Double> minutes) {
        return minutes.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    private static String worst(Map<String, Double> minutes) {
        return minutes.entrySet().stream()
                .max(Map.Entry.<String, Double>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
                .map(Map.Entry::getKey)
                .orElse("");
    }
}
