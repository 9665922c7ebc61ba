package dev.premortem.engine.cuts;

/** From a fault tree to its {@link Diagram}: preprocessing, modules, and for each module a diagram in an order that works. */
final class Building {
    private final Meter meter;
    private final Circuit circuit;
    private final Diagram.Growing growing;
    /** The variable of each node that is a leaf or a module. */
    private final int[] variables;
    /** How a module's variable stands for its node: a diagram is false while nothing has failed. */
    private final byte[] values;

    private Building(FaultTree tree, Meter meter) {
        this.meter = meter;
        this.circuit = Preparation.of(Translation.of(tree));
        this.growing = new Diagram.Growing(tree.events());
        this.variables = new int[circuit.size()];
        this.values = new byte[circuit.size()];
    }

    static Diagram of(FaultTree tree, Meter meter) throws OverBudget {
        return new Building(tree, meter).build();
    }

    private Diagram build() throws OverBudget {
        int root = circuit.root();
        if (root <= Circuit.TRUE) {
            return growing.build(root == Circuit.TRUE ? Diagram.CONSTANT_TRUE : Diagram.CONSTANT_FALSE);
        }
        for (int node = 1; node < circuit.size(); node++) {
            variables[node] = circuit.kind(node) == Circuit.LEAF ? circuit.number(node) : -1;
        }
        for (Part part : Part.of(circuit)) {
            add(part);
        }
        byte value = values[root >> 1];
        if (value >= Construction.CONSTANT) {
            boolean failed = (value - Construction.CONSTANT ^ root & 1) == 1;
            return growing.build(failed ? Diagram.CONSTANT_TRUE : Diagram.CONSTANT_FALSE);
        }
        return growing.build(value ^ root & 1);
    }

    private void add(Part part) throws OverBudget {
        byte[] own = new byte[part.size()];
        for (int node = 0; node < part.size() - 1; node++) {
            own[node] = values[part.original(node)];
        }
        int node = part.original(part.root());
        Attempt made = Attempt.first(part, own, meter);
        if (made.root() <= Bdd.TRUE) {
            values[node] = (byte) (Construction.CONSTANT + made.root());
            return;
        }
        values[node] = (byte) (made.root() & 1);
        int[] order = new int[made.variables().length];
        for (int level = 0; level < order.length; level++) {
            order[level] = variables[part.original(made.variables()[level])];
        }
        variables[node] = growing.add(made.bdd(), made.root() & ~1, order, coherent(part, own, made.root() & 1));
    }

    /** Whether every way from a module to a variable negates an even number of times. */
    private static boolean coherent(Part part, byte[] own, int sign) {
        // One: reached without negation, two: with it. A parity reaches all below it in both ways.
        byte[] ways = new byte[part.size()];
        ways[part.root()] = flipped((byte) 1, sign);
        boolean coherent = true;
        for (int node = part.root(); node >= 0; node--) {
            if (part.variable(node) && own[node] < Construction.CONSTANT) {
                coherent &= flipped(ways[node], own[node]) == 1;
            }
            byte below = part.kind(node) == Circuit.XOR ? 3 : ways[node];
            for (int edge : part.inputs(node)) {
                ways[edge >> 1] |= flipped(below, edge & 1);
            }
        }
        return coherent;
    }

    private static byte flipped(byte ways, int sign) {
        return (byte) (sign == 0 ? ways : ways << 1 & 2 | ways >> 1);
    }
}
