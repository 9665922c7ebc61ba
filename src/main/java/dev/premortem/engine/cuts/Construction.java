package dev.premortem.engine.cuts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Builds the decision diagram of one module from its gates, inputs first. */
final class Construction {
    /** A variable that stands for itself. */
    static final byte PLAIN = 0;
    /** A module whose function is the negation of its variable. */
    static final byte NEGATED = 1;
    /** A module that turned out to be constant: false, or with one more true. */
    static final byte CONSTANT = 2;

    private final Part part;
    private final Bdd bdd;
    /** The edge of each node. */
    private final int[] edges;

    private final int[] uses;
    /** The nodes of the variables by level. */
    private final int[] variables;

    private int collectAt;

    /**
     * Builds a module.
     *
     * @param walk the module's nodes, inputs first; its variables come in the order of the levels
     * @param values what stands for each variable: {@link #PLAIN}, {@link #NEGATED} or a constant
     */
    Construction(Part part, Bdd bdd, int[] walk, byte[] values) throws OverBudget {
        this.part = part;
        this.bdd = bdd;
        this.edges = new int[part.size()];
        this.uses = new int[part.size()];
        this.variables = Arrays.stream(walk).filter(part::variable).toArray();
        for (int node : walk) {
            for (int input : part.inputs(node)) {
                uses[input >> 1]++;
            }
        }
        collectAt = 1 << 16;
        int[] held = new int[walk.length];
        int level = 0;
        for (int at = 0; at < walk.length; at++) {
            int node = walk[at];
            edges[node] = part.variable(node) ? variable(values[node], level++) : gate(node);
            if (bdd.size() > collectAt) {
                collect(walk, at, held);
            }
        }
    }

    private int variable(byte value, int level) throws OverBudget {
        return value >= CONSTANT ? value - CONSTANT : bdd.variable(level) ^ value;
    }

    /** The nodes of the variables by level. */
    int[] variables() {
        return variables;
    }

    int root() {
        return edges[part.root()];
    }

    private void collect(int[] walk, int last, int[] held) {
        int count = 0;
        for (int at = 0; at <= last; at++) {
            if (uses[walk[at]] > 0 || at == last) {
                held[count++] = edges[walk[at]];
            }
        }
        bdd.collect(held, count);
        collectAt = Math.max(collectAt, bdd.size() << 1);
    }

    private int gate(int node) throws OverBudget {
        List<Integer> inputs = new ArrayList<>();
        for (int edge : part.inputs(node)) {
            inputs.add(edges[edge >> 1] ^ edge & 1);
            uses[edge >> 1]--;
        }
        // What stands lowest goes first: then each step walks through one input and ends where the rest hangs on.
        inputs.sort(Comparator.comparingInt((Integer edge) -> -bdd.level(edge)).thenComparingInt(edge -> edge));
        return switch (part.kind(node)) {
            case Circuit.AND -> all(inputs);
            case Circuit.XOR -> parity(inputs);
            default -> atLeast(part.number(node), inputs);
        };
    }

    private int all(List<Integer> inputs) throws OverBudget {
        int all = Bdd.TRUE;
        for (int input : inputs) {
            all = bdd.and(input, all);
        }
        return all;
    }

    private int parity(List<Integer> inputs) throws OverBudget {
        int odd = Bdd.FALSE;
        for (int input : inputs) {
            odd = bdd.xor(input, odd);
        }
        return odd;
    }

    /** Row by row: at least j of the inputs so far, for every j up to k. */
    private int atLeast(int k, List<Integer> inputs) throws OverBudget {
        int[] row = new int[k + 1];
        row[0] = Bdd.TRUE;
        int done = 0;
        for (int input : inputs) {
            done++;
            int most = Math.min(k, done);
            // Fewer than this many cannot become enough any more.
            int least = Math.max(1, k - (inputs.size() - done));
            for (int j = most; j >= least; j--) {
                row[j] = bdd.or(row[j], bdd.and(input, row[j - 1]));
            }
        }
        return row[k];
    }
}
