package dev.premortem.engine.timeline;

import java.util.Arrays;

/** A 4-ary heap of events on parallel arrays, ordered by instant, then process, then tag. No allocation per event. */
final class EventQueue {
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

    void add(long instant, int rank, int tag) {
        if (size == instants.length) {
            instants = Arrays.copyOf(instants, size * 2);
            keys = Arrays.copyOf(keys, size * 2);
        }
        long key = (long) rank << 32 | (tag & 0xffff_ffffL);
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
