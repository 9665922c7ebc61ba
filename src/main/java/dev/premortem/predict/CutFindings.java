package dev.premortem.predict;

import dev.premortem.engine.cuts.CutAnalysis;
import dev.premortem.engine.cuts.CutSearch;
import dev.premortem.engine.cuts.CutSets;
import dev.premortem.engine.cuts.CutWalk;
import dev.premortem.engine.cuts.Diagram;
import dev.premortem.engine.cuts.FaultTree;
import dev.premortem.outage.Cuts;
import dev.premortem.outage.Cuts.CutSet;
import dev.premortem.outage.Cuts.Exposure;
import dev.premortem.outage.Cuts.Importance;
import dev.premortem.outage.Cuts.Probability;
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

/** What diagrams say, made ready to be told. */
final class CutFindings {
    /** Sets that are looked through for the likeliest of an order. */
    private static final int MOST_SORTED = 200_000;

    private final FaultTree tree;
    private final Optional<Diagram> diagram;
    private final CutSearch search;
    private final CutStudy.Wish wish;
    private final boolean probabilities;
    private final double[] of;
    private final List<String> remarks = new ArrayList<>();

    /** @param probabilities false where not all events say one */
    CutFindings(FaultTree tree, CutAnalysis analysis, CutSearch search, CutStudy.Wish wish, boolean probabilities) {
        this.tree = tree;
        this.diagram = analysis.diagram();
        this.search = search;
        this.wish = wish;
        this.probabilities = probabilities;
        this.of = tree.probabilities();
        analysis.limit().ifPresent(limit -> remarks.add("The exact probability was given up: " + limit + "."));
        search.limit().ifPresent(limit -> remarks.add("Not all sets were found: " + limit + "."));
        if (!probabilities) {
            remarks.add("Not every event says a probability: the counts are right, probabilities are not known.");
        }
    }

    /** Whether there are sets to tell. */
    boolean complete() {
        return search.sets().isPresent();
    }

    /** The same with one more sentence about what limits the answer. */
    CutFindings remark(String sentence) {
        remarks.add(sentence);
        return this;
    }

    Cuts told(String top, Optional<Exposure> exposure) {
        SortedMap<Integer, BigInteger> byOrder = new TreeMap<>();
        search.sets().ifPresent(found -> {
            List<BigInteger> orders = found.byOrder(wish.order().orElse(Integer.MAX_VALUE - 1));
            for (int order = 0; order < orders.size(); order++) {
                if (orders.get(order).signum() > 0) {
                    byOrder.put(order, orders.get(order));
                }
            }
        });
        Optional<BigInteger> count = search.sets().map(CutSets::count);
        List<CutSet> listed = listed();
        boolean truncated = count.map(all -> all.compareTo(BigInteger.valueOf(listed.size())) > 0)
                .orElse(true);
        return new Cuts(
                top,
                count,
                byOrder,
                wish.order(),
                truncated,
                listed,
                probability(),
                exposure,
                importance(),
                List.of(),
                List.copyOf(remarks));
    }

    /** Smaller ones first; among equals those that are likelier, as far as that many can be looked through. */
    private List<CutSet> listed() {
        List<CutSet> first = new ArrayList<>();
        if (search.sets().isPresent()) {
            CutWalk walk = search.sets().get().walk();
            while (first.size() < Math.max(wish.limit(), MOST_SORTED) && walk.advance()) {
                first.add(named(walk.set()));
            }
        }
        return first.stream()
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

    private Probability probability() {
        OptionalDouble none = OptionalDouble.empty();
        if (!probabilities) {
            return new Probability(none, none, none, none);
        }
        OptionalDouble exact =
                diagram.isPresent() ? OptionalDouble.of(diagram.get().probability(of)) : none;
        if (search.sets().isEmpty()) {
            return new Probability(exact, none, none, none);
        }
        CutSets sets = search.sets().get();
        return new Probability(
                exact,
                OptionalDouble.of(sets.rareEvent(of)),
                OptionalDouble.of(sets.minCutUpperBound(of)),
                wish.order().isPresent() ? OptionalDouble.of(sets.leftOut()) : none);
    }

    private List<Importance> importance() {
        double whole = diagram.map(found -> found.probability(of)).orElse(0.0);
        if (!probabilities || diagram.isEmpty() || whole <= 0) {
            return List.of();
        }
        double[] birnbaum = diagram.get().birnbaum(of);
        double sum = search.sets().map(found -> found.rareEvent(of)).orElse(0.0);
        double[] with = search.sets().map(found -> found.shares(of)).orElseGet(() -> new double[of.length]);
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
