package dev.premortem.engine.timeline;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Process;
import dev.premortem.twin.Scenario;
import dev.premortem.twin.Twin;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    private final Map<String, Integer> ranks = new HashMap<>();

    private Prepared(Twin twin) {
        this.twin = twin;
        this.processes = twin.processes();
        this.writes = new int[processes.size()][];
        int[] writers = new int[twin.size()];
        Arrays.fill(writers, -1);
        int[][] watched = new int[processes.size()][];
        this.watcherStart = new int[twin.size() + 1];
        for (int p = 0; p < processes.size(); p++) {
            ranks.put(processes.get(p).key(), p);
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

    /** Rank of a process, -1 where the twin has none of this key. */
    int rank(String processKey) {
        return ranks.getOrDefault(processKey, -1);
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
        IntQueue queue = new IntQueue();
        for (Scenario.Loss loss : scenario.faults()) {
            enqueue(twin.number(loss.condition()), seen, queue);
        }
        for (Condition held : scenario.heldUp().keySet()) {
            enqueue(twin.number(held), seen, queue);
        }
        for (int head = 0; head < queue.size; head++) {
            int c = queue.items[head];
            for (int i = twin.outStart[c]; i < twin.outStart[c + 1]; i++) {
                enqueue(twin.out[i], seen, queue);
            }
            for (int i = watcherStart[c]; i < watcherStart[c + 1]; i++) {
                found.set(watchers[i]);
                for (int written : writes[watchers[i]]) {
                    enqueue(written, seen, queue);
                }
            }
        }
        return found;
    }

    private static void enqueue(int condition, BitSet seen, IntQueue queue) {
        if (condition >= 0 && !seen.get(condition)) {
            seen.set(condition);
            queue.add(condition);
        }
    }

    private static final class IntQueue {
        private int[] items = new int[64];
        private int size;

        void add(int item) {
            if (size == items.length) {
                items = Arrays.copyOf(items, size * 2);
            }
            items[size++] = item;
        }
    }
}
