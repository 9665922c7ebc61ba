package dev.premortem.engine.sweep;

/** A set of up to three faults in one number; sets sort by their members. */
final class Key {
    private static final int BITS = 21;
    /** Most faults that a key can tell apart. */
    static final int MOST = (1 << BITS) - 1;

    private Key() {}

    static long of(int a) {
        return a + 1L;
    }

    static long of(int a, int b) {
        return of(Math.min(a, b)) << BITS | of(Math.max(a, b));
    }

    static long of(int a, int b, int c) {
        int low = Math.min(a, Math.min(b, c));
        int high = Math.max(a, Math.max(b, c));
        // The two others cancel, what is left is the middle one.
        int middle = a ^ b ^ c ^ low ^ high;
        return of(low, middle) << BITS | of(high);
    }

    static long of(int[] sorted) {
        long key = 0;
        for (int member : sorted) {
            key = key << BITS | of(member);
        }
        return key;
    }

    /** How many members. */
    static int size(long key) {
        return (Long.SIZE - Long.numberOfLeadingZeros(key) + BITS - 1) / BITS;
    }

    /** The members, sorted. */
    static int[] members(long key) {
        int size = size(key);
        int[] members = new int[size];
        long rest = key;
        for (int i = size - 1; i >= 0; i--) {
            members[i] = (int) (rest & MOST) - 1;
            rest >>>= BITS;
        }
        return members;
    }

    /** A fault in the order of trying: those that reach far first, then along the order of evaluation. */
    static long place(boolean narrow, int condition, int fault) {
        return (narrow ? 1L << Long.SIZE - 2 : 0) | (long) condition << BITS | fault;
    }

    /** The fault of a {@link #place}. */
    static int fault(long place) {
        return (int) (place & MOST);
    }
}
