package dev.premortem.engine.cuts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** All minimal cut sets: against every set of failures, against closed forms, and against published counts. */
class CutAnalysisTest {
    private static final Budget AMPLE = new Budget(4_000_000, 1_000_000_000L);
    private static final int ROUNDS = 3_000 * Integer.getInteger("rounds", 1);
    private static final long FIRST = Long.getLong("seed", 1);

    @Test
    void everyRandomTreeHasItsMinimalFailingSets() {
        for (long seed = FIRST; seed < FIRST + ROUNDS; seed++) {
            FaultTree tree = SampleTrees.of(seed);
            List<Integer> exact = SampleTrees.minimal(tree);
            CutAnalysis analysis = CutAnalysis.of(tree, AMPLE);
            List<Integer> found = new ArrayList<>();
            for (CutWalk walk = analysis.sets().orElseThrow().walk(); walk.advance(); ) {
                found.add(IntStream.of(walk.set()).map(event -> 1 << event).sum());
            }
            assertEquals(exact, found.stream().sorted().toList(), "-Dseed=" + seed);
            assertEquals(exact.size(), analysis.count().orElseThrow().intValueExact(), "-Dseed=" + seed);
        }
    }

    @Test
    void countsBeyondSixtyFourBitsAreExact() {
        FaultTree.Builder builder = FaultTree.builder();
        int[] pairs = new int[100];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = builder.or(builder.event("a" + i, 0.5), builder.event("b" + i, 0.5));
        }
        CutAnalysis analysis = CutAnalysis.of(builder.build(builder.and(pairs)), AMPLE);
        assertEquals(BigInteger.TWO.pow(100), analysis.count().orElseThrow());
        assertEquals(Math.pow(0.75, 100), analysis.probability().orElseThrow(), 1e-20);
    }

    @Test
    void halfOfManyHasTheBinomialNumberOfSets() {
        FaultTree.Builder builder = FaultTree.builder();
        int[] events =
                IntStream.range(0, 80).map(i -> builder.event("e" + i, 0.5)).toArray();
        CutAnalysis analysis = CutAnalysis.of(builder.build(builder.atLeast(40, events)), AMPLE);
        BigInteger exact = BigInteger.ONE;
        for (int i = 1; i <= 40; i++) {
            exact = exact.multiply(BigInteger.valueOf(40 + i)).divide(BigInteger.valueOf(i));
        }
        assertEquals(exact, analysis.count().orElseThrow());
    }

    @Test
    void theLimitIsNamedAndTheProbabilityStays() {
        FaultTree.Builder builder = FaultTree.builder();
        int[] events =
                IntStream.range(0, 30).map(i -> builder.event("e" + i, 0.1)).toArray();
        FaultTree tree = builder.build(builder.atLeast(15, events));
        CutAnalysis whole = CutAnalysis.of(tree, AMPLE);
        long steps = CutAnalysis.probabilityOf(tree, AMPLE).steps();
        CutAnalysis cut = CutAnalysis.of(tree, new Budget(100_000, steps * 2));
        assertTrue(cut.limit().orElseThrow().startsWith("minimal cut sets: more than "), cut.limit() + "");
        assertEquals(whole.probability(), cut.probability());
        CutSets fewer = cut.sets().orElseThrow();
        assertTrue(cut.order().orElseThrow() < 15, cut.order() + "");
        assertEquals(BigInteger.ZERO, fewer.count());
        assertTrue(fewer.leftOut() >= whole.probability().orElseThrow());
        CutAnalysis nothing = CutAnalysis.of(tree, new Budget(20, 1_000_000));
        assertEquals(
                "decision diagram: more than 20 nodes; minimal cut sets: more than 20 nodes",
                nothing.limit().orElseThrow());
        assertTrue(nothing.probability().isEmpty());
    }

    @Test
    void publicTreesHaveTheirReferenceCountsAndProbabilities() throws IOException {
        for (PublicTrees.Expected expected : PublicTrees.expected()) {
            if (expected.count().isEmpty()) {
                continue;
            }
            CutAnalysis analysis = CutAnalysis.of(PublicTrees.read(expected.name()), AMPLE);
            assertEquals(expected.count(), analysis.count().orElseThrow().toString(), expected.name());
            String six = String.format(Locale.ROOT, "%.5e", Double.parseDouble(expected.probability()));
            double probability = analysis.probability().orElseThrow();
            assertEquals(six, String.format(Locale.ROOT, "%.5e", probability), expected.name());
        }
    }
}
