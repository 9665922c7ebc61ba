package dev.premortem.twin;

import java.util.Arrays;

/**
 * Strongly connected components by Tarjan's algorithm, without recursion. Components come out inputs first, so their order is an order of evaluation.
 *
 * @param order conditions in evaluation order
 * @param component component of each condition, by its place in the order
 * @param starts first place of each component, and one past the last
 * @param cyclic true where a component has several members or reads itself
 */
@SuppressWarnings("ArrayRecordComponent") // made once, read at once, never compared
record Components(int[] order, int[] component, int[] starts, boolean[] cyclic) {
    /** Components of a graph given by the inputs of each node. */
    static Components of(int[][] inputs) {
        int n = inputs.length;
        int[] index = new int[n];
        int[] low = new int[n];
        boolean[] onStack = new boolean[n];
        int[] stack = new int[n];
        int[] path = new int[n];
        int[] edge = new int[n];
        int[] order = new int[n];
        int[] component = new int[n];
        int[] starts = new int[n + 1];
        boolean[] cyclic = new boolean[n];
        int depth = 0;
        int top = 0;
        int next = 1;
        int done = 0;
        int found = 0;
        for (int root = 0; root < n; root++) {
            if (index[root] != 0) {
                continue;
            }
            path[depth++] = root;
            while (depth > 0) {
                int node = path[depth - 1];
                if (index[node] == 0) {
                    index[node] = low[node] = next++;
                    stack[top++] = node;
                    onStack[node] = true;
                }
                if (edge[node] < inputs[node].length) {
                    int input = inputs[node][edge[node]++];
                    if (index[input] == 0) {
                        path[depth++] = input;
                    } else if (onStack[input]) {
                        low[node] = Math.min(low[node], index[input]);
                    }
                    continue;
                }
                if (--depth > 0) {
                    low[path[depth - 1]] = Math.min(low[path[depth - 1]], low[node]);
                }
                if (low[node] == index[node]) {
                    starts[found] = done;
                    int first = done;
                    int member;
                    do {
                        member = stack[--top];
                        onStack[member] = false;
                        order[done++] = member;
                    } while (member != node);
                    Arrays.sort(order, first, done);
                    for (int i = first; i < done; i++) {
                        component[i] = found;
                    }
                    cyclic[found] = done - first > 1 || readsItself(inputs[node], node);
                    found++;
                }
            }
        }
        starts[found] = n;
        return new Components(order, component, Arrays.copyOf(starts, found + 1), Arrays.copyOf(cyclic, found));
    }

    private static boolean readsItself(int[] inputs, int node) {
        for (int input : inputs) {
            if (input == node) {
                return true;
            }
        }
        return false;
    }
}
