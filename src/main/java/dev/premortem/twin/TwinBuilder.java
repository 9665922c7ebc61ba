package dev.premortem.twin;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects conditions, gates, processes and faults, and compiles them. Conditions that a gate names and nobody defines are an error of ours and thrown. */
public final class TwinBuilder {
    private final Map<Condition, Definition> definitions = new HashMap<>();
    private final Map<String, Process> processes = new TreeMap<>();
    private final Map<Condition, Fault> faults = new TreeMap<>();
    private final Map<String, Top> tops = new TreeMap<>();

    private List<Condition> names = List.of();
    private Map<Condition, Integer> numbers = Map.of();

    private sealed interface Definition {
        Meaning meaning();
    }

    private record Basic(boolean holds, Meaning meaning) implements Definition {}

    private record Derived(Gate gate, Meaning meaning) implements Definition {}

    private record Written(boolean holds, Gate settled, Gate atOnce, Meaning meaning) implements Definition {}

    private record Open(Set<Condition> needed, Meaning meaning) implements Definition {}

    /** A basic condition. Written by a hazard, person or propagation process, or standing for ever as it is. */
    public Condition basic(Condition condition, boolean holds, Meaning meaning) {
        return define(condition, new Basic(holds, meaning));
    }

    /** A derived condition. */
    public Condition gate(Condition condition, Gate gate, Meaning meaning) {
        return define(condition, new Derived(gate, meaning));
    }

    /**
     * A condition that a healing process writes.
     *
     * @param settled its value when all healing has come to rest
     * @param atOnce its value before anything healed
     */
    public Condition written(Condition condition, boolean holds, Gate settled, Gate atOnce, Meaning meaning) {
        return define(condition, new Written(holds, settled, atOnce, meaning));
    }

    /** A condition that holds while everything holds that anyone {@link #require requires} of it. */
    public Condition open(Condition condition, Meaning meaning) {
        return define(condition, new Open(new LinkedHashSet<>(), meaning));
    }

    /** One more need of an open condition; asking twice changes nothing. */
    public void require(Condition open, Condition needed) {
        if (!(definitions.get(open) instanceof Open definition)) {
            throw new IllegalStateException(open + " is not open");
        }
        definition.needed().add(needed);
    }

    /** True where the condition is defined. */
    public boolean defines(Condition condition) {
        return definitions.containsKey(condition);
    }

    /** All that the products read so far, directly or through others. */
    public Set<Condition> behindTops() {
        Set<Condition> seen = new HashSet<>();
        Deque<Condition> open = new ArrayDeque<>();
        tops.values().forEach(top -> open.add(top.condition()));
        while (!open.isEmpty()) {
            Condition here = open.remove();
            if (seen.add(here)) {
                open.addAll(reads(definitions.get(here)));
            }
        }
        return seen;
    }

    private static Collection<Condition> reads(@Nullable Definition definition) {
        return switch (definition) {
            case null -> List.of(); // named before it is defined
            case Basic _ -> List.of();
            case Derived derived -> derived.gate().inputs();
            case Written written -> written.settled().inputs();
            case Open open -> open.needed();
        };
    }

    private Condition define(Condition condition, Definition definition) {
        if (definitions.putIfAbsent(condition, definition) != null) {
            throw new IllegalStateException(condition + " is defined twice");
        }
        return condition;
    }

    /** A process; one per key. */
    public void process(Process process) {
        if (processes.putIfAbsent(process.key(), process) != null) {
            throw new IllegalStateException("process " + process.key() + " is defined twice");
        }
    }

    /** A fault that the sweep may try. */
    public void fault(Fault fault) {
        faults.putIfAbsent(fault.condition(), fault);
    }

    /** The fault of a condition, where it has one so far. */
    public Optional<Fault> fault(Condition condition) {
        return Optional.ofNullable(faults.get(condition));
    }

    /** A product. */
    public void top(Top top) {
        tops.putIfAbsent(top.name(), top);
    }

    /**
     * The twin in one form.
     *
     * @throws ChoiceCycle where a cycle passes through a choice
     * @throws IllegalStateException where a gate reads what nobody defines, or a process writes what is not its own to write
     */
    public Twin compile(Twin.Form form) {
        refuseContestedWrites();
        number();
        int n = names.size();
        int[][] inputs = new int[n][];
        byte[] kind = new byte[n];
        int[] threshold = new int[n];
        boolean[] initial = new boolean[n];
        for (int i = 0; i < n; i++) {
            Definition definition = Objects.requireNonNull(definitions.get(names.get(i)));
            Gate gate = switch (definition) {
                case Basic _ -> null;
                case Derived derived -> derived.gate();
                case Written written ->
                    form == Twin.Form.LIVE ? null : form == Twin.Form.SETTLED ? written.settled() : written.atOnce();
                case Open open -> new Gate.All(List.copyOf(open.needed()));
            };
            if (gate == null) {
                initial[i] = definition instanceof Basic basic ? basic.holds() : ((Written) definition).holds();
                inputs[i] = new int[0];
                kind[i] = Twin.BASIC;
            } else {
                inputs[i] = resolve(names.get(i), gate);
                kind[i] = kindOf(gate);
                threshold[i] = gate instanceof Gate.AtLeast atLeast ? atLeast.k() : 0;
            }
        }
        return number(inputs, kind, threshold, initial, form);
    }

