package dev.premortem.engine.cuts;

import java.util.Arrays;

/**
 * The exact function of a fault tree: one decision diagram for each of its modules, frozen in flat arrays, inner
 * modules first, and below each node its children first. A variable is an event or, from the number of events on, a
 * module. Immutable; evaluated as often as wished with other probabilities.
 */
public final class Diagram {
    private final int events;
    /** The variable of each node; node 0 is the constant false. */
    private final int[] variables;
    /** The child where the variable holds back: always a regular edge, twice the node's number. */
    private final int[] lows;
    /** The child where the variable has failed, plus one where it negates. */
    private final int[] highs;
    /** Where the nodes of each module end; they begin where those of the one before end, the first ones at node 1. */
    private final int[] ends;
    /** The variables of each module by level. */
    private final int[][] orders;
    /** Whether each module is written without negations, so that more failures never mend it. */
    private final boolean[] coherent;
    /** The last module, plus one where the top is its negation; or a constant, below zero: -1 false, -2 true. */
    private final int top;

    Diagram(Growing from, int top) {
        this.events = from.events;
        this.variables = Arrays.copyOf(from.variables, from.size);
        this.lows = Arrays.copyOf(from.lows, from.size);
        this.highs = Arrays.copyOf(from.highs, from.size);
        this.ends = Arrays.copyOf(from.ends, from.modules);
        this.orders = Arrays.copyOf(from.orders, from.modules);
        this.coherent = Arrays.copyOf(from.coherent, from.modules);
        this.top = top;
    }

    /** The number of events of the tree. */
    public int events() {
        return events;
    }

    /** The number of nodes of all modules together, without the constant. */
    public int size() {
        return variables.length - 1;
    }

    /** The number of modules. */
    public int modules() {
        return ends.length;
    }

    int variable(int node) {
        return variables[node];
    }

    int low(int node) {
        return lows[node];
    }

    int high(int node) {
        return highs[node];
    }

    /** The first node of a module. */
    int start(int module) {
        return module == 0 ? 1 : ends[module - 1];
    }

    /** One more than the last node of a module, which is its root. */
    int end(int module) {
        return ends[module];
    }

    int[] order(int module) {
        return orders[module];
    }

    boolean coherent(int module) {
        return coherent[module];
    }

    /** Whether the top has failed while nothing has. */
    boolean failedFromTheStart() {
        return top == CONSTANT_TRUE || top >= 0 && (top & 1) == 1;
    }

    /** Whether the top does not depend on any event. */
    boolean constant() {
        return top < 0;
    }

    static final int CONSTANT_FALSE = -1;
    static final int CONSTANT_TRUE = -2;

    /** The probability of the top, given that of every event. */
    public double probability(double... probabilities) {
        if (top < 0) {
            return top == CONSTANT_TRUE ? 1 : 0;
        }
        double[] ofVariables = variables(probabilities);
        evaluate(ofVariables, new double[variables.length]);
        double last = ofVariables[events + ends.length - 1];
        return failedFromTheStart() ? 1 - last : last;
    }

    private double[] variables(double... probabilities) {
        if (probabilities.length != events) {
            throw new IllegalArgumentException(probabilities.length + " probabilities for " + events + " events");
        }
        return Arrays.copyOf(probabilities, events + ends.length);
    }

    private void evaluate(double[] ofVariables, double[] ofNodes) {
        for (int module = 0; module < ends.length; module++) {
            int end = ends[module];
            for (int node = start(module); node < end; node++) {
                double failed = ofVariables[variables[node]];
                ofNodes[node] = failed * of(highs[node], ofNodes) + (1 - failed) * ofNodes[lows[node] >> 1];
            }
            ofVariables[events + module] = ofNodes[end - 1];
        }
    }

    private static double of(int edge, double[] ofNodes) {
        double regular = ofNodes[edge >> 1];
        return (edge & 1) == 0 ? regular : 1 - regular;
    }

