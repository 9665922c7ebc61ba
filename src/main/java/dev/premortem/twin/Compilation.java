package dev.premortem.twin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Makes the forms of one twin. What they share, which is nearly all, is looked up once. */
final class Compilation {
    private final Condition[] names;
    private final Map<Condition, Integer> numbers;
    private final TwinBuilder.Definition[] definitions;
    private final int[][] inputs;
    private final byte[] kind;
    private final int[] threshold;
    private final boolean[] initial;
    private final List<Process> processes;
    private final List<Fault> faults;
    private final List<Top> tops;

    Compilation(
            Map<Condition, TwinBuilder.Definition> defined,
            List<Process> processes,
            List<Fault> faults,
            List<Top> tops) {
        int n = defined.size();
        this.names = defined.keySet().toArray(new Condition[0]);
        Arrays.sort(names); // the order of definition must not show
        this.numbers = new HashMap<>(n * 2);
        this.definitions = new TwinBuilder.Definition[n];
        for (int i = 0; i < n; i++) {
            numbers.put(names[i], i);
            definitions[i] = Objects.requireNonNull(defined.get(names[i]));
        }
        this.inputs = new int[n][];
        this.kind = new byte[n];
        this.threshold = new int[n];
        this.initial = new boolean[n];
        this.processes = processes;
        this.faults = faults;
        this.tops = tops;
        for (int i = 0; i < n; i++) {
            switch (definitions[i]) {
                case TwinBuilder.Basic basic -> basic(i, basic.holds());
                case TwinBuilder.Derived derived -> gate(i, derived.gate());
                case TwinBuilder.Open open -> gate(i, new Gate.All(List.copyOf(open.needed())));
                case TwinBuilder.Written _ -> {} // differs from form to form
            }
        }
    }

    /** The twin in one form. */
    Twin twin(Twin.Form form) {
        for (int i = 0; i < names.length; i++) {
            if (definitions[i] instanceof TwinBuilder.Written written) {
                switch (form) {
                    case LIVE -> basic(i, written.holds());
                    case SETTLED -> gate(i, written.settled());
                    case AT_ONCE -> gate(i, written.atOnce());
                }
            }
        }
        return numbered(form);
    }

    private void basic(int number, boolean holds) {
        inputs[number] = new int[0];
        kind[number] = Twin.BASIC;
        threshold[number] = 0;
        initial[number] = holds;
    }

    private void gate(int number, Gate gate) {
        List<Condition> read = gate.inputs();
        int[] resolved = new int[read.size()];
        for (int i = 0; i < resolved.length; i++) {
            Integer input = numbers.get(read.get(i));
            if (input == null) {
                throw new IllegalStateException(names[number] + " reads " + read.get(i) + ", which nobody defines");
            }
            resolved[i] = input;
        }
        inputs[number] = resolved;
        kind[number] = kindOf(gate);
        threshold[number] = gate instanceof Gate.AtLeast atLeast ? atLeast.k() : 0;
        initial[number] = false;
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

    private Twin numbered(Twin.Form form) {
        int n = names.length;
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
            conditions[i] = names[old];
            meanings[i] = definitions[old].meaning();
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
                form == Twin.Form.LIVE ? processes : List.of(),
                faults,
                tops,
                new Numbers(numbers, rank));
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
