package dev.premortem.engine.sweep;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Twin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** The minimal failing sets found so far, by product. Smaller sets have to come before larger ones. */
final class Found {
    private final Lanes lanes;
    private final Twin twin;
    private final int[] slots;
    private final Alike alike;
    private final int[] tops;
    private final List<List<int[]>> sets = new ArrayList<>();
    /** The same sets as keys; only asked whether they contain one, so their order does not matter. */
    private final List<Set<Long>> keys = new ArrayList<>();

    /** @param slots by the number that scenarios use: the fault's place in the twin's list */
    Found(Lanes lanes, int[] slots, Alike alike) {
        this.lanes = lanes;
        this.twin = lanes.twin;
        this.slots = slots;
        this.alike = alike;
        tops = twin.tops().stream()
                .mapToInt(top -> twin.number(top.condition()))
                .toArray();
        for (int top : tops) {
            sets.add(new ArrayList<>(lanes.base[top] ? List.of() : List.of(new int[0])));
            keys.add(new HashSet<>());
        }
    }

    /** Takes what fails in the block that was just run and has no smaller part that fails. */
    void look(int[][] scenarios, int from) {
        for (int t = 0; t < tops.length; t++) {
            if (!lanes.base[tops[t]]) {
                continue;
            }
            for (int w = 0; w < Lanes.WORDS; w++) {
                for (long bits = lanes.changed(tops[t], w); bits != 0; bits &= bits - 1) {
                    int[] set = scenarios[from + w * Long.SIZE + Long.numberOfTrailingZeros(bits)];
                    if (!partFails(keys.get(t), set)) {
                        keys.get(t).add(Key.of(set));
                        sets.get(t).add(set);
                    }
                }
            }
        }
    }

    private static boolean partFails(Set<Long> failing, int[] set) {
        for (int i = 0; i < set.length && set.length > 1; i++) {
            if (failing.contains(Key.of(set[i]))) {
                return true;
            }
            for (int j = 0; j < i && set.length > 2; j++) {
                if (failing.contains(Key.of(set[i], set[j]))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** True where the set stands for its like. */
    boolean canonical(int[] set) {
        return alike.canonical(faults(set));
    }

    SweepResult result() {
        TreeMap<String, List<Cut>> cuts = new TreeMap<>();
        for (int t = 0; t < tops.length; t++) {
            cuts.put(
                    twin.tops().get(t).name(),
                    sets.get(t).stream()
                            .filter(this::canonical)
                            .map(this::cut)
                            .sorted()
                            .toList());
        }
        return new SweepResult(cuts);
    }

    private Cut cut(int[] set) {
        int[] faults = faults(set);
        List<Condition> conditions = Arrays.stream(faults)
                .mapToObj(fault -> twin.faults().get(fault).condition())
                .sorted()
                .toList();
        return new Cut(conditions, alike.sets(faults));
    }

    private int[] faults(int[] set) {
        return Arrays.stream(set).map(slot -> slots[slot]).toArray();
    }
}
