package dev.premortem.engine.cuts;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Twin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The cone of a condition as a fault tree: what holds in the twin has not failed in the tree. For the settled and at-once forms, in which only
 * faults change. Conditions that need each other in a circle hold as long as nothing that they need is lost: they fail by the least fixpoint,
 * which is reached after as many rounds as there are conditions at which the circle can be cut.
 */
public final class TwinTree {
    private static final double HOURS_A_YEAR = 8_766;
    private static final int MOST_NODES = 4_000_000;

    private final Twin twin;
    private final boolean[] cone;
    private final FaultTree.Builder builder = FaultTree.builder();
    /** The node of each condition, where it has one. */
    private final int[] nodes;

    private final int never;
    private final int always;
    private final Map<Integer, Fault> faults = new HashMap<>();
    private final List<Fault> events = new ArrayList<>();
    private final Map<Integer, Integer> eventNodes = new HashMap<>();
    private int made;

    private TwinTree(Twin twin, int... tops) {
        this.twin = twin;
        this.cone = cone(twin, tops);
        this.nodes = new int[twin.size()];
        this.never = builder.constant(false);
        this.always = builder.constant(true);
        for (Fault fault : twin.faults()) {
            faults.put(twin.number(fault.condition()), fault);
        }
    }

    /**
     * A tree with what its events are.
     *
     * @param events the fault of each basic event, by the event's number
     */
    public record Asked(FaultTree tree, List<Fault> events) {}

    /** Circles of needs that are too wide to be written out. */
    @SuppressWarnings("serial") // never sent anywhere
    public static final class TooCircular extends Exception {
        TooCircular(int members) {
            super("a circle of needs with " + members + " members is too wide for a diagram");
        }
    }

    /**
     * The tree whose top fails when one of the conditions is lost.
     *
     * @throws TooCircular where the tree would have more than four million nodes
     */
    public static Asked of(Twin twin, List<Condition> conditions) throws TooCircular {
        int[] tops = conditions.stream().mapToInt(twin::number).toArray();
        if (Arrays.stream(tops).anyMatch(top -> top < 0)) {
            throw new IllegalArgumentException("not all of these are conditions: " + conditions);
        }
        TwinTree made = new TwinTree(twin, tops);
        made.run(Arrays.stream(tops).max().orElse(-1));
        int top = made.builder.or(
                Arrays.stream(tops).map(number -> made.nodes[number]).toArray());
        return new Asked(made.builder.build(top), List.copyOf(made.events));
    }

    /** How likely a fault is there at a moment: the share of time of a part that fails at a rate and is repaired in a mean time. */
    public static double unavailability(double failuresPerYear, double repairHours) {
        double both = failuresPerYear * Math.max(1.0 / 3_600, repairHours);
        return both / (HOURS_A_YEAR + both);
    }

    /** The same of a fault with its typical figures. */
    public static double unavailability(Fault fault) {
        return fault.latent().isPresent()
                ? fault.latent().get().value()
                : unavailability(
                        fault.failuresPerYear().value(), fault.repair().value().toMillis() / 3_600_000.0);
    }

    /** The faults that some of these conditions depend on, in the order of the twin. */
    public static List<Fault> reached(Twin twin, List<Condition> conditions) {
        boolean[] cone = cone(twin, conditions.stream().mapToInt(twin::number).toArray());
        return twin.faults().stream()
                .filter(fault -> cone[twin.number(fault.condition())])
                .toList();
    }

    private static boolean[] cone(Twin twin, int... tops) {
        boolean[] cone = new boolean[twin.size()];
        int[] stack = Arrays.copyOf(tops, tops.length + 16);
        int depth = tops.length;
        for (int top : tops) {
            cone[top] = true;
        }
        while (depth > 0) {
            int at = stack[--depth];
            for (int i = twin.inStart[at]; i < twin.inStart[at + 1]; i++) {
                int input = twin.in[i];
                if (!cone[input]) {
                    cone[input] = true;
                    if (depth == stack.length) {
                        stack = Arrays.copyOf(stack, depth << 1);
                    }
                    stack[depth++] = input;
                }
            }
        }
        return cone;
    }

    private void run(int top) throws TooCircular {
        for (int at = 0; at <= top; at++) {
            int component = twin.component[at];
            int end = twin.componentStart[component + 1];
            if (twin.cyclic[component]) {
                circle(at, end);
                at = end - 1;
            } else if (cone[at]) {
                nodes[at] = gate(at, nodes);
            }
        }
    }

