package dev.premortem.engine.cuts;

import java.util.Arrays;

/**
 * Writes what stands for modules out into events. The elements of a module follow its own level, so a module's node is
 * replaced by the module's family with the rest of the set hung below each of its sets.
 */
final class Flat {
    private final Solutions solutions;
    private final Families families;
    private final Meter meter;
    /** The flat family of each module. */
    private final int[] ofModules;
    /** Where each node is found in {@link #found}, plus one; of this walk only. */
    private int[] places = new int[1 << 10];

    private int[] found = new int[64];
    private int[] written = new int[64];

    private Flat(Solutions solutions, Meter meter) {
        this.solutions = solutions;
        this.families = solutions.families();
        this.meter = meter;
        this.ofModules = new int[solutions.modules()];
    }

    /** The family of the top over events alone. */
    static int of(Solutions solutions, Meter meter) throws OverBudget {
        Flat flat = new Flat(solutions, meter);
        for (int module = 0; module < flat.ofModules.length; module++) {
            flat.ofModules[module] = flat.module(solutions.root(module));
        }
        return flat.ofModules[flat.ofModules.length - 1];
    }

    private int module(int root) throws OverBudget {
        if (root <= Families.EMPTY) {
            return root;
        }
        int count = below(root);
        int[] nodes = Arrays.copyOf(found, count);
        int[] flat = new int[count];
        int[] place = Arrays.copyOf(places, root + 1);
        clear(count);
        for (int at = 0; at < count; at++) {
            int node = nodes[at];
            int low = families.low(node);
            int high = families.high(node);
            low = low <= Families.EMPTY ? low : flat[place[low] - 1];
            high = high <= Families.EMPTY ? high : flat[place[high] - 1];
            int inner = solutions.module(families.level(node));
            flat[at] = inner < 0 ? families.node(families.level(node), low, high) : hung(ofModules[inner], high, low);
        }
        return flat[count - 1];
    }

    /** Each set of a family with each of the sets below, and besides the other sets. */
    private int hung(int root, int below, int besides) throws OverBudget {
        if (below == Families.EMPTY && besides == Families.NONE || root == Families.NONE) {
            return root == Families.NONE ? besides : root;
        }
        int count = below(root);
        meter.took(count);
        if (count > written.length) {
            written = new int[Math.max(count, written.length << 1)];
        }
        for (int at = 0; at < count; at++) {
            int node = found[at];
            int low = under(families.low(node), below);
            int high = under(families.high(node), below);
            written[at] = families.node(families.level(node), low, high);
        }
        int all = beside(root, below, besides);
        clear(count);
        return all;
    }

    private int under(int node, int below) {
        return switch (node) {
            case Families.NONE -> Families.NONE;
            case Families.EMPTY -> below;
            default -> written[places[node] - 1];
        };
    }

    /** The other sets have none of the family's elements: they hang at the end of the way on which all hold. */
    private int beside(int root, int below, int besides) throws OverBudget {
        if (besides == Families.NONE) {
            return under(root, below);
        }
        int depth = 0;
        int[] chain = new int[16];
        for (int node = root; node > Families.EMPTY; node = families.low(node)) {
            if (depth == chain.length) {
                chain = Arrays.copyOf(chain, depth << 1);
            }
            chain[depth++] = node;
        }
        int all = besides;
        while (depth > 0) {
            int node = chain[--depth];
            all = families.node(families.level(node), all, under(families.high(node), below));
        }
        return all;
    }

    /** Finds the nodes below one, children first. */
    private int below(int root) {
        if (root >= places.length) {
            places = Arrays.copyOf(places, Math.max(root + 1, places.length << 1));
        }
        int count = 0;
        found[count++] = root;
        places[root] = 1;
        for (int at = 0; at < count; at++) {
            if (count + 2 > found.length) {
                found = Arrays.copyOf(found, found.length << 1);
            }
            int low = families.low(found[at]);
            int high = families.high(found[at]);
            if (low > Families.EMPTY && places[low] == 0) {
                places[low] = 1;
                found[count++] = low;
            }
            if (high > Families.EMPTY && places[high] == 0) {
                places[high] = 1;
                found[count++] = high;
            }
        }
        // Children are older than their parents.
        Arrays.sort(found, 0, count);
        for (int at = 0; at < count; at++) {
            places[found[at]] = at + 1;
        }
        return count;
    }

    private void clear(int count) {
        for (int at = 0; at < count; at++) {
            places[found[at]] = 0;
        }
    }
}
