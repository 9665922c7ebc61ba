package dev.premortem.engine.sweep;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Twin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** The minimal failing sets found so far, by product. Smaller sets have to come before larger ones. */
final class Found {
    /** In place of the number of a cut: the set does not stand for its like. */
    private static final int NOT_CANONICAL = -1;

    private final Lanes lanes;
    private final Twin twin;
    private final int[] slots;
    private final Alike alike;
    private final int[] tops;
    /** By condition: the first product that stands on it, and by product the next one; -1 where there is none. */
    private final int[] firstTop;

    private final int[] nextTop;
    private final Failing[] failing;

    /** @param slots by the number that scenarios use: the fault's place in the twin's list */
    Found(Lanes lanes, int[] slots, Alike alike) {
        this.lanes = lanes;
        this.twin = lanes.twin;
        this.slots = slots;
        this.alike = alike;
        tops = twin.tops().stream()
                .mapToInt(top -> twin.number(top.condition()))
                .toArray();
        firstTop = new int[twin.size()];
        nextTop = new int[tops.length];
        Arrays.fill(firstTop, -1);
        for (int t = 0; t < tops.length; t++) {
            if (lanes.base[tops[t]]) {
                nextTop[t] = firstTop[tops[t]];
                firstTop[tops[t]] = t;
            }
        }
        failing = IntStream.range(0, tops.length).mapToObj(_ -> new Failing()).toArray(Failing[]::new);
    }

    /** Notes what fails in the block that the hand just ran and has no smaller part that fails. */
    void look(Hand hand, int[][] scenarios, int from) {
        Lanes block = hand.lanes;
        for (int i = 0; i < block.coneSize; i++) {
            int c = block.cone[i];
            for (int t = firstTop[c]; t >= 0; t = nextTop[t]) {
                for (int w = 0; w < Lanes.WORDS; w++) {
                    for (long bits = block.changed(c, w); bits != 0; bits &= bits - 1) {
                        int[] set = scenarios[from + w * Long.SIZE + Long.numberOfTrailingZeros(bits)];
                        if (!failing[t].partFails(set)) {
                            hand.fails(t, Key.of(set));
                        }
                    }
                }
            }
        }
    }

    /** Takes what hands have noted of sets of one order, product by product. */
    void take(List<Hand> hands, Work work) {
        work.run(hands.size(), part -> hands.forEach(hand -> hand.handOver(failing, part, hands.size())));
        hands.forEach(Hand::handedOver);
    }

    /** True where the set stands for its like. */
    boolean canonical(int[] set) {
        return alike.canonical(faults(set));
    }

    SweepResult result() {
        TreeMap<String, List<Cut>> cuts = new TreeMap<>();
        // Most sets fail many products: what is shared is made once.
        Numbers numbers = new Numbers();
        List<Cut> made = new ArrayList<>();
        for (int t = 0; t < tops.length; t++) {
            List<Cut> own = lanes.base[tops[t]]
                    ? cuts(failing[t].sets(), numbers, made)
                    : List.of(new Cut(List.of(), alike.sets(new int[0])));
            cuts.put(twin.tops().get(t).name(), own);
        }
        return new SweepResult(cuts);
    }

    private List<Cut> cuts(long[] sets, Numbers numbers, List<Cut> made) {
        int kept = 0;
        for (long set : sets) {
            int[] faults = faults(Key.members(set));
            Arrays.sort(faults);
            // Faults are sorted by condition, so these keys sort as cuts do.
            long key = Key.of(faults);
            int number = numbers.get(key);
            if (number == Numbers.NONE) {
                number = alike.canonical(faults) ? made.size() : NOT_CANONICAL;
                numbers.put(key, number);
                if (number >= 0) {
                    made.add(cut(faults));
                }
            }
            if (number >= 0) {
                sets[kept++] = key;
            }
        }
        Arrays.sort(sets, 0, kept);
        Cut[] own = new Cut[kept];
        for (int i = 0; i < kept; i++) {
            own[i] = made.get(numbers.get(sets[i]));
        }
        return Collections.unmodifiableList(Arrays.asList(own));
    }

    private Cut cut(int[] faults) {
        Condition[] conditions = new Condition[faults.length];
        for (int i = 0; i < faults.length; i++) {
            conditions[i] = twin.faults().get(faults[i]).condition();
        }
        return new Cut(List.of(conditions), alike.sets(faults));
    }

    private int[] faults(int[] set) {
        int[] faults = new int[set.length];
        for (int i = 0; i < set.length; i++) {
            faults[i] = slots[set[i]];
        }
        return faults;
    }
}