    /** A component from its first condition to its end. */
    private void circle(int start, int end) throws TooCircular {
        int[] members = finished(start, end);
        int[] position = new int[end - start];
        for (int i = 0; i < members.length; i++) {
            position[members[i] - start] = i;
        }
        // where the walk turned back, the circle is cut
        boolean[] cut = new boolean[end - start];
        int cuts = 0;
        for (int member : members) {
            for (int i = twin.inStart[member]; i < twin.inStart[member + 1]; i++) {
                int input = twin.in[i];
                boolean back = input >= start
                        && input < end
                        && position[input - start] >= position[member - start]
                        && !cut[input - start];
                if (back) {
                    cut[input - start] = true;
                    cuts++;
                }
            }
        }
        if ((long) (cuts + 1) * members.length + made > MOST_NODES) {
            throw new TooCircular(members.length);
        }
        for (int member : members) {
            nodes[member] = never;
        }
        for (int round = 0; round <= cuts; round++) {
            for (int member : members) {
                nodes[member] = gate(member, nodes);
            }
        }
    }

    /** The members of a component that are in the cone, each after those that it needs, but where a circle closes. */
    private int[] finished(int start, int end) {
        int[] order = new int[end - start];
        int count = 0;
        byte[] seen = new byte[end - start];
        int[] stack = new int[end - start];
        int[] next = new int[end - start];
        for (int first = start; first < end; first++) {
            if (!cone[first] || seen[first - start] != 0) {
                continue;
            }
            int depth = 0;
            stack[depth] = first;
            next[depth++] = twin.inStart[first];
            seen[first - start] = 1;
            while (depth > 0) {
                int at = stack[depth - 1];
                if (next[depth - 1] == twin.inStart[at + 1]) {
                    order[count++] = at;
                    depth--;
                    continue;
                }
                int input = twin.in[next[depth - 1]++];
                if (input >= start && input < end && seen[input - start] == 0) {
                    seen[input - start] = 1;
                    stack[depth] = input;
                    next[depth++] = twin.inStart[input];
                }
            }
        }
        return Arrays.copyOf(order, count);
    }

    /** A condition has failed when its gate says so, or when it is lost itself. */
    private int gate(int at, int... of) {
        int gate = plain(at, of);
        return faults.containsKey(at) && twin.kind[at] != Twin.BASIC ? builder.or(gate, event(at)) : gate;
    }

    private int plain(int at, int... of) {
        made++;
        int from = twin.inStart[at];
        int inputs = twin.inStart[at + 1] - from;
        return switch (twin.kind[at]) {
            case Twin.BASIC -> basic(at);
            case Twin.ALL -> builder.or(inputs(from, inputs, of));
            case Twin.ANY -> builder.and(inputs(from, inputs, of));
            case Twin.AT_LEAST -> atLeast(inputs - twin.threshold[at] + 1, inputs(from, inputs, of));
            case Twin.FIRST -> first(from, inputs, of);
            case Twin.NOT -> builder.not(of[twin.in[from]]);
            default -> throw new IllegalStateException("a kind of gate that has no meaning: " + twin.kind[at]);
        };
    }

    private int basic(int at) {
        boolean fault = faults.containsKey(at) && twin.initial[at];
        return fault ? event(at) : twin.initial[at] ? never : always;
    }

    private int event(int at) {
        return eventNodes.computeIfAbsent(at, _ -> {
            Fault fault = Objects.requireNonNull(faults.get(at));
            events.add(fault);
            return builder.event(fault.condition().name(), unavailability(fault));
        });
    }

    private int[] inputs(int from, int count, int... of) {
        int[] found = new int[count];
        for (int i = 0; i < count; i++) {
            found[i] = of[twin.in[from + i]];
        }
        return found;
    }

    private int atLeast(int lost, int... inputs) {
        if (lost > inputs.length) {
            return never;
        }
        return lost <= 0 ? always : builder.atLeast(lost, inputs);
    }

    /** Lost where the first that has not failed is chosen and does not carry, or where all have failed. */
    private int first(int from, int inputs, int... of) {
        int rest = always;
        for (int i = inputs - 2; i >= 0; i -= 2) {
            rest = builder.choice(of[twin.in[from + i]], rest, of[twin.in[from + i + 1]]);
        }
        return rest;
    }
}
