package dev.premortem.engine.cuts;

/** A fault tree said in the few gates of a {@link Circuit}; constants and gates with one input go on the way. */
final class Translation {
    private final FaultTree tree;
    private final Circuit circuit = new Circuit();
    private final int[] edges;

    private Translation(FaultTree tree) {
        this.tree = tree;
        this.edges = new int[tree.nodes()];
    }

    static Circuit of(FaultTree tree) {
        Translation translation = new Translation(tree);
        for (int node : tree.order()) {
            translation.edges[node] = translation.edge(node);
        }
        translation.circuit.root(translation.edges[tree.top()]);
        return translation.circuit;
    }

    private int edge(int node) {
        int[] of = new int[tree.inputs(node)];
        for (int i = 0; i < of.length; i++) {
            of[i] = edges[tree.input(node, i)];
        }
        return switch (tree.kind(node)) {
            case EVENT -> circuit.leaf(tree.event(node));
            case CONSTANT -> tree.low(node) == 1 ? Circuit.TRUE : Circuit.FALSE;
            case AND -> circuit.and(of);
            case OR -> circuit.or(of);
            case AT_LEAST -> circuit.atLeast(tree.low(node), of);
            case NOT -> of[0] ^ 1;
            case XOR -> circuit.xor(of);
            case NAND -> circuit.and(of) ^ 1;
            case NOR -> circuit.or(of) ^ 1;
            case IFF -> circuit.or(circuit.and(of), circuit.or(of) ^ 1);
            case IMPLY -> circuit.or(of[0] ^ 1, of[1]);
            case CARDINALITY ->
                // Beyond the number of mentions there is nothing to exclude.
                tree.high(node) >= of.length
                        ? circuit.atLeast(tree.low(node), of)
                        : circuit.and(
                                circuit.atLeast(tree.low(node), of), circuit.atLeast(tree.high(node) + 1, of) ^ 1);
            case CHOICE -> circuit.or(circuit.and(of[0], of[1]), circuit.and(of[0] ^ 1, of[2]));
        };
    }
}
