package dev.premortem.engine.cuts;

import java.util.Arrays;

/**
 * Which gates are modules: nothing below them is mentioned from beside them. One depth-first walk dates every visit; a
 * gate is a module when all visits of all nodes below it lie between its first visit and its end. After Y. Dutuit, A.
 * Rauzy, A linear-time algorithm to find modules of fault trees, 1996.
 */
final class Spans {
    private final Circuit circuit;
    private final int[] first;
    private final int[] end;
    /** The earliest and the latest visit of a node and of all below it. */
    private final int[] earliest;

    private final int[] latest;

    Spans(Circuit circuit) {
        this.circuit = circuit;
        int size = circuit.size();
        first = new int[size];
        end = new int[size];
        earliest = new int[size];
        latest = new int[size];
        visit(circuit.root() >> 1);
        for (int node = 1; node < size; node++) {
            if (first[node] > 0) {
                earliest[node] = first[node];
                for (int edge : circuit.inputs(node)) {
                    earliest[node] = Math.min(earliest[node], earliest[edge >> 1]);
                    latest[node] = Math.max(latest[node], latest[edge >> 1]);
                }
            }
        }
    }

    private void visit(int root) {
        if (root == 0) {
            return;
        }
        int[] next = new int[circuit.size()];
        int[] stack = new int[64];
        int depth = 0;
        int date = 1;
        stack[depth++] = root;
        first[root] = date;
        latest[root] = date;
        while (depth > 0) {
            int node = stack[depth - 1];
            int[] inputs = circuit.inputs(node);
            date++;
            if (next[node] == inputs.length) {
                end[node] = date;
                latest[node] = Math.max(latest[node], date);
                depth--;
                continue;
            }
            int input = inputs[next[node]++] >> 1;
            latest[input] = date;
            if (first[input] == 0) {
                first[input] = date;
                if (depth == stack.length) {
                    stack = Arrays.copyOf(stack, depth << 1);
                }
                stack[depth++] = input;
            }
        }
    }

    int earliest(int node) {
        return earliest[node];
    }

    int latest(int node) {
        return latest[node];
    }

    /** Whether what was visited in this time lies wholly below a gate. */
    boolean within(int gate, int from, int to) {
        return from > first[gate] && to < end[gate];
    }

    /** Whether a node is a module; every leaf is one that is mentioned once or whose mentions nothing separates. */
    boolean module(int node) {
        for (int edge : circuit.inputs(node)) {
            if (!within(node, earliest[edge >> 1], latest[edge >> 1])) {
                return false;
            }
        }
        return true;
    }
}
