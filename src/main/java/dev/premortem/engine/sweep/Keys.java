package dev.premortem.engine.sweep;

import java.util.Arrays;
import java.util.List;

/** A growing collection of {@link Key keys} that is sorted and made distinct when it is read, and whenever it would have to grow. */
final class Keys {
    private long[] keys = new long[1024];
    private int size;

    void add(long key) {
        if (size == keys.length) {
            tidy();
            if (size > keys.length / 2) {
                keys = Arrays.copyOf(keys, keys.length * 2);
            }
        }
        keys[size++] = key;
    }

    /** All in one. */
    static Keys all(List<Keys> parts) {
        Keys all = parts.getFirst();
        for (Keys part : parts.subList(1, parts.size())) {
            for (int i = 0; i < part.size; i++) {
                all.add(part.keys[i]);
            }
        }
        return all;
    }

    /** Sorted, each once. */
    long[] sorted() {
        tidy();
        return Arrays.copyOf(keys, size);
    }

    private void tidy() {
        Arrays.sort(keys, 0, size);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || keys[i] != keys[i - 1]) {
                keys[kept++] = keys[i];
            }
        }
        size = kept;
    }
}
