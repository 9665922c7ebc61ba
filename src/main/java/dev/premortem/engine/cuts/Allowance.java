package dev.premortem.engine.cuts;

import java.util.Arrays;

/**
 * How much a set of each gate may weigh and still be part of a set of the top within the limit. Whatever the gate's set
 * is, it lies within the events below the gate; with all of these failed and the gate too, the top may still need others,
 * and what those weigh at the least is taken off the limit.
 */
final class Allowance {
    /** More work than this is not worth it: then every gate has the limit. */
    private static final long MOST_WORK = 100_000_000;

    private final Circuit circuit;
    /** Whether a node is mentioned negated, and then needs its inputs' negations. */
    private final byte[] ways;

    private final int[] weights;
    private final int[] costs;
    private final int[] sorted;

    private Allowance(Circuit circuit, byte[] ways, int... weights) {
        this.circuit = circuit;
        this.ways = ways;
        this.weights = weights;
        this.costs = new int[circuit.size()];
        int widest = 0;
        for (int node = 1; node < circuit.size(); node++) {
            widest = Math.max(widest, circuit.inputs(node).length);
        }
        this.sorted = new int[widest];
    }

    /**
     * The allowance of each node of a coherent circuit.
     *
     * @param ways in which ways each node is mentioned: 1 plainly, 2 negated; 0 where the root does not reach it
     * @param weights what each event weighs
     */
    static int[] of(Circuit circuit, byte[] ways, int limit, int... weights) {
        int[] allowances = new int[circuit.size()];
        Arrays.fill(allowances, limit);
        long edges = 0;
        long gates = 0;
        for (int node = 1; node < circuit.size(); node++) {
            if (ways[node] > 0) {
                edges += circuit.inputs(node).length;
                gates++;
            }
        }
        if (limit >= Weighing.NO_LIMIT || edges * gates > MOST_WORK) {
            return allowances;
        }
        Allowance allowance = new Allowance(circuit, ways, weights);
        for (int node = 1; node < circuit.size(); node++) {
            if (ways[node] > 0) {
                allowances[node] = limit - allowance.beside(node);
            }
        }
        return allowances;
    }

    /** What the top needs at the least beside a gate and all events below it. */
    private int beside(int gate) {
        boolean[] below = new boolean[gate + 1];
        below[gate] = true;
        for (int node = gate; node > 0; node--) {
            if (below[node]) {
                for (int edge : circuit.inputs(node)) {
                    below[edge >> 1] = true;
                }
            }
        }
        int root = circuit.root() >> 1;
        for (int node = 1; node <= root; node++) {
            if (ways[node] == 0) {
                continue;
            }
            if (circuit.kind(node) == Circuit.LEAF) {
                costs[node] = node <= gate && below[node] ? 0 : weights[circuit.number(node)];
            } else {
                costs[node] = node == gate ? 0 : cost(node);
            }
        }
        return costs[root];
    }

    /** The inputs may share all that they need, so what is dearest among those needed is all that is sure. */
    private int cost(int node) {
        int[] inputs = circuit.inputs(node);
        int k = circuit.kind(node) == Circuit.AND ? inputs.length : circuit.number(node);
        k = ways[node] == 2 ? inputs.length - k + 1 : k;
        if (k == inputs.length) {
            int most = 0;
            for (int edge : inputs) {
                most = Math.max(most, costs[edge >> 1]);
            }
            return most;
        }
        if (k == 1) {
            int least = Weighing.NO_LIMIT;
            for (int edge : inputs) {
                least = Math.min(least, costs[edge >> 1]);
            }
            return least;
        }
        for (int i = 0; i < inputs.length; i++) {
            sorted[i] = costs[inputs[i] >> 1];
        }
        Arrays.sort(sorted, 0, inputs.length);
        return sorted[k - 1];
    }
}
