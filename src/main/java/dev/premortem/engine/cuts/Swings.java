package dev.premortem.engine.cuts;

import java.util.Arrays;

/**
 * How likely a change of an event changes the top, either way: the probability of f with the event xor f without it. Where more failures never mend, that is the
 * Birnbaum importance; elsewhere harm and help cancel in the importance and do not here. A change passes a module as it passes the modules around it, independently,
 * so the swings multiply.
 */
final class Swings {
    /** Pairs of nodes that are compared in all; past that a variable's importance stands in, which is never more. */
    private static final int MOST_PAIRS = 2_000_000;

    private final Diagram diagram;
    private final double[] ofVariables;
    private final double[] ofNodes;
    /** Level of each variable in its module. */
    private final int[] levels;

    private final double[] swings;
    private long[] keys = new long[1 << 10];
    private double[] values = new double[1 << 10];
    private int known;
    private int left = MOST_PAIRS;

    private Swings(Diagram diagram, double[] ofVariables, double[] ofNodes) {
        this.diagram = diagram;
        this.ofVariables = ofVariables;
        this.ofNodes = ofNodes;
        this.levels = new int[ofVariables.length];
        this.swings = new double[ofVariables.length];
    }

    /**
     * The swing of every event.
     *
     * @param ofVariables probability of every event and module
     * @param ofNodes probability of every node
     */
    static double[] of(Diagram diagram, double[] ofVariables, double[] ofNodes) {
        Swings swings = new Swings(diagram, ofVariables, ofNodes);
        swings.run();
        return Arrays.copyOf(swings.swings, diagram.events());
    }

    private void run() {
        int last = diagram.modules() - 1;
        swings[diagram.events() + last] = 1;
        for (int module = last; module >= 0; module--) {
            int[] order = diagram.order(module);
            for (int level = 0; level < order.length; level++) {
                levels[order[level]] = level;
            }
            module(module, swings[diagram.events() + module]);
        }
    }

    /** Adds what each variable of a module swings, on the way that the module's own swing is. */
    private void module(int module, double own) {
        int from = diagram.start(module);
        int end = diagram.end(module);
        double[] reach = new double[end - from];
        reach[end - 1 - from] = own;
        forget();
        for (int node = end - 1; node >= from; node--) {
            double here = reach[node - from];
            if (here == 0) {
                continue;
            }
            int variable = diagram.variable(node);
            double failed = ofVariables[variable];
            int high = diagram.high(node);
            int low = diagram.low(node);
            swings[variable] += here * apart(high, low, diagram.coherent(module));
            add(reach, high >> 1, from, here * failed);
            add(reach, low >> 1, from, here * (1 - failed));
        }
    }

    private static void add(double[] reach, int node, int from, double amount) {
        if (node >= from) {
            reach[node - from] += amount;
        }
    }

    private double apart(int one, int two, boolean coherent) {
        double difference = Math.abs(worth(one) - worth(two));
        if (coherent) {
            return difference;
        }
        double apart = probability(one, two);
        return Double.isNaN(apart) ? difference : apart;
    }

    private double worth(int edge) {
        double regular = ofNodes[edge >> 1];
        return (edge & 1) == 0 ? regular : 1 - regular;
    }

    /** The probability that two edges differ; no number where too many pairs had to be compared. On a stack of its own, since diagrams are deep. */
    private double probability(int one, int two) {
        long[] stack = new long[64];
        int depth = 0;
        long asked = key(one >> 1, two >> 1);
        stack[depth++] = asked;
        while (depth > 0) {
            long key = stack[depth - 1];
            if (!Double.isNaN(find(key))) {
                depth--;
                continue;
            }
            if (left-- <= 0) {
                return Double.NaN;
            }
            int a = (int) (key >>> 32);
            int b = (int) key;
            int level = Math.min(level(a), level(b));
            int highs = child(a, level, true);
            int otherHighs = child(b, level, true);
            int lows = child(a, level, false);
            int otherLows = child(b, level, false);
            double high = signed(highs, otherHighs);
            double low = signed(lows, otherLows);
            if (depth + 2 > stack.length) {
                stack = Arrays.copyOf(stack, stack.length * 2);
            }
            if (Double.isNaN(high)) {
                stack[depth++] = key(highs >> 1, otherHighs >> 1);
            }
            if (Double.isNaN(low)) {
                stack[depth++] = key(lows >> 1, otherLows >> 1);
            }
            if (!Double.isNaN(high) && !Double.isNaN(low)) {
                double failed = ofVariables[diagram.variable(level == level(a) ? a : b)];
                put(key, failed * high + (1 - failed) * low);
                depth--;
            }
        }
        return signed(one, two);
    }

    private double signed(int one, int two) {
        double regular = find(key(one >> 1, two >> 1));
        return ((one ^ two) & 1) == 0 ? regular : 1 - regular;
    }

    private int level(int node) {
        return node == 0 ? Integer.MAX_VALUE : levels[diagram.variable(node)];
    }

    private int child(int node, int level, boolean failed) {
        if (level(node) != level) {
            return node << 1;
        }
        return failed ? diagram.high(node) : diagram.low(node);
    }

    private static long key(int a, int b) {
        return (long) Math.max(a, b) << 32 | Math.min(a, b);
    }

    private double find(long key) {
        int a = (int) (key >>> 32);
        int b = (int) key;
        if (a == b) {
            return 0;
        }
        if (b == 0) {
            return ofNodes[a]; // against false
        }
        int at = place(key);
        return keys[at] == 0 ? Double.NaN : values[at];
    }

    private void put(long key, double value) {
        if (++known * 2 > keys.length) {
            long[] oldKeys = keys;
            double[] oldValues = values;
            keys = new long[oldKeys.length * 2];
            values = new double[oldValues.length * 2];
            for (int i = 0; i < oldKeys.length; i++) {
                if (oldKeys[i] != 0) {
                    int at = place(oldKeys[i]);
                    keys[at] = oldKeys[i];
                    values[at] = oldValues[i];
                }
            }
        }
        int at = place(key);
        keys[at] = key;
        values[at] = value;
    }

    private int place(long key) {
        int at = (int) (key * 0x9E3779B97F4A7C15L >>> Long.numberOfLeadingZeros(keys.length) + 1);
        while (keys[at] != 0 && keys[at] != key) {
            at = at + 1 == keys.length ? 0 : at + 1;
        }
        return at;
    }

    private void forget() {
        Arrays.fill(keys, 0);
        known = 0;
    }
}
