package dev.premortem.engine.cuts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * The orders in which a module's diagram is tried: depth first by all rules; and where that made nothing small enough, also as a {@link Placement} has them,
 * where that does not help either from both ends. What came farthest in the round before goes first.
 */
final class Orders {
    /** Moves of a placement for each node of the module: at first, and in each round from {@link #MORE_FROM} on as many times more, up to the most. */
    private static final long FIRST_MOVES = 250;

    private static final int MORE_FROM = 3;
    private static final long MORE = 16;
    private static final long MOST_MOVES = 16_000;

    /** The part of what is left of a budget that a placement may take. */
    private static final int PARTS = 8;

    private final Part part;
    private final List<Order> depthFirst = new ArrayList<>();
    private final List<Order> placed = new ArrayList<>();
    private long moves;

    /** One order, and how far it came. */
    static final class Order {
        private final Supplier<int[]> walk;
        private int reached = Integer.MAX_VALUE;

        private Order(Supplier<int[]> walk) {
            this.walk = walk;
        }

        /** The module's nodes, inputs first; its variables come in the order of the levels. */
        int[] walk() {
            return walk.get();
        }

        /** Notes how many nodes of the walk were made before a limit ended it. */
        void reached(int nodes) {
            reached = nodes;
        }
    }

    Orders(Part part) {
        this.part = part;
        for (Ordering ordering : Ordering.values()) {
            depthFirst.add(new Order(() -> part.walk(ordering.of(part))));
        }
    }

    /** What a round tries, counted from zero. */
    List<Order> of(int round, Meter meter) throws OverBudget {
        if (round == 0) {
            return depthFirst;
        }
        long wanted = FIRST_MOVES;
        for (int at = MORE_FROM; at <= round; at++) {
            wanted = Math.min(MOST_MOVES, wanted * MORE);
        }
        wanted = Math.min(wanted, meter.left() / PARTS / part.size());
        if (wanted > moves) {
            meter.took(wanted * part.size());
            moves = wanted;
            Placement placement = Placement.of(part, moves * part.size());
            placed.clear();
            placed.add(new Order(() -> placement.walk(false)));
            if (round >= MORE_FROM) {
                placed.add(new Order(() -> placement.walk(true)));
            }
        }
        List<Order> all = new ArrayList<>(placed);
        all.addAll(depthFirst);
        all.sort(Comparator.comparingInt(order -> -order.reached));
        return all;
    }
}
