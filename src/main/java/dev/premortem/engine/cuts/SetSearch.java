package dev.premortem.engine.cuts;

import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the minimal failing sets of a fault tree module by module, each on whichever of two roads ends first: out of the
 * module's decision diagram, or gate by gate from the bottom. Which one is shorter cannot be told from the tree, and may
 * differ a thousandfold; so they take turns, each with more nodes than the time before.
 */
final class SetSearch {
    /** What each road has in the first turn, and how many times more in each further turn. */
    private static final Budget FIRST = new Budget(1 << 19, 1 << 22);

    private static final int MORE = 4;

    private final FaultTree tree;
    private final Meter meter;
    private final Wanted wanted;
    private final Circuit circuit;
    private final CutSets.Growing growing;
    private final int limit;
    /** What each event weighs. */
    private final int[] weights;
    /** What each circuit node's set may weigh. */
    private final int[] allowances;
    /** The variable of each node that is a leaf or a module. */
    private final int[] variables;

    private final byte[] values;
    /** Of each variable, what its lightest set weighs. */
    private final int[] lightest;
    /** Of each variable, at least its probability. */
    private final double[] bounds;

    private double leftOut;

    private SetSearch(FaultTree tree, Wanted wanted, int[] weights, int limit, Meter meter) {
        this.tree = tree;
        this.wanted = wanted;
        this.meter = meter;
        this.weights = weights;
        this.limit = limit;
        this.circuit = Preparation.of(Translation.of(tree));
        this.growing = new CutSets.Growing(tree.events());
        this.variables = new int[circuit.size()];
        this.values = new byte[circuit.size()];
        this.lightest = Arrays.copyOf(weights, tree.events() + circuit.size());
        this.bounds = Arrays.copyOf(tree.probabilities(), tree.events() + circuit.size());
        this.allowances = allowances();
    }

    /** All of them. */
    static CutSets all(FaultTree tree, Meter meter) throws OverBudget {
        return within(tree, Wanted.ALL, meter);
    }

    /** Those that are wanted. Where both limits are, the one on the probability holds while sets are made. */
    static CutSets within(FaultTree tree, Wanted wanted, Meter meter) throws OverBudget {
        if (wanted.probability().isEmpty()) {
            int most = Math.min(wanted.order().orElse(Weighing.NO_LIMIT), Weighing.NO_LIMIT);
            return new SetSearch(tree, wanted, orders(tree), most, meter).find();
        }
        int[] weights = new int[tree.events()];
        for (int event = 0; event < weights.length; event++) {
            weights[event] = Weighing.weight(tree.probability(event));
        }
        int limit = Weighing.limit(wanted.probability().getAsDouble());
        return new SetSearch(tree, wanted, weights, limit, meter).find();
    }

    private static int[] orders(FaultTree tree) {
        int[] ones = new int[tree.events()];
        Arrays.fill(ones, 1);
        return ones;
    }

    private int[] allowances() {
        int[] all = new int[circuit.size()];
        Arrays.fill(all, limit);
        if (circuit.root() <= Circuit.TRUE) {
            return all;
        }
        byte[] ways = new byte[circuit.size()];
        ways[circuit.root() >> 1] = (byte) (1 + (circuit.root() & 1));
        boolean coherent = true;
        for (int node = circuit.root() >> 1; node > 0; node--) {
            coherent &= ways[node] != 3 && (ways[node] != 2 || circuit.kind(node) != Circuit.LEAF);
            byte below = circuit.kind(node) == Circuit.XOR && ways[node] > 0 ? 3 : ways[node];
            for (int edge : circuit.inputs(node)) {
                ways[edge >> 1] |= Gathering.flipped(below, edge & 1);
            }
        }
        return coherent ? Allowance.of(circuit, ways, limit, weights) : all;
    }

    private CutSets find() throws OverBudget {
        int root = circuit.root();
        if (root <= Circuit.TRUE) {
            return growing.constant(root == Circuit.TRUE);
        }
        for (int node = 1; node < circuit.size(); node++) {
            variables[node] = circuit.kind(node) == Circuit.LEAF ? circuit.number(node) : -1;
        }
        for (Part part : Part.of(circuit)) {
            add(part);
        }
        byte value = values[root >> 1];
        if (value >= Construction.CONSTANT) {
            return growing.constant((value - Construction.CONSTANT ^ root & 1) == 1);
        }
        // A variable is false while nothing has failed.
        return (value ^ root & 1) == 1 ? growing.constant(true) : limited(growing.last(leftOut));
    }

    private CutSets limited(CutSets found) throws OverBudget {
        if (limit == Weighing.NO_LIMIT) {
            return found;
        }
        int[] levels = growing.levels();
        double[] probabilities = tree.probabilities();
        CutSets flat = Written.out(found, levels, new Weighing(weights, probabilities), limit, meter);
        if (wanted.probability().isEmpty()) {
            return flat;
        }
        double least = wanted.probability().getAsDouble();
        CutSets likely = Probable.of(flat, levels, probabilities, least, meter);
        return wanted.order().isEmpty()
                ? likely
                : Written.out(
                        likely,
                        levels,
                        new Weighing(orders(tree), probabilities),
                        Math.min(wanted.order().getAsInt(), Weighing.NO_LIMIT),
                        meter);
    }

