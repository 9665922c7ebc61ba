package dev.premortem.engine.cuts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The operations on families, against sets of sets. */
class ZbddTest {
    private static final Budget AMPLE = new Budget(1_000_000, 1_000_000_000L);
    private static final int ROUNDS = 2_000 * Integer.getInteger("rounds", 1);
    private static final long FIRST = Long.getLong("seed", 1);
    private static final int LEVELS = 9;

    @Test
    void everyOperationDoesToDiagramsWhatItDoesToSetsOfSets() throws OverBudget {
        for (long seed = FIRST; seed < FIRST + ROUNDS; seed++) {
            Random random = new Random(seed);
            Zbdd zbdd = new Zbdd(new Meter(AMPLE), weighing(random));
            TreeSet<Integer> anyF = family(random);
            TreeSet<Integer> anyG = family(random);
            TreeSet<Integer> f = minimal(anyF);
            TreeSet<Integer> g = minimal(anyG);
            int left = of(zbdd, f);
            int right = of(zbdd, g);
            String repeat = "-Dseed=" + seed;
            assertEquals(of(zbdd, f), zbdd.minimal(of(zbdd, anyF)), repeat);
            TreeSet<Integer> both = new TreeSet<>(f);
            both.addAll(g);
            assertEquals(of(zbdd, minimal(both)), zbdd.union(left, right), repeat);
            TreeSet<Integer> rest = new TreeSet<>(f);
            rest.removeIf(set -> g.stream().anyMatch(part -> (set & part) == part));
            assertEquals(of(zbdd, rest), zbdd.without(left, right), repeat);
            TreeSet<Integer> joined = new TreeSet<>();
            f.forEach(one -> g.forEach(other -> joined.add(one | other)));
            TreeSet<Integer> product = minimal(joined);
            assertEquals(of(zbdd, product), zbdd.product(left, right, Zbdd.NO_LIMIT), repeat);
            int limit = random.nextInt(8);
            TreeSet<Integer> light = within(zbdd, product, limit);
            assertEquals(of(zbdd, light), zbdd.product(right, left, limit), repeat);
            assertEquals(of(zbdd, within(zbdd, f, limit)), zbdd.within(left, limit), repeat);
        }
    }

    @Test
    void whatALimitLeavesOutIsBounded() throws OverBudget {
        for (long seed = FIRST; seed < FIRST + ROUNDS; seed++) {
            Random random = new Random(seed);
            Weighing weighing = weighing(random);
            Zbdd zbdd = new Zbdd(new Meter(AMPLE), weighing);
            int left = of(zbdd, minimal(family(random)));
            int right = of(zbdd, minimal(family(random)));
            int limit = random.nextInt(6);
            int part = zbdd.product(left, right, limit);
            double loss = zbdd.loss();
            int whole = zbdd.product(left, right, Zbdd.NO_LIMIT);
            double exact = probability(zbdd, whole, weighing.probabilities());
            double kept = probability(zbdd, part, weighing.probabilities());
            assertTrue(exact <= kept + loss + 1e-12, "-Dseed=" + seed + ": " + exact + " > " + kept + " + " + loss);
            assertTrue(exact <= zbdd.bound(whole) + 1e-12, "-Dseed=" + seed);
        }
    }

    @Test
    void whatIsTooLargeForTheBudgetSaysSo() {
        assertEquals("1,000 nodes", over(new Budget(1_000, 1_000_000_000)));
        assertEquals("10,000 steps", over(new Budget(1_000_000, 10_000)));
    }

    /** The product of families of random pairs, until a limit is reached. */
    private static String over(Budget budget) {
        Zbdd zbdd = new Zbdd(new Meter(budget), Weighing.orders(64));
        Random random = new Random(FIRST);
        return assertThrows(OverBudget.class, () -> {
                    int all = Zbdd.EMPTY;
                    for (int i = 0; i < 60; i++) {
                        int pairs = Zbdd.NONE;
                        for (int j = 0; j < 5; j++) {
                            int one = zbdd.single(random.nextInt(64));
                            int other = zbdd.single(random.nextInt(64));
                            pairs = zbdd.union(pairs, zbdd.product(one, other, Zbdd.NO_LIMIT));
                        }
                        all = zbdd.product(all, pairs, Zbdd.NO_LIMIT);
                    }
                })
                .limit();
    }

