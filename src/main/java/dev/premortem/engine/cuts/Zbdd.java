package dev.premortem.engine.cuts;

import java.util.Arrays;

/**
 * Families of sets as zero-suppressed diagrams over flat arrays, with the operations from which minimal cut sets are
 * made out of gates. A node is a number; 0 is no set, 1 is the empty set alone; the high child has the sets with the
 * element of the node's level. Unless an operation says otherwise, no set of a family contains another, and the
 * operations keep it so. After S. Minato, Zero-suppressed BDDs for set manipulation in combinatorial problems, 1993.
 *
 * <p>A limit of a {@link Weighing} is part of what an operation is remembered by, and every node knows its lightest and
 * its heaviest set: what is too heavy as a whole is never walked, and what is light enough as a whole is asked for
 * without a limit, so that it is found again under every limit.
 */
final class Zbdd extends SetNodes {

    /** The most entries of the operation cache, of 16 bytes each. */
    private static final int MOST_CACHE = 1 << 22;

    private static final int STRIDE = 1 << 12;

    private static final int PRODUCT = 1;
    private static final int UNION = 2;
    private static final int WITHOUT = 3;
    private static final int WITHIN = 4;
    private static final int MINIMAL = 5;
    private static final int DIFFERENCE = 6;
    private static final int JOIN = 7;

    /** What a frame of the walk holds: operation, how far it is, operands, limit, and results so far. */
    private static final int FRAME = 8;

    private static final int STATE = 1;
    private static final int F = 2;
    private static final int G = 3;
    private static final int LIMIT = 4;
    private static final int FIRST = 5;
    private static final int SECOND = 6;

    /** Four numbers an entry: two operands, operation and limit, the result. */
    private int[] cache = new int[FIRST_NODES << 2];

    private double[] cachedLosses = new double[FIRST_NODES];
    private int[] stack = new int[FRAME << 5];
    private double[] losses = new double[1 << 5];
    private int depth;
    private int steps;
    /** What the last result left out. */
    private double loss;

    Zbdd(Meter meter, Weighing weighing) {
        super(meter, weighing);
    }

    @Override
    void grown() {
        if (cache.length >> 2 < MOST_CACHE) {
            int[] old = cache;
            double[] oldLosses = cachedLosses;
            cache = new int[old.length << 1];
            cachedLosses = new double[oldLosses.length << 1];
            for (int at = 0; at < old.length; at += 4) {
                if (old[at] != 0) {
                    keep(old[at], old[at + 1], old[at + 2], old[at + 3], oldLosses[at >> 2]);
                }
            }
        }
    }

    @Override
    void collect(int[] roots, int count) {
        super.collect(roots, count);
        Arrays.fill(cache, 0);
    }

    /**
     * At least the probability that all of some set have failed that the last operation left out for its weight.
     */
    double loss() {
        return loss;
    }

    private int slot(int f, int g, int key) {
        return hash(f, g, key) & (cache.length >> 2) - 1;
    }

    private void keep(int f, int g, int key, int result, double lost) {
        int slot = slot(f, g, key);
        int at = slot << 2;
        cache[at] = f;
        cache[at + 1] = g;
        cache[at + 2] = key;
        cache[at + 3] = result;
        cachedLosses[slot] = lost;
    }

    /** Each set of one family joined with each of the other, as far as that weighs no more than the limit; minimal. */
    int product(int f, int g, int limit) throws OverBudget {
        return run(PRODUCT, f, g, limit);
    }

    /** The sets of both families; minimal. */
    int union(int f, int g) throws OverBudget {
        return run(UNION, f, g, NO_LIMIT);
    }

    /** The sets of one family that contain no set of the other. */
    int without(int f, int g) throws OverBudget {
        return run(WITHOUT, f, g, NO_LIMIT);
    }

    /** The sets that weigh no more than the limit. */
    int within(int f, int limit) throws OverBudget {
        return run(WITHIN, f, NONE, limit);
    }

    /** The sets that contain no other set of the family, which may be any family. */
    int minimal(int f) throws OverBudget {
        return run(MINIMAL, f, NONE, NO_LIMIT);
    }

