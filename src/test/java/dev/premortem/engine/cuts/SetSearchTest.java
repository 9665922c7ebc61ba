package dev.premortem.engine.cuts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Minimal failing sets by both roads, with and without limits, against every set of failures and published counts. */
class SetSearchTest {
    private static final Budget AMPLE = new Budget(4_000_000, 1_000_000_000L);
    private static final int ROUNDS = 3_000 * Integer.getInteger("rounds", 1);
    private static final long FIRST = Long.getLong("seed", 1);

    @Test
    void everyRandomTreeHasItsMinimalFailingSets() throws OverBudget {
        for (long seed = FIRST; seed < FIRST + ROUNDS; seed++) {
            FaultTree tree = SampleTrees.of(seed);
            List<Integer> exact = SampleTrees.minimal(tree);
            CutSets sets = SetSearch.all(tree, new Meter(AMPLE));
            assertEquals(exact, walked(sets, seed), "-Dseed=" + seed);
            assertEquals(exact.size(), sets.count().intValueExact(), "-Dseed=" + seed);
            assertEquals(0, sets.leftOut());
        }
    }

    @Test
    void setsUpToAnOrderAreThoseOfAllThatAreSmallEnough() throws OverBudget {
        for (long seed = FIRST; seed < FIRST + ROUNDS; seed++) {
            FaultTree tree = SampleTrees.of(seed);
            List<Integer> all = SampleTrees.minimal(tree);
            double exact = SampleTrees.probability(tree, tree.probabilities());
            for (int order = 0; order <= 5; order++) {
                int most = order;
                CutSets sets = SetSearch.within(tree, Wanted.upTo(order), new Meter(AMPLE));
                List<Integer> small = all.stream()
                        .filter(set -> Integer.bitCount(set) <= most)
                        .toList();
                assertEquals(small, walked(sets, seed), "order " + order + " -Dseed=" + seed);
                double kept = sets.rareEvent(tree.probabilities());
                assertTrue(exact <= kept + sets.leftOut() + 1e-9, "order " + order + " -Dseed=" + seed);
                if (small.size() == all.size() && order == 5) {
                    assertEquals(all.size(), sets.count().intValueExact());
                }
            }
        }
    }

    @Test
    void aCutOffKeepsExactlyTheSetsThatAreProbableEnough() throws OverBudget {
        for (long seed = FIRST; seed < FIRST + ROUNDS; seed++) {
            FaultTree tree = SampleTrees.of(seed);
            double exact = SampleTrees.probability(tree, tree.probabilities());
            List<Integer> all = SampleTrees.minimal(tree);
            // every other time the limit is the very probability of a set, which is then kept
            double enough = seed % 2 == 0 || all.isEmpty()
                    ? Math.pow(10, -(double) (seed % 5))
                    : Math.max(1e-300, probability(tree, all.get((int) (seed % all.size()))));
            for (int order = 1; order <= 4; order += 3) {
                int most = order;
                Wanted wanted = order == 4
                        ? Wanted.likely(enough)
                        : new Wanted(OptionalInt.of(most), OptionalDouble.of(enough));
                CutSets sets = SetSearch.within(tree, wanted, new Meter(AMPLE));
                List<Integer> kept = all.stream()
                        .filter(set -> probability(tree, set) >= enough * (1 - 1e-12))
                        .filter(set -> wanted.order().isEmpty() || Integer.bitCount(set) <= most)
                        .toList();
                assertEquals(kept, walked(sets, seed), enough + " order " + order + " -Dseed=" + seed);
                double sum = sets.rareEvent(tree.probabilities());
                assertTrue(exact <= sum + sets.leftOut() + 1e-9, "-Dseed=" + seed);
            }
        }
    }

    @Test
    void aCutOffHoldsForVeryManySetsNearIt() throws OverBudget {
        // two of forty with forty probabilities: 780 sets, each with its own product; weights alone cannot tell them
        // apart
        FaultTree.Builder builder = FaultTree.builder();
        int[] events = new int[40];
        for (int i = 0; i < events.length; i++) {
            events[i] = builder.event("e" + i, 0.1 * (1 + i * 1e-6));
        }
        FaultTree tree = builder.build(builder.atLeast(2, events));
        double enough = 0.01 * (1 + 39e-6);
        int kept = 0;
        for (int i = 0; i < events.length; i++) {
            for (int j = 0; j < i; j++) {
                kept += tree.probability(i) * tree.probability(j) >= enough * (1 - 1e-12) ? 1 : 0;
            }
        }
        CutSets sets = SetSearch.within(tree, Wanted.likely(enough), new Meter(AMPLE));
        assertEquals(kept, sets.count().intValueExact());
        assertTrue(kept > 300 && kept < 480, kept + "");
    }

