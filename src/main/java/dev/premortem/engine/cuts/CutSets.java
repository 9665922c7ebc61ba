package dev.premortem.engine.cuts;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Minimal failing sets, frozen: a zero-suppressed diagram for each module of a tree, inner modules first, and below each
 * node its children first. A variable is an event or, from the number of events on, a module, which stands for each of
 * its sets in turn. So counts and sums cost as much as there are nodes, and not as there are sets. Immutable.
 */
public final class CutSets {
    static final int NONE = SetView.NONE;
    static final int EMPTY = SetView.EMPTY;

    /** Terms after which the rest of a logarithm is bounded instead of added up. */
    private static final int MOST_TERMS = 4_000;

    private static final double SMALL = 1e-17;

    /** Counts by size that are held at once for all nodes together. */
    private static final int MOST_COUNTS = 20_000_000;

    private final int events;
    private final int[] variables;
    private final int[] lows;
    private final int[] highs;
    /** The family of each module. */
    private final int[] roots;

    private final int top;
    private final double leftOut;

    private CutSets(Growing from, int top, double leftOut) {
        this.events = from.events;
        this.variables = Arrays.copyOf(from.variables, from.size);
        this.lows = Arrays.copyOf(from.lows, from.size);
        this.highs = Arrays.copyOf(from.highs, from.size);
        this.roots = Arrays.copyOf(from.roots, from.modules);
        this.top = top;
        this.leftOut = leftOut;
    }

    /** The number of events of the tree. */
    public int events() {
        return events;
    }

    /** The number of nodes. */
    public int size() {
        return variables.length - 2;
    }

    /**
     * At least the probability that all of some failing set have failed that is not here, because a limit on the order
     * or on the probability was asked for; zero where all sets are here.
     */
    public double leftOut() {
        return leftOut;
    }

    int top() {
        return top;
    }

    /** The event at a node, or from the number of events on its module. */
    int variable(int node) {
        return variables[node];
    }

    int low(int node) {
        return lows[node];
    }

    int high(int node) {
        return highs[node];
    }

    /** Whether a node's variable stands for the sets of a module. */
    boolean nested(int node) {
        return variables[node] >= events;
    }

    /** The family that a node's variable stands for. */
    int inner(int node) {
        return roots[variables[node] - events];
    }

    /** The sets in the order of their size, and in each size by the order of the diagram. */
    public CutWalk walk() {
        return new CutWalk(this);
    }

    /** How many sets there are; one, the empty set, where the top has failed from the start. */
    public BigInteger count() {
        try {
            long[] counts = new long[variables.length];
            counts[EMPTY] = 1;
            for (int node = EMPTY + 1; node < counts.length; node++) {
                long each = nested(node) ? counts[inner(node)] : 1;
                counts[node] = Math.addExact(counts[lows[node]], Math.multiplyExact(each, counts[highs[node]]));
            }
            return BigInteger.valueOf(counts[top]);
        } catch (ArithmeticException large) {
            return largeCount();
        }
    }

    private BigInteger largeCount() {
        BigInteger[] counts = new BigInteger[variables.length];
        counts[NONE] = BigInteger.ZERO;
        counts[EMPTY] = BigInteger.ONE;
        for (int node = EMPTY + 1; node < counts.length; node++) {
            BigInteger high = counts[highs[node]];
            high = nested(node) ? high.multiply(counts[inner(node)]) : high;
            counts[node] = counts[lows[node]].add(high);
        }
        return counts[top];
    }

    /**
     * How many sets there are of each size, from zero up to the largest size asked for or there is; fewer sizes where
     * all of them would take too much memory.
     */
    public List<BigInteger> byOrder(int most) {
        int length = (int) Math.min(Math.min(most, largest()) + 1L, Math.max(2, MOST_COUNTS / variables.length));
        List<BigInteger> orders = new ArrayList<>();
        try {
            long[][] counts = new long[variables.length][];
            counts[NONE] = new long[length];
            counts[EMPTY] = new long[length];
            counts[EMPTY][0] = 1;
            for (int node = EMPTY + 1; node < counts.length; node++) {
                long[] inner = nested(node) ? counts[inner(node)] : new long[] {0, 1};
                counts[node] = sum(counts[lows[node]], inner, counts[highs[node]]);
            }
            for (long count : counts[top]) {
                orders.add(BigInteger.valueOf(count));
            }
            return List.copyOf(orders);
        } catch (ArithmeticException large) {
            return largeByOrder(length);
        }
    }

