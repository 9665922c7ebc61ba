package dev.premortem.engine.timeline;

import dev.premortem.twin.Twin;
import java.util.Arrays;

/**
 * What a run knows of each condition, half a cache line apiece: a change touches its own line and those of what reads it, and nothing else. Gates that count keep their
 * count, so a change of an input costs the same however many inputs there are.
 */
final class State {
    /** Its present value. */
    static final int NOW = 1;
    /** The value that a basic condition has under its masks. */
    static final int BASE = 2;
    /** Held up by a mask. */
    static final int HELD = 4;
    /** The text of its next change waits in the run. */
    static final int TEXT = 8;
    /** A gate outside of cycles that holds while its slack is not negative. */
    static final int COUNTS = 16;

    static final int BASIC = 32;
    static final int CYCLIC = 64;
    /** Some process watches it. */
    static final int WATCHED = 128;

    private static final int WIDTH = 8;
    private static final int FLAGS = 0;
    /** Inputs that hold, less those that are needed. */
    private static final int SLACK = 1;
    /** Masks that take it. */
    private static final int LOST = 2;
    /** Its first reader in {@code twin.out}; those of the next condition begin where its own end. */
    private static final int OUT = 3;
    /** Rank of the process that writes it. */
    private static final int WRITER = 4;
    /** Its last entry in the trace. */
    private static final int LAST = 5;
    /** The last entry of a loss among its inputs that may be its cause. */
    private static final int FALL = 6;
    /** The last entry of a return among its inputs. */
    private static final int RISE = 7;

    private final Twin twin;
    private final int[] of;

    private State(Twin twin, int[] of) {
        this.twin = twin;
        this.of = of;
    }

    /** With nothing lost and no process at work: the greatest fixpoint of the gates. */
    static State calm(Twin twin, int[] writers, int[] watcherStart) {
        State state = new State(twin, new int[(twin.size() + 1) * WIDTH]);
        for (int c = 0; c <= twin.size(); c++) {
            Arrays.fill(state.of, c * WIDTH + LAST, c * WIDTH + WIDTH, -1);
            state.of[c * WIDTH + OUT] = c == twin.size() ? twin.out.length : twin.outStart[c];
        }
        for (int c = 0; c < twin.size(); c++) {
            state.of[c * WIDTH + WRITER] = writers[c];
            state.of[c * WIDTH] = flags(twin, c) | (watcherStart[c + 1] > watcherStart[c] ? WATCHED : 0);
        }
        for (int component = 0; component < twin.cyclic.length; component++) {
            state.lower(twin.componentStart[component], twin.componentStart[component + 1], twin.cyclic[component]);
        }
        for (int c = 0; c < twin.size(); c++) {
            if (state.is(c, COUNTS)) {
                int to = twin.inStart[c + 1];
                state.of[c * WIDTH + SLACK] = state.count(twin.inStart[c], to) - needed(twin, c);
            }
        }
        return state;
    }

    private static int flags(Twin twin, int c) {
        boolean cyclic = twin.cyclic[twin.component[c]];
        boolean counts = switch (twin.kind[c]) {
            case Twin.ALL, Twin.ANY, Twin.AT_LEAST -> !cyclic && !repeats(twin, c);
            default -> false;
        };
        return (twin.initial[c] ? BASE : 0)
                | (counts ? COUNTS : 0)
                | (twin.kind[c] == Twin.BASIC ? BASIC : 0)
                | (cyclic ? CYCLIC : 0);
    }

    /** Readers are told of a change once, so what reads an input twice has to look. */
    private static boolean repeats(Twin twin, int c) {
        int[] inputs = Arrays.copyOfRange(twin.in, twin.inStart[c], twin.inStart[c + 1]);
        Arrays.sort(inputs);
        for (int i = 1; i < inputs.length; i++) {
            if (inputs[i] == inputs[i - 1]) {
                return true;
            }
        }
        return false;
    }

    private static int needed(Twin twin, int c) {
        return switch (twin.kind[c]) {
            case Twin.ALL -> twin.inStart[c + 1] - twin.inStart[c];
            case Twin.ANY -> 1;
            default -> twin.threshold[c];
        };
    }