    @Test
    void collectingKeepsWhatIsHeldAndForgetsTheRest() throws OverBudget {
        for (long seed = FIRST; seed < FIRST + ROUNDS / 10; seed++) {
            Random random = new Random(seed);
            Zbdd zbdd = new Zbdd(new Meter(AMPLE), weighing(random));
            TreeSet<Integer> f = minimal(family(random));
            TreeSet<Integer> g = minimal(family(random));
            int left = of(zbdd, f);
            int right = of(zbdd, g);
            int union = zbdd.union(left, right);
            zbdd.product(left, right, Zbdd.NO_LIMIT);
            zbdd.collect(new int[] {left, right}, 2);
            assertEquals(left, of(zbdd, f), "-Dseed=" + seed);
            assertEquals(right, of(zbdd, g), "-Dseed=" + seed);
            TreeSet<Integer> both = new TreeSet<>(f);
            both.addAll(g);
            zbdd.product(left, right, 3);
            union = zbdd.union(left, right);
            assertEquals(of(zbdd, minimal(both)), union, "-Dseed=" + seed);
        }
    }

    @Test
    void setsOfAHundredThousandOverflowNoStack() throws OverBudget {
        int levels = 100_000;
        Zbdd zbdd = new Zbdd(new Meter(AMPLE), Weighing.orders(levels));
        int all = Zbdd.EMPTY;
        int any = Zbdd.NONE;
        for (int level = levels - 1; level >= 0; level--) {
            all = zbdd.node(level, Zbdd.NONE, all);
            any = zbdd.node(level, any, Zbdd.EMPTY);
        }
        assertEquals(all, zbdd.product(all, any, Zbdd.NO_LIMIT));
        assertEquals(any, zbdd.union(all, any));
        assertEquals(Zbdd.NONE, zbdd.without(all, any));
        assertEquals(levels, zbdd.lightest(all));
    }

    private static Weighing weighing(Random random) {
        Weighing plain = Weighing.orders(LEVELS);
        for (int level = 0; level < LEVELS; level++) {
            plain.probabilities()[level] = random.nextDouble();
            plain.weights()[level] = random.nextInt(4) == 0 ? random.nextInt(3) : 1;
        }
        return plain;
    }

    private static TreeSet<Integer> family(Random random) {
        TreeSet<Integer> family = new TreeSet<>();
        int sets = random.nextInt(20);
        for (int i = 0; i < sets; i++) {
            family.add(random.nextInt(1 << LEVELS) & (random.nextBoolean() ? random.nextInt(1 << LEVELS) : -1));
        }
        return family;
    }

    private static TreeSet<Integer> minimal(TreeSet<Integer> family) {
        TreeSet<Integer> minimal = new TreeSet<>(family);
        minimal.removeIf(set -> family.stream().anyMatch(part -> part != (int) set && (set & part) == part));
        return minimal;
    }

    private static TreeSet<Integer> within(Zbdd zbdd, TreeSet<Integer> family, int limit) {
        TreeSet<Integer> light = new TreeSet<>(family);
        light.removeIf(set -> {
            int weight = 0;
            for (int level = 0; level < LEVELS; level++) {
                weight += (set >> level & 1) * zbdd.weights[level];
            }
            return weight > limit;
        });
        return light;
    }

    /** The diagram of a family: bit by bit, the first level on top. */
    private static int of(Zbdd zbdd, TreeSet<Integer> family) throws OverBudget {
        return of(zbdd, family, 0);
    }

    private static int of(Zbdd zbdd, TreeSet<Integer> family, int level) throws OverBudget {
        if (family.isEmpty() || level == LEVELS) {
            return family.isEmpty() ? Zbdd.NONE : Zbdd.EMPTY;
        }
        TreeSet<Integer> with = new TreeSet<>();
        TreeSet<Integer> without = new TreeSet<>();
        family.forEach(set -> ((set >> level & 1) == 1 ? with : without).add(set));
        return zbdd.node(level, of(zbdd, without, level + 1), of(zbdd, with, level + 1));
    }

    private static double probability(Zbdd zbdd, int family, double... probabilities) {
        double sum = 0;
        for (int failed = 0; failed < 1 << LEVELS; failed++) {
            int node = family;
            if (fails(zbdd, node, failed)) {
                double product = 1;
                for (int level = 0; level < LEVELS; level++) {
                    product *= (failed >> level & 1) == 1 ? probabilities[level] : 1 - probabilities[level];
                }
                sum += product;
            }
        }
        return sum;
    }

    private static boolean fails(Zbdd zbdd, int node, int failed) {
        if (node <= Zbdd.EMPTY) {
            return node == Zbdd.EMPTY;
        }
        return fails(zbdd, zbdd.low(node), failed)
                || (failed >> zbdd.level(node) & 1) == 1 && fails(zbdd, zbdd.high(node), failed);
    }
}
