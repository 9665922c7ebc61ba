package dev.premortem.engine.cuts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The order in which a tree is worked through: a depth-first walk without recursion, since trees may be deep. */
final class InputsFirst {
    private static final byte OPEN = 1;
    private static final byte DONE = 2;

    private final int[] starts;
    private final int[] inputs;
    private final byte[] state;
    private final int[] stack;
    private final int[] next;
    private int depth;

    private InputsFirst(int nodes, int[] starts, int[] inputs) {
        this.starts = starts;
        this.inputs = inputs;
        this.state = new byte[nodes];
        this.stack = new int[nodes];
        this.next = new int[nodes];
    }

    /** The nodes that the top reaches, inputs before outputs; a circle is refused. */
    static int[] of(int top, int nodes, int[] starts, int[] inputs) {
        return new InputsFirst(nodes, starts, inputs).walk(top);
    }

    private int[] walk(int top) {
        int[] order = new int[state.length];
        int count = 0;
        push(top);
        while (depth > 0) {
            int node = stack[depth - 1];
            if (next[node] == starts[node + 1]) {
                depth--;
                state[node] = DONE;
                order[count++] = node;
                continue;
            }
            int input = inputs[next[node]++];
            if (state[input] == OPEN) {
                throw new CyclicTree(circle(input));
            }
            if (state[input] != DONE) {
                push(input);
            }
        }
        return Arrays.copyOf(order, count);
    }

    private void push(int node) {
        stack[depth++] = node;
        next[node] = starts[node];
        state[node] = OPEN;
    }

    private List<Integer> circle(int from) {
        List<Integer> members = new ArrayList<>();
        for (int at = depth - 1; ; at--) {
            members.add(0, stack[at]);
            if (stack[at] == from) {
                return members;
            }
        }
    }
}