    /** Of two writers the last would win, which is nobody's intent; a gate that a process writes would fall back at its next input. */
    private void refuseContestedWrites() {
        Map<Condition, String> writers = new HashMap<>();
        for (Process process : processes.values()) {
            for (Condition written : process.writes()) {
                String other = writers.putIfAbsent(written, process.key());
                if (other != null) {
                    throw new IllegalStateException(
                            written + " is written by two processes, " + other + " and " + process.key());
                }
                Definition definition = definitions.get(written);
                if (definition instanceof Derived || definition instanceof Open) {
                    throw new IllegalStateException(
                            "process " + process.key() + " writes " + written + ", which is a gate");
                }
            }
        }
    }

    /** Numbers the conditions by their sorted names. All forms share the numbers; definitions are only ever added. */
    private void number() {
        if (names.size() != definitions.size()) {
            names = new ArrayList<>(definitions.keySet());
            names.sort(Comparator.naturalOrder()); // the order of definition must not show
            numbers = new HashMap<>(names.size() * 2);
            for (int i = 0; i < names.size(); i++) {
                numbers.put(names.get(i), i);
            }
        }
    }

    private static byte kindOf(Gate gate) {
        return switch (gate) {
            case Gate.All _ -> Twin.ALL;
            case Gate.Any _ -> Twin.ANY;
            case Gate.AtLeast _ -> Twin.AT_LEAST;
            case Gate.First _ -> Twin.FIRST;
            case Gate.Not _ -> Twin.NOT;
        };
    }

    private int[] resolve(Condition condition, Gate gate) {
        List<Condition> inputs = gate.inputs();
        int[] resolved = new int[inputs.size()];
        for (int i = 0; i < resolved.length; i++) {
            Integer number = numbers.get(inputs.get(i));
            if (number == null) {
                throw new IllegalStateException(condition + " reads " + inputs.get(i) + ", which nobody defines");
            }
            resolved[i] = number;
        }
        return resolved;
    }

    private Twin number(int[][] inputs, byte[] kind, int[] threshold, boolean[] initial, Twin.Form form) {
        int n = names.size();
        Components components = Components.of(inputs);
        int[] order = components.order();
        int[] rank = new int[n];
        for (int i = 0; i < n; i++) {
            rank[order[i]] = i;
        }
        Condition[] conditions = new Condition[n];
        Meaning[] meanings = new Meaning[n];
        byte[] kinds = new byte[n];
        int[] thresholds = new int[n];
        boolean[] initials = new boolean[n];
        int[] inStart = new int[n + 1];
        int total = Arrays.stream(inputs).mapToInt(input -> input.length).sum();
        int[] in = new int[total];
        int at = 0;
        for (int i = 0; i < n; i++) {
            int old = order[i];
            conditions[i] = names.get(old);
            meanings[i] =
                    Objects.requireNonNull(definitions.get(names.get(old))).meaning();
            kinds[i] = kind[old];
            thresholds[i] = threshold[old];
            initials[i] = initial[old];
            inStart[i] = at;
            for (int input : inputs[old]) {
                in[at++] = rank[input];
            }
        }
        inStart[n] = at;
        refuseChoiceCycles(conditions, kinds, inStart, in, components);
        int[][] outward = invert(n, inStart, in);
        return new Twin(
                conditions,
                meanings,
                kinds,
                thresholds,
                inStart,
                in,
                outward[0],
                outward[1],
                components.component(),
                components.starts(),
                components.cyclic(),
                initials,
                form == Twin.Form.LIVE ? List.copyOf(processes.values()) : List.of(),
                faults.values().stream()
                        .filter(fault -> definitions.containsKey(fault.condition()))
                        .toList(),
                tops.values().stream().sorted(Comparator.comparing(Top::name)).toList());
    }

    private static void refuseChoiceCycles(
            Condition[] conditions, byte[] kind, int[] inStart, int[] in, Components components) {
        for (int c = 0; c < conditions.length; c++) {
            if (kind[c] != Twin.FIRST && kind[c] != Twin.NOT) {
                continue;
            }
            for (int i = inStart[c]; i < inStart[c + 1]; i += kind[c] == Twin.FIRST ? 2 : 1) {
                int mine = components.component()[c];
                if (components.component()[in[i]] == mine && components.cyclic()[mine]) {
                    List<Condition> members = new ArrayList<>();
                    for (int m = components.starts()[mine]; m < components.starts()[mine + 1]; m++) {
                        members.add(conditions[m]);
                    }
                    members.sort(Comparator.naturalOrder());
                    throw new ChoiceCycle(members);
                }
            }
        }
    }

    private static int[][] invert(int n, int[] inStart, int[] in) {
        int[] count = new int[n + 1];
        int[] seenBy = new int[n];
        Arrays.fill(seenBy, -1);
        for (int c = 0; c < n; c++) {
            for (int i = inStart[c]; i < inStart[c + 1]; i++) {
                if (seenBy[in[i]] != c) {
                    seenBy[in[i]] = c;
                    count[in[i] + 1]++;
                }
            }
        }
        for (int c = 0; c < n; c++) {
            count[c + 1] += count[c];
        }
        int[] out = new int[count[n]];
        int[] next = Arrays.copyOf(count, n);
        Arrays.fill(seenBy, -1);
        for (int c = 0; c < n; c++) {
            for (int i = inStart[c]; i < inStart[c + 1]; i++) {
                if (seenBy[in[i]] != c) {
                    seenBy[in[i]] = c;
                    out[next[in[i]]++] = c;
                }
            }
        }
        return new int[][] {count, out};
    }
}
