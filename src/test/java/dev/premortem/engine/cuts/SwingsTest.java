package dev.premortem.engine.cuts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** How often the top goes down, against the steady state of the whole Markov chain. */
class SwingsTest {
    private static final Budget AMPLE = new Budget(1_000_000, 1_000_000_000L);
    private static final int ROUNDS = 1_500 * Integer.getInteger("rounds", 1);
    private static final long FIRST = Long.getLong("seed", 1);

    @Test
    void swingsGiveTheFrequencyOfEveryRandomTree() throws OverBudget {
        for (long seed = FIRST; seed < FIRST + ROUNDS; seed++) {
            FaultTree tree = SampleTrees.of(seed);
            double[] unavailable = tree.probabilities();
            double[] swings = Building.of(tree, new Meter(AMPLE)).swings(unavailable);
            double found = 0;
            for (int event = 0; event < swings.length; event++) {
                found += swings[event] * unavailable[event] * (1 - unavailable[event]);
            }
            assertEquals(downs(tree, unavailable), found, 1e-9, "-Dseed=" + seed);
        }
    }

    /** Every state, weighed, and every step that takes the top down. Failures and repairs are such that each event changes U(1 - U) times either way. */
    private static double downs(FaultTree tree, double... unavailable) {
        double downs = 0;
        for (int state = 0; state < 1 << tree.events(); state++) {
            if (SampleTrees.failed(tree, state)) {
                continue;
            }
            double weight = 1;
            for (int event = 0; event < tree.events(); event++) {
                weight *= (state >> event & 1) == 1 ? unavailable[event] : 1 - unavailable[event];
            }
            for (int event = 0; event < tree.events(); event++) {
                if (SampleTrees.failed(tree, state ^ 1 << event)) {
                    double u = unavailable[event];
                    downs += weight * ((state >> event & 1) == 1 ? 1 - u : u);
                }
            }
        }
        return downs;
    }

    @Test
    void inAnExclusiveOrHarmAndHelpDoNotCancel() throws OverBudget {
        FaultTree.Builder builder = FaultTree.builder();
        int one = builder.event("one", 0.5);
        int two = builder.event("two", 0.5);
        Diagram diagram = Building.of(builder.build(builder.xor(one, two)), new Meter(AMPLE));
        assertEquals(0, diagram.birnbaum(0.5, 0.5)[0], 1e-12);
        assertEquals(1, diagram.swings(0.5, 0.5)[0], 1e-12);
    }
}
