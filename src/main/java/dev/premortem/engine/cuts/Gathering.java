package dev.premortem.engine.cuts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Makes the minimal failing sets of one coherent module gate by gate, inputs first: those of a disjunction are the union
 * of its inputs' sets, those of a conjunction their product. A limit holds at every gate, because what a gate's set
 * needs, every set needs that contains it.
 */
final class Gathering {
    private static final int COLLECT_FIRST = 1 << 16;

    private final Part part;
    private final Zbdd zbdd;
    /** How much a set of each node may weigh. */
    private final int[] limits;
    /** The family of each node as it is mentioned: where it is negated, of its negation. */
    private final int[] families;
    /** Whether each node is mentioned negated: 1 not, 2 so, 3 both. */
    private final byte[] ways;

    private final int[] uses;
    private double loss;

    /**
     * Gathers the sets of a module.
     *
     * @param walk the module's nodes, inputs first; its variables come in the order of the levels
     * @param negated whether the sets of the module's negation are asked for
     */
    Gathering(Part part, Zbdd zbdd, int[] walk, boolean negated, int... limits) throws OverBudget {
        this.part = part;
        this.zbdd = zbdd;
        this.limits = limits;
        this.families = new int[part.size()];
        this.uses = new int[part.size()];
        this.ways = ways(part, negated);
        for (int node : walk) {
            for (int input : part.inputs(node)) {
                uses[input >> 1]++;
            }
        }
        int collectAt = COLLECT_FIRST;
        int level = 0;
        for (int at = 0; at < walk.length; at++) {
            int node = walk[at];
            if (ways[node] == 3) {
                throw new IllegalArgumentException("a module that is not coherent");
            }
            families[node] = part.variable(node) ? zbdd.within(zbdd.single(level++), limits[node]) : gate(node);
            loss += part.variable(node) ? zbdd.loss() : 0;
            if (zbdd.size() > collectAt) {
                collect(walk, at);
                collectAt = Math.max(collectAt, zbdd.size() << 1);
            }
        }
    }

    /** In which ways each node is mentioned, from the root down. */
    static byte[] ways(Part part, boolean negated) {
        byte[] ways = new byte[part.size()];
        ways[part.root()] = (byte) (negated ? 2 : 1);
        for (int node = part.root(); node >= 0; node--) {
            byte below = part.kind(node) == Circuit.XOR && !part.variable(node) ? 3 : ways[node];
            for (int edge : part.inputs(node)) {
                ways[edge >> 1] |= flipped(below, edge & 1);
            }
        }
        return ways;
    }

    static byte flipped(byte ways, int sign) {
        return (byte) (sign == 0 ? ways : ways << 1 & 2 | ways >> 1);
    }

    /**
     * Whether the sets of a module or of its negation can be gathered: only those of what more failures never mend.
     * Empty where neither can.
     *
     * @param values how each variable stands for its node, as in {@link Construction}
     */
    static Optional<Boolean> direction(Part part, byte... values) {
        for (byte value : values) {
            if (value >= Construction.CONSTANT) {
                return Optional.empty();
            }
        }
        if (coherent(part, values, 0)) {
            return Optional.of(false);
        }
        return coherent(part, values, 1) ? Optional.of(true) : Optional.empty();
    }

    /** Whether every way from a module, or with a sign from its negation, to a variable negates an even number of times. */
    static boolean coherent(Part part, byte[] values, int sign) {
        byte[] ways = ways(part, sign == 1);
        boolean coherent = true;
        for (int node = 0; node < part.size(); node++) {
            if (part.variable(node) && values[node] < Construction.CONSTANT) {
                coherent &= flipped(ways[node], values[node]) == 1;
            }
        }
        return coherent;
    }

    int root() {
        return families[part.root()];
    }

    /** At least the probability that some set has failed that the limit left out. */
    double loss() {
        return loss;
    }

    private void collect(int[] walk, int last) {
        int[] held = new int[last + 1];
        int count = 0;
        for (int at = 0; at <= last; at++) {
            if (uses[walk[at]] > 0 || at == last) {
                held[count++] = families[walk[at]];
            }
        }
        zbdd.collect(held, count);
    }

    private int gate(int node) throws OverBudget {
        List<Integer> inputs = new ArrayList<>();
        for (int edge : part.inputs(node)) {
            inputs.add(families[edge >> 1]);
            uses[edge >> 1]--;
        }
        // What stands lowest goes first: then each step walks through one input and ends where the rest hangs on.
        inputs.sort(
                Comparator.comparingInt((Integer family) -> -zbdd.level(family)).thenComparingInt(family -> family));
        boolean negated = ways[node] == 2;
        int k = part.kind(node) == Circuit.AND ? inputs.size() : part.number(node);
        k = negated ? inputs.size() - k + 1 : k;
        if (k == 1) {
            return any(inputs, limits[node]);
        }
        return k == inputs.size() ? all(inputs, limits[node]) : atLeast(k, inputs, limits[node]);
    }

    private int any(List<Integer> inputs, int limit) throws OverBudget {
        int any = Zbdd.NONE;
        for (int input : inputs) {
            any = zbdd.union(any, input);
        }
        any = zbdd.within(any, limit);
        loss += zbdd.loss();
        return any;
    }

    private int all(List<Integer> inputs, int limit) throws OverBudget {
        int all = Zbdd.EMPTY;
        for (int input : inputs) {
            all = product(all, input, limit);
        }
        return all;
    }

    private int product(int f, int g, int limit) throws OverBudget {
        int product = zbdd.product(f, g, limit);
        loss += zbdd.loss();
        return product;
    }

    /** Row by row: at least j of the inputs so far, for every j up to k. */
    private int atLeast(int k, List<Integer> inputs, int limit) throws OverBudget {
        int[] row = new int[k + 1];
        Arrays.fill(row, Zbdd.NONE);
        row[0] = Zbdd.EMPTY;
        int done = 0;
        for (int input : inputs) {
            done++;
            int most = Math.min(k, done);
            // Fewer than this many cannot become enough any more.
            int least = Math.max(1, k - (inputs.size() - done));
            for (int j = most; j >= least; j--) {
                row[j] = zbdd.union(row[j], product(row[j - 1], input, limit));
            }
        }
        return row[k];
    }
}
