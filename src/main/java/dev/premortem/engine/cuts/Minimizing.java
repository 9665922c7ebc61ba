package dev.premortem.engine.cuts;

/**
 * Makes the minimal failing sets of modules out of their decision diagrams: of a node, the sets that fail while its
 * variable holds, and with the variable those that fail only with it.
 *
 * <p>A coherent module needs no search for subsets: what fails without the variable fails with it, so a minimal set of
 * the high child that contains a minimal set of the low child is that very set, and a difference of families is enough.
 * Elsewhere the sets of the high child that contain one of the low child go. What is negated fails while nothing has,
 * and its one minimal set is empty. Rules after A. Rauzy, New algorithms for fault trees analysis, 1993.
 */
final class Minimizing {
    private final Diagram diagram;
    /** The level of each variable in the module at hand. */
    private final int[] levels;

    Minimizing(Diagram diagram) {
        this.diagram = diagram;
        this.levels = new int[diagram.events() + diagram.modules()];
    }

    /** The sets of a whole diagram. */
    static CutSets of(Diagram diagram, Meter meter) throws OverBudget {
        CutSets.Growing growing = new CutSets.Growing(diagram.events());
        if (diagram.constant() || diagram.failedFromTheStart()) {
            return growing.constant(diagram.failedFromTheStart());
        }
        Minimizing minimizing = new Minimizing(diagram);
        for (int module = 0; module < diagram.modules(); module++) {
            int[] order = diagram.order(module);
            Zbdd zbdd = new Zbdd(meter, Weighing.orders(order.length));
            growing.add(zbdd, minimizing.module(module, zbdd), order);
        }
        return growing.last(0);
    }

    /** The family of a module, in levels as its diagram has them. */
    int module(int module, Zbdd zbdd) throws OverBudget {
        int[] order = diagram.order(module);
        for (int level = 0; level < order.length; level++) {
            if (order[level] >= 0) {
                levels[order[level]] = level;
            }
        }
        int start = diagram.start(module);
        boolean coherent = diagram.coherent(module);
        // The place of a node is its distance from the start, plus one: node 0 is the constant false.
        int[] families = new int[diagram.end(module) - start + 1];
        for (int node = start; node < diagram.end(module); node++) {
            int low = family(families, diagram.low(node), start);
            int above = diagram.high(node);
            int high = (above & 1) == 1 ? Zbdd.EMPTY : family(families, above, start);
            int only = coherent ? zbdd.difference(high, low) : zbdd.without(high, low);
            families[node - start + 1] = zbdd.node(levels[diagram.variable(node)], low, only);
        }
        return families[families.length - 1];
    }

    private static int family(int[] families, int edge, int start) {
        return edge >> 1 == 0 ? Zbdd.NONE : families[(edge >> 1) - start + 1];
    }
}
