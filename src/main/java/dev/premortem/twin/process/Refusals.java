package dev.premortem.twin.process;

import java.util.Arrays;
import java.util.function.Supplier;

/**
 * When a budget refuses for the first time if starts are random with a known mean: 1,000 runs of a Poisson process with a fixed seed, so the
 * same inputs give the same band.
 *
 * @param early instant before which one run in ten was refused, milliseconds of the epoch; {@link Long#MAX_VALUE} for beyond the end
 * @param median of all runs
 * @param late instant after which one run in ten was refused, or none
 * @param share of the runs that were refused before the end
 * @param length from the first refusal to the first start that is granted, milliseconds: the median of the runs that were refused, 0 without any
 */
public record Refusals(long early, long median, long late, double share, long length) {
    private static final int RUNS = 1000;

    /** Plays the runs. */
    public static Refusals of(Supplier<Bucket> budget, long now, long meanMillis, long end) {
        long[] first = new long[RUNS];
        long[] lengths = new long[RUNS];
        Numbers numbers = new Numbers(0x5EED_0F_AC4EL);
        Numbers after = new Numbers(0x5EED_0F_1E4L);
        int refused = 0;
        for (int run = 0; run < RUNS; run++) {
            Bucket bucket = budget.get();
            first[run] = first(bucket, now, meanMillis, end, numbers);
            if (first[run] != Long.MAX_VALUE) {
                lengths[refused++] = granted(bucket, first[run], meanMillis, after) - first[run];
            }
        }
        Arrays.sort(first);
        Arrays.sort(lengths, 0, refused);
        return new Refusals(
                first[RUNS / 10],
                first[RUNS / 2],
                first[RUNS - RUNS / 10],
                refused / (double) RUNS,
                lengths[refused / 2]);
    }

    /** The first start after the CA would grant one again: starts have no memory. */
    private static long granted(Bucket bucket, long refused, long meanMillis, Numbers numbers) {
        return bucket.nextGrant(refused) + gap(meanMillis, numbers);
    }

    private static long gap(long meanMillis, Numbers numbers) {
        return Math.max(1, Math.round(-StrictMath.log(numbers.next()) * meanMillis));
    }

    private static long first(Bucket bucket, long now, long meanMillis, long end, Numbers numbers) {
        long at = now;
        while (true) {
            at += gap(meanMillis, numbers);
            if (at >= end) {
                return Long.MAX_VALUE;
            }
            if (!bucket.take(at)) {
                return at;
            }
        }
    }

    /** SplitMix64 (Steele, Lea, Flood 2014), as numbers above 0 and up to 1. */
    private static final class Numbers {
        private long state;

        Numbers(long seed) {
            state = seed;
        }

        double next() {
            state += 0x9E3779B97F4A7C15L;
            long mixed = state;
            mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
            return (((mixed ^ (mixed >>> 31)) >>> 11) + 1) * 0x1.0p-53;
        }
    }
}
