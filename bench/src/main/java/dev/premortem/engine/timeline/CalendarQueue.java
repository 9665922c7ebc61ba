package dev.premortem.engine.timeline;

import java.util.Arrays;

/**
 * A calendar queue (R. Brown, CACM 31(10), 1988) on flat arrays, to hold the engine's queue against: days of equal length, a sorted list for each, as many days as
 * events; the length of a day is three times the mean distance of the first 25 events.
 */
final class CalendarQueue implements HoldModel.Queue {
    private long[] instants = new long[64];
    private long[] keys = new long[64];
    private int[] next = new int[64];
    private int made;
    private int free = -1;
    private int size;

    private int[] days = new int[2];
    private long length = 1;
    private long today;
    private int first = -1;

    CalendarQueue() {
        Arrays.fill(days, -1);
    }

    @Override
    public long instant() {
        return instants[first];
    }

    @Override
    public long key() {
        return keys[first];
    }

    @Override
    public void add(long instant, long key) {
        int node = node(instant, key);
        insert(node);
        size++;
        if (first < 0 || before(node, first)) {
            first = node;
            today = Math.floorDiv(instant, length);
        }
        if (size > 2 * days.length) {
            resize(days.length * 2);
        }
    }

    @Override
    public void remove() {
        unlinkFirst();
        if (size < days.length / 2 && days.length > 2) {
            resize(days.length / 2);
        }
    }

    private void unlinkFirst() {
        days[bucket(instants[first])] = next[first];
        next[first] = free;
        free = first;
        size--;
        find();
    }

    private int node(long instant, long key) {
        int node = free;
        if (node >= 0) {
            free = next[node];
        } else {
            node = made++;
            if (node == next.length) {
                instants = Arrays.copyOf(instants, node * 2);
                keys = Arrays.copyOf(keys, node * 2);
                next = Arrays.copyOf(next, node * 2);
            }
        }
        instants[node] = instant;
        keys[node] = key;
        return node;
    }

    private void insert(int node) {
        int bucket = bucket(instants[node]);
        int before = -1;
        int at = days[bucket];
        while (at >= 0 && before(at, node)) {
            before = at;
            at = next[at];
        }
        next[node] = at;
        if (before < 0) {
            days[bucket] = node;
        } else {
            next[before] = node;
        }
    }

    private boolean before(int one, int other) {
        return instants[one] != instants[other] ? instants[one] < instants[other] : keys[one] < keys[other];
    }

    private int bucket(long instant) {
        return (int) Math.floorDiv(instant, length) & (days.length - 1);
    }

    /** The first event: the first list whose head belongs to its day of this year, or else the least head of all. */
    private void find() {
        first = -1;
        if (size == 0) {
            return;
        }
        for (int i = 0; i < days.length; i++, today++) {
            int head = days[(int) today & (days.length - 1)];
            if (head >= 0 && Math.floorDiv(instants[head], length) == today) {
                first = head;
                return;
            }
        }
        for (int head : days) {
            if (head >= 0 && (first < 0 || before(head, first))) {
                first = head;
            }
        }
        today = Math.floorDiv(instants[first], length);
    }

    private void resize(int count) {
        int[] old = days;
        length = newLength();
        days = new int[count];
        Arrays.fill(days, -1);
        for (int head : old) {
            for (int node = head; node >= 0; ) {
                int following = next[node];
                insert(node);
                node = following;
            }
        }
        today = Math.floorDiv(instants[first], length);
        find();
    }

    private long newLength() {
        int many = Math.min(size, 25);
        long[] taken = new long[many];
        long[] ids = new long[many];
        int kept = size;
        for (int i = 0; i < many; i++) {
            taken[i] = instants[first];
            ids[i] = keys[first];
            unlinkFirst();
        }
        for (int i = 0; i < many; i++) {
            insert(node(taken[i], ids[i]));
        }
        size = kept;
        today = Math.floorDiv(taken[0], length);
        find();
        return Math.max(1, 3 * (taken[many - 1] - taken[0]) / Math.max(1, many - 1));
    }
}
