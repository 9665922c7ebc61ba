package dev.premortem.engine.cuts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Trees made as those of plants are: every road to sets and probabilities says the same, and large ones end with an answer or a bound. */
class StructuredTreesTest {
    private static final Budget AMPLE = new Budget(4_000_000, 1_000_000_000L);
    private static final int TIMES = Integer.getInteger("rounds", 1);
    private static final long FIRST = Long.getLong("seed", 1);

    @Test
    void smallTreesHaveTheirSetsAndProbabilityOnEveryRoad() throws OverBudget {
        int sets = 0;
        for (long seed = FIRST; seed < FIRST + 800L * TIMES; seed++) {
            Random random = new Random(seed);
            StructuredTrees.Shape shape = StructuredTrees.Shape.small(random);
            FaultTree tree = StructuredTrees.of(shape, random);
            SortedSet<Integer> exact = new TreeSet<>(SampleTrees.minimal(tree));
            Diagram diagram = Building.of(tree, new Meter(AMPLE));
            assertEquals(exact, bits(Minimizing.of(diagram, new Meter(AMPLE))), "from the diagram -Dseed=" + seed);
            assertEquals(exact, bits(SetSearch.all(tree, new Meter(AMPLE))), "in turns -Dseed=" + seed);
            assertEquals(exact, bits(gathered(tree)), "gate by gate -Dseed=" + seed);
            if (shape.coherent()) {
                assertEquals(exact, topDown(tree), "from the top -Dseed=" + seed);
            }
            assertEquals(
                    SampleTrees.probability(tree, tree.probabilities()),
                    diagram.probability(tree.probabilities()),
                    1e-12,
                    "-Dseed=" + seed);
            sets += exact.size();
        }
        assertTrue(sets > 1_500 * TIMES, sets + " sets: the trees are too plain to tell anything");
    }

    @Test
    void middleTreesCountTheSameOnEveryRoadAndSoDoTheirDuals() throws OverBudget {
        int counted = 0;
        for (long seed = FIRST; seed < FIRST + 150L * TIMES; seed++) {
            Random random = new Random(seed);
            FaultTree tree = StructuredTrees.of(StructuredTrees.Shape.middle(random), random);
            Diagram diagram = Building.of(tree, new Meter(AMPLE));
            CutSets sets = Minimizing.of(diagram, new Meter(AMPLE));
            if (sets.count().bitLength() <= 16) {
                assertEquals(sets.count(), gathered(tree).count(), "gate by gate -Dseed=" + seed);
                counted++;
            }
            double probability = diagram.probability(tree.probabilities());
            FaultTree dual = dual(tree);
            Diagram ofDual = Building.of(dual, new Meter(AMPLE));
            assertEquals(1 - probability, ofDual.probability(dual.probabilities()), 1e-12, "the dual -Dseed=" + seed);
            double sum = sets.rareEvent(tree.probabilities());
            double bound = sets.minCutUpperBound(tree.probabilities());
            assertTrue(probability <= bound + 1e-12 && bound <= sum + 1e-12, "bounds -Dseed=" + seed);
            assertTrue(sets.likeliest(tree.probabilities()) <= probability + 1e-15, "-Dseed=" + seed);
            // A set of the dual meets every set: that of the tree comes back as the dual of the dual.
            CutSets again = SetSearch.all(dual(dual), new Meter(AMPLE));
            assertEquals(sets.count(), again.count(), "-Dseed=" + seed);
        }
        assertTrue(counted > 50 * TIMES, counted + " trees counted gate by gate");
    }