    @Test
    void countsAndSumsAreThoseOfTheSets() throws OverBudget {
        for (long seed = FIRST; seed < FIRST + ROUNDS; seed++) {
            FaultTree tree = SampleTrees.of(seed);
            CutSets sets = SetSearch.all(tree, new Meter(AMPLE));
            int[] counts = new int[tree.events() + 1];
            double rare = 0;
            double none = 1;
            double likeliest = 0;
            double[] shares = new double[tree.events()];
            for (int set : SampleTrees.minimal(tree)) {
                counts[Integer.bitCount(set)]++;
                double probability = probability(tree, set);
                rare += probability;
                none *= 1 - probability;
                likeliest = Math.max(likeliest, probability);
                for (int event = 0; event < shares.length; event++) {
                    shares[event] += (set >> event & 1) * probability;
                }
            }
            List<BigInteger> byOrder = sets.byOrder(tree.events());
            for (int order = 0; order < byOrder.size(); order++) {
                assertEquals(counts[order], byOrder.get(order).intValueExact(), "-Dseed=" + seed);
            }
            double[] probabilities = tree.probabilities();
            assertEquals(rare, sets.rareEvent(probabilities), 1e-9, "-Dseed=" + seed);
            double bound = sets.minCutUpperBound(probabilities);
            assertTrue(bound >= 1 - none - 1e-9, "-Dseed=" + seed);
            assertEquals(1 - none, bound, likeliest < 0.99 ? 1e-9 : 1e-3, "-Dseed=" + seed);
            assertEquals(likeliest, sets.likeliest(probabilities), 1e-12, "-Dseed=" + seed);
            double[] found = sets.shares(probabilities);
            for (int event = 0; event < shares.length; event++) {
                assertEquals(shares[event], found[event], 1e-9, "-Dseed=" + seed);
            }
        }
    }

    private static double probability(FaultTree tree, int set) {
        double product = 1;
        for (int event = 0; event < tree.events(); event++) {
            product *= (set >> event & 1) == 1 ? tree.probability(event) : 1;
        }
        return product;
    }

    /** The sets as bits in the order of their numbers; that they come smallest first is seen to. */
    private static List<Integer> walked(CutSets sets, long seed) {
        List<Integer> found = new ArrayList<>();
        int size = 0;
        for (CutWalk walk = sets.walk(); walk.advance(); ) {
            assertTrue(walk.size() >= size, "-Dseed=" + seed);
            size = walk.size();
            int bits = 0;
            for (int event : walk.set()) {
                bits |= 1 << event;
            }
            assertEquals(size, Integer.bitCount(bits), "-Dseed=" + seed);
            found.add(bits);
        }
        return found.stream().sorted().toList();
    }

    @Test
    void publicTreesHaveTheirReferenceCountsAtAllOrdersAndUpToFour() throws IOException, OverBudget {
        for (PublicTrees.Expected expected : PublicTrees.expected()) {
            if (expected.count().isEmpty()) {
                continue;
            }
            FaultTree tree = PublicTrees.read(expected.name());
            CutSets all = SetSearch.all(tree, new Meter(AMPLE));
            assertEquals(expected.count(), all.count().toString(), expected.name());
            CutSets small = SetSearch.within(tree, Wanted.upTo(4), new Meter(AMPLE));
            assertEquals(expected.upToFour(), small.count().toString(), expected.name());
            BigInteger four = all.byOrder(4).stream().reduce(BigInteger.ZERO, BigInteger::add);
            assertEquals(expected.upToFour(), four.toString(), expected.name());
        }
    }

    @Test
    void deepTreesOverflowNoStack() throws OverBudget {
        FaultTree.Builder builder = FaultTree.builder();
        int node = builder.event("e0", 0.5);
        for (int i = 1; i < 100_000; i++) {
            int event = builder.event("e" + i, 0.5);
            node = i % 2 == 0 ? builder.and(event, node) : builder.or(event, node);
        }
        FaultTree tree = builder.build(node);
        CutSets small = SetSearch.within(tree, Wanted.upTo(3), new Meter(AMPLE));
        assertEquals(3, small.count().intValueExact());
        CutSets all = SetSearch.all(tree, new Meter(AMPLE));
        assertEquals(50_001, all.count().intValueExact());
        assertEquals(BigInteger.ONE, all.byOrder(Integer.MAX_VALUE).get(7));
        int walked = 0;
        for (CutWalk walk = all.walk(); walk.advance() && walked < 200; ) {
            walked++;
            assertEquals(walked, walk.size());
        }
    }

    @Test
    void oneSetOfVeryManyIsWalked() throws OverBudget {
        FaultTree.Builder builder = FaultTree.builder();
        int[] events = new int[100_000];
        for (int i = 0; i < events.length; i++) {
            events[i] = builder.event("e" + i, 0.5);
        }
        CutSets sets = SetSearch.all(builder.build(builder.and(events)), new Meter(AMPLE));
        CutWalk walk = sets.walk();
        assertTrue(walk.advance());
        assertEquals(events.length, walk.size());
        assertFalse(walk.advance());
    }

    @Test
    void whatIsTooLargeForTheBudgetSaysSo() {
        FaultTree.Builder builder = FaultTree.builder();
        Random random = new Random(FIRST);
        int[] events = new int[60];
        for (int i = 0; i < events.length; i++) {
            events[i] = builder.event("e" + i, 0.1);
        }
        int[] sums = new int[40];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = builder.or(events[random.nextInt(60)], events[random.nextInt(60)], events[random.nextInt(60)]);
        }
        FaultTree tree = builder.build(builder.and(sums));
        OverBudget nodes = assertThrows(
                OverBudget.class, () -> SetSearch.all(tree, new Meter(new Budget(10_000, 1_000_000_000L))));
        assertEquals("10,000 nodes", nodes.limit());
        OverBudget steps =
                assertThrows(OverBudget.class, () -> SetSearch.all(tree, new Meter(new Budget(1_000_000, 100_000))));
        assertTrue(steps.limit().endsWith(" steps"), steps.limit());
    }
}
