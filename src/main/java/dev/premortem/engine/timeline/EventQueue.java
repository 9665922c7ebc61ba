package dev.premortem.engine.timeline;

/**
 * Events to come, ordered by instant, then process, then tag. What is near stands in a small heap; what is far lies unsorted in the slots of a wheel, whose slots are
 * divided into wheels of their own once their time has come. So an event is moved a few times, whatever the number of events, and compared only with its
 * neighbours (the ladder queue of Tang, Goh and Thng, ACM TOMACS 15(3), 2005, with slots of a power of two). While events are few, all of them are near. No
 * allocation per event.
 */
final class EventQueue {
    /** Events from which on the heap alone is slower than wheels; measured, see the benchmarks. */
    private static final int FEW = 512;
    /** A slot with no more than these goes to the heap as it is. */
    private static final int SMALL = 96;
    /** Slots of a wheel: eight bits of an instant. */
    private static final int SLOTS = 256;

    private static final int SLOT_BITS = 8;
    /** Each wheel takes eight of 64 bits, and one wheel more where a division leaves a remainder. */
    private static final int MOST_WHEELS = 10;

    /** What no wheel reaches lies here. */
    private static final int BEYOND = MOST_WHEELS * SLOTS;

    private final EventHeap near = new EventHeap();
    private final Piles piles = new Piles(BEYOND + 1);

    /** Last instant that belongs to the heap. */
    private long nearLast = Long.MAX_VALUE;

    private int wheels;
    private final long[] start = new long[MOST_WHEELS];
    /** Last instant of each wheel. */
    private final long[] last = new long[MOST_WHEELS];
    /** Length of a slot, as a power of two. */
    private final int[] shift = new int[MOST_WHEELS];
    /** Which slots are not empty, 64 to a word. */
    private final long[] filled = new long[MOST_WHEELS * SLOTS / 64];

    /** First and last instant among those beyond. */
    private long beyondFirst = Long.MAX_VALUE;

    private long beyondLast = Long.MIN_VALUE;

    boolean isEmpty() {
        return near.isEmpty();
    }

    /** Instant of the first event. */
    long instant() {
        return near.instant();
    }

    /** Process rank of the first event; negative for faults and repairs. */
    int rank() {
        return near.rank();
    }

    /** Tag of the first event. */
    int tag() {
        return near.tag();
    }

    void add(long instant, int rank, int tag) {
        long key = EventHeap.key(rank, tag);
        if (instant > nearLast) {
            put(instant, key);
            return;
        }
        near.add(instant, key);
        if (near.size() > FEW) {
            divideNear();
        }
    }

    void remove() {
        near.remove();
        if (near.isEmpty()) {
            refill();
        }
    }

    /** Too many are near: the heap's stretch of time becomes a wheel, or lies beyond where nothing bounds it. */
    private void divideNear() {
        long first = near.instant();
        if (nearLast == Long.MAX_VALUE && wheels == 0) {
            emptyInto(BEYOND);
            nearLast = first - 1; // nothing is before the first event, and the refill sets it anew
        } else if (wheels < MOST_WHEELS && Long.compareUnsigned(nearLast - first, SLOTS) >= 0) {
            push(first, nearLast);
            emptyInto(-1);
        } else {
            return; // of one instant or nearly so: only a heap can order them
        }
        refill();
    }

    private void emptyInto(int pile) {
        for (int i = 0; i < near.size(); i++) {
            long instant = near.instant(i);
            if (pile == BEYOND) {
                putBeyond(instant, near.key(i));
            } else {
                putInWheel(wheels - 1, instant, near.key(i));
            }
        }
        near.clear();
    }

    /** A wheel over a stretch of time, with the shortest slots that cover it. */
    private void push(long first, long end) {
        int wheel = wheels++;
        start[wheel] = first;
        last[wheel] = end;
        shift[wheel] = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(end - first) - SLOT_BITS);
    }

    private void put(long instant, long key) {
        for (int wheel = wheels - 1; wheel >= 0; wheel--) {
            if (instant <= last[wheel]) {
                putInWheel(wheel, instant, key);
                return;
            }
        }
        putBeyond(instant, key);
    }

    private void putInWheel(int wheel, long instant, long key) {
        int slot = wheel * SLOTS + (int) ((instant - start[wheel]) >>> shift[wheel]);
        piles.add(slot, instant, key);
        filled[slot >> 6] |= 1L << slot;
    }

    private void putBeyond(long instant, long key) {
        beyondFirst = Math.min(beyondFirst, instant);
        beyondLast = Math.max(beyondLast, instant);
        piles.add(BEYOND, instant, key);
    }

    /** Brings what comes next near. */
    private void refill() {
        while (near.isEmpty()) {
            if (wheels == 0) {
                if (piles.count(BEYOND) == 0) {
                    nearLast = Long.MAX_VALUE;
                    return;
                }
                push(beyondFirst, beyondLast);
                distribute(BEYOND, 0);
                beyondFirst = Long.MAX_VALUE;
                beyondLast = Long.MIN_VALUE;
            }
            int wheel = wheels - 1;
            int slot = firstFilled(wheel);
            if (slot < 0) {
                nearLast = last[wheel];
                wheels--;
                continue;
            }
            filled[slot >> 6] &= ~(1L << slot);
            long from = start[wheel] + ((long) (slot - wheel * SLOTS) << shift[wheel]);
            long length = (1L << shift[wheel]) - 1;
            long end = Long.compareUnsigned(last[wheel] - from, length) < 0 ? last[wheel] : from + length;
            if (piles.count(slot) <= SMALL || end == from || wheels == MOST_WHEELS) {
                piles.pour(slot, near);
                nearLast = end;
            } else {
                nearLast = from - 1;
                push(from, end);
                distribute(slot, wheel + 1);
            }
        }
    }

    private void distribute(int pile, int wheel) {
        int count = piles.count(pile);
        int chunk = piles.take(pile);
        for (int in = Piles.inFirst(count); count > 0; in = Piles.CHUNK) {
            for (int i = 0; i < in; i++) {
                putInWheel(wheel, piles.instant(chunk, i), piles.key(chunk, i));
            }
            count -= in;
            chunk = piles.release(chunk);
        }
    }

    private int firstFilled(int wheel) {
        for (int word = wheel * (SLOTS / 64); word < (wheel + 1) * (SLOTS / 64); word++) {
            if (filled[word] != 0) {
                return (word << 6) + Long.numberOfTrailingZeros(filled[word]);
            }
        }
        return -1;
    }
}
