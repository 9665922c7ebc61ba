package dev.premortem.engine.timeline;

import dev.premortem.twin.Twin;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Brings what changed to rest, once a round, and tells the trace of each change and its cause. */
final class Settling {
    private final Twin twin;
    private final State state;
    private final Trace trace;
    private final Telling telling;
    /** What may be worth something else than it was. */
    private final RankSet dirty;
    /** Conditions whose mask changed in this round. */
    private final RankSet touched;

    /** Texts of changes to come. */
    private final Map<Integer, String> texts = new HashMap<>();

    private final int[] peeled;
    private final RankSet waiting;
    /** First entry of this round. */
    private int begun;

    private long instant;
    private boolean recording;

    /** Hears of every change. */
    interface Telling {
        /** A condition changed that processes watch. */
        void changed(int condition);
    }

    Settling(Twin twin, State state, Trace trace, Telling telling) {
        this.twin = twin;
        this.state = state;
        this.trace = trace;
        this.telling = telling;
        this.dirty = new RankSet(twin.size());
        this.touched = new RankSet(twin.size());
        int widest = 0;
        for (int component = 0; component < twin.cyclic.length; component++) {
            int width = twin.componentStart[component + 1] - twin.componentStart[component];
            widest = twin.cyclic[component] ? Math.max(widest, width) : widest;
        }
        this.peeled = new int[widest];
        this.waiting = new RankSet(widest == 0 ? 0 : twin.size());
    }

    boolean isDue() {
        return !dirty.isEmpty();
    }

    /** From here on changes go to the trace. */
    void record() {
        recording = true;
    }

    /** A mask of a condition changed. */
    void mask(int c) {
        dirty.add(c);
        touched.add(c);
    }

    /** A process gave a basic condition another value. */
    void set(int c, boolean holds, String text) {
        state.put(c, State.BASE, holds);
        state.put(c, State.TEXT, !text.isEmpty());
        if (!text.isEmpty()) {
            texts.put(c, text);
        }
        dirty.add(c);
    }

    /** Up to so many of what has to settle, for the message of a livelock. */
    int[] suspects(int most) {
        int[] found = new int[most];
        int count = 0;
        for (int c = dirty.next(0); c >= 0 && count < most; c = dirty.next(c + 1)) {
            found[count++] = c;
        }
        return Arrays.copyOf(found, count);
    }

    void settle(long at) {
        instant = at;
        begun = trace.size();
        // What reads a condition stands behind it, so one walk forward meets everything that becomes dirty on the way.
        for (int c = dirty.next(0); c >= 0; c = dirty.next(c + 1)) {
            if (state.is(c, State.CYCLIC)) {
                int component = twin.component[c];
                settleCycle(c, twin.componentStart[component], twin.componentStart[component + 1]);
                continue;
            }
            dirty.remove(c);
            boolean value = state.worth(c);
            if (value != state.holds(c)) {
                state.put(c, State.NOW, value);
                record(c, value);
            } else {
                state.put(
                        c,
                        State.TEXT,
                        false); // what its process said does not tell the next change, which will have another cause
            }
        }
        touched.remove(0, twin.size());
    }

    /** The greatest fixpoint of a cycle: all true, lowered until nothing changes. */
    private void settleCycle(int firstDirty, int from, int to) {
        boolean needless = allHold(from, to);
        for (int c = firstDirty; needless && c >= 0 && c < to; c = dirty.next(c + 1)) {
            needless = state.worth(c);
        }
        dirty.remove(from, to);
        if (needless) {
            return; // everything holds and goes on to hold: nothing above it to look for
        }
        boolean[] old = new boolean[to - from];
        for (int i = from; i < to; i++) {
            old[i - from] = state.holds(i);
        }
        int lowered = lower(from, to);
        // Falls are told in the order in which the loss peels the cycle.
        for (int i = 0; i < lowered; i++) {
            if (old[peeled[i] - from]) {
                record(peeled[i], false);
            }
        }
        rises(old, from, to);
    }