    /**
     * How much the probability of the top rises when that of an event does: the Birnbaum importance of every event,
     * which is the probability of the top with the event less that without it. Negative where failing helps; zero for
     * events that do not matter.
     */
    public double[] birnbaum(double... probabilities) {
        double[] ofVariables = variables(probabilities);
        if (top < 0) {
            return Arrays.copyOf(new double[0], events);
        }
        double[] ofNodes = new double[variables.length];
        evaluate(ofVariables, ofNodes);
        double[] rises = new double[ofVariables.length];
        double[] reach = new double[variables.length];
        rises[events + ends.length - 1] = failedFromTheStart() ? -1 : 1;
        for (int module = ends.length - 1; module >= 0; module--) {
            reach[ends[module] - 1] = rises[events + module];
            for (int node = ends[module] - 1; node >= start(module); node--) {
                int variable = variables[node];
                double failed = ofVariables[variable];
                int high = highs[node];
                rises[variable] += reach[node] * (of(high, ofNodes) - ofNodes[lows[node] >> 1]);
                reach[high >> 1] += reach[node] * failed * ((high & 1) == 0 ? 1 : -1);
                reach[lows[node] >> 1] += reach[node] * (1 - failed);
            }
        }
        return Arrays.copyOf(rises, events);
    }

    /**
     * The probability that a change of each event changes the top, either way. Where the function is not coherent and the diagram too large for that, the importance
     * without its sign, which is never more.
     */
    public double[] swings(double... probabilities) {
        if (top < 0) {
            return new double[events];
        }
        double[] ofVariables = variables(probabilities);
        double[] ofNodes = new double[variables.length];
        evaluate(ofVariables, ofNodes);
        return Swings.of(this, ofVariables, ofNodes);
    }

    /** A diagram while its modules are added. */
    static final class Growing {
        private final int events;
        private int[] variables = new int[64];
        private int[] lows = new int[64];
        private int[] highs = new int[64];
        private int size = 1;
        private int[] ends = new int[8];
        private int[][] orders = new int[8][];
        private boolean[] coherent = new boolean[8];
        private int modules;

        Growing(int events) {
            this.events = events;
        }

        /** Adds a module: the nodes below a regular edge, and the variables of its levels. Returns its variable. */
        int add(Bdd bdd, int root, int[] order, boolean isCoherent) {
            int[] nodes = upwards(bdd, root, order.length);
            int[] now = new int[bdd.capacity()];
            if (size + nodes.length > variables.length) {
                int more = Math.max(size << 1, size + nodes.length);
                variables = Arrays.copyOf(variables, more);
                lows = Arrays.copyOf(lows, more);
                highs = Arrays.copyOf(highs, more);
            }
            for (int node : nodes) {
                int edge = node << 1;
                variables[size] = order[bdd.level(edge)];
                lows[size] = now[bdd.low(edge) >> 1] << 1;
                highs[size] = now[bdd.high(edge) >> 1] << 1 | bdd.high(edge) & 1;
                now[node] = size++;
            }
            if (modules == ends.length) {
                ends = Arrays.copyOf(ends, modules << 1);
                orders = Arrays.copyOf(orders, modules << 1);
                coherent = Arrays.copyOf(coherent, modules << 1);
            }
            ends[modules] = size;
            orders[modules] = order;
            coherent[modules] = isCoherent;
            return events + modules++;
        }

        /** The nodes below an edge from the lowest level up: a counting sort. */
        private static int[] upwards(Bdd bdd, int root, int levels) {
            boolean[] reached = bdd.reached(new int[] {root}, 1);
            int[] places = new int[levels + 1];
            for (int node = 1; node < reached.length; node++) {
                if (reached[node]) {
                    places[levels - 1 - bdd.level(node << 1) + 1]++;
                }
            }
            for (int level = 1; level <= levels; level++) {
                places[level] += places[level - 1];
            }
            int[] nodes = new int[places[levels]];
            for (int node = 1; node < reached.length; node++) {
                if (reached[node]) {
                    nodes[places[levels - 1 - bdd.level(node << 1)]++] = node;
                }
            }
            return nodes;
        }

        Diagram build(int top) {
            return new Diagram(this, top);
        }
    }
}