    @Test
    void largeTreesEndWithAnAnswerOrWithABoundThatHolds() {
        Budget small = new Budget(200_000, 6_000_000);
        int answered = 0;
        int bounded = 0;
        for (long seed = FIRST; seed < FIRST + 12L * TIMES; seed++) {
            Random random = new Random(seed);
            FaultTree tree = StructuredTrees.of(StructuredTrees.Shape.large(random), random);
            CutAnalysis analysis = CutAnalysis.of(tree, small);
            // A step is counted by strides, and what ends one try begins another.
            assertTrue(analysis.steps() <= small.steps() * 1.1, analysis.steps() + " steps -Dseed=" + seed);
            if (analysis.limit().isEmpty()) {
                assertTrue(
                        analysis.probability().isPresent() && analysis.count().isPresent(), "-Dseed=" + seed);
                answered++;
                continue;
            }
            bounded++;
            assertTrue(analysis.limit().orElseThrow().contains("more than"), "-Dseed=" + seed);
            assertTrue(analysis.sets().isPresent() && analysis.order().isPresent(), "-Dseed=" + seed + " has nothing");
            CutSets sets = analysis.sets().orElseThrow();
            double most = sets.minCutUpperBound(tree.probabilities()) + sets.leftOut();
            assertTrue(most >= 0 && !Double.isNaN(most), "-Dseed=" + seed);
            if (analysis.probability().isPresent()) {
                assertTrue(analysis.probability().getAsDouble() <= most + 1e-9, "-Dseed=" + seed);
            }
        }
        assertTrue(answered > 0 && bounded > 0, answered + " answered and " + bounded + " bounded: no test of both");
    }

    /** A limit that keeps all is asked for gate by gate first. */
    private static CutSets gathered(FaultTree tree) throws OverBudget {
        return SetSearch.within(tree, Wanted.upTo(tree.events()), new Meter(AMPLE));
    }

    private static SortedSet<Integer> bits(CutSets sets) {
        SortedSet<Integer> bits = new TreeSet<>();
        for (CutWalk walk = sets.walk(); walk.advance(); ) {
            bits.add(IntStream.of(walk.set()).map(event -> 1 << event).sum());
        }
        return bits;
    }

    /** J. B. Fussell, W. E. Vesely, 1972: a row of nodes becomes one row for each input of a disjunction and one longer row for a conjunction. */
    private static SortedSet<Integer> topDown(FaultTree tree) {
        List<BitSet> open = new ArrayList<>();
        SortedSet<Integer> found = new TreeSet<>();
        TreeSet<String> seen = new TreeSet<>();
        open.add(BitSet.valueOf(new long[0]));
        open.getFirst().set(tree.top());
        while (!open.isEmpty()) {
            BitSet row = open.removeLast();
            int gate = row.stream()
                    .filter(node -> tree.kind(node) != Kind.EVENT)
                    .findFirst()
                    .orElse(-1);
            if (gate < 0) {
                found.add(row.stream().map(node -> 1 << tree.event(node)).sum());
                continue;
            }
            row.clear(gate);
            int inputs = tree.inputs(gate);
            int wanted = switch (tree.kind(gate)) {
                case AND -> inputs;
                case OR -> 1;
                case AT_LEAST -> tree.low(gate);
                default -> throw new IllegalStateException("not coherent");
            };
            for (int chosen = 0; chosen < 1 << inputs; chosen++) {
                if (Integer.bitCount(chosen) == wanted) {
                    BitSet next = (BitSet) row.clone();
                    for (int at = 0; at < inputs; at++) {
                        if ((chosen >> at & 1) == 1) {
                            next.set(tree.input(gate, at));
                        }
                    }
                    if (seen.add(next.toString())) {
                        open.add(next);
                    }
                }
            }
        }
        SortedSet<Integer> minimal = new TreeSet<>();
        for (int set : found) {
            if (minimal.stream().noneMatch(known -> (known & set) == known)) {
                minimal.add(set);
            }
        }
        return minimal;
    }

    /** The tree of what holds up: it fails exactly when the tree does not, where each event happens as often as it did not. */
    private static FaultTree dual(FaultTree tree) {
        FaultTree.Builder builder = FaultTree.builder();
        int[] nodes = new int[tree.nodes()];
        for (int node : tree.order()) {
            int[] of = new int[tree.inputs(node)];
            for (int at = 0; at < of.length; at++) {
                of[at] = nodes[tree.input(node, at)];
            }
            nodes[node] = switch (tree.kind(node)) {
                case EVENT -> builder.event(tree.name(tree.event(node)), 1 - tree.probability(tree.event(node)));
                case AND -> builder.or(of);
                case OR -> builder.and(of);
                case AT_LEAST -> builder.atLeast(of.length - tree.low(node) + 1, of);
                default -> throw new IllegalStateException("not coherent");
            };
        }
        return builder.build(nodes[tree.top()]);
    }
}
