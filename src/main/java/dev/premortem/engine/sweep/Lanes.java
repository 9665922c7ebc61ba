package dev.premortem.engine.sweep;

import dev.premortem.twin.Top;
import dev.premortem.twin.Twin;
import java.util.Arrays;

/**
 * Evaluates up to 512 scenarios at once, one to each bit ("lane") of {@link #WORDS} words for each condition. Only what reads something that changed in some
 * lane of the block, and reaches a product, is evaluated; everything else stands at its value without faults.
 */
final class Lanes {
    static final int WORDS = 8;
    static final int WIDTH = WORDS * Long.SIZE;

    final Twin twin;
    /** Words of condition c: {@code values[c * WORDS] … values[c * WORDS + WORDS - 1]}. */
    final long[] values;
    /** Values without faults. */
    final boolean[] base;
    /** True for what is forced in every scenario, lost or held. */
    final boolean[] standing;
    /** What was evaluated in this block, in evaluation order: {@code cone[0] … cone[coneSize - 1]}. */
    final int[] cone;

    int coneSize;

    /** Condition of each fault that scenarios name. */
    private int[] faults = {};

    private final boolean[] relevant;
    /** One bit for each condition that has still to be evaluated in this block; of a cyclic component the bit of its first member. */
    private final long[] pending;

    private int lastPending;
    private final int[] maskOf;
    private long[] masks = new long[64 * WORDS];
    private int maskCount;
    private final boolean[] dirty;
    private final long[] result = new long[WORDS];
    private final long[] planes = new long[Integer.SIZE];

    Lanes(Twin twin, boolean[] lost, boolean[] held) {
        this.twin = twin;
        int n = twin.size();
        base = Evaluation.values(twin, lost, held);
        standing = new boolean[n];
        values = new long[n * WORDS];
        for (int c = 0; c < n; c++) {
            standing[c] = lost[c] || held[c];
        }
        cone = new int[n];
        relevant = relevant(twin);
        pending = new long[(n + Long.SIZE - 1) / Long.SIZE];
        dirty = new boolean[n];
        maskOf = new int[n];
        calm();
    }

    /** Lanes of their own on the same twin and the same faults. */
    Lanes(Lanes like) {
        twin = like.twin;
        base = like.base;
        standing = like.standing;
        relevant = like.relevant;
        faults = like.faults;
        values = new long[like.values.length];
        cone = new int[like.cone.length];
        pending = new long[like.pending.length];
        dirty = new boolean[like.dirty.length];
        maskOf = new int[like.maskOf.length];
        calm();
    }

    private void calm() {
        for (int c = 0; c < base.length; c++) {
            Arrays.fill(values, c * WORDS, (c + 1) * WORDS, base[c] ? -1 : 0);
        }
        Arrays.fill(maskOf, -1);
    }

    private static boolean[] relevant(Twin twin) {
        boolean[] relevant = new boolean[twin.size()];
        int[] stack = new int[twin.size()];
        int depth = 0;
        for (Top top : twin.tops()) {
            int c = twin.number(top.condition());
            if (c < 0) {
                throw new IllegalStateException(
                        "product " + top.name() + " stands on " + top.condition() + ", which the twin does not have");
            }
            if (!relevant[c]) {
                relevant[c] = true;
                stack[depth++] = c;
            }
        }
        while (depth > 0) {
            int c = stack[--depth];
            for (int i = twin.inStart[c]; i < twin.inStart[c + 1]; i++) {
                if (!relevant[twin.in[i]]) {
                    relevant[twin.in[i]] = true;
                    stack[depth++] = twin.in[i];
                }
            }
        }
        return relevant;
    }

    /** True where some product depends on the condition. */
    boolean relevant(int c) {
        return relevant[c];
    }

    /** Names the conditions that scenarios lose, by the numbers that scenarios use. */
    void faults(int[] conditions) {
        faults = conditions;
    }