    /** The low counts and the product of the others, as far as the low ones go. */
    private static long[] sum(long[] low, long[] inner, long[] high) {
        long[] sum = low.clone();
        for (int i = 0; i < inner.length; i++) {
            for (int j = 0; inner[i] != 0 && j < high.length && i + j < sum.length; j++) {
                sum[i + j] = Math.addExact(sum[i + j], Math.multiplyExact(inner[i], high[j]));
            }
        }
        return sum;
    }

    private List<BigInteger> largeByOrder(int length) {
        BigInteger[][] counts = new BigInteger[variables.length][length];
        for (BigInteger[] some : counts) {
            Arrays.fill(some, BigInteger.ZERO);
        }
        counts[EMPTY][0] = BigInteger.ONE;
        BigInteger[] single = {BigInteger.ZERO, BigInteger.ONE};
        for (int node = EMPTY + 1; node < counts.length; node++) {
            BigInteger[] sum = counts[node];
            System.arraycopy(counts[lows[node]], 0, sum, 0, length);
            BigInteger[] inner = nested(node) ? counts[inner(node)] : single;
            BigInteger[] high = counts[highs[node]];
            for (int i = 0; i < inner.length; i++) {
                for (int j = 0; inner[i].signum() != 0 && i + j < length; j++) {
                    sum[i + j] = sum[i + j].add(inner[i].multiply(high[j]));
                }
            }
        }
        return List.of(counts[top]);
    }

    /** The size of the largest set; zero where there is none. */
    public int largest() {
        int[] sizes = new int[variables.length];
        for (int node = EMPTY + 1; node < sizes.length; node++) {
            int own = nested(node) ? sizes[inner(node)] : 1;
            sizes[node] = Math.max(sizes[lows[node]], sizes[highs[node]] + own);
        }
        return sizes[top];
    }

    /**
     * The sum over all sets of the product of their events' probabilities, the rare-event approximation: never less
     * than the probability that some set has failed, and near it while failures are rare.
     */
    public double rareEvent(double... probabilities) {
        return sums(probabilities)[top];
    }

    private double[] sums(double... values) {
        check(values);
        double[] sums = new double[variables.length];
        sums[EMPTY] = 1;
        for (int node = EMPTY + 1; node < sums.length; node++) {
            double own = nested(node) ? sums[inner(node)] : values[variables[node]];
            sums[node] = sums[lows[node]] + own * sums[highs[node]];
        }
        return sums;
    }

    private void check(double... values) {
        if (values.length != events) {
            throw new IllegalArgumentException(values.length + " probabilities for " + events + " events");
        }
    }

    /**
     * One less the product, over all sets, of the chance that the set has not failed: the min-cut upper bound. Never
     * less than the probability that some set has failed, where the tree is coherent.
     *
     * <p>The logarithm of the product is a series over the sums of the first, second, third … powers, so no set is
     * looked at alone.
     */
    public double minCutUpperBound(double... probabilities) {
        double likeliest = likeliest(probabilities);
        if (likeliest >= 1) {
            return 1;
        }
        double[] powers = probabilities.clone();
        double logarithm = 0;
        for (int term = 1; term <= MOST_TERMS; term++) {
            double sum = sums(powers)[top];
            logarithm += sum / term;
            // Each further sum is smaller than the one before by at least the likeliest set's probability.
            double rest = sum * likeliest / ((term + 1) * (1 - likeliest));
            if (rest <= SMALL * logarithm) {
                return -Math.expm1(-logarithm);
            }
            if (term == MOST_TERMS) {
                logarithm += rest;
            }
            for (int event = 0; event < powers.length; event++) {
                powers[event] *= probabilities[event];
            }
        }
        return -Math.expm1(-logarithm);
    }

    /** The probability of the likeliest set. */
    public double likeliest(double... probabilities) {
        check(probabilities);
        double[] most = new double[variables.length];
        most[EMPTY] = 1;
        for (int node = EMPTY + 1; node < most.length; node++) {
            double own = nested(node) ? most[inner(node)] : probabilities[variables[node]];
            most[node] = Math.max(most[lows[node]], own * most[highs[node]]);
        }
        return most[top];
    }

