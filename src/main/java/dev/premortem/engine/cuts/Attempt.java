package dev.premortem.engine.cuts;

import java.util.List;
import java.util.Optional;

/** A diagram of one module in one order of its variables. */
record Attempt(Bdd bdd, int root, int[] variables) {
    /** Nodes that an order may take in the first round, and the shift to those of the next round. */
    private static final int FIRST_NODES = 1 << 13;

    private static final int MORE_NODES = 3;

    /** The round from which on variables are moved too: before it, that takes longer than trying another order. */
    private static final int FIRST_SIFTING = 2;

    /** Steps that moving variables may take in its first round, and the shift to those of the next round. */
    private static final long FIRST_STEPS = 1L << 26;

    private static final int MORE_STEPS = 2;

    /**
     * The first diagram that is finished when all orders are tried with little, then all with more, and so on. So the
     * cost is a few times that of the best order, without knowing which that is.
     */
    static Attempt first(Part part, byte[] values, Meter meter) throws OverBudget {
        Orders orders = new Orders(part);
        for (int round = 0; ; round++) {
            int nodes = (int) Math.min((long) FIRST_NODES << MORE_NODES * round, meter.nodes());
            List<Orders.Order> now = orders.of(round, meter);
            Optional<Attempt> made = tried(part, now, values, meter, new Budget(nodes, Long.MAX_VALUE), false);
            if (made.isEmpty() && nodes >= FIRST_NODES << MORE_NODES * FIRST_SIFTING) {
                long steps = FIRST_STEPS << MORE_STEPS * (round - FIRST_SIFTING);
                made = tried(part, now, values, meter, new Budget(meter.nodes(), steps), true);
            }
            if (made.isPresent()) {
                return made.get();
            }
            if (nodes == meter.nodes()) {
                throw meter.outOfNodes();
            }
        }
    }

    private static Optional<Attempt> tried(
            Part part, List<Orders.Order> orders, byte[] values, Meter meter, Budget most, boolean sifts)
            throws OverBudget {
        for (Orders.Order order : orders) {
            long steps = Math.max(1, Math.min(most.steps(), meter.left()));
            Meter own = new Meter(new Budget(most.nodes(), steps));
            Optional<Attempt> made = make(part, order, values, own, sifts);
            meter.took(own.steps());
            if (made.isPresent()) {
                return made;
            }
        }
        return Optional.empty();
    }

    private static Optional<Attempt> make(Part part, Orders.Order order, byte[] values, Meter meter, boolean sifts) {
        Bdd bdd = new Bdd(meter);
        Optional<Meter> sifting = sifts ? Optional.of(meter) : Optional.empty();
        Construction built = new Construction(part, bdd, order.walk(), values, sifting);
        try {
            built.run();
            return Optional.of(new Attempt(bdd, built.root(), built.variables()));
        } catch (OverBudget tooLarge) {
            order.reached(built.done());
            return Optional.empty();
        }
    }
}
