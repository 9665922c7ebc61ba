package dev.premortem.engine.cuts;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The exact answer for a fault tree at every order: the probability of its top, and its minimal failing sets. Where a
 * budget ends first, what was reached stays and {@link #limit} names the limit.
 */
public final class CutAnalysis {
    private final FaultTree tree;
    private final Optional<Diagram> diagram;
    private final Optional<Solutions> solutions;
    private final Optional<String> limit;
    private final long steps;

    private CutAnalysis(
            FaultTree tree,
            Optional<Diagram> diagram,
            Optional<Solutions> solutions,
            Optional<String> limit,
            long steps) {
        this.tree = tree;
        this.diagram = diagram;
        this.solutions = solutions;
        this.limit = limit;
        this.steps = steps;
    }

    /** Both, the probability first. */
    public static CutAnalysis of(FaultTree tree, Budget budget) {
        CutAnalysis probability = probabilityOf(tree, budget);
        if (probability.diagram.isEmpty()) {
            return probability;
        }
        Meter meter = new Meter(budget);
        try {
            meter.took(probability.steps);
            Solutions solutions = new Solutions(probability.diagram.get(), meter);
            return new CutAnalysis(tree, probability.diagram, Optional.of(solutions), Optional.empty(), meter.steps());
        } catch (OverBudget over) {
            return new CutAnalysis(
                    tree,
                    probability.diagram,
                    Optional.empty(),
                    Optional.of("minimal cut sets: more than " + over.limit()),
                    meter.steps());
        }
    }

    /** The probability alone, which needs less. */
    public static CutAnalysis probabilityOf(FaultTree tree, Budget budget) {
        Meter meter = new Meter(budget);
        try {
            Diagram diagram = Building.of(tree, meter);
            return new CutAnalysis(tree, Optional.of(diagram), Optional.empty(), Optional.empty(), meter.steps());
        } catch (OverBudget over) {
            return new CutAnalysis(
                    tree,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of("decision diagram: more than " + over.limit()),
                    meter.steps());
        }
    }

    /** The tree that was asked about. */
    public FaultTree tree() {
        return tree;
    }

    /** What ended the analysis before its end; empty when everything that was asked is here. */
    public Optional<String> limit() {
        return limit;
    }

    /** The steps of diagram operations that it took. */
    public long steps() {
        return steps;
    }

    /** The exact function of the top, to be asked again with other probabilities. */
    public Optional<Diagram> diagram() {
        return diagram;
    }

    /** The exact probability of the top. */
    public OptionalDouble probability() {
        return diagram.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(diagram.get().probability(tree.probabilities()));
    }

    /** The exact number of minimal failing sets; one, the empty set, where the top has failed from the start. */
    public Optional<BigInteger> count() {
        return solutions.map(Solutions::count);
    }

    /** The minimal failing sets. */
    public Optional<Solutions> solutions() {
        return solutions;
    }
}
