package dev.premortem.engine.cuts;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Which sets are asked for, all of them where neither is said.
 *
 * @param order those of at most so many events
 * @param probability those whose events have all failed with at least this probability
 */
public record Wanted(OptionalInt order, OptionalDouble probability) {
    /** All of them. */
    public static final Wanted ALL = new Wanted(OptionalInt.empty(), OptionalDouble.empty());

    public Wanted {
        if (order.isPresent() && order.getAsInt() < 0) {
            throw new IllegalArgumentException("no set has " + order.getAsInt() + " events");
        }
        if (probability.isPresent() && !(probability.getAsDouble() > 0 && probability.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("no cut-off from 0 to 1: " + probability.getAsDouble());
        }
    }

    /** The sets of at most so many events. */
    public static Wanted upTo(int order) {
        return new Wanted(OptionalInt.of(order), OptionalDouble.empty());
    }

    /** The sets that are at least so probable. */
    public static Wanted likely(double probability) {
        return new Wanted(OptionalInt.empty(), OptionalDouble.of(probability));
    }
}
