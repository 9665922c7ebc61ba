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

    /** From this bit on: how many masks take it. */
    private static final int LOST = 1 << 10;

    private static final int MOST_LOST = Integer.MAX_VALUE / LOST;
    private static final int ONE_READER = -1;

    private static final int WIDTH = 8;
    private static final int FLAGS = 0;
    /** Inputs that hold, less those that are needed. */
    private static final int SLACK = 1;
    /** Its first reader in {@code twin.out}, or its only reader. */
    private static final int OUT = 2;
    /** One past its last reader in {@code twin.out}; {@link #ONE_READER} where the other is its only reader. */
    private static final int OUT_END = 3;
    /** Rank of the process that writes it. */
    private static final int WRITER = 4;
    /** Its last entry in the trace. */
    private static final int LAST = 5;
    /** The last entry of a loss among its inputs that may be its cause. */
    private static final int FALL = 6;
    /** The last entry of a return among its inputs. */
    private static final int RISE = 7;

    /** Conditions in a page. */
    private static final int PAGE_BITS = 6;

    private static final int PAGE = 1 << PAGE_BITS;
    private static final int IN_PAGE = PAGE - 1;

    private final Twin twin;
    /** A run copies a page of another's when it first writes there, so that a short run costs what it changes. */
    private final int[][] pages;

    /** Which pages are its own, 64 to a word. */
    private final long[] owned;

    private State(Twin twin, int[][] pages) {
        this.twin = twin;
        this.pages = pages;
        this.owned = new long[(pages.length >> 6) + 1];
    }

    private int get(int c, int what) {
        return pages[c >> PAGE_BITS][(c & IN_PAGE) * WIDTH + what];
    }

    private void set(int c, int what, int value) {
        own(c)[(c & IN_PAGE) * WIDTH + what] = value;
    }

    private int[] own(int c) {
        int page = c >> PAGE_BITS;
        if ((owned[page >> 6] & 1L << page) == 0) {
            owned[page >> 6] |= 1L << page;
            pages[page] = pages[page].clone();
        }
        return pages[page];
    }

    /** With nothing lost and no process at work: the greatest fixpoint of the gates. */
    static State calm(Twin twin, int[] writers, int[] watcherStart) {
        State state = new State(twin, new int[(twin.size() >> PAGE_BITS) + 1][PAGE * WIDTH]);
        Arrays.fill(state.owned, -1L);
        int[] seen = new int[twin.size()];
        for (int component = 0; component < twin.cyclic.length; component++) {
            int from = twin.componentStart[component];
            int to = twin.componentStart[component + 1];
            for (int c = from; c < to; c++) {
                state.begin(c, writers[c], watcherStart[c + 1] > watcherStart[c], seen);
            }
            if (twin.cyclic[component]) {
                state.lower(from, to);
            }
        }
        return state;
    }

    /** A condition whose inputs are known, but for those of its own cycle, which hold to begin with. */
    private void begin(int c, int writer, boolean watched, int[] seen) {
        int[] page = pages[c >> PAGE_BITS];
        int at = (c & IN_PAGE) * WIDTH;
        int from = twin.outStart[c];
        int to = twin.outStart[c + 1];
        page[at + OUT] = to - from == 1 ? twin.out[from] : from;
        page[at + OUT_END] = to - from == 1 ? ONE_READER : to;
        page[at + WRITER] = writer;
        page[at + LAST] = -1;
        page[at + FALL] = -1;
        page[at + RISE] = -1;
        boolean cyclic = twin.cyclic[twin.component[c]];
        boolean counts = switch (twin.kind[c]) {
            case Twin.ALL, Twin.ANY, Twin.AT_LEAST -> !cyclic && !repeats(c, seen);
            default -> false;
        };
        page[at] = (twin.initial[c] ? BASE : 0)
                | (counts ? COUNTS : 0)
                | (twin.kind[c] == Twin.BASIC ? BASIC : 0)
                | (cyclic ? CYCLIC : 0)
                | (watched ? WATCHED : 0);
        if (counts) {
            page[at + SLACK] = count(twin.inStart[c], twin.inStart[c + 1]) - needed(c);
        }
        if (cyclic || worth(c)) {
            page[at] |= NOW;
        }
    }

    /** Readers are told of a change once, so what reads an input twice has to look. */
    private boolean repeats(int c, int[] seen) {
        for (int i = twin.inStart[c]; i < twin.inStart[c + 1]; i++) {
            if (seen[twin.in[i]] == c + 1) {
                return true;
            }
            seen[twin.in[i]] = c + 1;
        }
        return false;
    }

    private int needed(int c) {
        return switch (twin.kind[c]) {
            case Twin.ALL -> twin.inStart[c + 1] - twin.inStart[c];
            case Twin.ANY -> 1;
            default -> twin.threshold[c];
        };
    }

    private void lower(int from, int to) {
        boolean again = true;
        while (again) {
            again = false;
            for (int c = from; c < to; c++) {
                if (holds(c) && !look(c)) {
                    put(c, NOW, false);
                    again = true;
                }
            }
        }
    }

    /** The same for a run of its own. */
    State copy() {
        return new State(twin, pages.clone());
    }

    boolean is(int c, int flag) {
        return (get(c, FLAGS) & flag) != 0;
    }

    boolean holds(int c) {
        return (get(c, FLAGS) & NOW) != 0;
    }

    void put(int c, int flag, boolean set) {
        int[] page = own(c);
        int at = (c & IN_PAGE) * WIDTH;
        page[at] = set ? page[at] | flag : page[at] & ~flag;
    }

    void lose(int c, int by) {
        int flags = get(c, FLAGS);
        if (by > 0 && flags / LOST == MOST_LOST) {
            throw new IllegalStateException("more than %,d losses of one thing at once".formatted(MOST_LOST));
        }
        set(c, FLAGS, flags + by * LOST);
    }

    boolean lost(int c) {
        return get(c, FLAGS) >= LOST;
    }

    /** How many read it. */
    int readers(int c) {
        int end = get(c, OUT_END);
        return end == ONE_READER ? 1 : end - get(c, OUT);
    }

    /** One of those that read it. */
    int reader(int c, int i) {
        int out = get(c, OUT);
        return get(c, OUT_END) == ONE_READER ? out : twin.out[out + i];
    }

    int writer(int c) {
        return get(c, WRITER);
    }

    int lastEntry(int c) {
        return get(c, LAST);
    }

    void lastEntry(int c, int entry) {
        set(c, LAST, entry);
    }

    int fall(int c) {
        return get(c, FALL);
    }

    void fall(int c, int entry) {
        set(c, FALL, entry);
    }

    int rise(int c) {
        return get(c, RISE);
    }

    void rise(int c, int entry) {
        set(c, RISE, entry);
    }

    /** An input changed. True where the condition may be worth something else now: always, but for a gate that counts and did not pass its bound. */
    boolean feel(int c, boolean holds) {
        int[] page = own(c);
        int at = (c & IN_PAGE) * WIDTH;
        int slack = page[at + SLACK];
        page[at + SLACK] = slack + (holds ? 1 : -1);
        return (page[at] & COUNTS) == 0 || slack == (holds ? -1 : 0);
    }

    /** What a condition is worth under its masks, given the present values of its inputs. */
    boolean worth(int c) {
        int flags = get(c, FLAGS);
        if (flags >= LOST) {
            return false;
        }
        if ((flags & HELD) != 0) {
            return true;
        }
        return (flags & COUNTS) != 0 ? get(c, SLACK) >= 0 : look(c);
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
}
