package dev.premortem.engine.cuts;

import java.util.Arrays;

/** One pass of preprocessing: a circuit is written anew from its leaves up, and each gate may come out different. */
abstract class Rewriting {
    final Circuit old;
    final Circuit fresh = new Circuit();
    final int[] mentions;
    /** The edge in the new circuit of each node of the old. */
    final int[] edges;

    Rewriting(Circuit old) {
        this.old = old;
        this.mentions = old.mentions();
        this.edges = new int[old.size()];
    }

    /** The new circuit. */
    final Circuit run() {
        for (int node = 1; node < old.size(); node++) {
            if (mentions[node] > 0) {
                edges[node] = rewrite(node);
            }
        }
        fresh.root(edge(old.root()));
        return fresh;
    }

    /** What becomes of a node whose inputs are rewritten. */
    abstract int rewrite(int node);

    final int edge(int oldEdge) {
        return edges[oldEdge >> 1] ^ oldEdge & 1;
    }

    final int[] edges(int... oldEdges) {
        return Arrays.stream(oldEdges).map(this::edge).toArray();
    }

    /** The node over its rewritten inputs, otherwise as it was. */
    final int same(int node) {
        return fresh.like(old, node, edges(old.inputs(node)));
    }
}