    /** The sets of one family that are not in the other. */
    int difference(int f, int g) throws OverBudget {
        return run(DIFFERENCE, f, g, NO_LIMIT);
    }

    /**
     * Each set of one family joined with each of another whose elements all come below those of the first, as far as
     * that weighs no more than the limit; and sets besides, whose elements also come below those of the first.
     */
    int joined(int upper, int lower, int besides, int limit) throws OverBudget {
        if (upper == EMPTY) {
            throw new IllegalArgumentException("the empty set has no place to hang others beside it");
        }
        int[] chain = new int[16];
        int length = 0;
        for (int node = upper; node > EMPTY; node = low(node)) {
            if (length == chain.length) {
                chain = Arrays.copyOf(chain, length << 1);
            }
            chain[length++] = node;
        }
        int all = besides;
        double lost = 0;
        while (length > 0) {
            int node = chain[--length];
            int high = run(JOIN, high(node), lower, lighter(limit, level(node)));
            lost += loss * probabilities[level(node)];
            all = node(level(node), all, high);
        }
        loss = lost;
        return all;
    }

    private int run(int operation, int f, int g, int limit) throws OverBudget {
        depth = 0;
        int value = start(operation, f, g, limit);
        while (depth > 0) {
            value = step((depth - 1) * FRAME, value);
        }
        meter.took(steps);
        steps = 0;
        return value;
    }

    /** The result where it is at hand; otherwise -1, and a frame that is on its way to it. */
    private int start(int operation, int f, int g, int limit) throws OverBudget {
        loss = 0;
        return switch (operation) {
            case PRODUCT -> startProduct(f, g, limit);
            case UNION -> startUnion(f, g);
            case WITHOUT -> startWithout(f, g);
            case WITHIN -> startWithin(f, limit);
            case DIFFERENCE -> startDifference(f, g);
            case JOIN -> startJoin(f, g, limit);
            default -> f <= EMPTY ? f : push(MINIMAL, f, NONE, NO_LIMIT);
        };
    }

    private int startProduct(int left, int right, int limit) throws OverBudget {
        int f = Math.min(left, right);
        int g = Math.max(left, right);
        if (f == NONE) {
            return NONE;
        }
        if (Math.max(lightest[f], lightest[g]) > limit) {
            loss = Math.min(bounds[f], bounds[g]);
            return NONE;
        }
        if (f == EMPTY || f == g) {
            return startWithin(g, limit);
        }
        return push(PRODUCT, f, g, heaviest[f] + heaviest[g] <= limit ? NO_LIMIT : limit);
    }

    private int startUnion(int left, int right) throws OverBudget {
        int f = Math.min(left, right);
        int g = Math.max(left, right);
        if (f == NONE || f == g) {
            return g;
        }
        return f == EMPTY ? EMPTY : push(UNION, f, g, NO_LIMIT);
    }

    private int startWithout(int f, int contained) throws OverBudget {
        int g = contained;
        while (f > EMPTY && g > EMPTY && level(g) < level(f)) {
            g = low(g);
        }
        if (f == NONE || g == EMPTY || f == g) {
            return NONE;
        }
        // A set that is contained weighs no more.
        if (g == NONE || f == EMPTY || lightest[g] > heaviest[f]) {
            return f;
        }
        return push(WITHOUT, f, g, NO_LIMIT);
    }

    private int startWithin(int f, int limit) throws OverBudget {
        if (lightest[f] > limit) {
            loss = bounds[f];
            return NONE;
        }
        return heaviest[f] <= limit ? f : push(WITHIN, f, NONE, limit);
    }

    private int startDifference(int f, int taken) throws OverBudget {
        int g = taken;
        while (f != NONE && level(g) < level(f)) {
            g = low(g);
        }
        if (f == NONE || f == g) {
            return NONE;
        }
        return g == NONE ? f : push(DIFFERENCE, f, g, NO_LIMIT);
    }