    /** Lowers from all true, in passes that skip what no fall has touched. Gives how many fell; they are in {@code peeled}. */
    private int lower(int from, int to) {
        for (int i = from; i < to; i++) {
            state.put(i, State.NOW, true);
            waiting.add(i);
        }
        int lowered = 0;
        int c = from;
        while (true) {
            c = waiting.next(c);
            if (c < 0) {
                c = waiting.next(from);
                if (c < 0) {
                    return lowered;
                }
            }
            waiting.remove(c);
            if (state.holds(c) && !state.worth(c)) {
                state.put(c, State.NOW, false);
                peeled[lowered++] = c;
                for (int i = twin.outStart[c]; i < twin.outStart[c + 1]; i++) {
                    int reader = twin.out[i];
                    if (reader >= from && reader < to && state.holds(reader)) {
                        waiting.add(reader);
                    }
                }
            }
        }
    }

    /** Rises are told from where they entered the cycle: first members that something outside raised, then what reads them. */
    private void rises(boolean[] old, int from, int to) {
        BitSet risen = new BitSet();
        for (int c = from; c < to; c++) {
            if (state.holds(c) && !old[c - from]) {
                risen.set(c);
            }
        }
        // In passes by number, which skip what no rise has touched.
        for (int c = risen.nextSetBit(0); c >= 0; c = risen.nextSetBit(c + 1)) {
            waiting.add(c);
        }
        int c = waiting.next(from);
        while (c >= 0) {
            waiting.remove(c);
            // Before anything is recorded a cycle holds because it starts from all true.
            if (risen.get(c) && (!recording || touched.contains(c) || changedInput(c))) {
                risen.clear(c);
                record(c, true);
                for (int i = twin.outStart[c]; i < twin.outStart[c + 1]; i++) {
                    if (risen.get(twin.out[i])) {
                        waiting.add(twin.out[i]);
                    }
                }
            }
            int next = waiting.next(c);
            c = next < 0 ? waiting.next(from) : next;
        }
        if (!risen.isEmpty()) {
            throw new IllegalStateException("a cycle rose by itself: " + twin.condition(risen.nextSetBit(0)));
        }
    }

    private boolean changedInput(int c) {
        for (int i = twin.inStart[c]; i < twin.inStart[c + 1]; i++) {
            if (changedNow(twin.in[i])) {
                return true;
            }
        }
        return false;
    }

    private boolean allHold(int from, int to) {
        for (int c = from; c < to; c++) {
            if (!state.holds(c)) {
                return false;
            }
        }
        return true;
    }

    private boolean changedNow(int c) {
        return state.lastEntry(c) >= begun;
    }

    private void record(int c, boolean value) {
        if (state.is(c, State.WATCHED)) {
            telling.changed(c);
        }
        int entry = -1;
        if (recording) {
            boolean itself = state.is(c, State.BASIC) || state.lost(c);
            String text = state.is(c, State.TEXT) ? texts.getOrDefault(c, "") : "";
            entry = trace.add(instant, c, value, itself ? -1 : cause(c, value), state.lastEntry(c), text);
            state.lastEntry(c, entry);
        }
        state.put(c, State.TEXT, false);
        int own = state.is(c, State.CYCLIC) ? twin.component[c] : -1;
        int readers = state.readers(c);
        for (int i = 0; i < readers; i++) {
            int reader = state.reader(c, i);
            boolean matters = state.feel(reader, value);
            if (entry >= 0) {
                offer(reader, c, value, entry);
            }
            if (matters && (own < 0 || twin.component[reader] != own)) {
                dirty.add(reader);
            }
        }
    }

    /** Of the inputs that changed in this round the cause is, for a fall, the lost one with the smallest key; for a rise, the last that rose. */
    private void offer(int reader, int c, boolean value, int entry) {
        if (value) {
            state.rise(reader, entry);
        } else {
            int before = state.fall(reader);
            if (before < begun || c < trace.number(before)) {
                state.fall(reader, entry);
            }
        }
    }

    private int cause(int c, boolean value) {
        boolean not = twin.kind[c] == Twin.NOT;
        int found = value == not ? state.fall(c) : state.rise(c);
        if (found >= begun) {
            return found;
        }
        if (twin.kind[c] == Twin.FIRST) {
            // The choice moved: a preferred one rose and does not work, or a bad one fell and the next works.
            for (int i = twin.inStart[c]; i < twin.inStart[c + 1]; i++) {
                if (changedNow(twin.in[i])) {
                    return state.lastEntry(twin.in[i]);
                }
            }
        }
        return -1;
    }
}
