package dev.premortem.engine.cuts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A question for the engine of cut sets: gates over basic events and one top, where true means failed. Immutable; nodes
 * are numbers from zero, as the builder gave them. Events have a second number, their place among the events. Nodes
 * that the top does not reach stay, and mean nothing.
 */
public final class FaultTree {
    private final Kind[] kinds;
    private final int[] lows;
    private final int[] highs;
    /** Where the inputs of a node begin in {@link #inputs}; one longer than the nodes. */
    private final int[] starts;

    private final int[] inputs;
    private final int[] eventNodes;
    private final int[] eventOfNode;
    private final String[] names;
    private final double[] probabilities;
    private final int[] order;
    private final int top;

    private FaultTree(Builder from, int top) {
        int nodes = from.kinds.size();
        this.top = top;
        this.kinds = from.kinds.toArray(Kind[]::new);
        this.lows = new int[nodes];
        this.highs = new int[nodes];
        this.starts = new int[nodes + 1];
        this.eventOfNode = new int[nodes];
        Arrays.fill(eventOfNode, -1);
        for (int node = 0; node < nodes; node++) {
            lows[node] = from.lows.get(node);
            highs[node] = from.highs.get(node);
            starts[node + 1] = starts[node] + from.inputs.get(node).length;
        }
        this.inputs = new int[starts[nodes]];
        for (int node = 0; node < nodes; node++) {
            int[] own = from.inputs.get(node);
            System.arraycopy(own, 0, inputs, starts[node], own.length);
        }
        this.eventNodes = from.eventNodes.stream().mapToInt(Integer::intValue).toArray();
        this.names = from.names.toArray(String[]::new);
        this.probabilities =
                from.probabilities.stream().mapToDouble(Double::doubleValue).toArray();
        for (int event = 0; event < eventNodes.length; event++) {
            eventOfNode[eventNodes[event]] = event;
        }
        this.order = InputsFirst.of(top, nodes, starts, inputs);
    }

    /** A builder without nodes. */
    public static Builder builder() {
        return new Builder();
    }

    /** The number of nodes, reached by the top or not. */
    public int nodes() {
        return kinds.length;
    }

    /** The node that is asked about. */
    public int top() {
        return top;
    }

    /** What a node says about its inputs. */
    public Kind kind(int node) {
        return kinds[node];
    }

    /** The k of an at-least, the lower bound of a cardinality, one or zero for a constant; zero otherwise. */
    public int low(int node) {
        return lows[node];
    }

    /** The upper bound of a cardinality; zero otherwise. */
    public int high(int node) {
        return highs[node];
    }

    /** How many inputs a node mentions. */
    public int inputs(int node) {
        return starts[node + 1] - starts[node];
    }

    /** The input of a node at a place. */
    public int input(int node, int place) {
        return inputs[starts[node] + place];
    }

    /** The number of basic events, reached by the top or not. */
    public int events() {
        return eventNodes.length;
    }

    /** The basic event of a node; -1 for every other kind of node. */
    public int event(int node) {
        return eventOfNode[node];
    }

    /** The name of a basic event. */
    public String name(int event) {
        return names[event];
    }

    /** The probability of a basic event. */
    public double probability(int event) {
        return probabilities[event];
    }

    /** The probabilities of all basic events, a copy. */
    public double[] probabilities() {
        return probabilities.clone();
    }

    /** The nodes that the top reaches, inputs before outputs, the top last; a copy. */
    public int[] order() {
        return order.clone();
    }

    /** Collects nodes. Every method but {@link #define} returns the number of a new node. */
    public static final class Builder {
        private final List<Kind> kinds = new ArrayList<>();
        private final List<Integer> lows = new ArrayList<>();
        private final List<Integer> highs = new ArrayList<>();
        private final List<int[]> inputs = new ArrayList<>();
        private final List<Integer> eventNodes = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private final List<Double> probabilities = new ArrayList<>();
        private final List<Boolean> open = new ArrayList<>();

        private Builder() {}

