package dev.premortem.engine.cuts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Moving variables makes diagrams smaller and changes no function. */
class SiftingTest {
    private static final int ROUNDS = 500 * Integer.getInteger("rounds", 1);
    private static final long FIRST = Long.getLong("seed", 1);

    @Test
    void pairsThatStandApartComeTogether() throws OverBudget {
        Meter meter = new Meter(new Budget(1_000_000, 100_000_000));
        Bdd bdd = new Bdd(meter);
        int pairs = 10;
        int root = Bdd.FALSE;
        for (int i = 0; i < pairs; i++) {
            root = bdd.or(root, bdd.and(bdd.variable(i), bdd.variable(pairs + i)));
        }
        bdd.collect(new int[] {root}, 1);
        assertEquals(2 << pairs, bdd.size() + 1, "the worst order");
        Sifting.run(bdd, meter, 2 * pairs, root);
        assertEquals(2 * pairs, bdd.size() - 1);
    }

    @Test
    void everyRandomFunctionStaysWhatItWas() throws OverBudget {
        for (long seed = FIRST; seed < FIRST + ROUNDS; seed++) {
            Random random = new Random(seed);
            int levels = 2 + random.nextInt(7);
            Meter meter = new Meter(new Budget(100_000, 100_000_000));
            Bdd bdd = new Bdd(meter);
            int[] roots = new int[1 + random.nextInt(3)];
            for (int i = 0; i < roots.length; i++) {
                roots[i] = random(bdd, levels, random);
            }
            bdd.collect(roots, roots.length);
            boolean[][] before = new boolean[roots.length][];
            int[] unmoved = new int[levels];
            Arrays.setAll(unmoved, level -> level);
            for (int i = 0; i < roots.length; i++) {
                before[i] = table(bdd, roots[i], unmoved);
            }
            int size = bdd.size();
            int[] from = Sifting.run(bdd, meter, levels, roots);
            for (int i = 0; i < roots.length; i++) {
                assertEquals(Arrays.toString(before[i]), Arrays.toString(table(bdd, roots[i], from)), "-Dseed=" + seed);
            }
            int after = bdd.size();
            bdd.collect(roots, roots.length);
            assertEquals(after, bdd.size(), "nothing is left over, -Dseed=" + seed);
            assertEquals(Math.min(size, after), after, "never larger, -Dseed=" + seed);
            // The table works again: the same function is the same edge.
            assertEquals(roots[0], bdd.or(bdd.and(roots[0], roots[0]), bdd.and(roots[0], bdd.variable(0))));
        }
    }

    @Test
    void aTreeWhoseVariablesMoveWhileItGrowsKeepsItsProbability() throws IOException, OverBudget {
        PublicTrees.Expected expected = PublicTrees.expected().stream()
                .filter(tree -> tree.name().equals("edfpa14p"))
                .findFirst()
                .orElseThrow();
        FaultTree tree = PublicTrees.read(expected.name());
        Part part = Part.of(Preparation.of(Translation.of(tree))).getLast();
        Diagram unmoved = built(tree, part, Optional.empty());
        Diagram moved = built(tree, part, Optional.of(new Meter(new Budget(1, 1_000_000_000))));
        double probability = moved.probability(tree.probabilities());
        assertEquals(Double.parseDouble(expected.probability()), probability, 5e-8);
        assertEquals(unmoved.probability(tree.probabilities()), probability, 1e-15);
        assertTrue(moved.size() < unmoved.size() / 2, moved.size() + " of " + unmoved.size());
    }

    /** The diagram of a tree that is one module. */
    private static Diagram built(FaultTree tree, Part part, Optional<Meter> sifting) throws OverBudget {
        Bdd bdd = new Bdd(new Meter(new Budget(1_000_000, 1_000_000_000)));
        int[] walk = part.walk(Ordering.HEAVIEST.of(part));
        Construction made = new Construction(part, bdd, walk, new byte[part.size()], sifting);
        made.run();
        Diagram.Growing growing = new Diagram.Growing(tree.events());
        growing.add(
                bdd,
                made.root(),
                Arrays.stream(made.variables()).map(part::number).toArray(),
                true);
        return growing.build(0);
    }

    private static int random(Bdd bdd, int levels, Random random) throws OverBudget {
        int function = bdd.variable(random.nextInt(levels));
        for (int i = 0; i < 3 * levels; i++) {
            int other = bdd.variable(random.nextInt(levels)) ^ random.nextInt(2);
            function = switch (random.nextInt(4)) {
                case 0 -> bdd.and(function, other);
                case 1 -> bdd.or(function, other);
                case 2 -> bdd.xor(function, other);
                default -> bdd.choice(bdd.variable(random.nextInt(levels)), function, other);
            };
        }
        return function;
    }

    private static boolean[] table(Bdd bdd, int root, int... from) {
        boolean[] values = new boolean[1 << from.length];
        for (int set = 0; set < values.length; set++) {
            int edge = root;
            while (edge > Bdd.TRUE) {
                edge = (set >> from[bdd.level(edge)] & 1) == 1 ? bdd.high(edge) : bdd.low(edge);
            }
            values[set] = edge == Bdd.TRUE;
        }
        return values;
    }
}
