package dev.premortem.engine.cuts;

import java.text.NumberFormat;
import java.util.Locale;

/** What is left of a {@link Budget} while diagrams are built; one meter may serve several diagrams in turn. */
final class Meter {
    private final int nodes;
    private final long most;
    private long steps;

    Meter(Budget budget) {
        this.nodes = budget.nodes();
        this.most = budget.steps();
    }

    /** The most nodes that one diagram may hold. */
    int nodes() {
        return nodes;
    }

    /** The steps taken so far. */
    long steps() {
        return steps;
    }

    /** The steps that are left. */
    long left() {
        return most - steps;
    }

    /** Counts steps that were taken. */
    void took(long more) throws OverBudget {
        steps += more;
        if (steps > most) {
            throw new OverBudget(count(most) + " steps");
        }
    }

    /** Counts steps that were taken elsewhere, be they too many or not. */
    void spent(long more) {
        steps += more;
    }

    /** The answer to a wish for more nodes than there may be. */
    OverBudget outOfNodes() {
        return new OverBudget(count(nodes) + " nodes");
    }

    private static String count(long number) {
        return NumberFormat.getIntegerInstance(Locale.ROOT).format(number);
    }
}
