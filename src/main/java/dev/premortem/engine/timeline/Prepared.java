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
    private final int[][] watchers;
    private final int[][] writes;
    private final boolean[] calm;

    private Prepared(Twin twin, boolean[] calm) {
        this.twin = twin;
        this.processes = twin.processes();
        this.watchers = new int[twin.size()][];
        Arrays.fill(watchers, new int[0]);
        this.writes = new int[processes.size()][];
        this.calm = calm;
        for (int p = 0; p < processes.size(); p++) {
            writes[p] = processes.get(p).writes().stream()
                    .mapToInt(twin::number)
                    .filter(number -> number >= 0)
                    .toArray();
            for (Condition watched : processes.get(p).watches()) {
                int number = twin.number(watched);
                if (number >= 0) {
                    int count = watchers[number].length;
                    watchers[number] = Arrays.copyOf(watchers[number], count + 1);
                    watchers[number][count] = p;
                }
            }
        }
    }

    /** Prepares a live twin. */
    public static Prepared of(Twin live) {
        return new Prepared(live, Values.calm(live));
    }

    /** The twin. */
    public Twin twin() {
        return twin;
    }

    boolean[] calm() {
        return calm;
    }

    int[] watchers(int condition) {
        return watchers[condition];
    }

    boolean mayWrite(int process, int condition) {
        for (int written : writes[process]) {
            if (written == condition) {
                return true;
            }
        }
        return false;
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
            for (int p : watchers[c]) {
                found.set(p);
                for (int written : writes[p]) {
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
