package dev.premortem.engine.cuts;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.testing.Rounds;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** On coherent trees a second copy of a part never makes the top likelier to fail. */
class RedundancyTest {
    private static final Budget BUDGET = new Budget(1_000_000, 50_000_000L);

    @Test
    void aSecondCopyOfAPartNeverRaisesTheProbability() {
        Rounds.run(300, seed -> {
            int events = 3 + new Random(seed).nextInt(8);
            double before = probability(seed, events, -1);
            for (int doubled = 0; doubled < events; doubled++) {
                double after = probability(seed, events, doubled);
                assertTrue(after <= before * (1 + 1e-12), "event " + doubled + ": " + before + " became " + after);
            }
        });
    }

    private static double probability(long seed, int events, int doubled) {
        return CutAnalysis.probabilityOf(tree(seed, events, doubled), BUDGET)
                .probability()
                .orElseThrow();
    }

    /** The same random tree for the same seed; a doubled part fails when both copies do. */
    private static FaultTree tree(long seed, int events, int doubled) {
        Random random = new Random(seed);
        FaultTree.Builder builder = FaultTree.builder();
        int[] nodes = new int[events + 12];
        for (int event = 0; event < events; event++) {
            double probability = 0.01 + 0.4 * random.nextDouble();
            int one = builder.event("e" + event, probability);
            nodes[event] = event == doubled ? builder.and(one, builder.event("copy", probability)) : one;
        }
        int made = events;
        while (made < nodes.length) {
            int[] inputs = new int[2 + random.nextInt(3)];
            for (int input = 0; input < inputs.length; input++) {
                inputs[input] = nodes[random.nextInt(made)];
            }
            nodes[made++] = switch (random.nextInt(3)) {
                case 0 -> builder.and(inputs);
                case 1 -> builder.or(inputs);
                default -> builder.atLeast(2, inputs);
            };
        }
        return builder.build(nodes[made - 1]);
    }
}
