package dev.premortem.engine.timeline;

import java.util.Arrays;

/** Events near at hand: a 4-ary heap on parallel arrays, ordered by instant, then process, then tag. No allocation per event. */
final class EventHeap {
    private long[] instants = new long[64];
    private long[] keys = new long[64];
    private int size;

    boolean isEmpty() {
        return size == 0;
    }

    /** Instant of the first event. */
    long instant() {
        return instants[0];
    }

    /** Process rank of the first event; negative for faults and repairs. */
    int rank() {
        return (int) (keys[0] >> 32);
    }

    /** Tag of the first event. */
    int tag() {
        return (int) keys[0];
    }

    /** Process and tag of the first event, as one number. */
    long key() {
        return keys[0];
    }

    int size() {
        return size;
    }

    /** The instant of the event in a place of the heap. */
    long instant(int place) {
        return instants[place];
    }

    /** Process and tag of the event in a place of the heap. */
    long key(int place) {
        return keys[place];
    }

    void clear() {
        size = 0;
    }

    /** Process and tag as one number: the order of events of one instant. */
    static long key(int rank, int tag) {
        return (long) rank << 32 | (tag & 0xffff_ffffL);
    }

    void add(long instant, int rank, int tag) {
        add(instant, key(rank, tag));
    }

    void add(long instant, long key) {
        if (size == instants.length) {
            instants = Arrays.copyOf(instants, size * 2);
            keys = Arrays.copyOf(keys, size * 2);
        }
        int hole = size++;
        while (hole > 0) {
            int parent = (hole - 1) >> 2;
            if (!before(instant, key, parent)) {
                break;
            }
            instants[hole] = instants[parent];
            keys[hole] = keys[parent];
            hole = parent;
        }
        instants[hole] = instant;
        keys[hole] = key;
    }

    private boolean before(long instant, long key, int other) {
        return instant != instants[other] ? instant < instants[other] : key < keys[other];
    }

    void remove() {
        long instant = instants[--size];
        long key = keys[size];
        int hole = 0;
        while (true) {
            int first = (hole << 2) + 1;
            if (first >= size) {
                break;
            }
            int least = first;
            for (int child = first + 1; child < Math.min(first + 4, size); child++) {
                if (before(instants[child], keys[child], least)) {
                    least = child;
                }
            }
            if (before(instant, key, least)) {
                break;
            }
            instants[hole] = instants[least];
            keys[hole] = keys[least];
            hole = least;
        }
        instants[hole] = instant;
        keys[hole] = key;
    }
}