    private int startJoin(int f, int g, int limit) throws OverBudget {
        if (f == NONE || g == NONE) {
            return NONE;
        }
        if (lightest[f] + lightest[g] > limit) {
            loss = bounds[f] * bounds[g];
            return NONE;
        }
        if (f == EMPTY) {
            return startWithin(g, limit);
        }
        return g == EMPTY
                ? startWithin(f, limit)
                : push(JOIN, f, g, heaviest[f] + heaviest[g] <= limit ? NO_LIMIT : limit);
    }

    private int push(int operation, int f, int g, int limit) throws OverBudget {
        int key = limit << 3 | operation;
        int slot = slot(f, g, key);
        int entry = slot << 2;
        if (cache[entry] == f && cache[entry + 1] == g && cache[entry + 2] == key) {
            loss = cachedLosses[slot];
            return cache[entry + 3];
        }
        if (++steps == STRIDE) {
            meter.took(steps);
            steps = 0;
        }
        int at = depth * FRAME;
        if (at == stack.length) {
            stack = Arrays.copyOf(stack, at << 1);
            losses = Arrays.copyOf(losses, depth << 1);
        }
        stack[at] = operation;
        stack[at + STATE] = 0;
        stack[at + F] = f;
        stack[at + G] = g;
        stack[at + LIMIT] = limit;
        losses[depth++] = 0;
        return -1;
    }

    private int step(int at, int value) throws OverBudget {
        return switch (stack[at]) {
            case PRODUCT -> stepProduct(at, value);
            case UNION -> stepUnion(at, value);
            case WITHOUT -> stepWithout(at, value);
            case WITHIN -> stepWithin(at, value);
            case DIFFERENCE -> stepDifference(at, value);
            case JOIN -> stepJoin(at, value);
            default -> stepMinimal(at, value);
        };
    }

    private int done(int at, int level, int low, int high) throws OverBudget {
        int result = node(level, low, high);
        depth--;
        loss = losses[depth];
        keep(stack[at + F], stack[at + G], stack[at + LIMIT] << 3 | stack[at], result, loss);
        return result;
    }

    /** Counts what a part of the frame's answer left out. */
    private void lost(double times) {
        if (loss != 0) {
            losses[depth - 1] += loss * times;
        }
    }

    private int lighter(int limit, int level) {
        return limit == NO_LIMIT ? NO_LIMIT : limit - weights[level];
    }

    /** A product of sets with and without the element of the upper level. */
    private int stepProduct(int at, int value) throws OverBudget {
        int f = stack[at + F];
        int g = stack[at + G];
        int limit = stack[at + LIMIT];
        int level = Math.min(level(f), level(g));
        if (level(f) != level(g)) {
            int upper = level(f) == level ? f : g;
            return stepApart(at, value, upper, upper == f ? g : f);
        }
        return switch (stack[at + STATE]++) {
            case 0 -> start(PRODUCT, low(f), low(g), limit);
            case 1 -> {
                lost(1);
                stack[at + FIRST] = value;
                yield start(UNION, low(g), high(g), NO_LIMIT);
            }
            case 2 -> start(PRODUCT, high(f), value, lighter(limit, level));
            case 3 -> {
                lost(probabilities[level]);
                stack[at + SECOND] = value;
                yield start(PRODUCT, low(f), high(g), lighter(limit, level));
            }
            case 4 -> {
                lost(probabilities[level]);
                yield start(UNION, stack[at + SECOND], value, NO_LIMIT);
            }
            case 5 -> start(WITHOUT, value, stack[at + FIRST], NO_LIMIT);
            default -> done(at, level, stack[at + FIRST], value);
        };
    }

    /** A product where only one family has sets with the element. */
    private int stepApart(int at, int value, int upper, int other) throws OverBudget {
        int limit = stack[at + LIMIT];
        int level = level(upper);
        return switch (stack[at + STATE]++) {
            case 0 -> start(PRODUCT, low(upper), other, limit);
            case 1 -> {
                lost(1);
                stack[at + FIRST] = value;
                yield start(PRODUCT, high(upper), other, lighter(limit, level));
            }
            case 2 -> {
                lost(probabilities[level]);
                yield start(WITHOUT, value, stack[at + FIRST], NO_LIMIT);
            }
            default -> done(at, level, stack[at + FIRST], value);
        };
    }

