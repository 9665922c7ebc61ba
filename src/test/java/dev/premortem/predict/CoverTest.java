package dev.premortem.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Holds the choice of remedies against trying every set. */
final class CoverTest {
    private static final double NEAR = 1e-6;

    @Test
    void isOptimalOnSmallInstances() {
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            int candidates = 1 + random.nextInt(9);
            int losses = 1 + random.nextInt(6);
            double[][] saved = new double[candidates][losses];
            double[] harm = new double[candidates];
            double[] costs = new double[candidates];
            for (int i = 0; i < candidates; i++) {
                costs[i] = seed % 2 == 0 ? 1 : 1 + random.nextInt(4);
                harm[i] = random.nextInt(4) == 0 ? random.nextInt(10) : 0;
                for (int j = 0; j < losses; j++) {
                    saved[i][j] = random.nextBoolean() ? 0 : random.nextInt(50);
                }
            }
            double budget = 1 + random.nextInt(5);
            Cover.Choice choice = Cover.best(saved, harm, costs, budget, 1_000_000);
            double value = brute(saved, harm, costs, budget);
            assertTrue(choice.optimal(), "seed " + seed);
            assertEquals(value, choice.value(), NEAR, "seed " + seed);
            Cover.Choice hurried = Cover.best(saved, harm, costs, budget, 2);
            assertTrue(hurried.bound() >= value - NEAR, "seed " + seed);
        }
    }

    private static double brute(double[][] saved, double[] harm, double[] costs, double budget) {
        double best = 0;
        for (int set = 0; set < 1 << saved.length; set++) {
            double cost = 0;
            double value = 0;
            double[] covered = new double[saved[0].length];
            for (int i = 0; i < saved.length; i++) {
                if ((set >> i & 1) == 1) {
                    cost += costs[i];
                    value -= harm[i];
                    for (int j = 0; j < covered.length; j++) {
                        covered[j] = Math.max(covered[j], saved[i][j]);
                    }
                }
            }
            for (double each : covered) {
                value += each;
            }
            best = cost <= budget ? Math.max(best, value) : best;
        }
        return best;
    }
}
