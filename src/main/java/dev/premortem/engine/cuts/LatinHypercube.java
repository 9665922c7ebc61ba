package dev.premortem.engine.cuts;

/**
 * Points at which a function of unknowns is evaluated: every unknown takes each of as many equally probable parts once, in an order of its own (M. D. McKay,
 * R. J. Beckman, W. J. Conover, 1979). The orders come from a fixed seed, so they are the same each time.
 */
public final class LatinHypercube {
    /** Most points; the fifth of a hundred answers then rests on twenty. */
    private static final int MOST = 400;

    private static final int FEWEST = 40;

    private final int points;
    private long state = 0x9E3779B97F4A7C15L;

    /** @param fit as many points as can be afforded; from 40 to 400 are taken */
    public LatinHypercube(long fit) {
        this.points = Math.clamp(fit, FEWEST, MOST);
    }

    /** How many points. */
    public int points() {
        return points;
    }

    /** One more unknown: at each point the middle of the part that it takes, from 0 to 1. */
    public double[] next() {
        double[] parts = new double[points];
        for (int i = 0; i < points; i++) {
            parts[i] = (i + 0.5) / points;
        }
        // R. Durstenfeld's shuffle with the numbers of SplitMix64
        for (int i = points - 1; i > 0; i--) {
            state += 0x9E3779B97F4A7C15L;
            long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
            int other = (int) Long.remainderUnsigned(mixed ^ mixed >>> 31, i + 1L);
            double kept = parts[i];
            parts[i] = parts[other];
            parts[other] = kept;
        }
        return parts;
    }
}
