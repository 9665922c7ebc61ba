package dev.premortem.engine.cuts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One module of a circuit with numbers of its own: its gates down to leaves and to other modules, which are variables
 * for it. Nodes come inputs first, the root last; edges are twice a node's number, plus one where they negate.
 */
final class Part {
    private static final int[] NONE = {};

    private final Circuit circuit;
    /** The nodes of the circuit. */
    private final int[] nodes;
    /** The edges that each node mentions; none for a variable. */
    private final int[][] inputs;

    private final boolean[] variables;

    private Part(Circuit circuit, int[] nodes, boolean[] modules, int[] numbers) {
        this.circuit = circuit;
        this.nodes = nodes;
        this.inputs = new int[nodes.length][];
        this.variables = new boolean[nodes.length];
        for (int at = 0; at < nodes.length; at++) {
            int node = nodes[at];
            boolean inner = at < nodes.length - 1;
            variables[at] = circuit.kind(node) == Circuit.LEAF || inner && modules[node];
            int[] edges = variables[at] ? NONE : circuit.inputs(node);
            inputs[at] = new int[edges.length];
            for (int i = 0; i < edges.length; i++) {
                inputs[at][i] = numbers[edges[i] >> 1] << 1 | edges[i] & 1;
            }
        }
    }

    /** The modules of a circuit, inner ones first, the one of the root last; none for a constant. */
    static List<Part> of(Circuit circuit) {
        Spans spans = new Spans(circuit);
        int[] mentions = circuit.mentions();
        boolean[] modules = new boolean[circuit.size()];
        int[] numbers = new int[circuit.size()];
        Arrays.fill(numbers, -1);
        List<Part> parts = new ArrayList<>();
        int root = circuit.root() >> 1;
        for (int node = 1; node <= root; node++) {
            if (mentions[node] > 0 && (node == root || circuit.kind(node) != Circuit.LEAF && spans.module(node))) {
                int[] nodes = below(circuit, node, modules, numbers);
                modules[node] = true;
                parts.add(new Part(circuit, nodes, modules, numbers));
                for (int done : nodes) {
                    numbers[done] = -1;
                }
            }
        }
        return parts;
    }

    /** The nodes below a module's root that are not below another module's, inputs first; numbers them. */
    private static int[] below(Circuit circuit, int root, boolean[] modules, int[] numbers) {
        int[] found = new int[16];
        int[] stack = new int[16];
        int[] next = new int[16];
        int count = 0;
        int depth = 0;
        stack[depth++] = root;
        while (depth > 0) {
            int node = stack[depth - 1];
            int[] edges = circuit.inputs(node);
            if (!modules[node] && next[depth - 1] < edges.length) {
                int input = edges[next[depth - 1]++] >> 1;
                if (numbers[input] < 0) {
                    if (depth == stack.length) {
                        stack = Arrays.copyOf(stack, depth << 1);
                        next = Arrays.copyOf(next, depth << 1);
                    }
                    next[depth] = 0;
                    stack[depth++] = input;
                }
                continue;
            }
            depth--;
            if (count == found.length) {
                found = Arrays.copyOf(found, count << 1);
            }
            numbers[node] = count;
            found[count++] = node;
        }
        return Arrays.copyOf(found, count);
    }

    int size() {
        return nodes.length;
    }

    int root() {
        return nodes.length - 1;
    }

    /** The node of the circuit that is a node of this module. */
    int original(int node) {
        return nodes[node];
    }

    byte kind(int node) {
        return circuit.kind(nodes[node]);
    }

    /** The k of an at-least. */
    int number(int node) {
        return circuit.number(nodes[node]);
    }

    int[] inputs(int node) {
        return inputs[node];
    }

    /** Whether a node is a leaf or stands for another module. */
    boolean variable(int node) {
        return variables[node];
    }

    /** The nodes, inputs first, where each gate is walked to its inputs in a given order. */
    int[] walk(Preference preference) {
        int[] order = new int[nodes.length];
        int count = 0;
        int[][] sorted = new int[nodes.length][];
        int[] next = new int[nodes.length];
        int[] stack = new int[nodes.length];
        boolean[] seen = new boolean[nodes.length];
        int depth = 0;
        stack[depth++] = root();
        seen[root()] = true;
        sorted[root()] = preference.sorted(inputs[root()]);
        while (depth > 0) {
            int node = stack[depth - 1];
            if (next[node] == sorted[node].length) {
                depth--;
                order[count++] = node;
                continue;
            }
            int input = sorted[node][next[node]++] >> 1;
            if (!seen[input]) {
                seen[input] = true;
                sorted[input] = preference.sorted(inputs[input]);
                stack[depth++] = input;
            }
        }
        return order;
    }

    /** The order in which the inputs of a gate are walked to. */
    interface Preference {
        int[] sorted(int[] inputs);
    }
}
