package dev.premortem.twin;

import java.util.List;
import java.util.Optional;

/**
 * The compiled twin: conditions numbered in evaluation order (inputs before outputs, but inside a cyclic component), gates in flat arrays. Immutable; do not
 * write to the arrays that the engines read.
 */
public final class Twin {
    public static final byte BASIC = 0;
    public static final byte ALL = 1;
    public static final byte ANY = 2;
    public static final byte AT_LEAST = 3;
    /** Inputs alternate: when, then, when, then… */
    public static final byte FIRST = 4;

    public static final byte NOT = 5;

    /** Which form of the conditions that healing processes write. */
    public enum Form {
        /** Basic, written by their processes: for the timeline. */
        LIVE,
        /** Gates: as they are when all healing has come to rest. */
        SETTLED,
        /** Gates: as they are before anything healed. */
        AT_ONCE
    }

    final Condition[] conditions;
    final Meaning[] meanings;
    private final Numbers numbers;

    /** Kind of each condition. */
    public final byte[] kind;
    /** {@code k} of {@link #AT_LEAST}. */
    public final int[] threshold;
    /** Inputs of condition c: {@code in[inStart[c]] … in[inStart[c + 1] - 1]}. */
    public final int[] inStart;

    public final int[] in;
    /** Gates that read condition c, each once: {@code out[outStart[c]] … out[outStart[c + 1] - 1]}. */
    public final int[] outStart;

    public final int[] out;
    /** Component of each condition; components are contiguous and in evaluation order. */
    public final int[] component;
    /** First condition of each component, and one past the last. */
    public final int[] componentStart;
    /** True where the component is a cycle: start from all true and lower until nothing changes. */
    public final boolean[] cyclic;
    /** Value of basic conditions at the start; unused for gates. */
    public final boolean[] initial;

    private final List<Process> processes;
    private final List<Fault> faults;
    private final List<Top> tops;

    Twin(
            Condition[] conditions,
            Meaning[] meanings,
            byte[] kind,
            int[] threshold,
            int[] inStart,
            int[] in,
            int[] outStart,
            int[] out,
            int[] component,
            int[] componentStart,
            boolean[] cyclic,
            boolean[] initial,
            List<Process> processes,
            List<Fault> faults,
            List<Top> tops,
            Numbers numbers) {
        this.conditions = conditions;
        this.meanings = meanings;
        this.kind = kind;
        this.threshold = threshold;
        this.inStart = inStart;
        this.in = in;
        this.outStart = outStart;
        this.out = out;
        this.component = component;
        this.componentStart = componentStart;
        this.cyclic = cyclic;
        this.initial = initial;
        this.processes = List.copyOf(processes);
        this.faults = List.copyOf(faults);
        this.tops = List.copyOf(tops);
        this.numbers = numbers;
    }

    /** Another one in all but its processes. */
    private Twin(Twin other, List<Process> processes) {
        this.conditions = other.conditions;
        this.meanings = other.meanings;
        this.kind = other.kind;
        this.threshold = other.threshold;
        this.inStart = other.inStart;
        this.in = other.in;
        this.outStart = other.outStart;
        this.out = other.out;
        this.component = other.component;
        this.componentStart = other.componentStart;
        this.cyclic = other.cyclic;
        this.initial = other.initial;
        this.processes = List.copyOf(processes);
        this.faults = other.faults;
        this.tops = other.tops;
        this.numbers = other.numbers;
    }

    /** The same with these processes. */
    Twin with(List<Process> processes) {
        return new Twin(this, processes);
    }

    /** How many conditions. */
    public int size() {
        return conditions.length;
    }

    /** The condition with this number. */
    public Condition condition(int number) {
        return conditions[number];
    }

    /** What the condition with this number means. */
    public Meaning meaning(int number) {
        return meanings[number];
    }

    /** The number of a condition, or -1 where the twin has no such condition. */
    public int number(Condition condition) {
        return numbers.of(condition);
    }

    /** What a condition means, where the twin has it. */
    public Optional<Meaning> meaning(Condition condition) {
        int number = number(condition);
        return number < 0 ? Optional.empty() : Optional.of(meanings[number]);
    }

    /** Processes, sorted by key; empty in the settled and at-once forms. */
    public List<Process> processes() {
        return processes;
    }

    /** What the sweep may lose, sorted by condition. */
    public List<Fault> faults() {
        return faults;
    }

    /** Products, sorted by name. */
    public List<Top> tops() {
        return tops;
    }
}
