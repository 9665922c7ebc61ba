package dev.premortem.engine.timeline;

import java.util.Arrays;

/** The entries of a trace, in chunks, so that a long run never copies what it has written. */
final class ChangeLog {
    private static final int CHUNK_BITS = 10;
    private static final int CHUNK = 1 << CHUNK_BITS;
    private static final int MASK = CHUNK - 1;
    /** More than any model of an estate should tell; some 3 GB of them. */
    private static final int MOST = 1 << 27;

    /** Numbers of an entry: the condition with its new value in the lowest bit, the cause, the entry before of the same condition. */
    private static final int WIDTH = 3;

    private long[][] instants = new long[16][];
    private int[][] numbers = new int[16][];
    /** Empty where a chunk has no text at all. */
    private String[][] texts = new String[16][];

    private int size;

    int size() {
        return size;
    }

    /** Adds an entry and gives its number. */
    int add(long instant, int condition, boolean holds, int cause, int earlier, String text) {
        int chunk = size >> CHUNK_BITS;
        int place = size & MASK;
        if (place == 0) {
            open(chunk);
        }
        instants[chunk][place] = instant;
        int[] row = numbers[chunk];
        row[place * WIDTH] = condition << 1 | (holds ? 1 : 0);
        row[place * WIDTH + 1] = cause;
        row[place * WIDTH + 2] = earlier;
        if (!text.isEmpty()) {
            if (texts[chunk].length == 0) {
                texts[chunk] = new String[CHUNK];
                Arrays.fill(texts[chunk], "");
            }
            texts[chunk][place] = text;
        }
        return size++;
    }

    private void open(int chunk) {
        if (size == MOST) {
            throw new IllegalStateException("a run has more than %,d changes".formatted(MOST));
        }
        if (chunk == instants.length) {
            instants = Arrays.copyOf(instants, chunk * 2);
            numbers = Arrays.copyOf(numbers, chunk * 2);
            texts = Arrays.copyOf(texts, chunk * 2);
        }
        instants[chunk] = new long[CHUNK];
        numbers[chunk] = new int[CHUNK * WIDTH];
        texts[chunk] = new String[0];
    }

    long instant(int i) {
        return instants[i >> CHUNK_BITS][i & MASK];
    }

    int condition(int i) {
        return row(i, 0) >> 1;
    }

    boolean holds(int i) {
        return (row(i, 0) & 1) != 0;
    }

    int cause(int i) {
        return row(i, 1);
    }

    int earlier(int i) {
        return row(i, 2);
    }

    String text(int i) {
        String[] chunk = texts[i >> CHUNK_BITS];
        return chunk.length == 0 ? "" : chunk[i & MASK];
    }

    private int row(int i, int column) {
        return numbers[i >> CHUNK_BITS][(i & MASK) * WIDTH + column];
    }
}
