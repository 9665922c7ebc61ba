package dev.premortem.engine.sweep;

import java.util.Arrays;

/** Numbers by {@link Key key}, in open addressing without an object per entry. */
final class Numbers {
    /** What keys have that were never put. */
    static final int NONE = Integer.MIN_VALUE;

    /** No set has this key. */
    private static final long FREE = 0;

    private long[] keys = new long[8];
    private int[] numbers = new int[8];
    private int size;

    int get(long key) {
        int at = place(key);
        return keys[at] == FREE ? NONE : numbers[at];
    }

    void put(long key, int number) {
        if (size * 2 >= keys.length) {
            grow();
        }
        int at = place(key);
        if (keys[at] == FREE) {
            keys[at] = key;
            size++;
        }
        numbers[at] = number;
    }

    private int place(long key) {
        // Fibonacci hashing: the high bits of the product are the mixed ones.
        int at = (int) (key * 0x9E3779B97F4A7C15L >>> Long.numberOfLeadingZeros(keys.length) + 1);
        while (keys[at] != FREE && keys[at] != key) {
            at = at + 1 == keys.length ? 0 : at + 1;
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[oldKeys.length * 2];
        numbers = Arrays.copyOf(numbers, oldKeys.length * 2);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != FREE) {
                int at = place(oldKeys[i]);
                keys[at] = oldKeys[i];
                numbers[at] = oldNumbers[i];
            }
        }
    }
}
