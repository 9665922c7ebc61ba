package dev.premortem.engine.cuts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Builds the decision diagram of one module from its gates, inputs first. */
final class Construction {
    /** A variable that stands for itself. */
    static final byte PLAIN = 0;
    /** A module whose function is the negation of its variable. */
    static final byte NEGATED = 1;
    /** A module that turned out to be constant: false, or with one more true. */
    static final byte CONSTANT = 2;

    private static final int FIRST_COLLECTION = 1 << 16;
    private static final int FIRST_SIFTING = 20_000;

    private final Part part;
    private final Bdd bdd;
    /** The edge of each node. */
    private final int[] edges;

    private final int[] uses;
    /** The nodes of the variables by level. */
    private final int[] variables;

    private final int[] walk;
    private final byte[] values;
    private final Optional<Meter> sifting;
    /** How many nodes of the walk are made. */
    private int done;
    /** How many levels there are so far. */
    private int levels;

    private int collectAt = FIRST_COLLECTION;
    private int siftAt = FIRST_SIFTING;

    /**
     * A module that is not built yet.
     *
     * @param walk the module's nodes, inputs first; its variables come in the order of the levels
     * @param sifting what counts the steps of moving variables while the diagram grows; empty to leave them
     * @param values what stands for each variable: {@link #PLAIN}, {@link #NEGATED} or a constant
     */
    Construction(Part part, Bdd bdd, int[] walk, byte[] values, Optional<Meter> sifting) {
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
        this.walk = walk;
        this.values = values;
        this.sifting = sifting;
    }

    /** Builds it. */
    void run() throws OverBudget {
        for (done = 0; done < walk.length; done++) {
            int node = walk[done];
            edges[node] = part.variable(node) ? variable(values[node], levels++) : gate(node);
            relieve(edges[node]);
        }
    }

    private int variable(byte value, int level) throws OverBudget {
        return value >= CONSTANT ? value - CONSTANT : bdd.variable(level) ^ value;
    }

    /** How many nodes of the walk are made. */
    int done() {
        return done;
    }

    /** The nodes of the variables by level. */
    int[] variables() {
        return variables;
    }

    int root() {
        return edges[part.root()];
    }

    /** Throws away what is not needed any more, where there is much: all but the open nodes and these edges. */
    private void relieve(int... made) throws OverBudget {
        if (bdd.size() <= collectAt) {
            return;
        }
        int[] held = Arrays.copyOf(made, done + made.length);
        int count = made.length;
        for (int at = 0; at < done; at++) {
            if (uses[walk[at]] > 0) {
                held[count++] = edges[walk[at]];
            }
        }
        bdd.collect(held, count);
        if (sifting.isPresent() && bdd.size() > siftAt) {
            int[] from = Sifting.run(bdd, sifting.get(), levels, Arrays.copyOf(held, count));
            int[] were = Arrays.copyOf(variables, levels);
            for (int level = 0; level < levels; level++) {
                variables[level] = were[from[level]];
            }
            siftAt = Math.max(siftAt, bdd.size() << 1);
        }
        collectAt = Math.max(FIRST_COLLECTION, bdd.size() << 1);
    }

    private int gate(int node) throws OverBudget {
        List<Integer> inputs = new ArrayList<>();
        for (int edge : part.inputs(node)) {
            inputs.add(edges[edge >> 1] ^ edge & 1);
        }
        // What stands lowest goes first: then each step walks through one input and ends where the rest hangs on.
        inputs.sort(Comparator.comparingInt((Integer edge) -> -bdd.level(edge)).thenComparingInt(edge -> edge));
        int made = switch (part.kind(node)) {
            case Circuit.AND -> all(inputs);
            case Circuit.XOR -> parity(inputs);
            default -> atLeast(part.number(node), inputs);
        };
        for (int edge : part.inputs(node)) {
            uses[edge >> 1]--;
        }
        return made;
    }

    private int all(List<Integer> inputs) throws OverBudget {
        int all = Bdd.TRUE;
        for (int input : inputs) {
            all = bdd.and(input, all);
            relieve(all);
        }
        return all;
    }

    private int parity(List<Integer> inputs) throws OverBudget {
        int odd = Bdd.FALSE;
        for (int input : inputs) {
            odd = bdd.xor(input, odd);
            relieve(odd);
        }
        return odd;
    }

    /** Row by row: at least j of the inputs so far, for every j up to k. */
    private int atLeast(int k, List<Integer> inputs) throws OverBudget {
        int[] row = new int[k + 1];
        row[0] = Bdd.TRUE;
        int seen = 0;
        for (int input : inputs) {
            seen++;
            int most = Math.min(k, seen);
            // Fewer than this many cannot become enough any more.
            int least = Math.max(1, k - (inputs.size() - seen));
            for (int j = most; j >= least; j--) {
                row[j] = bdd.or(row[j], bdd.and(input, row[j - 1]));
            }
            relieve(row);
        }
        return row[k];
    }
}
