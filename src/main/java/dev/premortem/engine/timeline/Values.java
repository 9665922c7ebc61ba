package dev.premortem.engine.timeline;

import dev.premortem.twin.Twin;

/** Present values of all conditions under masks, and the gates that give them. */
final class Values {
    private final Twin twin;
    final boolean[] now;
    final boolean[] base;
    final int[] lost;
    final boolean[] held;

    Values(Twin twin) {
        this.twin = twin;
        this.now = new boolean[twin.size()];
        this.base = twin.initial.clone();
        this.lost = new int[twin.size()];
        this.held = new boolean[twin.size()];
    }

    /** Values with nothing lost and no process at work: the greatest fixpoint of the gates. */
    static boolean[] calm(Twin twin) {
        Values values = new Values(twin);
        for (int component = 0; component < twin.cyclic.length; component++) {
            int from = twin.componentStart[component];
            int to = twin.componentStart[component + 1];
            java.util.Arrays.fill(values.now, from, to, true);
            boolean again = true;
            while (again) {
                again = false;
                for (int c = from; c < to; c++) {
                    if (values.now[c] && !values.evaluate(c)) {
                        values.now[c] = false;
                        again = twin.cyclic[component];
                    }
                }
            }
        }
        return values.now;
    }

    /** What a condition is worth, given the present values of its inputs. */
    boolean evaluate(int c) {
        if (lost[c] > 0) {
            return false;
        }
        return held[c] || plain(c);
    }

    /** True where everything in a stretch holds. */
    boolean allHold(int from, int to) {
        for (int c = from; c < to; c++) {
            if (!now[c]) {
                return false;
            }
        }
        return true;
    }

    private boolean plain(int c) {
        int from = twin.inStart[c];
        int to = twin.inStart[c + 1];
        return switch (twin.kind[c]) {
            case Twin.BASIC -> base[c];
            case Twin.ALL -> count(from, to) == to - from;
            case Twin.ANY -> count(from, to) > 0;
            case Twin.AT_LEAST -> count(from, to) >= twin.threshold[c];
            case Twin.FIRST -> {
                int chosen = chosen(c);
                yield chosen >= 0 && now[twin.in[chosen + 1]];
            }
            case Twin.NOT -> !now[twin.in[from]];
            default -> throw new IllegalStateException("no such kind of gate: " + twin.kind[c]);
        };
    }

    private int count(int from, int to) {
        int holds = 0;
        for (int i = from; i < to; i++) {
            holds += now[twin.in[i]] ? 1 : 0;
        }
        return holds;
    }

    /** Place of the chosen pair's first input in {@code twin.in}, or -1 where none is chosen. */
    private int chosen(int c) {
        for (int i = twin.inStart[c]; i < twin.inStart[c + 1]; i += 2) {
            if (now[twin.in[i]]) {
                return i;
            }
        }
        return -1;
    }
}
