package dev.premortem.engine.cuts;

/**
 * Takes for granted below a gate what the gate itself demands: in x and (y or (x and z)) the inner x is true. It holds
 * at every gate that is seen from the top through the demanding gate alone. Known from I. Niemelä, On simplification of
 * large fault trees, 1994.
 */
final class Assumption extends Rewriting {
    /** How far up a gate's dominators are looked at, so that very deep trees stay linear. */
    private static final int FARTHEST = 2_000;

    private final int[] dominators;
    /** Of each node, the gates of a list {@link #above} that mention it. */
    private final int[] starts;

    private final int[] above;
    /** The conjunctions that demand the node at hand: its number for true, its negation for false. */
    private final int[] demands;
    /** What replaces an input, in the order of {@link #starts} by gate: -1 for nothing. */
    private final int[] firstInput;

    private final byte[] replaced;

    Assumption(Circuit old) {
        super(old);
        int size = old.size();
        starts = new int[size + 1];
        firstInput = new int[size + 1];
        for (int node = 1; node < size; node++) {
            firstInput[node + 1] = firstInput[node];
            if (mentions[node] > 0) {
                firstInput[node + 1] += old.inputs(node).length;
                for (int edge : old.inputs(node)) {
                    starts[edge >> 1]++;
                }
            }
        }
        for (int node = 0, sum = 0; node <= size; node++) {
            sum += starts[node];
            starts[node] = sum;
        }
        above = new int[firstInput[size]];
        for (int node = size - 1; node > 0; node--) {
            if (mentions[node] > 0) {
                for (int edge : old.inputs(node)) {
                    above[--starts[edge >> 1]] = node;
                }
            }
        }
        replaced = new byte[firstInput[size]];
        demands = new int[size];
        dominators = dominators();
        for (int node = 1; node < size; node++) {
            if (mentions[node] > 1) {
                assume(node);
            }
        }
    }

    /** The nearest gate through which every way from the top to a node leads; inputs have smaller numbers. */
    private int[] dominators() {
        int[] nearest = new int[old.size()];
        int root = old.root() >> 1;
        for (int node = root - 1; node > 0; node--) {
            for (int at = starts[node]; at < starts[node + 1]; at++) {
                int gate = above[at];
                nearest[node] = nearest[node] == 0 ? gate : common(nearest, nearest[node], gate);
            }
        }
        return nearest;
    }

    private static int common(int[] nearest, int one, int other) {
        int a = one;
        int b = other;
        while (a != b) {
            if (a < b) {
                a = nearest[a];
            } else {
                b = nearest[b];
            }
        }
        return a;
    }

    private void assume(int node) {
        boolean any = false;
        for (int at = starts[node]; at < starts[node + 1]; at++) {
            int gate = above[at];
            if (old.kind(gate) == Circuit.AND) {
                demands[gate] = demanded(gate, node);
                any = true;
            }
        }
        if (!any) {
            return;
        }
        for (int at = starts[node]; at < starts[node + 1]; at++) {
            int gate = above[at];
            int demand = 0;
            int steps = 0;
            for (int up = dominators[gate]; up != 0 && demand == 0 && steps < FARTHEST; up = dominators[up]) {
                demand = demands[up];
                steps++;
            }
            if (demand != 0) {
                replace(gate, node, demand);
            }
        }
        for (int at = starts[node]; at < starts[node + 1]; at++) {
            demands[above[at]] = 0;
        }
    }

    private int demanded(int gate, int node) {
        for (int edge : old.inputs(gate)) {
            if (edge >> 1 == node) {
                return (edge & 1) == 0 ? 1 : -1;
            }
        }
        return 0;
    }

    private void replace(int gate, int node, int demand) {
        int[] inputs = old.inputs(gate);
        for (int i = 0; i < inputs.length; i++) {
            if (inputs[i] >> 1 == node) {
                replaced[firstInput[gate] + i] = (byte) demand;
            }
        }
    }

    @Override
    int rewrite(int node) {
        int[] inputs = old.inputs(node);
        int[] now = new int[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
            now[i] = switch (replaced[firstInput[node] + i]) {
                case 1 -> Circuit.TRUE ^ inputs[i] & 1;
                case -1 -> Circuit.FALSE ^ inputs[i] & 1;
                default -> edge(inputs[i]);
            };
        }
        return fresh.like(old, node, now);
    }
}
