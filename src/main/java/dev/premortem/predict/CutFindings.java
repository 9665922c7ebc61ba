package dev.premortem.predict;

import dev.premortem.engine.cuts.CutAnalysis;
import dev.premortem.engine.cuts.Diagram;
import dev.premortem.engine.cuts.FaultTree;
import dev.premortem.engine.cuts.MinimalSets;
import dev.premortem.outage.CutSets;
import dev.premortem.outage.CutSets.CutSet;
import dev.premortem.outage.CutSets.Exposure;
import dev.premortem.outage.CutSets.Importance;
import dev.premortem.outage.CutSets.Probability;
import dev.premortem.twin.Condition;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a diagram says, made ready to be told. */
final class CutFindings {
    private static final int HIGHEST_ORDER = 64;
    /** Sets over which the min-cut bound is multiplied out, at most. */
    private static final int MOST_MULTIPLIED = 2_000_000;
    /** Sets that are looked through for the likeliest of an order. */
    private static final int MOST_SORTED = 200_000;

    private final FaultTree tree;
    private final CutAnalysis analysis;
    private final CutStudy.Wish wish;
    private final boolean probabilities;
    private final Optional<MinimalSets> sets;
    private final double[] of;
    private final List<String> remarks = new ArrayList<>();

    private CutFindings(FaultTree tree, CutAnalysis analysis, CutStudy.Wish wish, boolean probabilities) {
        this.tree = tree;
        this.analysis = analysis;
        this.wish = wish;
        this.probabilities = probabilities;
        this.of = tree.probabilities();
        this.sets = MinimalSets.of(analysis, wish.order().orElse(HIGHEST_ORDER));
        analysis.limit().ifPresent(limit -> remarks.add("The diagram was ended at its limit: " + limit + "."));
        if (!probabilities) {
            remarks.add("Not every event says a probability: the counts are right, probabilities are not known.");
        }
    }

    /** @param probabilities false where not all events say one */
    static CutFindings of(FaultTree tree, CutAnalysis analysis, CutStudy.Wish wish, boolean probabilities) {
        return new CutFindings(tree, analysis, wish, probabilities);
    }

    CutSets told(String top, Optional<Exposure> exposure) {
        SortedMap<Integer, BigInteger> byOrder = new TreeMap<>();
        sets.ifPresent(
                found -> found.byOrder().forEach((order, count) -> byOrder.put(order, BigInteger.valueOf(count))));
        BigInteger counted = byOrder.values().stream().reduce(BigInteger.ZERO, BigInteger::add);
        Optional<BigInteger> count =
                wish.order().isPresent() && sets.isPresent() ? Optional.of(counted) : analysis.count();
        List<CutSet> listed = listed();
        boolean truncated = count.map(all -> all.compareTo(BigInteger.valueOf(listed.size())) > 0)
                .orElse(true);
        return new CutSets(
                top,
                count,
                byOrder,
                wish.order(),
                truncated,
                listed,
                probability(count),
                exposure,
                importance(),
                List.of(),
                List.copyOf(remarks));
    }

    /** Smaller ones first; among equals those that are likelier, as far as that many can be looked through. */
    private List<CutSet> listed() {
        if (sets.isEmpty()) {
            return List.of();
        }
        List<int[]> first = sets.get().first(Math.max(wish.limit(), MOST_SORTED));
        return first.stream()
                .map(this::named)
                .sorted(Comparator.comparingInt((CutSet set) -> set.conditions().size())
                        .thenComparingDouble(set -> -set.probability().orElse(0))
                        .thenComparing(set -> String.join(" ", set.conditions())))
                .limit(wish.limit())
                .toList();
    }

    private CutSet named(int... events) {
        List<String> names = Arrays.stream(events)
                .mapToObj(event -> new Condition(tree.name(event)).plain())
                .sorted()
                .toList();
        return new CutSet(names, probabilities ? OptionalDouble.of(product(events)) : OptionalDouble.empty());
    }

    private double product(int... events) {
        double product = 1;
        for (int event : events) {
            product *= of[event];
        }
        return product;
    }

    private Probability probability(Optional<BigInteger> count) {
        OptionalDouble none = OptionalDouble.empty();
        if (!probabilities) {
            return new Probability(none, none, none, none);
        }
        OptionalDouble sum = sets.isPresent() ? OptionalDouble.of(sets.get().sum(of)) : none;
        boolean few = sets.isPresent()
                && count.filter(all -> all.compareTo(BigInteger.valueOf(MOST_MULTIPLIED)) <= 0)
                        .isPresent();
        double[] spared = {0};
        if (few) {
            sets.get().each(MOST_MULTIPLIED, set -> spared[0] += Math.log1p(-product(set)));
        }
        return new Probability(
                analysis.probability(), sum, few ? OptionalDouble.of(-Math.expm1(spared[0])) : none, none);
    }

    private List<Importance> importance() {
        OptionalDouble probability = analysis.probability();
        if (!probabilities || probability.isEmpty() || probability.getAsDouble() <= 0) {
            return List.of();
        }
        double whole = probability.getAsDouble();
        Diagram diagram = analysis.diagram().orElseThrow();
        double[] birnbaum = diagram.birnbaum(of);
        double sum = sets.map(found -> found.sum(of)).orElse(0.0);
        double[] with = sets.map(found -> found.sumsWith(of)).orElseGet(() -> new double[of.length]);
        List<Importance> found = new ArrayList<>();
        for (int event = 0; event < birnbaum.length; event++) {
            double without = whole - birnbaum[event] * of[event];
            if (birnbaum[event] != 0 || with[event] != 0) {
                found.add(new Importance(
                        new Condition(tree.name(event)).plain(),
                        of[event],
                        birnbaum[event],
                        birnbaum[event] * of[event] / whole,
                        sum > 0 ? with[event] / sum : 0,
                        (whole + birnbaum[event] * (1 - of[event])) / whole,
                        // what is left of a difference of equals is no number
                        without > whole * 1e-12 ? OptionalDouble.of(whole / without) : OptionalDouble.empty()));
            }
        }
        found.sort(Comparator.comparingDouble((Importance one) -> -one.criticality())
                .thenComparing(Importance::condition));
        return List.copyOf(found);
    }
}
