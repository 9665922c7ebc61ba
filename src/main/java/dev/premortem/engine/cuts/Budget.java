package dev.premortem.engine.cuts;

/**
 * How much work and memory an analysis may take before it says so instead of going on: nodes that are held at once in
 * all diagrams together, and steps of the diagram operations. Both are counts, so the same input gives the same answer
 * on every machine. A node takes about 30 bytes with its share of tables and caches; a step takes about 100 ns.
 */
public record Budget(int nodes, long steps) {
    public Budget {
        if (nodes < 1 || steps < 1) {
            throw new IllegalArgumentException("a budget must be positive: " + nodes + " nodes, " + steps + " steps");
        }
    }
}
