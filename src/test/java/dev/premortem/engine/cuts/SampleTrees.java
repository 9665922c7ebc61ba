package dev.premortem.engine.cuts;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random fault trees from a seed, small enough to try every set of failures, and what trying them says. */
final class SampleTrees {
    private static final Kind[] COHERENT = {Kind.AND, Kind.OR, Kind.AND, Kind.OR, Kind.AT_LEAST};
    private static final Kind[] ALL = {
        Kind.AND,
        Kind.OR,
        Kind.AT_LEAST,
        Kind.NOT,
        Kind.XOR,
        Kind.NAND,
        Kind.NOR,
        Kind.IFF,
        Kind.IMPLY,
        Kind.CARDINALITY,
        Kind.CHOICE,
        Kind.AND,
        Kind.OR
    };

    private SampleTrees() {}

    /** Shared subtrees, repeated inputs, constants; two of three with gates of every kind. */
    static FaultTree of(long seed) {
        Random random = new Random(seed);
        Kind[] kinds = random.nextInt(3) == 0 ? COHERENT : ALL;
        FaultTree.Builder builder = FaultTree.builder();
        List<Integer> nodes = new ArrayList<>();
        int events = 1 + random.nextInt(10);
        for (int event = 0; event < events; event++) {
            nodes.add(builder.event("e" + event, random.nextInt(8) == 0 ? random.nextInt(2) : random.nextDouble()));
        }
        if (random.nextInt(4) == 0) {
            nodes.add(builder.constant(random.nextBoolean()));
        }
        int gates = 1 + random.nextInt(14);
        // Some trees share much, some little: that is what modules live on.
        int recent = 2 + random.nextInt(12);
        int last = nodes.get(0);
        for (int i = 0; i < gates; i++) {
            last = gate(builder, kinds[random.nextInt(kinds.length)], nodes, recent, random);
            nodes.add(last);
        }
        return builder.build(last);
    }

    private static int gate(FaultTree.Builder builder, Kind kind, List<Integer> nodes, int recent, Random random) {
        int[] of = new int[1 + random.nextInt(5)];
        for (int i = 0; i < of.length; i++) {
            of[i] = nodes.get(nodes.size() - 1 - random.nextInt(Math.min(recent, nodes.size())));
        }
        int a = of[0];
        int b = of[of.length / 2];
        int c = of[of.length - 1];
        int k = random.nextInt(of.length + 2);
        return switch (kind) {
            case AND -> builder.and(of);
            case OR -> builder.or(of);
            case AT_LEAST -> builder.atLeast(k, of);
            case NOT -> builder.not(a);
            case XOR -> builder.xor(of);
            case NAND -> builder.nand(of);
            case NOR -> builder.nor(of);
            case IFF -> builder.iff(of);
            case IMPLY -> builder.imply(a, b);
            case CARDINALITY -> builder.cardinality(k, k + random.nextInt(3), of);
            case CHOICE -> builder.choice(a, b, c);
            case EVENT, CONSTANT -> throw new IllegalStateException("no gate: " + kind);
        };
    }

    /** Whether the top has failed when exactly these events have, by the plainest reading of every gate. */
    static boolean failed(FaultTree tree, int set) {
        boolean[] values = new boolean[tree.nodes()];
        for (int node : tree.order()) {
            values[node] = value(tree, node, set, values);
        }
        return values[tree.top()];
    }

    private static boolean value(FaultTree tree, int node, int set, boolean... values) {
        int count = tree.inputs(node);
        int failed = 0;
        for (int i = 0; i < count; i++) {
            failed += values[tree.input(node, i)] ? 1 : 0;
        }
        return switch (tree.kind(node)) {
            case EVENT -> (set >> tree.event(node) & 1) == 1;
            case CONSTANT -> tree.low(node) == 1;
            case AND -> failed == count;
            case OR -> failed > 0;
            case AT_LEAST -> failed >= tree.low(node);
            case NOT, NOR -> failed == 0;
            case XOR -> failed % 2 == 1;
            case NAND -> failed < count;
            case IFF -> failed == 0 || failed == count;
            case IMPLY -> !values[tree.input(node, 0)] || values[tree.input(node, 1)];
            case CARDINALITY -> failed >= tree.low(node) && failed <= tree.high(node);
            case CHOICE -> values[tree.input(node, values[tree.input(node, 0)] ? 1 : 2)];
        };
    }

    /** The sum over all sets of failures. */
    static double probability(FaultTree tree, double... probabilities) {
        double sum = 0;
        for (int set = 0; set < 1 << tree.events(); set++) {
            if (failed(tree, set)) {
                double product = 1;
                for (int event = 0; event < probabilities.length; event++) {
                    product *= (set >> event & 1) == 1 ? probabilities[event] : 1 - probabilities[event];
                }
                sum += product;
            }
        }
        return sum;
    }

    /** The failing sets without a failing proper subset, as bits, in the order of their numbers. */
    static List<Integer> minimal(FaultTree tree) {
        List<Integer> minimal = new ArrayList<>();
        for (int set = 0; set < 1 << tree.events(); set++) {
            int candidate = set;
            // A subset has a smaller number.
            if (failed(tree, set) && minimal.stream().noneMatch(known -> (known & candidate) == known)) {
                minimal.add(set);
            }
        }
        return minimal;
    }
}
