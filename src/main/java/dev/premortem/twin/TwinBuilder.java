package dev.premortem.twin;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
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

    private boolean heals;
    /** What a condition is. */
    sealed interface Definition {
        Meaning meaning();
    }

    record Basic(boolean holds, Meaning meaning) implements Definition {}

    record Derived(Gate gate, Meaning meaning) implements Definition {}

    record Written(boolean holds, Gate settled, Gate atOnce, Meaning meaning) implements Definition {}

    record Open(Set<Condition> needed, Meaning meaning) implements Definition {}

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
        heals = true;
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

    /** The twin in all its forms. */
    public record Forms(Twin live, Twin settled, Twin atOnce) {}

    /**
     * The twin in all its forms. Where nothing heals they differ by their processes only, and are compiled once.
     *
     * @throws ChoiceCycle where a cycle passes through a choice
     * @throws IllegalStateException where a gate reads what nobody defines, or a process writes what is not its own to write
     */
    public Forms compile() {
        Compilation compilation = compilation();
        Twin settled = compilation.twin(Twin.Form.SETTLED);
        return heals
                ? new Forms(compilation.twin(Twin.Form.LIVE), settled, compilation.twin(Twin.Form.AT_ONCE))
                : new Forms(settled.with(List.copyOf(processes.values())), settled, settled);
    }

    /**
     * The twin in one form.
     *
     * @throws ChoiceCycle where a cycle passes through a choice
     * @throws IllegalStateException where a gate reads what nobody defines, or a process writes what is not its own to write
     */
    public Twin compile(Twin.Form form) {
        return compilation().twin(form);
    }

    private Compilation compilation() {
        refuseContestedWrites();
        return new Compilation(
                definitions,
                List.copyOf(processes.values()),
                faults.values().stream()
                        .filter(fault -> definitions.containsKey(fault.condition()))
                        .toList(),
                tops.values().stream().sorted(Comparator.comparing(Top::name)).toList());
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
}
