package dev.premortem.engine.cuts;

import org.jspecify.annotations.Nullable;

/** A diagram of one module in one order of its variables. */
record Attempt(Bdd bdd, int root, int[] variables, int size) {
    /** Nodes that the first round of attempts at a module may take, and how many times more each further round. */
    private static final int FIRST_NODES = 1 << 14;

    private static final int MORE = 8;

    /** A diagram this small is not worth another attempt. */
    private static final int SMALL = 100;

    /**
     * The smallest diagram among the orders tried. All are tried with few nodes; if none finishes, all with more, and
     * so on. So the cost is a few times that of the best order, without knowing which that is.
     */
    static Attempt best(Part part, byte[] values, Meter meter) throws OverBudget {
        for (long nodes = FIRST_NODES; ; nodes *= MORE) {
            int most = (int) Math.min(nodes, meter.nodes());
            @Nullable Attempt best = null;
            @Nullable OverBudget reason = null;
            for (Ordering ordering : Ordering.values()) {
                Meter own = new Meter(new Budget(most, Math.max(1, meter.left())));
                try {
                    Attempt made = make(part, ordering, values, own);
                    if (best == null || made.size < best.size) {
                        best = made;
                    }
                    if (best.size <= SMALL) {
                        return best;
                    }
                } catch (OverBudget tooLarge) {
                    reason = tooLarge;
                } finally {
                    meter.took(own.steps());
                }
            }
            if (best != null) {
                return best;
            }
            if (most == meter.nodes() && reason != null) {
                throw reason;
            }
        }
    }

    private static Attempt make(Part part, Ordering ordering, byte[] values, Meter meter) throws OverBudget {
        Bdd bdd = new Bdd(meter);
        Construction built = new Construction(part, bdd, part.walk(ordering.of(part)), values);
        int size = bdd.count(built.root());
        return new Attempt(bdd, built.root(), built.variables(), size);
    }
}
