package dev.premortem.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.testing.Rounds;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The best choice and its bound against trying every set. */
final class JointSearchTest {
    /** Outages that one of several remedies prevents, or only several together; now and then a remedy brings a small one. */
    private static final class Made {
        private final Random random;
        private final int count;
        private final double[] costs;
        private final double[] minutes;
        /** By outage: sets of remedies each of which prevents it. */
        private final long[][] cures;

        private final long[] brings;
        private final long[][] apart;

        Made(long seed) {
            random = new Random(seed);
            count = 2 + random.nextInt(8);
            costs = random.doubles(count, 0.5, 3).toArray();
            int outages = 1 + random.nextInt(8);
            minutes = random.doubles(outages, 1, 500).toArray();
            cures = new long[outages][];
            for (int outage = 0; outage < outages; outage++) {
                cures[outage] = new long[random.nextInt(3)];
                for (int way = 0; way < cures[outage].length; way++) {
                    cures[outage][way] = 1L << random.nextInt(count);
                    while (random.nextInt(3) == 0) {
                        cures[outage][way] |= 1L << random.nextInt(count);
                    }
                }
            }
            brings = random.nextBoolean() ? new long[] {1L << random.nextInt(count)} : new long[0];
            apart = random.nextInt(4) == 0 ? new long[][] {{1L, 2L}} : new long[0][];
        }

        Optional<Map<String, Double>> run(long set) {
            for (long[] pair : apart) {
                if ((set & pair[0]) != 0 && (set & pair[1]) != 0) {
                    return Optional.empty();
                }
            }
            Map<String, Double> left = new TreeMap<>();
            for (int outage = 0; outage < minutes.length; outage++) {
                boolean prevented = false;
                for (long way : cures[outage]) {
                    prevented |= (set & way) == way;
                }
                if (!prevented) {
                    // half done, it may be told as another outage of the same family
                    boolean changed = cures[outage].length > 0 && (set & cures[outage][0]) != 0;
                    left.put((changed ? "b" : "a") + outage, minutes[outage]);
                }
            }
            for (long one : brings) {
                if ((set & one) == one) {
                    left.put("new", 0.5);
                }
            }
            return Optional.of(left);
        }

        double best(double budget) {
            double all = total(run(0).orElseThrow());
            double best = 0;
            for (long set = 1; set < 1L << count; set++) {
                Optional<Map<String, Double>> left = run(set);
                if (Bounds.cost(costs, set) <= budget + 1e-9 && left.isPresent()) {
                    best = Math.max(best, all - total(left.get()));
                }
            }
            return best;
        }

        JointSearch.Found search(double budget, int runs) {
            return new JointSearch(
                            costs,
                            budget,
                            run(0).orElseThrow(),
                            runs,
                            this::run,
                            (one, other) -> one.substring(1).equals(other.substring(1)))
                    .search(1);
        }

        private static double total(Map<String, Double> minutes) {
            return minutes.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    @Test
    void theBoundHoldsAndTheBestIsFoundWhereItIsSaidTo() {
        int[] optimal = new int[1];
        Rounds.run(2_000, seed -> {
            Made made = new Made(seed);
            double budget = 1 + made.random.nextInt(6);
            double best = made.best(budget);
            int runs = 2 + made.random.nextInt(40);
            JointSearch.Found found = made.search(budget, runs);
            assertTrue(found.value() <= best + 1e-6, found + " against " + best);
            assertTrue(found.bound() >= best - 1e-6, found + " against " + best);
            assertTrue(Bounds.cost(made.costs, found.set()) <= budget + 1e-9);
            if (found.optimal()) {
                assertEquals(best, found.value(), 1e-6);
                optimal[0]++;
            }
        });
        assertTrue(optimal[0] > 500, optimal[0] + " were closed");
    }

    @Test
    void withRunsEnoughTheBoundCloses() {
        Rounds.run(300, seed -> {
            Made made = new Made(seed);
            double budget = 1 + made.random.nextInt(6);
            JointSearch.Found found = made.search(budget, 2_000);
            assertEquals(made.best(budget), found.value(), 1e-6);
            assertTrue(
                    found.bound() - found.value() <= 0.5 + 1e-6,
                    found.toString()); // what a remedy brings is not in the bound
        });
    }

    @Test
    void thatMoreSavesLessIsSeenAndSaid() {
        JointSearch.Found found = new JointSearch(
                        new double[] {1, 1, 1},
                        2,
                        Map.of("a", 100.0),
                        50,
                        set -> Optional.of(Map.of("a", set == 1 ? 10.0 : set == 0 ? 100.0 : 60.0)),
                        (one, other) -> false)
                .search(1);
        assertEquals(1, found.set());
        assertEquals(90, found.value(), 1e-9);
        assertFalse(found.monotone());
        assertFalse(found.optimal());
    }

    @Test
    void whatCannotBeAppliedTogetherIsNotChosen() {
        JointSearch.Found found = new JointSearch(
                        new double[] {1, 1, 1},
                        2,
                        Map.of("a", 100.0, "b", 50.0, "c", 20.0),
                        50,
                        set -> (set & 3) == 3
                                ? Optional.empty()
                                : Optional.of(Map.of(
                                        "a", (set & 1) != 0 ? 0.0 : 100.0,
                                        "b", (set & 2) != 0 ? 0.0 : 50.0,
                                        "c", (set & 4) != 0 ? 0.0 : 20.0)),
                        (one, other) -> false)
                .search(2);
        assertEquals(5, found.set());
        assertEquals(120, found.value(), 1e-9);
        assertTrue(found.optimal(), found.toString());
    }
}
