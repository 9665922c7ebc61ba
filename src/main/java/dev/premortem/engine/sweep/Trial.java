package dev.premortem.engine.sweep;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Twin;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;

/**
 * One scenario after another on the same twin, each at the cost of what it changes: only the conditions that a loss reaches are evaluated again. Gives the same
 * values as {@link Evaluation}. Not shared between threads.
 */
public final class Trial {
    private final Twin twin;
    private final boolean[] calm;
    private final boolean[] values;
    private final boolean[] lost;
    private final boolean[] held;
    private final BitSet dirty;
    private int[] masked = new int[16];
    private int maskedCount;
    private int[] changed = new int[64];
    private int changedCount;

    /** A trial that begins with nothing lost. */
    public Trial(Twin twin) {
        this.twin = twin;
        this.calm = Evaluation.values(twin, Set.of(), Set.of());
        this.values = calm.clone();
        this.lost = new boolean[twin.size()];
        this.held = new boolean[twin.size()];
        this.dirty = new BitSet(twin.size());
    }

    /** Tries a scenario; forgets the one before. Lost conditions win over held ones. */
    public void run(Set<Condition> lostNow, Set<Condition> heldNow) {
        for (int i = 0; i < changedCount; i++) {
            values[changed[i]] = calm[changed[i]];
        }
        changedCount = 0;
        for (int i = 0; i < maskedCount; i++) {
            lost[masked[i]] = false;
            held[masked[i]] = false;
        }
        maskedCount = 0;
        lostNow.forEach(condition -> mask(condition, lost));
        heldNow.forEach(condition -> mask(condition, held));
        settle();
    }

    private void mask(Condition condition, boolean[] which) {
        int number = twin.number(condition);
        if (number >= 0) {
            which[number] = true;
            dirty.set(number);
            if (maskedCount == masked.length) {
                masked = Arrays.copyOf(masked, maskedCount * 2);
            }
            masked[maskedCount++] = number;
        }
    }

    /** Outputs stand behind inputs but inside a component, so one walk over the dirty ones is enough. */
    private void settle() {
        for (int c = dirty.nextSetBit(0); c >= 0; c = dirty.nextSetBit(c)) {
            int component = twin.component[c];
            int from = twin.componentStart[component];
            int until = twin.componentStart[component + 1];
            dirty.clear(from, until);
            if (twin.cyclic[component]) {
                lower(from, until);
            } else {
                change(c, value(c));
            }
            c = until;
        }
    }

    private void lower(int from, int until) {
        boolean[] before = Arrays.copyOfRange(values, from, until);
        Arrays.fill(values, from, until, true);
        boolean again = true;
        while (again) {
            again = false;
            for (int c = from; c < until; c++) {
                if (values[c] && !value(c)) {
                    values[c] = false;
                    again = true;
                }
            }
        }
        for (int c = from; c < until; c++) {
            boolean now = values[c];
            values[c] = before[c - from];
            change(c, now);
        }
    }

    private void change(int c, boolean value) {
        if (values[c] == value) {
            return;
        }
        values[c] = value;
        if (changedCount == changed.length) {
            changed = Arrays.copyOf(changed, changedCount * 2);
        }
        changed[changedCount++] = c;
        int component = twin.component[c];
        for (int i = twin.outStart[c]; i < twin.outStart[c + 1]; i++) {
            if (twin.component[twin.out[i]] != component) {
                dirty.set(twin.out[i]);
            }
        }
    }

    private boolean value(int c) {
        if (lost[c]) {
            return false;
        }
        return held[c] || (twin.kind[c] == Twin.BASIC ? twin.initial[c] : Evaluation.gate(twin, c, values));
    }

    /** The value of a condition in the present scenario. */
    public boolean holds(int number) {
        return values[number];
    }

    /** Its value with nothing lost. */
    public boolean calm(int number) {
        return calm[number];
    }

    /** Numbers of the conditions that the present scenario changes, in evaluation order. */
    public int[] changed() {
        int[] numbers = Arrays.copyOf(changed, changedCount);
        Arrays.sort(numbers);
        return numbers;
    }
}