    /** Evaluates scenarios {@code from} to {@code until} (at most {@link #WIDTH}): scenario {@code from + i} is lane i. */
    void run(int[][] scenarios, int from, int until) {
        restore();
        int first = pending.length;
        for (int s = from; s < until; s++) {
            int lane = s - from;
            for (int number : scenarios[s]) {
                int fault = faults[number];
                if (relevant[fault]) {
                    int mask = mask(fault);
                    masks[mask + (lane >> 6)] |= 1L << lane;
                    first = Math.min(first, await(fault));
                }
            }
        }
        // Readers come behind what they read, so one walk forward meets everything that is put on the list on the way.
        for (int word = first; word <= lastPending; word++) {
            while (pending[word] != 0) {
                int c = word * Long.SIZE + Long.numberOfTrailingZeros(pending[word]);
                pending[word] &= pending[word] - 1;
                evaluate(c);
            }
        }
    }

    private void evaluate(int c) {
        int component = twin.component[c];
        if (!twin.cyclic[component]) {
            cone[coneSize++] = c;
            if (settle(c, false)) {
                awaitReaders(c, component);
            }
            return;
        }
        int until = twin.componentStart[component + 1];
        lower(c, until);
        for (int member = c; member < until; member++) {
            cone[coneSize++] = member;
            long changed = 0;
            for (int w = 0; w < WORDS; w++) {
                changed |= changed(member, w);
            }
            if (changed != 0) {
                awaitReaders(member, component);
            }
        }
    }

    private void awaitReaders(int c, int component) {
        for (int o = twin.outStart[c]; o < twin.outStart[c + 1]; o++) {
            int reader = twin.out[o];
            if (relevant[reader] && twin.component[reader] != component) {
                await(reader);
            }
        }
    }

    /** Puts a condition, or its whole cyclic component, on the list; its word there. */
    private int await(int c) {
        int component = twin.component[c];
        int at = twin.cyclic[component] ? twin.componentStart[component] : c;
        int word = at / Long.SIZE;
        pending[word] |= 1L << at;
        lastPending = Math.max(lastPending, word);
        return word;
    }

    /** How many conditions the loss of each can reach: never too few, and no more than the limit. */
    int[] reach(int limit) {
        int[] reach = new int[twin.size()];
        for (int component = twin.cyclic.length - 1; component >= 0; component--) {
            int from = twin.componentStart[component];
            int until = twin.componentStart[component + 1];
            int sum = until - from;
            for (int o = twin.outStart[from]; o < twin.outStart[until] && sum < limit; o++) {
                int reader = twin.out[o];
                // What is reached on two ways counts twice.
                sum += relevant[reader] && twin.component[reader] != component ? reach[reader] : 0;
            }
            Arrays.fill(reach, from, until, Math.min(sum, limit));
        }
        return reach;
    }

    /** The lanes in which this condition is a fault. */
    long faulted(int c, int word) {
        return maskOf[c] < 0 ? 0 : masks[maskOf[c] + word];
    }

    /** The lanes in which this condition differs from its value without faults. */
    long changed(int c, int word) {
        return values[c * WORDS + word] ^ (base[c] ? -1 : 0);
    }

    private void restore() {
        for (int i = 0; i < coneSize; i++) {
            int c = cone[i];
            Arrays.fill(values, c * WORDS, (c + 1) * WORDS, base[c] ? -1 : 0);
            maskOf[c] = -1;
        }
        Arrays.fill(masks, 0, maskCount * WORDS, 0);
        coneSize = 0;
        maskCount = 0;
        lastPending = 0;
    }

    private int mask(int fault) {
        if (maskOf[fault] < 0) {
            if ((maskCount + 1) * WORDS > masks.length) {
                masks = Arrays.copyOf(masks, masks.length * 2);
            }
            maskOf[fault] = maskCount++ * WORDS;
        }
        return maskOf[fault];
    }

    private void lower(int from, int until) {
        Arrays.fill(values, from * WORDS, until * WORDS, -1);
        Arrays.fill(dirty, from, until, true);
        // Up and down in turn: what a loss peels off, it peels off along the cycle, and nobody knows in which
        // direction.
        boolean again = true;
        for (boolean up = true; again; up = !up) {
            again = false;
            for (int i = from; i < until; i++) {
                int c = up ? i : until - 1 - (i - from);
                if (dirty[c]) {
                    dirty[c] = false;
                    if (settle(c, true)) {
                        again |= soil(c, from, until);
                    }
                }
            }
        }
    }