    /**
     * For each event the part of {@link #rareEvent} that comes from sets with the event; over the whole it is the
     * event's Fussell-Vesely importance.
     */
    public double[] shares(double... probabilities) {
        double[] sums = sums(probabilities);
        double[] reach = new double[variables.length];
        double[] shares = new double[events];
        reach[top] = 1;
        for (int node = variables.length - 1; node > EMPTY; node--) {
            double own = nested(node) ? sums[inner(node)] : probabilities[variables[node]];
            reach[lows[node]] += reach[node];
            reach[highs[node]] += reach[node] * own;
            if (nested(node)) {
                reach[inner(node)] += reach[node] * sums[highs[node]];
            } else {
                shares[variables[node]] += reach[node] * own * sums[highs[node]];
            }
        }
        return shares;
    }

    /** Sets while their modules are added. */
    static final class Growing {
        private final int events;
        private int[] variables = new int[64];
        private int[] lows = new int[64];
        private int[] highs = new int[64];
        private int size = EMPTY + 1;
        private int[] roots = new int[8];
        private int[][] orders = new int[8][];
        private int modules;

        Growing(int events) {
            this.events = events;
        }

        /** Adds a module: the nodes below one, and the variables of its levels. Returns the module's variable. */
        int add(SetView view, int root, int... ofLevels) {
            int[] nodes = upwards(view, root, ofLevels.length);
            if (size + nodes.length > variables.length) {
                int more = Math.max(size << 1, size + nodes.length);
                variables = Arrays.copyOf(variables, more);
                lows = Arrays.copyOf(lows, more);
                highs = Arrays.copyOf(highs, more);
            }
            int[] now = new int[view.capacity()];
            now[EMPTY] = EMPTY;
            for (int node : nodes) {
                variables[size] = ofLevels[view.level(node)];
                lows[size] = now[view.low(node)];
                highs[size] = now[view.high(node)];
                now[node] = size++;
            }
            if (modules == roots.length) {
                roots = Arrays.copyOf(roots, modules << 1);
                orders = Arrays.copyOf(orders, modules << 1);
            }
            roots[modules] = now[root];
            orders[modules] = ofLevels;
            return events + modules++;
        }

        /** The nodes below one from the lowest level up: a counting sort. */
        private static int[] upwards(SetView view, int root, int levels) {
            boolean[] reached = reached(view, root);
            int[] places = new int[levels + 1];
            for (int node = EMPTY + 1; node < reached.length; node++) {
                if (reached[node]) {
                    places[levels - view.level(node)]++;
                }
            }
            for (int level = 1; level <= levels; level++) {
                places[level] += places[level - 1];
            }
            int[] nodes = new int[places[levels]];
            for (int node = EMPTY + 1; node < reached.length; node++) {
                if (reached[node]) {
                    nodes[places[levels - view.level(node) - 1]++] = node;
                }
            }
            return nodes;
        }

        private static boolean[] reached(SetView view, int root) {
            boolean[] reached = new boolean[view.capacity()];
            reached[NONE] = true;
            reached[EMPTY] = true;
            int[] stack = new int[64];
            int depth = 0;
            int node = root;
            while (true) {
                while (!reached[node]) {
                    reached[node] = true;
                    if (depth == stack.length) {
                        stack = Arrays.copyOf(stack, depth << 1);
                    }
                    stack[depth++] = view.high(node);
                    node = view.low(node);
                }
                if (depth == 0) {
                    return reached;
                }
                node = stack[--depth];
            }
        }

        /**
         * The level of each event, below zero where it has none: the levels of the module that was added last, where
         * the events of each module come where the module comes.
         */
        int[] levels() {
            int[] levels = new int[events];
            Arrays.fill(levels, -1);
            int[] stack = new int[modules];
            int[] next = new int[modules];
            int depth = 0;
            int level = 0;
            stack[depth++] = modules - 1;
            while (depth > 0) {
                int[] order = orders[stack[depth - 1]];
                if (next[depth - 1] == order.length) {
                    depth--;
                    continue;
                }
                int variable = order[next[depth - 1]++];
                if (variable >= events) {
                    next[depth] = 0;
                    stack[depth++] = variable - events;
                } else if (variable >= 0) {
                    levels[variable] = level++;
                }
            }
            return levels;
        }

        /** The sets of the module that was added last. */
        CutSets last(double leftOut) {
            return new CutSets(this, roots[modules - 1], leftOut);
        }

        /** The empty set alone where the top has failed from the start, or no set where it never fails. */
        CutSets constant(boolean failed) {
            return new CutSets(this, failed ? EMPTY : NONE, 0);
        }
    }
}
