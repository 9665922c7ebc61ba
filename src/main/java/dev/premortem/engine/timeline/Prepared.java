package dev.premortem.engine.timeline;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Process;
import dev.premortem.twin.Scenario;
import dev.premortem.twin.Twin;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * A live twin with what many runs share: who watches and writes what, and the values with nothing lost. A run of faults alone then costs what the faults can
 * reach, not the whole estate.
 */
public final class Prepared {
    private final Twin twin;
    private final List<Process> processes;
    /** Processes that watch condition c: {@code watchers[watcherStart[c]] … watchers[watcherStart[c + 1] - 1]}. */
    private final int[] watcherStart;

    private final int[] watchers;
    private final int[][] writes;
    private final State calm;

    private Prepared(Twin twin) {
        this.twin = twin;
        this.processes = twin.processes();
        this.writes = new int[processes.size()][];
        int[] writers = new int[twin.size()];
        Arrays.fill(writers, -1);
        int[][] watched = new int[processes.size()][];
        this.watcherStart = new int[twin.size() + 1];
        for (int p = 0; p < processes.size(); p++) {
            writes[p] = numbers(processes.get(p).writes());
            for (int c : writes[p]) {
                writers[c] = p;
            }
            watched[p] = numbers(processes.get(p).watches());
            for (int c : watched[p]) {
                watcherStart[c + 1]++;
            }
        }
        for (int c = 0; c < twin.size(); c++) {
            watcherStart[c + 1] += watcherStart[c];
        }
        this.watchers = new int[watcherStart[twin.size()]];
        int[] next = watcherStart.clone();
        for (int p = 0; p < watched.length; p++) {
            for (int c : watched[p]) {
                watchers[next[c]++] = p;
            }
        }
        this.calm = State.calm(twin, writers, watcherStart);
    }

    private int[] numbers(List<Condition> conditions) {
        return conditions.stream()
                .mapToInt(twin::number)
                .filter(number -> number >= 0)
                .toArray();
    }

    /** Prepares a live twin. */
    public static Prepared of(Twin live) {
        return new Prepared(live);
    }

    /** The twin. */
    public Twin twin() {
        return twin;
    }

    /** The state of all with nothing lost; a run begins from a copy. */
    State calm() {
        return calm;
    }

    int watchersFrom(int condition) {
        return watcherStart[condition];
    }

    int watchersTo(int condition) {
        return watcherStart[condition + 1];
    }

    /** Rank in the twin of the process in a place of the watchers. */
    int watcher(int place) {
        return watchers[place];
    }

    /**
     * Processes that a scenario can wake, by rank: all that are not hazards left out; of a scenario of faults alone only those that its faults reach, as nothing
     * else changes.
     */
    BitSet awake(Scenario scenario) {
        boolean near = scenario.hazards().isEmpty() && !scenario.faults().isEmpty();
        BitSet awake = near ? reached(scenario) : new BitSet(processes.size());
        if (!near) {
            awake.set(0, processes.size());
        }
        for (int p = awake.nextSetBit(0); p >= 0; p = awake.nextSetBit(p + 1)) {
            boolean hazard = processes.get(p).kind() == Process.Kind.HAZARD;
            if (hazard && !scenario.hazards().contains(processes.get(p).key())) {
                awake.clear(p);
            }
        }
        return awake;
    }

    private BitSet reached(Scenario scenario) {
        BitSet seen = new BitSet(twin.size());
        BitSet found = new BitSet(processes.size());
        int[] queue = new int[twin.size()];
        int tail = 0;
        for (Scenario.Loss loss : scenario.faults()) {
            tail = enqueue(twin.number(loss.condition()), seen, queue, tail);
        }
        for (Condition held : scenario.heldUp().keySet()) {
            tail = enqueue(twin.number(held), seen, queue, tail);
        }
        for (int head = 0; head < tail; head++) {
            int c = queue[head];
            for (int i = twin.outStart[c]; i < twin.outStart[c + 1]; i++) {
                tail = enqueue(twin.out[i], seen, queue, tail);
            }
            for (int i = watcherStart[c]; i < watcherStart[c + 1]; i++) {
                found.set(watchers[i]);
                for (int written : writes[watchers[i]]) {
                    tail = enqueue(written, seen, queue, tail);
                }
            }
        }
        return found;
    }

    private static int enqueue(int condition, BitSet seen, int[] queue, int tail) {
        if (condition < 0 || seen.get(condition)) {
            return tail;
        }
        seen.set(condition);
        queue[tail] = condition;
        return tail + 1;
    }
}
