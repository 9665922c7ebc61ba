package dev.premortem.engine.cuts;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The exact answer for a fault tree at every order: the probability of its top, and its minimal failing sets. Where a
 * budget ends first, what was reached stays and {@link #limit} names the limit.
 */
public final class CutAnalysis {
    /**
     * Nodes within which the diagram is tried before sets are looked for on any other road: most trees need less, and a
     * tree that needs more may have its sets at once.
     */
    private static final int FIRST_NODES = (1 << 19) - 1;

    private final FaultTree tree;
    private final Meter meter;
    private Optional<Diagram> diagram = Optional.empty();
    private Optional<Solutions> solutions = Optional.empty();
    private Optional<CutSets> sets = Optional.empty();
    private Optional<String> limit = Optional.empty();

    private CutAnalysis(FaultTree tree, Budget budget) {
        this.tree = tree;
        this.meter = new Meter(budget);
    }

    /** Probability and sets. */
    public static CutAnalysis of(FaultTree tree, Budget budget) {
        CutAnalysis analysis = new CutAnalysis(tree, budget);
        Optional<String> tooLarge = analysis.build(FIRST_NODES);
        analysis.findSets();
        if (tooLarge.isPresent() && budget.nodes() > FIRST_NODES) {
            tooLarge = analysis.build(budget.nodes());
        }
        tooLarge.ifPresent(analysis::limit);
        return analysis;
    }

    /** The probability alone, which needs less. */
    public static CutAnalysis probabilityOf(FaultTree tree, Budget budget) {
        CutAnalysis analysis = new CutAnalysis(tree, budget);
        analysis.build(budget.nodes()).ifPresent(analysis::limit);
        return analysis;
    }

    /** Builds the diagram with at most so many nodes; says what was too little. */
    private Optional<String> build(int nodes) {
        Meter own = new Meter(new Budget(Math.min(nodes, meter.nodes()), Math.max(1, meter.left())));
        Optional<String> tooLarge = Optional.empty();
        try {
            diagram = Optional.of(Building.of(tree, own));
        } catch (OverBudget over) {
            tooLarge = Optional.of("decision diagram: more than " + over.limit());
        }
        meter.charge(own);
        return tooLarge;
    }

    private void findSets() {
        Meter own = new Meter(new Budget(meter.nodes(), Math.max(1, meter.left())));
        try {
            if (diagram.isPresent()) {
                solutions = Optional.of(new Solutions(diagram.get(), own));
            }
            sets = Optional.of(solutions.isPresent() ? solutions.get().sets() : SetSearch.all(tree, own));
        } catch (OverBudget over) {
            limit("minimal cut sets: more than " + over.limit());
        }
        meter.charge(own);
    }

    private void limit(String reached) {
        limit = Optional.of(limit.map(before -> before + "; ").orElse("") + reached);
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
        return meter.steps();
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
        return sets.map(CutSets::count);
    }

    /** The minimal failing sets: to be counted by order, walked from the smallest up, and summed. */
    public Optional<CutSets> sets() {
        return sets;
    }

    /** The working store of the minimal failing sets; empty where they were found without the diagram. */
    Optional<Solutions> solutions() {
        return solutions;
    }
}
