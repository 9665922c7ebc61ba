package dev.premortem.engine.sweep;

import java.util.Arrays;

/** The minimal failing sets of one product, by the numbers that scenarios use. */
final class Failing {
    /** Those that larger sets may contain; only asked whether one is there. */
    private final Numbers parts = new Numbers();

    private long[] sets = new long[8];
    private int size;

    /** Takes a failing set no part of which fails, each once. */
    void add(long key) {
        if (Key.size(key) <= 2) {
            parts.put(key, 0);
        }
        if (size == sets.length) {
            sets = Arrays.copyOf(sets, size * 2);
        }
        sets[size++] = key;
    }

    /** True where a part of the set, of those taken so far, fails too. */
    boolean partFails(int[] set) {
        if (set.length == 1) {
            return false;
        }
        for (int member : set) {
            if (parts.get(Key.of(member)) != Numbers.NONE) {
                return true;
            }
        }
        if (set.length > 2) {
            for (int i = 0; i < set.length; i++) {
                for (int j = 0; j < i; j++) {
                    if (parts.get(Key.of(set[i], set[j])) != Numbers.NONE) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** A copy of all, smaller ones first. */
    long[] sets() {
        return Arrays.copyOf(sets, size);
    }
}
