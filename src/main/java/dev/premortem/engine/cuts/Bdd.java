package dev.premortem.engine.cuts;

import java.util.Arrays;

/**
 * A binary decision diagram with complement edges over flat arrays. An edge is twice its node's number, plus one where
 * it negates; node 0 is the constant. The low edge of a node never negates, so a regular edge is a function that is
 * false while nothing has failed: a coherent tree needs no complements at all, and the minimal failing set of a
 * negating edge is always the empty set. After K. S. Brace, R. L. Rudell, R. E. Bryant, Efficient Implementation of a
 * BDD Package, 1990; there it is the high edge that never negates.
 */
final class Bdd {
    static final int FALSE = 0;
    static final int TRUE = 1;

    /** Above all levels: where the constant stands. */
    static final int BOTTOM = Integer.MAX_VALUE;

    private static final int FIRST_NODES = 1 << 10;
    /** The most entries of the operation cache, of 16 bytes each. */
    private static final int MOST_CACHE = 1 << 22;

    /** How often a long operation looks at its budget. */
    private static final int STRIDE = 1 << 16;

    private static final int LEVEL = 0;
    private static final int LOW = 1;
    private static final int HIGH = 2;
    private static final int NEXT = 3;

    private final Meter meter;
    /** Four numbers a node: level, low edge, high edge, next node of its bucket or of the free list. */
    private int[] nodes = new int[FIRST_NODES << 2];

    private int[] buckets = new int[FIRST_NODES];
    /** Four numbers an entry: two operands, the result, and one to stay within a cache line. */
    private int[] cache = new int[FIRST_NODES << 2];

    private int used = 1;
    private int free;
    private int live = 1;
    private int[] stack = new int[1 << 8];

    Bdd(Meter meter) {
        this.meter = meter;
        nodes[LEVEL] = BOTTOM;
    }

    /** The nodes that are held now. */
    int size() {
        return live;
    }

    /** One more than the largest number of a node. */
    int capacity() {
        return used;
    }

    int level(int edge) {
        return nodes[(edge >> 1 << 2) + LEVEL];
    }

    int low(int edge) {
        return nodes[(edge >> 1 << 2) + LOW] ^ (edge & 1);
    }

    int high(int edge) {
        return nodes[(edge >> 1 << 2) + HIGH] ^ (edge & 1);
    }

    /** The function that is true when the variable of this level is. */
    int variable(int level) throws OverBudget {
        return node(level, FALSE, TRUE);
    }

    /** The node with these children; the level is above those of the children. */
    int node(int level, int low, int high) throws OverBudget {
        if (low == high) {
            return low;
        }
        int negated = low & 1;
        return regular(level, low ^ negated, high ^ negated) ^ negated;
    }

    private int regular(int level, int low, int high) throws OverBudget {
        int bucket = hash(level, low, high) & (buckets.length - 1);
        for (int at = buckets[bucket]; at != 0; at = nodes[(at << 2) + NEXT]) {
            int place = at << 2;
            if (nodes[place + LOW] == low && nodes[place + HIGH] == high && nodes[place] == level) {
                return at << 1;
            }
        }
        int fresh = fresh();
        bucket = hash(level, low, high) & (buckets.length - 1);
        int place = fresh << 2;
        nodes[place] = level;
        nodes[place + LOW] = low;
        nodes[place + HIGH] = high;
        nodes[place + NEXT] = buckets[bucket];
        buckets[bucket] = fresh;
        return fresh << 1;
    }

    private int fresh() throws OverBudget {
        if (live >= meter.nodes()) {
            throw meter.outOfNodes();
        }
        live++;
        if (free != 0) {
            int taken = free;
            free = nodes[(taken << 2) + NEXT];
            return taken;
        }
        if (used << 2 == nodes.length) {
            grow();
        }
        return used++;
    }