    private void add(Part part) throws OverBudget {
        byte[] own = new byte[part.size()];
        for (int node = 0; node < part.size() - 1; node++) {
            own[node] = values[part.original(node)];
        }
        int node = part.original(part.root());
        ModuleSets made = race(part, own);
        values[node] = made.value();
        if (made.value() >= Construction.CONSTANT) {
            return;
        }
        leftOut += made.loss();
        int[] order = order(part, made.variables());
        int variable = growing.add(made.view(), made.root(), order);
        variables[node] = variable;
        lightest[variable] = made.lightest();
        bounds[variable] = Math.min(1, made.bound() + made.loss());
    }

    private int[] order(Part part, int... nodes) {
        int[] order = new int[nodes.length];
        for (int level = 0; level < order.length; level++) {
            order[level] = variables[part.original(nodes[level])];
        }
        return order;
    }

    private Weighing weighing(Part part, int... nodes) {
        int[] own = new int[nodes.length];
        double[] probable = new double[nodes.length];
        for (int level = 0; level < own.length; level++) {
            int variable = variables[part.original(nodes[level])];
            // A constant has no variable, and no family mentions it.
            own[level] = variable < 0 ? 0 : lightest[variable];
            probable[level] = variable < 0 ? 0 : bounds[variable];
        }
        return new Weighing(own, probable);
    }

    private ModuleSets race(Part part, byte... own) throws OverBudget {
        Optional<Boolean> negated = Gathering.direction(part, own);
        boolean bounded = limit != Weighing.NO_LIMIT;
        for (int turn = 0; ; turn++) {
            boolean last = true;
            @Nullable OverBudget reason = null;
            for (int road = 0; road < 2; road++) {
                boolean gathers = road == 0 == bounded;
                if (gathers && negated.isEmpty()) {
                    continue;
                }
                Budget share = share(turn);
                last &= share.nodes() == meter.nodes() && share.steps() >= meter.left();
                Meter spent = new Meter(share);
                try {
                    return gathers ? gathered(part, negated.orElseThrow(), spent) : minimized(part, own, spent);
                } catch (OverBudget over) {
                    reason = over;
                } finally {
                    meter.took(spent.steps());
                }
            }
            if (last && reason != null) {
                throw reason;
            }
        }
    }

    private Budget share(int turn) {
        double times = Math.pow(MORE, turn);
        double nodes = Math.min(meter.nodes(), FIRST.nodes() * times);
        double steps = Math.min((double) Math.max(1, meter.left()), FIRST.steps() * times);
        return new Budget((int) nodes, (long) steps);
    }

    /** The first walk of a module that ends within the nodes at hand. */
    private ModuleSets gathered(Part part, boolean negated, Meter spent) throws OverBudget {
        int[] limits = new int[part.size()];
        for (int node = 0; node < limits.length; node++) {
            limits[node] = allowances[part.original(node)];
        }
        @Nullable OverBudget reason = null;
        for (Ordering ordering : Ordering.values()) {
            Meter own = new Meter(new Budget(spent.nodes(), Math.max(1, spent.left() / 2)));
            int[] walk = part.walk(ordering.of(part));
            int[] nodes = Arrays.stream(walk).filter(part::variable).toArray();
            Zbdd zbdd = new Zbdd(own, weighing(part, nodes));
            try {
                Gathering made = new Gathering(part, zbdd, walk, negated, limits);
                byte value = negated ? Construction.NEGATED : Construction.PLAIN;
                return new ModuleSets(zbdd, made.root(), nodes, value, made.loss());
            } catch (OverBudget over) {
                reason = over;
            } finally {
                spent.took(own.steps());
            }
        }
        throw reason == null ? spent.outOfNodes() : reason;
    }

    private ModuleSets minimized(Part part, byte[] own, Meter spent) throws OverBudget {
        Attempt made = Attempt.first(part, own, spent);
        if (made.root() <= Bdd.TRUE) {
            return ModuleSets.constant(made.root() == Bdd.TRUE);
        }
        int[] nodes = made.variables();
        int[] levels = new int[nodes.length];
        Arrays.setAll(levels, level -> level);
        int sign = made.root() & 1;
        Diagram.Growing one = new Diagram.Growing(nodes.length);
        one.add(made.bdd(), made.root() ^ sign, levels, Gathering.coherent(part, own, sign));
        Zbdd zbdd = new Zbdd(spent, weighing(part, nodes));
        int all = new Minimizing(one.build(0)).module(0, zbdd);
        int root = zbdd.within(all, allowances[part.original(part.root())]);
        return new ModuleSets(zbdd, root, nodes, (byte) sign, zbdd.loss());
    }
}