    private int stepUnion(int at, int value) throws OverBudget {
        int f = stack[at + F];
        int g = stack[at + G];
        int level = Math.min(level(f), level(g));
        boolean both = level(f) == level(g);
        int upper = level(f) == level ? f : g;
        int other = upper == f ? g : f;
        return switch (stack[at + STATE]++) {
            case 0 -> start(UNION, low(upper), both ? low(other) : other, NO_LIMIT);
            case 1 -> {
                stack[at + FIRST] = value;
                yield both
                        ? start(UNION, high(upper), high(other), NO_LIMIT)
                        : start(WITHOUT, high(upper), other, NO_LIMIT);
            }
            case 2 -> {
                if (both) {
                    yield start(WITHOUT, value, stack[at + FIRST], NO_LIMIT);
                }
                yield done(at, level, stack[at + FIRST], value);
            }
            default -> done(at, level, stack[at + FIRST], value);
        };
    }

    private int stepWithout(int at, int value) throws OverBudget {
        int f = stack[at + F];
        int g = stack[at + G];
        boolean both = level(f) == level(g);
        return switch (stack[at + STATE]++) {
            case 0 -> start(WITHOUT, low(f), both ? low(g) : g, NO_LIMIT);
            case 1 -> {
                stack[at + FIRST] = value;
                yield start(WITHOUT, high(f), both ? low(g) : g, NO_LIMIT);
            }
            case 2 -> {
                if (both) {
                    yield start(WITHOUT, value, high(g), NO_LIMIT);
                }
                yield done(at, level(f), stack[at + FIRST], value);
            }
            default -> done(at, level(f), stack[at + FIRST], value);
        };
    }

    private int stepWithin(int at, int value) throws OverBudget {
        int f = stack[at + F];
        int limit = stack[at + LIMIT];
        return switch (stack[at + STATE]++) {
            case 0 -> start(WITHIN, low(f), NONE, limit);
            case 1 -> {
                lost(1);
                stack[at + FIRST] = value;
                yield start(WITHIN, high(f), NONE, limit - weights[level(f)]);
            }
            default -> {
                lost(probabilities[level(f)]);
                yield done(at, level(f), stack[at + FIRST], value);
            }
        };
    }

    private int stepMinimal(int at, int value) throws OverBudget {
        int f = stack[at + F];
        return switch (stack[at + STATE]++) {
            case 0 -> start(MINIMAL, low(f), NONE, NO_LIMIT);
            case 1 -> {
                stack[at + FIRST] = value;
                yield start(MINIMAL, high(f), NONE, NO_LIMIT);
            }
            case 2 -> start(WITHOUT, value, stack[at + FIRST], NO_LIMIT);
            default -> done(at, level(f), stack[at + FIRST], value);
        };
    }

    private int stepDifference(int at, int value) throws OverBudget {
        int f = stack[at + F];
        int g = stack[at + G];
        boolean both = level(f) == level(g);
        return switch (stack[at + STATE]++) {
            case 0 -> start(DIFFERENCE, low(f), both ? low(g) : g, NO_LIMIT);
            case 1 -> {
                stack[at + FIRST] = value;
                yield both ? start(DIFFERENCE, high(f), high(g), NO_LIMIT) : high(f);
            }
            default -> done(at, level(f), stack[at + FIRST], value);
        };
    }

    private int stepJoin(int at, int value) throws OverBudget {
        int f = stack[at + F];
        int limit = stack[at + LIMIT];
        return switch (stack[at + STATE]++) {
            case 0 -> start(JOIN, low(f), stack[at + G], limit);
            case 1 -> {
                lost(1);
                stack[at + FIRST] = value;
                yield start(JOIN, high(f), stack[at + G], lighter(limit, level(f)));
            }
            default -> {
                lost(probabilities[level(f)]);
                yield done(at, level(f), stack[at + FIRST], value);
            }
        };
    }
}
