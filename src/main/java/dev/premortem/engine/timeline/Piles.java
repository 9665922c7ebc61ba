package dev.premortem.engine.timeline;

import java.util.Arrays;

/** Unsorted piles of events, each a list of chunks of one array, so that putting down touches one place and picking up reads in a row. */
final class Piles {
    /** Events in a chunk. */
    static final int CHUNK = 16;

    /** Instant and key of each event, chunk after chunk. */
    private long[] events = new long[64 * 2 * CHUNK];
    /** The chunk below each chunk in its pile, or the next free one. */
    private int[] below = new int[64];

    private int made;
    private int free = -1;
    private final int[] top;
    private final int[] count;

    Piles(int piles) {
        top = new int[piles];
        count = new int[piles];
        Arrays.fill(top, -1);
    }

    int count(int pile) {
        return count[pile];
    }

    void add(int pile, long instant, long key) {
        int in = count[pile]++ & (CHUNK - 1);
        int chunk = in == 0 ? open(pile) : top[pile];
        int place = (chunk * CHUNK + in) * 2;
        events[place] = instant;
        events[place + 1] = key;
    }

    private int open(int pile) {
        int chunk = free;
        if (chunk >= 0) {
            free = below[chunk];
        } else {
            chunk = made++;
            if (chunk == below.length) {
                below = Arrays.copyOf(below, chunk * 2);
                events = Arrays.copyOf(events, chunk * 2 * 2 * CHUNK);
            }
        }
        below[chunk] = top[pile];
        top[pile] = chunk;
        return chunk;
    }

    /** Empties a pile into the heap. */
    void pour(int pile, EventHeap heap) {
        int left = count[pile];
        int chunk = take(pile);
        for (int in = inFirst(left); left > 0; in = CHUNK) {
            for (int i = 0; i < in; i++) {
                heap.add(instant(chunk, i), key(chunk, i));
            }
            left -= in;
            chunk = release(chunk);
        }
    }

    /** Empties a pile and gives its first chunk; who took it releases every chunk once it is read. */
    int take(int pile) {
        int chunk = top[pile];
        top[pile] = -1;
        count[pile] = 0;
        return chunk;
    }

    /** How many events are in the first chunk of a pile of so many; all others are full. */
    static int inFirst(int count) {
        return count == 0 ? 0 : ((count - 1) & (CHUNK - 1)) + 1;
    }

    long instant(int chunk, int i) {
        return events[(chunk * CHUNK + i) * 2];
    }

    long key(int chunk, int i) {
        return events[(chunk * CHUNK + i) * 2 + 1];
    }

    /** Frees a chunk; gives the one that was below it. */
    int release(int chunk) {
        int next = below[chunk];
        below[chunk] = free;
        free = chunk;
        return next;
    }
}