    /** Marks what reads this member within the component; true where something does. */
    private boolean soil(int c, int from, int until) {
        boolean any = false;
        for (int o = twin.outStart[c]; o < twin.outStart[c + 1]; o++) {
            int reader = twin.out[o];
            if (reader >= from && reader < until) {
                dirty[reader] = true;
                any = true;
            }
        }
        return any;
    }

    /** Computes one condition; true where it changed. */
    private boolean settle(int c, boolean onlyDown) {
        int at = c * WORDS;
        if (standing[c] || twin.kind[c] == Twin.BASIC) {
            Arrays.fill(result, base[c] ? -1 : 0);
        } else {
            gate(c);
        }
        if (maskOf[c] >= 0) {
            for (int w = 0; w < WORDS; w++) {
                result[w] &= ~masks[maskOf[c] + w];
            }
        }
        long difference = 0;
        for (int w = 0; w < WORDS; w++) {
            long value = onlyDown ? result[w] & values[at + w] : result[w];
            difference |= value ^ values[at + w];
            values[at + w] = value;
        }
        return difference != 0;
    }

    private void gate(int c) {
        int from = twin.inStart[c];
        int until = twin.inStart[c + 1];
        switch (twin.kind[c]) {
            case Twin.ALL -> all(from, until);
            case Twin.ANY -> any(from, until);
            case Twin.AT_LEAST -> atLeast(from, until, twin.threshold[c]);
            case Twin.FIRST -> first(from, until);
            case Twin.NOT -> {
                int input = twin.in[from] * WORDS;
                for (int w = 0; w < WORDS; w++) {
                    result[w] = ~values[input + w];
                }
            }
            default -> throw new IllegalStateException("no gate of kind " + twin.kind[c]);
        }
    }

    private void all(int from, int until) {
        if (until - from == 2) {
            int one = twin.in[from] * WORDS;
            int two = twin.in[from + 1] * WORDS;
            for (int w = 0; w < WORDS; w++) {
                result[w] = values[one + w] & values[two + w];
            }
            return;
        }
        Arrays.fill(result, -1);
        for (int i = from; i < until; i++) {
            int input = twin.in[i] * WORDS;
            for (int w = 0; w < WORDS; w++) {
                result[w] &= values[input + w];
            }
        }
    }

    private void any(int from, int until) {
        Arrays.fill(result, 0);
        for (int i = from; i < until; i++) {
            int input = twin.in[i] * WORDS;
            for (int w = 0; w < WORDS; w++) {
                result[w] |= values[input + w];
            }
        }
    }

    /** Counts in binary, bit i of all 64 counters of a word in plane i, and compares with the threshold from the top bit down. */
    private void atLeast(int from, int until, int threshold) {
        if (threshold <= 0) {
            Arrays.fill(result, -1);
            return;
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(until - from, threshold));
        for (int w = 0; w < WORDS; w++) {
            Arrays.fill(planes, 0, bits, 0);
            for (int i = from; i < until; i++) {
                long carry = values[twin.in[i] * WORDS + w];
                for (int bit = 0; carry != 0; bit++) {
                    long sum = planes[bit] ^ carry;
                    carry &= planes[bit];
                    planes[bit] = sum;
                }
            }
            long greater = 0;
            long equal = -1;
            for (int bit = bits - 1; bit >= 0; bit--) {
                if ((threshold >> bit & 1) != 0) {
                    equal &= planes[bit];
                } else {
                    greater |= equal & planes[bit];
                    equal &= ~planes[bit];
                }
            }
            result[w] = greater | equal;
        }
    }

    private void first(int from, int until) {
        for (int w = 0; w < WORDS; w++) {
            long undecided = -1;
            long value = 0;
            for (int i = from; i < until; i += 2) {
                long when = values[twin.in[i] * WORDS + w];
                value |= undecided & when & values[twin.in[i + 1] * WORDS + w];
                undecided &= ~when;
            }
            result[w] = value;
        }
    }
}