    private void lower(int from, int to, boolean cyclic) {
        for (int c = from; c < to; c++) {
            put(c, NOW, true);
        }
        boolean again = true;
        while (again) {
            again = false;
            for (int c = from; c < to; c++) {
                if (is(c, NOW) && !look(c)) {
                    put(c, NOW, false);
                    again = cyclic;
                }
            }
        }
    }

    /** The same for a run of its own. */
    State copy() {
        return new State(twin, of.clone());
    }

    boolean is(int c, int flag) {
        return (of[c * WIDTH] & flag) != 0;
    }

    boolean holds(int c) {
        return (of[c * WIDTH] & NOW) != 0;
    }

    void put(int c, int flag, boolean set) {
        int at = c * WIDTH;
        of[at] = set ? of[at] | flag : of[at] & ~flag;
    }

    void lose(int c, int by) {
        of[c * WIDTH + LOST] += by;
    }

    boolean lost(int c) {
        return of[c * WIDTH + LOST] > 0;
    }

    int readersFrom(int c) {
        return of[c * WIDTH + OUT];
    }

    int readersTo(int c) {
        return of[c * WIDTH + WIDTH + OUT];
    }

    int writer(int c) {
        return of[c * WIDTH + WRITER];
    }

    int lastEntry(int c) {
        return of[c * WIDTH + LAST];
    }

    void lastEntry(int c, int entry) {
        of[c * WIDTH + LAST] = entry;
    }

    int fall(int c) {
        return of[c * WIDTH + FALL];
    }

    void fall(int c, int entry) {
        of[c * WIDTH + FALL] = entry;
    }

    int rise(int c) {
        return of[c * WIDTH + RISE];
    }

    void rise(int c, int entry) {
        of[c * WIDTH + RISE] = entry;
    }

    /** An input changed. True where the condition may be worth something else now: always, but for a gate that counts and did not pass its bound. */
    boolean feel(int c, boolean holds) {
        int at = c * WIDTH;
        int slack = of[at + SLACK];
        of[at + SLACK] = slack + (holds ? 1 : -1);
        return (of[at] & COUNTS) == 0 || slack == (holds ? -1 : 0);
    }

    /** What a condition is worth under its masks, given the present values of its inputs. */
    boolean worth(int c) {
        int at = c * WIDTH;
        if (of[at + LOST] > 0) {
            return false;
        }
        int flags = of[at];
        if ((flags & HELD) != 0) {
            return true;
        }
        return (flags & COUNTS) != 0 ? of[at + SLACK] >= 0 : look(c);
    }

    private boolean look(int c) {
        int from = twin.inStart[c];
        int to = twin.inStart[c + 1];
        return switch (twin.kind[c]) {
            case Twin.BASIC -> is(c, BASE);
            case Twin.ALL -> count(from, to) == to - from;
            case Twin.ANY -> count(from, to) > 0;
            case Twin.AT_LEAST -> count(from, to) >= twin.threshold[c];
            case Twin.FIRST -> {
                int chosen = chosen(c);
                yield chosen >= 0 && holds(twin.in[chosen + 1]);
            }
            case Twin.NOT -> !holds(twin.in[from]);
            default -> throw new IllegalStateException("no such kind of gate: " + twin.kind[c]);
        };
    }

    private int count(int from, int to) {
        int holds = 0;
        for (int i = from; i < to; i++) {
            holds += holds(twin.in[i]) ? 1 : 0;
        }
        return holds;
    }

    /** Place of the chosen pair's first input in {@code twin.in}, or -1 where none is chosen. */
    private int chosen(int c) {
        for (int i = twin.inStart[c]; i < twin.inStart[c + 1]; i += 2) {
            if (holds(twin.in[i])) {
                return i;
            }
        }
        return -1;
    }

    /** The present values of all. */
    boolean[] values() {
        boolean[] values = new boolean[twin.size()];
        for (int c = 0; c < values.length; c++) {
            values[c] = holds(c);
        }
        return values;
    }
}
