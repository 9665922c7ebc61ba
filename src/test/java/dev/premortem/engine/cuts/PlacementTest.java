package dev.premortem.engine.cuts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Lines of a module's nodes: whole, inputs first, the same each time, shorter than the walk they begin with, and good for diagrams. */
class PlacementTest {
    private static final int ROUNDS = 300 * Integer.getInteger("rounds", 1);
    private static final long FIRST = Long.getLong("seed", 1);

    @Test
    void everyWalkHasEachNodeOnceAfterItsInputs() {
        for (long seed = FIRST; seed < FIRST + ROUNDS; seed++) {
            for (Part part : Part.of(Preparation.of(Translation.of(SampleTrees.of(seed))))) {
                Placement placement = Placement.of(part, 500);
                for (boolean backwards : new boolean[] {false, true}) {
                    int[] walk = placement.walk(backwards);
                    boolean[] seen = new boolean[part.size()];
                    for (int node : walk) {
                        for (int edge : part.inputs(node)) {
                            assertTrue(seen[edge >> 1], "-Dseed=" + seed);
                        }
                        assertTrue(!seen[node], "-Dseed=" + seed);
                        seen[node] = true;
                    }
                    assertEquals(part.size(), walk.length, "-Dseed=" + seed);
                }
                assertArrayEquals(placement.walk(false), Placement.of(part, 500).walk(false));
            }
        }
    }

    @Test
    void theFunctionIsTheSameInEveryOrder() throws OverBudget {
        for (long seed = FIRST; seed < FIRST + ROUNDS; seed++) {
            for (Part part : Part.of(Preparation.of(Translation.of(SampleTrees.of(seed))))) {
                Attempt written = made(part, part.walk(Ordering.WRITTEN.of(part)));
                Attempt placed = made(part, Placement.of(part, 500).walk(seed % 2 == 0));
                Random random = new Random(seed);
                for (int round = 0; round < 20; round++) {
                    boolean[] failed = new boolean[part.size()];
                    for (int node = 0; node < failed.length; node++) {
                        failed[node] = random.nextBoolean();
                    }
                    assertEquals(value(written, failed), value(placed, failed), "-Dseed=" + seed);
                }
            }
        }
    }

    @Test
    void aLargeModuleHasASmallerDiagramWhereItIsPlaced() throws IOException, OverBudget {
        Optional<PublicTrees.Expected> public14 = PublicTrees.expected().stream()
                .filter(tree -> tree.name().equals("edfpa14b"))
                .findFirst();
        if (public14.isEmpty()) {
            return;
        }
        Part part = Part.of(Preparation.of(Translation.of(PublicTrees.read("edfpa14b")))).stream()
                .filter(one -> one.size() > 300)
                .findFirst()
                .orElseThrow();
        int best = Integer.MAX_VALUE;
        for (Ordering ordering : Ordering.values()) {
            Attempt made = made(part, part.walk(ordering.of(part)));
            best = Math.min(best, made.bdd().count(made.root()));
        }
        Attempt placed = made(part, Placement.of(part, 4_000L * part.size()).walk(false));
        int size = placed.bdd().count(placed.root());
        assertTrue(size < best / 3, size + " of " + best);
    }

    private static Attempt made(Part part, int... walk) throws OverBudget {
        Bdd bdd = new Bdd(new Meter(new Budget(4_000_000, 1_000_000_000)));
        Construction built = new Construction(part, bdd, walk, new byte[part.size()], Optional.empty());
        built.run();
        assertEquals(walk.length, built.done());
        return new Attempt(bdd, built.root(), built.variables());
    }

    private static boolean value(Attempt made, boolean... failed) {
        int[] variables = Arrays.copyOf(made.variables(), made.variables().length);
        int edge = made.root();
        while (edge > Bdd.TRUE) {
            boolean high = failed[variables[made.bdd().level(edge)]];
            edge = high ? made.bdd().high(edge) : made.bdd().low(edge);
        }
        return edge == Bdd.TRUE;
    }
}
