package dev.premortem.engine.cuts;

import java.util.Arrays;

/**
 * The nodes of zero-suppressed diagrams over flat arrays: equal nodes are one node, and every node knows its lightest
 * and its heaviest set. A node is a number; 0 is no set, 1 is the empty set alone; the high child has the sets with the
 * element of the node's level.
 */
class SetNodes implements SetView {
    static final int NO_LIMIT = Weighing.NO_LIMIT;

    static final int FIRST_NODES = 1 << 6;

    private static final int LOW = 1;
    private static final int HIGH = 2;
    private static final int NEXT = 3;

    final Meter meter;
    final int[] weights;
    final double[] probabilities;
    /** Four numbers a node: level, low, high, next node of its bucket or of the free list. */
    private int[] nodes = new int[FIRST_NODES << 2];

    int[] lightest = new int[FIRST_NODES];
    int[] heaviest = new int[FIRST_NODES];
    /** At least the probability that all of some set of the node have failed. */
    double[] bounds = new double[FIRST_NODES];

    private int[] buckets = new int[FIRST_NODES];
    private int used = 2;
    private int free;
    private int live = 2;

    SetNodes(Meter meter, Weighing weighing) {
        this.meter = meter;
        this.weights = weighing.weights();
        this.probabilities = weighing.probabilities();
        nodes[0] = Bdd.BOTTOM;
        nodes[EMPTY << 2] = Bdd.BOTTOM;
        lightest[NONE] = NO_LIMIT;
        bounds[EMPTY] = 1;
    }

    /** The nodes that are held now. */
    int size() {
        return live;
    }

    /** One more than the largest number of a node. */
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

    /** The weight of the lightest set; {@link #NO_LIMIT} when there is none. */
    int lightest(int node) {
        return lightest[node];
    }

    /** The weight of the heaviest set. */
    int heaviest(int node) {
        return heaviest[node];
    }

    /**
     * At least the probability that all elements of some set have failed: sets that share elements fail together
     * rather than apart, so the chance that none fails is at least the product of the chances.
     */
    double bound(int node) {
        return bounds[node];
    }

    /** The sets of the low child, and those of the high one with the element of a level above both. */
    int node(int level, int low, int high) throws OverBudget {
        if (high == NONE) {
            return low;
        }
        int hash = hash(level, low, high);
        for (int at = buckets[hash & buckets.length - 1]; at != 0; at = nodes[(at << 2) + NEXT]) {
            int place = at << 2;
            if (nodes[place + LOW] == low && nodes[place + HIGH] == high && nodes[place] == level) {
                return at;
            }
        }
        int fresh = fresh();
        int place = fresh << 2;
        nodes[place] = level;
        nodes[place + LOW] = low;
        nodes[place + HIGH] = high;
        enter(fresh);
        int weight = weights[level];
        lightest[fresh] = Math.min(lightest[low], Math.min(NO_LIMIT, lightest[high] + weight));
        heaviest[fresh] = Math.max(heaviest[low], Math.min(NO_LIMIT, heaviest[high] + weight));
        bounds[fresh] = 1 - (1 - bounds[low]) * (1 - probabilities[level] * bounds[high]);
        return fresh;
    }

    /** The family of one set of one element. */
    int single(int level) throws OverBudget {
        return node(level, NONE, EMPTY);
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

    private void enter(int at) {
        int place = at << 2;
        int bucket = hash(nodes[place], nodes[place + LOW], nodes[place + HIGH]) & buckets.length - 1;
        nodes[place + NEXT] = buckets[bucket];
        buckets[bucket] = at;
    }

    static int hash(int a, int b, int c) {
        int mixed = a * 0x9E3779B1 + b * 0x85EBCA77 + c * 0xC2B2AE3D;
        return mixed ^ mixed >>> 15;
    }

    private void grow() {
        int more = used << 1;
        nodes = Arrays.copyOf(nodes, more << 2);
        lightest = Arrays.copyOf(lightest, more);
        heaviest = Arrays.copyOf(heaviest, more);
        bounds = Arrays.copyOf(bounds, more);
        buckets = new int[more];
        for (int at = 2; at < used; at++) {
            enter(at);
        }
        grown();
    }

    /** Called when there is room for twice as many nodes. */
    void grown() {}

    /** Frees all nodes but those that these reach. Numbers of nodes that stay do not change. */
    void collect(int[] roots, int count) {
        boolean[] marked = reached(roots, count);
        Arrays.fill(buckets, 0);
        free = 0;
        live = 2;
        for (int at = used - 1; at > EMPTY; at--) {
            if (marked[at]) {
                enter(at);
                live++;
            } else {
                nodes[(at << 2) + NEXT] = free;
                free = at;
            }
        }
    }

    /** Which nodes these reach, the two without children included. */
    boolean[] reached(int[] roots, int count) {
        boolean[] marked = new boolean[used];
        marked[NONE] = true;
        marked[EMPTY] = true;
        int[] stack = new int[64];
        for (int root = 0; root < count; root++) {
            int depth = 0;
            int node = roots[root];
            while (true) {
                while (!marked[node]) {
                    marked[node] = true;
                    if (depth == stack.length) {
                        stack = Arrays.copyOf(stack, depth << 1);
                    }
                    stack[depth++] = high(node);
                    node = low(node);
                }
                if (depth == 0) {
                    break;
                }
                node = stack[--depth];
            }
        }
        return marked;
    }
}