        /** A basic event. */
        public int event(String name, double probability) {
            if (!(probability >= 0 && probability <= 1)) {
                throw new IllegalArgumentException("probability of " + name + " is not from 0 to 1: " + probability);
            }
            eventNodes.add(kinds.size());
            names.add(name);
            probabilities.add(probability);
            return add(Kind.EVENT, 0, 0);
        }

        /** A house event. */
        public int constant(boolean value) {
            return add(Kind.CONSTANT, value ? 1 : 0, 0);
        }

        /** A gate that is used before it is known; {@link #define} says later what it is. */
        public int gate() {
            int node = add(Kind.CONSTANT, 0, 0);
            open.set(node, true);
            return node;
        }

        /**
         * Says what an open gate is. The low is the k of an at-least or the lower bound of a cardinality, the high the
         * upper bound of a cardinality; other kinds ignore them.
         */
        public void define(int gate, Kind kind, int low, int high, int... of) {
            if (!open.get(gate)) {
                throw new IllegalArgumentException("gate " + gate + " is defined already");
            }
            fill(gate, kind, low, high, of);
        }

        /** True when all are; true when there are none. */
        public int and(int... of) {
            return add(Kind.AND, 0, 0, of);
        }

        /** True when one is; false when there are none. */
        public int or(int... of) {
            return add(Kind.OR, 0, 0, of);
        }

        /** True when at least k mentions are. */
        public int atLeast(int k, int... of) {
            return add(Kind.AT_LEAST, k, 0, of);
        }

        /** True when the input is not. */
        public int not(int of) {
            return add(Kind.NOT, 0, 0, of);
        }

        /** True when an odd number of mentions is. */
        public int xor(int... of) {
            return add(Kind.XOR, 0, 0, of);
        }

        /** True when some input is not. */
        public int nand(int... of) {
            return add(Kind.NAND, 0, 0, of);
        }

        /** True when no input is. */
        public int nor(int... of) {
            return add(Kind.NOR, 0, 0, of);
        }

        /** True when all are equal. */
        public int iff(int... of) {
            return add(Kind.IFF, 0, 0, of);
        }

        /** True when the first is not, or the second is. */
        public int imply(int first, int second) {
            return add(Kind.IMPLY, 0, 0, first, second);
        }

        /** True when the number of true mentions is from low to high. */
        public int cardinality(int low, int high, int... of) {
            return add(Kind.CARDINALITY, low, high, of);
        }

        /** The second when the first is true, the third otherwise. */
        public int choice(int first, int second, int third) {
            return add(Kind.CHOICE, 0, 0, first, second, third);
        }

        /**
         * The tree with this top.
         *
         * @throws CyclicTree when gates that the top reaches need each other in a circle
         * @throws IllegalArgumentException when a gate was never defined
         */
        public FaultTree build(int top) {
            int undefined = open.indexOf(true);
            if (undefined >= 0) {
                throw new IllegalArgumentException("gate " + undefined + " was never defined");
            }
            return new FaultTree(this, top);
        }

        private int add(Kind kind, int low, int high, int... of) {
            int node = kinds.size();
            kinds.add(kind);
            lows.add(0);
            highs.add(0);
            inputs.add(of);
            open.add(false);
            fill(node, kind, low, high, of);
            return node;
        }

        private void fill(int node, Kind kind, int low, int high, int... of) {
            int wanted = switch (kind) {
                case EVENT, CONSTANT -> 0;
                case NOT -> 1;
                case IMPLY -> 2;
                case CHOICE -> 3;
                case AND, OR, AT_LEAST, XOR, NAND, NOR, IFF, CARDINALITY -> of.length;
            };
            if (of.length != wanted) {
                throw new IllegalArgumentException(
                        "gate " + node + ": " + kind + " has " + wanted + " inputs, not " + of.length);
            }
            for (int input : of) {
                if (input < 0 || input >= kinds.size()) {
                    throw new IllegalArgumentException("gate " + node + " has an unknown input: " + input);
                }
            }
            kinds.set(node, kind);
            lows.set(node, low);
            highs.set(node, high);
            inputs.set(node, of.clone());
            open.set(node, false);
        }
    }
}
