package dev.premortem.engine.cuts;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * The minimal failing sets of each module of a diagram, over events and modules: of a node, the sets that fail while
 * its variable holds, and with the variable those that fail only with it.
 *
 * <p>A coherent module needs no search for subsets: what fails without the variable fails with it, so a minimal set of
 * the high child that contains a minimal set of the low child is that very set, and a difference of families is enough.
 * Elsewhere the sets of the high child that contain one of the low child go. What is negated fails while nothing has,
 * and its one minimal set is empty. Rules after A. Rauzy, New algorithms for fault trees analysis, 1993.
 */
final class Solutions {
    private final Diagram diagram;
    private final Families families;
    private final int[] ofModules;
    /** The variable of each level. */
    private final int[] variables;

    Solutions(Diagram diagram, Meter meter) throws OverBudget {
        this.diagram = diagram;
        this.families = new Families(meter);
        this.ofModules = new int[diagram.modules()];
        int[] levels = levels();
        this.variables = new int[levels.length];
        for (int variable = 0; variable < levels.length; variable++) {
            if (levels[variable] >= 0) {
                variables[levels[variable]] = variable;
            }
        }
        int[] ofNodes = new int[diagram.size() + 1];
        for (int module = 0; module < ofModules.length; module++) {
            if (levels[diagram.events() + module] < 0) {
                continue;
            }
            for (int node = diagram.start(module); node < diagram.end(module); node++) {
                int low = ofNodes[diagram.low(node) >> 1];
                int high = (diagram.high(node) & 1) == 1 ? Families.EMPTY : ofNodes[diagram.high(node) >> 1];
                int only = diagram.coherent(module) ? families.difference(high, low) : families.without(high, low);
                ofNodes[node] = families.node(levels[diagram.variable(node)], low, only);
            }
            ofModules[module] = ofNodes[diagram.end(module) - 1];
        }
    }

    /** The level of every variable: modules stand above what they are made of, and that in one piece. */
    private int[] levels() {
        int[] levels = new int[diagram.events() + diagram.modules()];
        Arrays.fill(levels, -1);
        int[] stack = new int[diagram.modules()];
        int[] next = new int[diagram.modules()];
        int depth = 0;
        int level = 0;
        if (!diagram.constant()) {
            stack[depth++] = diagram.modules() - 1;
            levels[levels.length - 1] = level++;
        }
        while (depth > 0) {
            int[] order = diagram.order(stack[depth - 1]);
            if (next[depth - 1] == order.length) {
                depth--;
                continue;
            }
            int variable = order[next[depth - 1]++];
            if (variable >= 0) {
                levels[variable] = level++;
                if (variable >= diagram.events()) {
                    next[depth] = 0;
                    stack[depth++] = variable - diagram.events();
                }
            }
        }
        return levels;
    }

    int modules() {
        return ofModules.length;
    }

    /** The family of a module; no set where the top does not depend on it. */
    int root(int module) {
        return ofModules[module];
    }

    /** The module that stands at a level; -1 for an event. */
    int module(int level) {
        return Math.max(-1, variables[level] - diagram.events());
    }

    /** The event at a level. */
    int event(int level) {
        return variables[level];
    }

    Families families() {
        return families;
    }

    /** The family of the top, where no module stands for what it is made of. */
    int flat(Meter meter) throws OverBudget {
        if (diagram.failedFromTheStart()) {
            return Families.EMPTY;
        }
        return diagram.constant() ? Families.NONE : Flat.of(this, meter);
    }

    /** How many minimal failing sets the top has. */
    BigInteger count() {
        if (diagram.constant() || diagram.failedFromTheStart()) {
            return diagram.failedFromTheStart() ? BigInteger.ONE : BigInteger.ZERO;
        }
        try {
            return BigInteger.valueOf(small());
        } catch (ArithmeticException large) {
            return large();
        }
    }

    private long small() {
        long[] ofNodes = new long[families.capacity()];
        ofNodes[Families.EMPTY] = 1;
        for (int node = 2; node < ofNodes.length; node++) {
            // Nodes of inner modules are older, and so are children.
            int variable = variables[families.level(node)];
            long each = 1;
            if (variable >= diagram.events()) {
                each = ofNodes[ofModules[variable - diagram.events()]];
            }
            ofNodes[node] =
                    Math.addExact(ofNodes[families.low(node)], Math.multiplyExact(each, ofNodes[families.high(node)]));
        }
        return ofNodes[ofModules[ofModules.length - 1]];
    }

    private BigInteger large() {
        BigInteger[] ofNodes = new BigInteger[families.capacity()];
        ofNodes[Families.NONE] = BigInteger.ZERO;
        ofNodes[Families.EMPTY] = BigInteger.ONE;
        for (int node = 2; node < ofNodes.length; node++) {
            int variable = variables[families.level(node)];
            BigInteger high = ofNodes[families.high(node)];
            if (variable >= diagram.events()) {
                high = high.multiply(ofNodes[ofModules[variable - diagram.events()]]);
            }
            ofNodes[node] = ofNodes[families.low(node)].add(high);
        }
        return ofNodes[ofModules[ofModules.length - 1]];
    }
}
