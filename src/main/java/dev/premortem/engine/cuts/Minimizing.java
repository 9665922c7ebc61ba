package dev.premortem.engine.cuts;

import java.util.Arrays;

/**
 * Makes the minimal failing sets of one module out of its decision diagram: of a node, the sets that fail while its
 * variable holds, and with the variable those that fail only with it. What is negated fails while nothing has, and its
 * one minimal set is empty. After A. Rauzy, New algorithms for fault trees analysis, 1993.
 */
final class Minimizing {
    private final int root;
    private final double loss;

    /** The sets of a regular edge, in the order of levels that the diagram has. */
    Minimizing(Bdd bdd, int edge, boolean coherent, Zbdd zbdd, int limit) throws OverBudget {
        int[] families = new int[bdd.capacity()];
        for (int node : upwards(bdd, edge)) {
            int low = families[bdd.low(node << 1) >> 1];
            int above = bdd.high(node << 1);
            int high = (above & 1) == 1 ? Zbdd.EMPTY : families[above >> 1];
            int only = coherent ? zbdd.difference(high, low) : zbdd.without(high, low);
            families[node] = zbdd.node(bdd.level(node << 1), low, only);
        }
        root = zbdd.within(families[edge >> 1], limit);
        loss = zbdd.loss();
    }

    int root() {
        return root;
    }

    /** At least the probability that some set has failed that the limit left out. */
    double loss() {
        return loss;
    }

    /** The nodes below an edge from the lowest level up: a counting sort. */
    private static int[] upwards(Bdd bdd, int edge) {
        boolean[] reached = bdd.reached(new int[] {edge}, 1);
        int levels = 0;
        for (int node = 1; node < reached.length; node++) {
            if (reached[node]) {
                levels = Math.max(levels, bdd.level(node << 1) + 1);
            }
        }
        int[] places = new int[levels + 1];
        for (int node = 1; node < reached.length; node++) {
            if (reached[node]) {
                places[levels - bdd.level(node << 1)]++;
            }
        }
        for (int level = 1; level <= levels; level++) {
            places[level] += places[level - 1];
        }
        int[] nodes = new int[places[levels]];
        for (int node = 1; node < reached.length; node++) {
            if (reached[node]) {
                nodes[places[levels - bdd.level(node << 1) - 1]++] = node;
            }
        }
        return Arrays.copyOf(nodes, nodes.length);
    }
}
