package dev.premortem.predict;

import dev.premortem.engine.cuts.CutAnalysis;
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
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What diagrams say, made ready to be told. */
final class CutFindings {
    /** Sets that are looked through for the likeliest of an order. */
    private static final int MOST_SORTED = 200_000;

    private static final double ROUNDING = 1e-12;

    private final FaultTree tree;
    private final Optional<Diagram> diagram;
    private final CutAnalysis found;
    private final OptionalDouble sumOfAll;
    private final CutStudy.Wish wish;
    private final boolean probabilities;
    private final double[] of;
    private final List<String> remarks = new ArrayList<>();

    /**
     * Findings.
     *
     * @param exact where the probability is, which may be the same as the sets
     * @param found where the sets are
     * @param sumOfAll the sum over all sets, where only some were asked for and all could be made
     * @param probabilities false where not all events say one
     */
    CutFindings(
            CutAnalysis exact, CutAnalysis found, OptionalDouble sumOfAll, CutStudy.Wish wish, boolean probabilities) {
        this.tree = found.tree();
        this.diagram = exact.diagram();
        this.found = found;
        this.sumOfAll = sumOfAll;
        this.wish = wish;
        this.probabilities = probabilities;
        this.of = tree.probabilities();
        Stream.of(exact.limit(), found.limit())
                .flatMap(Optional::stream)
                .distinct()
                .forEach(limit -> remarks.add("Given up: " + limit + "."));
        boolean notAsFar =
                found.order().orElse(Integer.MAX_VALUE) < wish.order().orElse(Integer.MAX_VALUE);
        if (notAsFar || found.order().isPresent() && !found.least().equals(wish.cutOff())) {
            remarks.add("Instead of what was asked, the sets of up to "
                    + found.order().getAsInt() + " conditions.");
        }
        if (!probabilities) {
            remarks.add("Not every event says a probability: the counts are right, probabilities are not known.");
        }
    }

    /** Whether there is a probability, and sets. */
    boolean complete() {
        return diagram.isPresent() && found.sets().isPresent();
    }

    /** The exact function; only where complete. */
    Diagram diagram() {
        return diagram.orElseThrow();
    }

    /** What was given up. */
    String limit() {
        return String.join(" ", remarks);
    }

    Cuts told(String top, Optional<Exposure> exposure) {
        SortedMap<Integer, BigInteger> byOrder = new TreeMap<>();
        found.sets().ifPresent(sets -> {
            List<BigInteger> orders = sets.byOrder(found.order().orElse(Integer.MAX_VALUE - 1));
            for (int order = 0; order < orders.size(); order++) {
                if (orders.get(order).signum() > 0) {
                    byOrder.put(order, orders.get(order));
                }
            }
        });
        Optional<BigInteger> count = found.count();
        List<CutSet> listed = listed();
        boolean truncated = count.map(all -> all.compareTo(BigInteger.valueOf(listed.size())) > 0)
                .orElse(true);
        return new Cuts(
                top,
                count,
                byOrder,
                found.order().isPresent() ? Optional.of(found.order().getAsInt()) : Optional.empty(),
                found.least(),
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
        if (found.sets().isPresent()) {
            CutWalk walk = found.sets().get().walk();
            while (first.size() < Math.max(wish.limit(), MOST_SORTED) && walk.advance()) {
                first.add(named(walk.set()));
            }
        }
        return first.stream().sorted(CutSet.SMALL_FIRST).limit(wish.limit()).toList();
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
        if (found.sets().isEmpty()) {
            return new Probability(exact, none, none, none);
        }
        CutSets sets = found.sets().get();
        return new Probability(
                exact,
                OptionalDouble.of(sets.rareEvent(of)),
                OptionalDouble.of(sets.minCutUpperBound(of)),
                found.order().isPresent() || found.least().isPresent() ? OptionalDouble.of(leftOut(sets)) : none);
    }

    /** What is known while sets are made, or the sum over those that are not here, whichever is less. */
    private double leftOut(CutSets sets) {
        if (sumOfAll.isEmpty()) {
            return sets.leftOut();
        }
        double all = sumOfAll.getAsDouble();
        // what rounding may have taken off a difference of sums is given back
        return Math.min(sets.leftOut(), Math.max(0, all - sets.rareEvent(of)) + all * ROUNDING);
    }

    private List<Importance> importance() {
        double whole = diagram.map(exact -> exact.probability(of)).orElse(0.0);
        if (!probabilities || diagram.isEmpty() || whole <= 0) {
            return List.of();
        }
        double[] birnbaum = diagram.get().birnbaum(of);
        double sum = found.sets().map(sets -> sets.rareEvent(of)).orElse(0.0);
        double[] with = found.sets().map(sets -> sets.shares(of)).orElseGet(() -> new double[of.length]);
        List<Importance> told = new ArrayList<>();
        for (int event = 0; event < birnbaum.length; event++) {
            double without = whole - birnbaum[event] * of[event];
            if (birnbaum[event] != 0 || with[event] != 0) {
                told.add(new Importance(
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
        told.sort(Importance.WORST_FIRST);
        return List.copyOf(told);
    }
}