    private void grow() {
        nodes = Arrays.copyOf(nodes, nodes.length << 1);
        buckets = new int[buckets.length << 1];
        for (int at = 1; at < used; at++) {
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

    int or(int f, int g) throws OverBudget {
        return and(f ^ 1, g ^ 1) ^ 1;
    }

    /** The first where the condition is true, the second otherwise. */
    int choice(int condition, int first, int second) throws OverBudget {
        return or(and(condition, first), and(condition ^ 1, second));
    }

    /** Both. The frames of the walk are two operands, their upper level and the low result once it is known. */
    int and(int left, int right) throws OverBudget {
        int f = left;
        int g = right;
        int depth = 0;
        int steps = 0;
        while (true) {
            if (f > g) {
                int swapped = f;
                f = g;
                g = swapped;
            }
            int result;
            if (f <= TRUE) {
                result = f == FALSE ? FALSE : g;
            } else if ((f ^ g) <= 1) {
                result = f == g ? f : FALSE;
            } else {
                int at = slot(f, g);
                if (cache[at] == f && cache[at + 1] == g) {
                    result = cache[at + 2];
                } else {
                    if (++steps == STRIDE) {
                        meter.took(steps);
                        steps = 0;
                    }
                    int level = Math.min(level(f), level(g));
                    depth = push(depth, f, g, level);
                    f = level(f) == level ? low(f) : f;
                    g = level(g) == level ? low(g) : g;
                    continue;
                }
            }
            while (depth > 0 && stack[depth - 1] >= 0) {
                depth -= 4;
                result = node(stack[depth + 2], stack[depth + 3], result);
                keep(stack[depth], stack[depth + 1], result);
            }
            if (depth == 0) {
                meter.took(steps);
                return result;
            }
            stack[depth - 1] = result;
            int level = stack[depth - 2];
            f = stack[depth - 4];
            g = stack[depth - 3];
            f = level(f) == level ? high(f) : f;
            g = level(g) == level ? high(g) : g;
        }
    }

    /** One and not both. The cache tells it from {@link #and} by the inverted first operand. */
    int xor(int left, int right) throws OverBudget {
        int f = left;
        int g = right;
        int depth = 0;
        int steps = 0;
        while (true) {
            int sign = (f ^ g) & 1;
            f &= ~1;
            g &= ~1;
            if (f > g) {
                int swapped = f;
                f = g;
                g = swapped;
            }
            int result;
            if (f == FALSE || f == g) {
                result = (f == g ? FALSE : g) ^ sign;
            } else {
                int at = slot(~f, g);
                if (cache[at] == ~f && cache[at + 1] == g) {
                    result = cache[at + 2] ^ sign;
                } else {
                    if (++steps == STRIDE) {
                        meter.took(steps);
                        steps = 0;
                    }
                    int level = Math.min(level(f), level(g));
                    depth = push(depth, f | sign, g, level);
                    f = level(f) == level ? low(f) : f;
                    g = level(g) == level ? low(g) : g;
                    continue;
                }
            }
            while (depth > 0 && stack[depth - 1] >= 0) {
                depth -= 4;
                result = node(stack[depth + 2], stack[depth + 3], result);
                int was = stack[depth] & 1;
                keep(~(stack[depth] ^ was), stack[depth + 1], result);
                result ^= was;
            }
            if (depth == 0) {
                meter.took(steps);
                return result;
            }
            stack[depth - 1] = result;
            int level = stack[depth - 2];
            f = stack[depth - 4] & ~1;
            g = stack[depth - 3];
            f = level(f) == level ? high(f) : f;
            g = level(g) == level ? high(g) : g;
        }
    }

    private int push(int depth, int f, int g, int level) {
        if (depth == stack.length) {
            stack = Arrays.copyOf(stack, depth << 1);
        }
        stack[depth] = f;
        stack[depth + 1] = g;
        stack[depth + 2] = level;
        stack[depth + 3] = -1;
        return depth + 4;
    }

    /** Frees all nodes but those that these edges reach. Numbers of nodes that stay do not change. */
    void collect(int[] roots, int count) {
        boolean[] marked = reached(roots, count);
        Arrays.fill(buckets, 0);
        Arrays.fill(cache, 0);
        free = 0;
        live = 1;
        for (int at = used - 1; at > 0; at--) {
            if (marked[at]) {
                enter(at);
                live++;
            } else {
                nodes[(at << 2) + NEXT] = free;
                free = at;
            }
        }
    }

    /** Which nodes these edges reach, the constant included. */
    boolean[] reached(int[] roots, int count) {
        boolean[] marked = new boolean[used];
        marked[0] = true;
        for (int root = 0; root < count; root++) {
            int depth = 0;
            int node = roots[root] >> 1;
            while (true) {
                if (!marked[node]) {
                    marked[node] = true;
                    if (depth == stack.length) {
                        stack = Arrays.copyOf(stack, depth << 1);
                    }
                    stack[depth++] = nodes[(node << 2) + HIGH] >> 1;
                    node = nodes[(node << 2) + LOW] >> 1;
                } else if (depth > 0) {
                    node = stack[--depth];
                } else {
                    break;
                }
            }
        }
        return marked;
    }

    /** The number of nodes below an edge, the constant included. */
    int count(int edge) {
        int count = 0;
        for (boolean reached : reached(new int[] {edge}, 1)) {
            count += reached ? 1 : 0;
        }
        return count;
    }
}
