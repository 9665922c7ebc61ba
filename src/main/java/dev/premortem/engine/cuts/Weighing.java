package dev.premortem.engine.cuts;

import java.util.Arrays;

/**
 * What the elements of a {@link Zbdd} weigh, and what they are worth: a set weighs as much as its elements together, and
 * sets beyond a limit are left out while they are made. With a weight of one each, the limit is one on the order; with
 * the logarithms of probabilities, it is one on the probability of a set. The probabilities bound what was left out.
 */
record Weighing(int[] weights, double[] probabilities) {
    /** The limit that leaves nothing out, and more than any set may weigh. */
    static final int NO_LIMIT = 1 << 26;

    /** So many steps of weight to each halving of a probability. */
    private static final double STEPS = 1 << 10;

    /** Every element weighs one, and nothing is known of its probability. */
    static Weighing orders(int levels) {
        int[] ones = new int[levels];
        Arrays.fill(ones, 1);
        double[] certain = new double[levels];
        Arrays.fill(certain, 1);
        return new Weighing(ones, certain);
    }

    /** What a set of this probability weighs, rounded down; rounding never leaves out a set that is probable enough. */
    static int weight(double probability) {
        if (probability <= 0) {
            return NO_LIMIT;
        }
        return (int) Math.min(NO_LIMIT, Math.floor(-Math.log(probability) / Math.log(2) * STEPS));
    }

    /** The limit that keeps every set of at least this probability. */
    static int limit(double probability) {
        if (probability <= 0) {
            return NO_LIMIT;
        }
        return (int) Math.min(NO_LIMIT, Math.ceil(-Math.log(probability) / Math.log(2) * STEPS));
    }
}
