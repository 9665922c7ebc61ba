package dev.premortem.engine.cuts;

import org.jspecify.annotations.Nullable;

/** A diagram of one module in one order of its variables. */
record Attempt(Bdd bdd, int root, int[] variables) {
    /** Nodes that the first round of attempts at a module may take, and how many times more each further round. */
    private static final int FIRST_NODES = 1 << 13;

    private static final int MORE = 8;

    /**
     * The first diagram that is finished when all orders are tried with few nodes, then all with more, and so on. So
     * the cost is a few times that of the best order, without knowing which that is.
     */
    static Attempt first(Part part, byte[] values, Meter meter) throws OverBudget {
        for (long nodes = FIRST_NODES; ; nodes *= MORE) {
            int most = (int) Math.min(nodes, meter.nodes());
            @Nullable OverBudget reason = null;
            for (Ordering ordering : Ordering.values()) {
                Meter own = new Meter(new Budget(most, Math.max(1, meter.left())));
                try {
                    return make(part, ordering, values, own);
                } catch (OverBudget tooLarge) {
                    reason = tooLarge;
                } finally {
                    meter.took(own.steps());
                }
            }
            if (most == meter.nodes() && reason != null) {
                throw reason;
            }
        }
    }

    private static Attempt make(Part part, Ordering ordering, byte[] values, Meter meter) throws OverBudget {
        Bdd bdd = new Bdd(meter);
        Construction built = new Construction(part, bdd, part.walk(ordering.of(part)), values);
        return new Attempt(bdd, built.root(), built.variables());
    }
}
