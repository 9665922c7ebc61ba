package dev.premortem.outage;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;

/**
 * What {@code cuts} found for one top: a product, any product, or the top of a fault tree.
 *
 * @param top its name
 * @param count how many minimal cut sets there are, up to the order that was asked; empty where nobody counted to the end
 * @param byOrder how many of each order, where that is known
 * @param order the order that was asked; empty for all
 * @param cutOff the least probability of a set that was asked for; empty where sets may be as improbable as they are
 * @param truncated true where the list has fewer sets than there are
 * @param sets the first of them: smaller ones first, likelier ones first among equals
 * @param exposure how often and how long; empty for a fault tree, whose events have no rates
 * @param importance of each condition that matters, what weighs most first
 * @param products minutes a year of each product, where no single one was asked for
 * @param remarks what limits the answer, a sentence each
 */
public record Cuts(
        String top,
        Optional<BigInteger> count,
        SortedMap<Integer, BigInteger> byOrder,
        Optional<Integer> order,
        OptionalDouble cutOff,
        boolean truncated,
        List<CutSet> sets,
        Probability probability,
        Optional<Exposure> exposure,
        List<Importance> importance,
        List<ProductMinutes> products,
        List<String> remarks) {
    /** The same with a band of the probability. */
    public Cuts within(Band band) {
        return with(probability.within(Optional.of(band)), products);
    }

    /** The same with the minutes of each product. */
    public Cuts with(List<ProductMinutes> minutes) {
        return with(probability, minutes);
    }

    private Cuts with(Probability known, List<ProductMinutes> minutes) {
        return new Cuts(
                top, count, byOrder, order, cutOff, truncated, sets, known, exposure, importance, minutes, remarks);
    }

    /** A minimal cut set; its probability is empty where an event says none. */
    public record CutSet(List<String> conditions, OptionalDouble probability) {
        /** Smaller ones first, likelier ones first among equals. */
        public static final Comparator<CutSet> SMALL_FIRST = Comparator.comparingInt(
                        (CutSet set) -> set.conditions().size())
                .thenComparingDouble(set -> -set.probability().orElse(0))
                .thenComparing(set -> String.join(" ", set.conditions()));
    }

    /**
     * The probability that the top has failed at a moment.
     *
     * @param exact by Shannon's expansion; empty where the diagram was too large
     * @param rareEvent the sum over minimal cut sets, an upper bound where more failures never mend
     * @param minCutUpperBound one less the product of what their complements are worth, a closer upper bound
     * @param leftOut at most the probability of what a bounded analysis did not look at; empty where nothing was left out or nobody knows
     * @param band of 90 % that the distributions of a fault tree leave the exact one; empty where all events say single values
     */
    public record Probability(
            OptionalDouble exact,
            OptionalDouble rareEvent,
            OptionalDouble minCutUpperBound,
            OptionalDouble leftOut,
            Optional<Band> band) {
        /** Without a band. */
        public Probability(
                OptionalDouble exact,
                OptionalDouble rareEvent,
                OptionalDouble minCutUpperBound,
                OptionalDouble leftOut) {
            this(exact, rareEvent, minCutUpperBound, leftOut, Optional.empty());
        }

        /** The same with a band. */
        public Probability within(Optional<Band> known) {
            return new Probability(exact, rareEvent, minCutUpperBound, leftOut, known);
        }
    }

    /**
     * How long a top is down.
     *
     * @param minutesPerYear expected, with the band of 90 % that the rates leave
     * @param timesPerYear how often it goes down
     * @param declared conditions whose rate is declared or observed; the others' are assumed
     */
    public record Exposure(Band minutesPerYear, double timesPerYear, int declared, int assumed) {}

    /**
     * What one condition is worth.
     *
     * @param probability that it is lost at a moment
     * @param birnbaum the top's probability with it lost less that with it held up; negative where its loss helps
     * @param criticality the share of the top's probability that goes when it never fails
     * @param fussellVesely the share of the top's probability in which a minimal cut set with it has failed
     * @param raw risk achievement worth: how many times likelier the top is with it lost
     * @param rrw risk reduction worth: how many times likelier the top is than with it held up; empty where that is never
     */
    public record Importance(
            String condition,
            double probability,
            double birnbaum,
            double criticality,
            double fussellVesely,
            double raw,
            OptionalDouble rrw) {
        /** What weighs most first. */
        // what differs by rounding alone goes by name
        public static final Comparator<Importance> WORST_FIRST = Comparator.comparingDouble(
                        (Importance one) -> -(float) one.criticality())
                .thenComparing(Importance::condition);
    }

    /** Minutes a year of one product; empty where its diagram was too large. */
    public record ProductMinutes(String product, OptionalDouble minutesPerYear) {}
}
