package dev.premortem.engine.cuts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Exact probabilities, against trying every set of failures. */
class DiagramTest {
    private static final Budget AMPLE = new Budget(1_000_000, 1_000_000_000L);
    private static final int ROUNDS = 3_000 * Integer.getInteger("rounds", 1);
    private static final long FIRST = Long.getLong("seed", 1);

    @Test
    void everyRandomTreeHasTheProbabilityOfItsSets() throws OverBudget {
        for (long seed = FIRST; seed < FIRST + ROUNDS; seed++) {
            FaultTree tree = SampleTrees.of(seed);
            double[] probabilities = tree.probabilities();
            double exact = SampleTrees.probability(tree, probabilities);
            double found = Building.of(tree, new Meter(AMPLE)).probability(probabilities);
            assertEquals(exact, found, 1e-9, "-Dseed=" + seed);
        }
    }

    @Test
    void birnbaumIsTheProbabilityWithAnEventLessThatWithoutIt() throws OverBudget {
        for (long seed = FIRST; seed < FIRST + ROUNDS / 10; seed++) {
            FaultTree tree = SampleTrees.of(seed);
            double[] birnbaum = Building.of(tree, new Meter(AMPLE)).birnbaum(tree.probabilities());
            for (int event = 0; event < tree.events(); event++) {
                double[] with = tree.probabilities();
                with[event] = 1;
                double[] without = tree.probabilities();
                without[event] = 0;
                double exact = SampleTrees.probability(tree, with) - SampleTrees.probability(tree, without);
                assertEquals(exact, birnbaum[event], 1e-9, "-Dseed=" + seed);
            }
        }
    }

    @Test
    void everyPassOfPreprocessingKeepsTheFunction() {
        for (long seed = FIRST; seed < FIRST + ROUNDS; seed++) {
            FaultTree tree = SampleTrees.of(seed);
            List<Circuit> stages = new ArrayList<>();
            stages.add(Translation.of(tree));
            stages.add(new Flattening(stages.getLast()).run());
            stages.add(new Assumption(stages.getLast()).run());
            stages.add(new Flattening(stages.getLast()).run());
            stages.add(new Extraction(stages.getLast()).run());
            stages.add(new Factoring(stages.getLast()).run());
            stages.add(new Grouping(stages.getLast()).run());
            stages.add(Preparation.of(stages.getFirst()));
            for (int set = 0; set < 1 << tree.events(); set++) {
                boolean failed = SampleTrees.failed(tree, set);
                for (int stage = 0; stage < stages.size(); stage++) {
                    assertEquals(failed, value(stages.get(stage), set), "stage " + stage + " -Dseed=" + seed);
                }
            }
        }
    }

    private static boolean value(Circuit circuit, int set) {
        boolean[] values = new boolean[circuit.size()];
        for (int node = 1; node < circuit.size(); node++) {
            int failed = 0;
            for (int edge : circuit.inputs(node)) {
                failed += values[edge >> 1] != ((edge & 1) == 1) ? 1 : 0;
            }
            values[node] = switch (circuit.kind(node)) {
                case Circuit.LEAF -> (set >> circuit.number(node) & 1) == 1;
                case Circuit.AND -> failed == circuit.inputs(node).length;
                case Circuit.XOR -> failed % 2 == 1;
                default -> failed >= circuit.number(node);
            };
        }
        return values[circuit.root() >> 1] != ((circuit.root() & 1) == 1);
    }

    @Test
    void aDeepTreeOverflowsNoStack() throws OverBudget {
        FaultTree.Builder builder = FaultTree.builder();
        int node = builder.event("e0", 0.5);
        double exact = 0.5;
        for (int i = 1; i < 50_000; i++) {
            double own = 1.0 / (i + 1);
            int event = builder.event("e" + i, own);
            node = i % 2 == 0 ? builder.and(event, node) : builder.or(event, node);
            exact = i % 2 == 0 ? own * exact : 1 - (1 - own) * (1 - exact);
        }
        FaultTree tree = builder.build(node);
        assertEquals(exact, Building.of(tree, new Meter(AMPLE)).probability(tree.probabilities()), 1e-9);
    }

    @Test
    void whatIsTooLargeForTheBudgetSaysSo() {
        // Rows and columns of a random grid: no order of the variables makes that small.
        Random random = new Random(FIRST);
        FaultTree.Builder builder = FaultTree.builder();
        int[] events = new int[60];
        for (int i = 0; i < events.length; i++) {
            events[i] = builder.event("e" + i, 0.1);
        }
        int[] terms = new int[200];
        for (int i = 0; i < terms.length; i++) {
            terms[i] = builder.and(events[random.nextInt(60)], events[random.nextInt(60)], events[random.nextInt(60)]);
        }
        FaultTree tree = builder.build(builder.or(terms));
        OverBudget nodes =
                assertThrows(OverBudget.class, () -> Building.of(tree, new Meter(new Budget(10_000, 1_000_000_000L))));
        assertEquals("10,000 nodes", nodes.limit());
        OverBudget steps =
                assertThrows(OverBudget.class, () -> Building.of(tree, new Meter(new Budget(1_000_000, 100_000))));
        assertEquals("100,000 steps", steps.limit());
    }

    @Test
    void circlesAreRefusedWithTheirMembers() {
        FaultTree.Builder builder = FaultTree.builder();
        int event = builder.event("e", 0.1);
        int one = builder.gate();
        int other = builder.or(event, one);
        builder.define(one, Kind.AND, 0, 0, event, other);
        CyclicTree circle = assertThrows(CyclicTree.class, () -> builder.build(builder.or(one, event)));
        assertEquals(List.of(one, other), circle.members());
        assertTrue(String.valueOf(circle.getMessage()).contains("circle"));
    }
}
