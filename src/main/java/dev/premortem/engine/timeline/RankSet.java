package dev.premortem.engine.timeline;

/**
 * A set of numbers below a bound, read in order while it is written: a bit for each number, a bit for each word of those, and a bit for each word of these. Adding,
 * removing and finding the next one cost the same whether the set is sparse or full and however wide it is.
 */
final class RankSet {
    private final long[] bits;
    private final long[] words;
    private final long[] groups;

    RankSet(int bound) {
        bits = new long[(bound >> 6) + 1];
        words = new long[(bound >> 12) + 1];
        groups = new long[(bound >> 18) + 1];
    }

    void add(int number) {
        bits[number >> 6] |= 1L << number;
        words[number >> 12] |= 1L << (number >> 6);
        groups[number >> 18] |= 1L << (number >> 12);
    }

    boolean contains(int number) {
        return (bits[number >> 6] & 1L << number) != 0;
    }

    void remove(int number) {
        if ((bits[number >> 6] &= ~(1L << number)) == 0 && (words[number >> 12] &= ~(1L << (number >> 6))) == 0) {
            groups[number >> 18] &= ~(1L << (number >> 12));
        }
    }

    /** Removes all of a stretch. */
    void remove(int from, int to) {
        for (int i = next(from); i >= 0 && i < to; i = next(i + 1)) {
            remove(i);
        }
    }

    boolean isEmpty() {
        return next(0) < 0;
    }

    /** The first number from {@code from} on, or -1. */
    int next(int from) {
        int word = from >> 6;
        if (word >= bits.length) {
            return -1;
        }
        long here = bits[word] & -1L << from;
        if (here == 0) {
            word = nextWord(word + 1);
            if (word < 0) {
                return -1;
            }
            here = bits[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(here);
    }

    private int nextWord(int from) {
        int group = from >> 6;
        if (group >= words.length) {
            return -1;
        }
        long here = words[group] & -1L << from;
        if (here == 0) {
            group = nextGroup(group + 1);
            if (group < 0) {
                return -1;
            }
            here = words[group];
        }
        return (group << 6) + Long.numberOfTrailingZeros(here);
    }

    private int nextGroup(int from) {
        int top = from >> 6;
        if (top >= groups.length) {
            return -1;
        }
        long here = groups[top] & -1L << from;
        while (here == 0) {
            if (++top == groups.length) {
                return -1;
            }
            here = groups[top];
        }
        return (top << 6) + Long.numberOfTrailingZeros(here);
    }
}
