package dev.premortem.engine.cuts;

import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The answer for a fault tree: the exact probability of its top, and its minimal failing sets, all of them or those that
 * are small or probable enough. Where a budget ends first, what was reached stays, {@link #limit} names the limit, and
 * instead of all sets there are those up to {@link #order}, with a bound on the probability of the rest.
 */
public final class CutAnalysis {
    /** How many parts of the budget's steps are for what is tried first: diagram, then sets, then the other orders. */
    private static final int PARTS = 16;

    private static final String DIAGRAM = "decision diagram";
    private static final String SETS = "minimal cut sets";
    private static final String FEWER = "fewer cut sets";

    private final FaultTree tree;
    private final Optional<Diagram> diagram;
    private final Optional<CutSets> sets;
    private final OptionalInt order;
    private final OptionalDouble least;
    private final Optional<String> limit;
    private final long steps;

    private CutAnalysis(Working from) {
        this.tree = from.tree;
        this.diagram = from.diagram;
        this.sets = from.sets;
        this.order = from.order;
        this.least = from.least;
        this.limit = from.limits.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", from.limits.values()));
        this.steps = from.meter.steps();
    }

    /** Probability and all sets. */
    public static CutAnalysis of(FaultTree tree, Budget budget) {
        Working working = new Working(tree, budget);
        working.diagram(budget.steps() / PARTS);
        working.sets(budget.steps() / 4);
        working.diagram(working.meter.left() * 3 / 4);
        working.sets(working.meter.left() / 2);
        working.fewer();
        return new CutAnalysis(working);
    }

    /** The probability alone, which needs less. */
    public static CutAnalysis probabilityOf(FaultTree tree, Budget budget) {
        Working working = new Working(tree, budget);
        working.diagram(budget.steps());
        return new CutAnalysis(working);
    }

    /** All sets alone, which at times needs less too: then no diagram is made. */
    public static CutAnalysis setsOf(FaultTree tree, Budget budget) {
        Working working = new Working(tree, budget);
        working.sets(budget.steps() * 3 / 4);
        working.fewer();
        return new CutAnalysis(working);
    }

    /** The sets that are wanted; the bound on the others is {@link CutSets#leftOut}. */
    public static CutAnalysis within(FaultTree tree, Wanted wanted, Budget budget) {
        Working working = new Working(tree, budget);
        working.within(wanted, budget.steps() * 3 / 4);
        working.fewer();
        return new CutAnalysis(working);
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

    /**
     * The exact number of the sets that are here; one, the empty set, where the top has failed from the start.
     */
    public Optional<BigInteger> count() {
        return sets.map(CutSets::count);
    }

    /** The minimal failing sets, as far as they were asked for or the budget went. */
    public Optional<CutSets> sets() {
        return sets;
    }

    /** The number of events up to which every set is here; empty where the sets are not limited by their size. */
    public OptionalInt order() {
        return order;
    }

    /** The sum of the probabilities of all sets, out of the diagram; empty where that takes more than a budget, or there is no diagram. */
    public OptionalDouble sumOfAll(Budget budget) {
        if (diagram.isEmpty()) {
            return OptionalDouble.empty();
        }
        try {
            CutSets all = Minimizing.of(diagram.get(), new Meter(budget));
            return OptionalDouble.of(all.rareEvent(tree.probabilities()));
        } catch (OverBudget over) {
            return OptionalDouble.empty();
        }
    }

    /** The probability from which on every set is here; empty where the sets are not limited by theirs. */
    public OptionalDouble least() {
        return least;
    }

    /** An analysis while it is made. */
    private static final class Working {
        private final FaultTree tree;
        private final Meter meter;
        private Optional<Diagram> diagram = Optional.empty();
        private Optional<CutSets> sets = Optional.empty();
        private OptionalInt order = OptionalInt.empty();
        private OptionalDouble least = OptionalDouble.empty();
        /** Of what is not here, which limit it met. */
        private final SortedMap<String, String> limits = new TreeMap<>();

        Working(FaultTree tree, Budget budget) {
            this.tree = tree;
            this.meter = new Meter(budget);
        }

        void diagram(long most) {
            if (diagram.isEmpty()) {
                diagram = attempt(DIAGRAM, most, part -> Building.of(tree, part));
            }
        }

        void sets(long most) {
            if (sets.isEmpty()) {
                sets = attempt(
                        SETS,
                        most,
                        part -> diagram.isPresent() ? Minimizing.of(diagram.get(), part) : SetSearch.all(tree, part));
            }
        }

        void within(Wanted wanted, long steps) {
            sets = attempt(SETS, steps, part -> SetSearch.within(tree, wanted, part));
            order = sets.isPresent() ? wanted.order() : order;
            least = sets.isPresent() ? wanted.probability() : least;
        }

        /** Where there are no sets yet, those of one event, of two, and so on, as far as the budget goes. */
        void fewer() {
            boolean more = sets.isEmpty();
            for (int most = 1; more && most <= tree.events(); most++) {
                int now = most;
                Optional<CutSets> found =
                        attempt(FEWER, meter.left(), part -> SetSearch.within(tree, Wanted.upTo(now), part));
                limits.remove(FEWER);
                more = found.isPresent();
                if (more) {
                    sets = found;
                    order = OptionalInt.of(most);
                }
            }
        }

        /** What is made within a part of the budget; where it is not, the limit says so until it is. */
        private <T> Optional<T> attempt(String what, long most, Making<T> making) {
            Meter part = new Meter(new Budget(meter.nodes(), Math.max(1, Math.min(most, meter.left()))));
            try {
                Optional<T> made = Optional.of(making.make(part));
                limits.remove(what);
                return made;
            } catch (OverBudget over) {
                limits.put(what, what + ": more than " + over.limit());
                return Optional.empty();
            } finally {
                meter.spent(part.steps());
            }
        }
    }

    /** What may end over its budget. */
    private interface Making<T> {
        T make(Meter meter) throws OverBudget;
    }
}
