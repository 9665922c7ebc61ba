package dev.premortem.engine.sweep;

import dev.premortem.twin.Twin;

/**
 * What the scenarios tried so far changed, to tell where the narrow rule of the join is enough: a gate is mixed where a fault can make one of its inputs
 * rise, or can move a choice; a cyclic component is mixed as a whole.
 */
final class Survey {
    private final Lanes lanes;
    private final Twin twin;
    private final boolean[] changes;
    private final boolean[] rises;

    Survey(Lanes lanes) {
        this.lanes = lanes;
        this.twin = lanes.twin;
        changes = new boolean[twin.size()];
        rises = new boolean[twin.size()];
    }

    /** Looks at the block that was just run. */
    void look() {
        for (int i = 0; i < lanes.coneSize; i++) {
            int c = lanes.cone[i];
            long changed = 0;
            for (int w = 0; w < Lanes.WORDS; w++) {
                changed |= lanes.changed(c, w);
            }
            if (changed != 0) {
                changes[c] = true;
                rises[c] |= !lanes.base[c];
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
            if (rises[twin.in[i]] || (chooses && changes[twin.in[i]])) {
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
