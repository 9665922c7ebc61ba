package dev.premortem.engine.cuts;

import java.util.Arrays;

/**
 * Families of sets as zero-suppressed diagrams over flat arrays: the working store in which minimal sets are made. A
 * node is a number; 0 is no set, 1 is the empty set alone; the high child has the sets with the node's element.
 */
final class Families implements SetView {
    private static final int FIRST_NODES = 1 << 10;
    private static final int MOST_CACHE = 1 << 22;
    private static final int STRIDE = 1 << 16;

    private static final int LOW = 1;
    private static final int HIGH = 2;
    private static final int NEXT = 3;

    private final Meter meter;
    /** Four numbers a node: level, low, high, next node of its bucket. */
    private int[] nodes = new int[FIRST_NODES << 2];

    private int[] buckets = new int[FIRST_NODES];
    private int[] cache = new int[FIRST_NODES << 2];
    private int used = 2;
    private int[] stack = new int[1 << 8];

    Families(Meter meter) {
        this.meter = meter;
        nodes[0] = Bdd.BOTTOM;
        nodes[4] = Bdd.BOTTOM;
    }

    @Override
    public int capacity() {
        return used;
    }

    @Override
    public int level(int node) {
        return nodes[node << 2];
    }

    @Override
    public int low(int node) {
        return nodes[(node << 2) + LOW];
    }

    @Override
    public int high(int node) {
        return nodes[(node << 2) + HIGH];
    }

    int node(int level, int low, int high) throws OverBudget {
        if (high == NONE) {
            return low;
        }
        int hash = hash(level, low, high);
        for (int at = buckets[hash & (buckets.length - 1)]; at != 0; at = nodes[(at << 2) + NEXT]) {
            int place = at << 2;
            if (nodes[place + LOW] == low && nodes[place + HIGH] == high && nodes[place] == level) {
                return at;
            }
        }
        if (used >= meter.nodes()) {
            throw meter.outOfNodes();
        }
        if (used << 2 == nodes.length) {
            grow();
        }
        int place = used << 2;
        nodes[place] = level;
        nodes[place + LOW] = low;
        nodes[place + HIGH] = high;
        enter(used);
        return used++;
    }

    private void enter(int at) {
        int place = at << 2;
        int bucket = hash(nodes[place], nodes[place + LOW], nodes[place + HIGH]) & (buckets.length - 1);
        nodes[place + NEXT] = buckets[bucket];
        buckets[bucket] = at;
    }

    private static int hash(int a, int b, int c) {
        int mixed = a * 0x9E3779B1 + b * 0x85EBCA77 + c * 0xC2B2AE3D;
        return mixed ^ mixed >>> 15;
    }

    private void grow() {
        nodes = Arrays.copyOf(nodes, nodes.length << 1);
        buckets = new int[buckets.length << 1];
        for (int at = 2; at < used; at++) {
            enter(at);
        }
        if (cache.length >> 2 < MOST_CACHE) {
            int[] old = cache;
            cache = new int[old.length << 1];
            for (int at = 0; at < old.length; at += 4) {
                if (old[at] != 0) {
                    keep(old[at], old[at + 1], old[at + 2]);
                }
            }
        }
    }

    private int slot(int f, int g) {
        int mixed = f * 0x9E3779B1 + g * 0x85EBCA77;
        return ((mixed ^ mixed >>> 15) & (cache.length >> 2) - 1) << 2;
    }

    private void keep(int f, int g, int result) {
        int at = slot(f, g);
        cache[at] = f;
        cache[at + 1] = g;
        cache[at + 2] = result;
    }

    /** The sets of one family that are not in the other. */
    int difference(int from, int taken) throws OverBudget {
        int f = from;
        int g = taken;
        int depth = 0;
        int steps = 0;
        while (true) {
            while (f != NONE && g != NONE && f != g && level(g) < level(f)) {
                g = low(g);
            }
            int result;
            if (f == NONE || f == g) {
                result = NONE;
            } else if (g == NONE) {
                result = f;
            } else {
                int at = slot(f, g);
                if (cache[at] == f && cache[at + 1] == g) {
                    result = cache[at + 2];
                } else {
                    if (++steps == STRIDE) {
                        meter.took(steps);
                        steps = 0;
                    }
                    depth = push(depth, f, g);
                    g = level(g) == level(f) ? low(g) : g;
                    f = low(f);
                    continue;
                }
            }
            // A frame waits for its low result, and then for its high one unless the high child stays as it is.
            while (depth > 0) {
                f = stack[depth - 3];
                g = stack[depth - 2];
                if (stack[depth - 1] < 0) {
                    if (level(g) == level(f)) {
                        break;
                    }
                    result = node(level(f), result, high(f));
                } else {
                    result = node(level(f), stack[depth - 1], result);
                }
                keep(f, g, result);
                depth -= 3;
            }
            if (depth == 0) {
                meter.took(steps);
                return result;
            }
            stack[depth - 1] = result;
            f = high(f);
            g = high(g);
        }
    }

    private int push(int depth, int f, int g) {
        if (depth + 3 > stack.length) {
            stack = Arrays.copyOf(stack, stack.length << 1);
        }
        stack[depth] = f;
        stack[depth + 1] = g;
        stack[depth + 2] = -1;
        return depth + 3;
    }

    /**
     * The sets of one family that contain no set of the other, where no set of the other contains another. The cache
     * tells it from {@link #difference} by the inverted first operand.
     */
    int without(int from, int contained) throws OverBudget {
        int f = from;
        int g = contained;
        int depth = 0;
        int steps = 0;
        while (true) {
            while (f > EMPTY && g > EMPTY && level(g) < level(f)) {
                g = low(g);
            }
            int result;
            if (f == NONE || g == EMPTY || f == g) {
                result = NONE;
            } else if (g == NONE || f == EMPTY) {
                result = f;
            } else {
                int at = slot(~f, g);
                if (cache[at] == ~f && cache[at + 1] == g) {
                    result = cache[at + 2];
                } else {
                    if (++steps == STRIDE) {
                        meter.took(steps);
                        steps = 0;
                    }
                    depth = pushWithout(depth, f, g);
                    g = level(g) == level(f) ? low(g) : g;
                    f = low(f);
                    continue;
                }
            }
            while (depth > 0 && stack[depth - 2] >= 0) {
                f = stack[depth - 4];
                g = stack[depth - 3];
                if (stack[depth - 1] < 0 && level(f) == level(g)) {
                    break;
                }
                depth -= 4;
                result = node(level(f), stack[depth + 2], result);
                keep(~f, g, result);
            }
            if (depth == 0) {
                meter.took(steps);
                return result;
            }
            f = stack[depth - 4];
            g = stack[depth - 3];
            if (stack[depth - 2] < 0) {
                // The low result is here: on with what the high child has that contains no set of the low one.
                stack[depth - 2] = result;
                g = level(g) == level(f) ? low(g) : g;
                f = high(f);
            } else {
                stack[depth - 1] = result;
                g = high(g);
                f = result;
            }
        }
    }

    private int pushWithout(int depth, int f, int g) {
        if (depth + 4 > stack.length) {
            stack = Arrays.copyOf(stack, stack.length << 1);
        }
        stack[depth] = f;
        stack[depth + 1] = g;
        stack[depth + 2] = -1;
        stack[depth + 3] = -1;
        return depth + 4;
    }
}
