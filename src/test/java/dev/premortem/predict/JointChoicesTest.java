package dev.premortem.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Band;
import dev.premortem.testing.Rounds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The best choice against trying every set, where what a set leaves is no sum of what its members leave. */
final class JointChoicesTest {
    private static final Map<String, Band> NOW = Map.of("a", new Band(0, 100, 0), "b", new Band(0, 60, 0));

    @Test
    void theBestOfAllSetsIsFoundWhateverTheyDoTogether() {
        Rounds.run(300, seed -> {
            Random random = new Random(seed);
            int count = 1 + random.nextInt(6);
            double[] costs = random.doubles(count, 0.5, 4).toArray();
            double budget = 1 + random.nextInt(8);
            double[] left = random.doubles(1 << count, 0, 200).toArray();
            boolean[] fails = new boolean[1 << count];
            for (int set = 1; set < fails.length; set++) {
                fails[set] = random.nextInt(8) == 0;
            }
            Cover.Choice choice = JointChoices.of(costs, budget, 1 << count, set -> {
                        int bits = set.stream().mapToInt(index -> 1 << index).sum();
                        return fails[bits] ? Optional.empty() : Optional.of(minutes(left[bits]));
                    })
                    .orElseThrow()
                    .best(NOW);
            double best = 0;
            for (int set = 1; set < 1 << count; set++) {
                double cost = 0;
                for (int i = 0; i < count; i++) {
                    cost += (set >> i & 1) * costs[i];
                }
                best = cost <= budget && !fails[set] ? Math.max(best, 160 - left[set]) : best;
            }
            assertEquals(best, choice.value(), 1e-6);
            double cost = choice.picked().stream().mapToDouble(i -> costs[i]).sum();
            assertTrue(cost <= budget + 1e-9, "within the budget");
        });
    }

    private static Map<String, Band> minutes(double typical) {
        return new TreeMap<>(Map.of("a", new Band(0, typical / 4, 0), "c", new Band(0, typical * 3 / 4, 0)));
    }

    @Test
    void ofEqualsTheCheaperOneIsTaken() {
        Cover.Choice choice = JointChoices.of(new double[] {3, 2}, 5, 8, set -> Optional.of(minutes(40)))
                .orElseThrow()
                .best(NOW);
        assertEquals(List.of(1), choice.picked());
    }

    @Test
    void tooManyAreNotRun() {
        assertTrue(JointChoices.of(new double[] {1, 1, 1, 1}, 4, 8, set -> {
                    throw new IllegalStateException("nothing is run");
                })
                .isEmpty());
    }
}
