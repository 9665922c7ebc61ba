package dev.premortem.engine.sweep;

import dev.premortem.twin.Twin;
import java.util.Arrays;

/**
 * What the scenarios tried so far changed, to tell where the narrow rule of the join is enough: a gate is mixed where faults can make one of its inputs
 * rise, where a second fault can heal what the first did to it, or where they can move a choice; a cyclic component is mixed as a whole. Several
 * hands may look at once: a mark is only ever set.
 */
final class Survey {
    private static final int PAIRS_IN_A_WORD = Long.SIZE / 3;
    /** Bits 0, 3, 6, … 60. */
    private static final long EVERY_THIRD = 0x1249249249249249L;

    private final Twin twin;
    private final boolean[] base;
    private final boolean[] changes;
    private final boolean[] rises;
    private final boolean[] heals;

    Survey(Lanes lanes) {
        twin = lanes.twin;
        base = lanes.base;
        changes = new boolean[twin.size()];
        rises = new boolean[twin.size()];
        heals = new boolean[twin.size()];
    }

    /** Looks at the block that was just run. */
    void look(Lanes lanes) {
        for (int i = 0; i < lanes.coneSize; i++) {
            int c = lanes.cone[i];
            long changed = 0;
            for (int w = 0; w < Lanes.WORDS; w++) {
                changed |= lanes.changed(c, w);
            }
            if (changed != 0) {
                changes[c] = true;
                if (!base[c]) {
                    rises[c] = true;
                }
            }
        }
    }

    /** Every pair beside its two members, so that one block shows what the second fault heals; see {@link #lookForHealing}. */
    static int[][] besideMembers(int[][] pairs) {
        int words = (pairs.length + PAIRS_IN_A_WORD - 1) / PAIRS_IN_A_WORD;
        int[][] scenarios = new int[words * Long.SIZE][];
        Arrays.fill(scenarios, new int[0]);
        for (int i = 0; i < pairs.length; i++) {
            int at = i / PAIRS_IN_A_WORD * Long.SIZE + i % PAIRS_IN_A_WORD * 3;
            scenarios[at] = pairs[i];
            scenarios[at + 1] = new int[] {pairs[i][0]};
            scenarios[at + 2] = new int[] {pairs[i][1]};
        }
        return scenarios;
    }

    /** Looks at a block of {@link #besideMembers}. */
    void lookForHealing(Lanes lanes) {
        for (int i = 0; i < lanes.coneSize; i++) {
            int c = lanes.cone[i];
            for (int w = 0; w < Lanes.WORDS; w++) {
                long changed = lanes.changed(c, w);
                if (((changed >>> 1 | changed >>> 2) & ~changed & EVERY_THIRD) != 0) {
                    heals[c] = true;
                }
            }
        }
    }

    /** True where two changes may cancel each other, or one may rise, at this gate. */
    boolean mixed(int c) {
        // A negation that rises and is a fault itself: the fault keeps it down, which cancels the rise.
        if (twin.kind[c] == Twin.NOT) {
            return rises[c];
        }
        for (int i = twin.inStart[c]; i < twin.inStart[c + 1]; i++) {
            boolean chooses = twin.kind[c] == Twin.FIRST && (i - twin.inStart[c]) % 2 == 0;
            if (rises[twin.in[i]] || heals[twin.in[i]] || (chooses && changes[twin.in[i]])) {
                return true;
            }
        }
        return false;
    }

    /** True where a member of the component is mixed or rises. */
    boolean mixedComponent(int component) {
        for (int c = twin.componentStart[component]; c < twin.componentStart[component + 1]; c++) {
            if (rises[c] || mixed(c)) {
                return true;
            }
        }
        return false;
    }
}
