package dev.premortem.engine.sweep;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Twin;
import java.util.Arrays;
import java.util.Set;

/**
 * The value of every condition in one scenario: the greatest fixpoint of the gates. Where a component is a cycle it starts from all true and is lowered
 * until nothing changes, since what runs keeps running as long as nothing it needs is lost.
 */
public final class Evaluation {
    private final Twin twin;
    private final boolean[] values;
    private final boolean[] lost;
    private final boolean[] held;

    private Evaluation(Twin twin, boolean[] lost, boolean[] held) {
        this.twin = twin;
        this.values = new boolean[twin.size()];
        this.lost = lost;
        this.held = held;
    }

    /**
     * Values by condition number.
     *
     * @param lost forced lost, gates too; wins over everything
     * @param heldUp forced to hold
     */
    public static boolean[] values(Twin twin, Set<Condition> lost, Set<Condition> heldUp) {
        return values(twin, mask(twin, lost), mask(twin, heldUp));
    }

    static boolean[] values(Twin twin, boolean[] lost, boolean[] held) {
        Evaluation evaluation = new Evaluation(twin, lost, held);
        for (int component = 0; component < twin.cyclic.length; component++) {
            int from = twin.componentStart[component];
            int until = twin.componentStart[component + 1];
            if (twin.cyclic[component]) {
                evaluation.lower(from, until);
            } else {
                evaluation.values[from] = evaluation.value(from);
            }
        }
        return evaluation.values;
    }

    /** Membership by condition number; conditions that the twin does not have are left out. */
    static boolean[] mask(Twin twin, Set<Condition> conditions) {
        boolean[] mask = new boolean[twin.size()];
        for (Condition condition : conditions) {
            int number = twin.number(condition);
            if (number >= 0) {
                mask[number] = true;
            }
        }
        return mask;
    }

    private void lower(int from, int until) {
        Arrays.fill(values, from, until, true);
        int[] queue = new int[until - from];
        boolean[] queued = new boolean[until - from];
        Arrays.fill(queued, true);
        for (int i = 0; i < queue.length; i++) {
            queue[i] = from + i;
        }
        int head = 0;
        int waiting = queue.length;
        while (waiting > 0) {
            int c = queue[head];
            head = head + 1 == queue.length ? 0 : head + 1;
            waiting--;
            queued[c - from] = false;
            if (!values[c] || value(c)) {
                continue;
            }
            values[c] = false;
            for (int o = twin.outStart[c]; o < twin.outStart[c + 1]; o++) {
                int reader = twin.out[o];
                if (reader >= from && reader < until && values[reader] && !queued[reader - from]) {
                    queued[reader - from] = true;
                    int tail = head + waiting;
                    queue[tail >= queue.length ? tail - queue.length : tail] = reader;
                    waiting++;
                }
            }
        }
    }

    private boolean value(int c) {
        if (lost[c]) {
            return false;
        }
        return held[c] || (twin.kind[c] == Twin.BASIC ? twin.initial[c] : gate(twin, c, values));
    }

    static boolean gate(Twin twin, int c, boolean[] values) {
        int[] in = twin.in;
        int from = twin.inStart[c];
        int until = twin.inStart[c + 1];
        return switch (twin.kind[c]) {
            case Twin.ALL -> holding(in, from, until, values) == until - from;
            case Twin.ANY -> holding(in, from, until, values) > 0;
            case Twin.AT_LEAST -> holding(in, from, until, values) >= twin.threshold[c];
            case Twin.FIRST -> first(in, from, until, values);
            case Twin.NOT -> !values[in[from]];
            default -> throw new IllegalStateException("no gate of kind " + twin.kind[c]);
        };
    }

    private static boolean first(int[] in, int from, int until, boolean[] values) {
        for (int i = from; i < until; i += 2) {
            if (values[in[i]]) {
                return values[in[i + 1]];
            }
        }
        return false;
    }

    private static int holding(int[] in, int from, int until, boolean[] values) {
        int count = 0;
        for (int i = from; i < until; i++) {
            if (values[in[i]]) {
                count++;
            }
        }
        return count;
    }
}
