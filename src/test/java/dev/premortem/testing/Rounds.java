package dev.premortem.testing;

import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Runs a check over many seeds; a failure names the seed and the command that repeats it. {@code -Drounds} multiplies, {@code -Dseed} repeats one. */
public final class Rounds {
    private Rounds() {}

    /** Runs the check for so many seeds, times {@code -Drounds}. */
    public static void run(int count, LongConsumer check) {
        @Nullable Long only = Long.getLong("seed");
        long from = only == null ? 0 : only;
        long until = only == null ? (long) count * Integer.getInteger("rounds", 1) : from + 1;
        for (long seed = from; seed < until; seed++) {
            try {
                check.accept(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ", repeat with -Dseed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
