package dev.premortem.engine.cuts;

import java.util.Arrays;

/**
 * A fault tree in few kinds of gates, as preprocessing wants it: conjunction, at-least and parity over edges that may
 * negate. An edge is twice its node's number, plus one where it negates; node 0 is false. Inputs have smaller numbers
 * than the gates that mention them, and equal nodes are one node. A disjunction is the negation of the conjunction of
 * negations, so every rule for one holds for the other.
 */
final class Circuit {
    static final int FALSE = 0;
    static final int TRUE = 1;

    static final byte CONSTANT = 0;
    static final byte LEAF = 1;
    static final byte AND = 2;
    static final byte AT_LEAST = 3;
    static final byte XOR = 4;

    private static final int[] NONE = {};

    private byte[] kinds = new byte[64];
    private int[] numbers = new int[64];
    private int[][] inputs = new int[64][];
    private int[] hashes = new int[64];
    private int[] table = new int[128];
    private int size = 1;
    private int root;

    Circuit() {
        inputs[0] = NONE;
    }

    /** One more than the largest number of a node. */
    int size() {
        return size;
    }

    byte kind(int node) {
        return kinds[node];
    }

    /** The event of a leaf, the k of an at-least. */
    int number(int node) {
        return numbers[node];
    }

    /** The edges that a node mentions, sorted; not to be written to. */
    int[] inputs(int node) {
        return inputs[node];
    }

    int root() {
        return root;
    }

    void root(int edge) {
        root = edge;
    }

    int leaf(int event) {
        return node(LEAF, event, NONE) << 1;
    }

    int or(int... edges) {
        int[] negated = new int[edges.length];
        for (int i = 0; i < edges.length; i++) {
            negated[i] = edges[i] ^ 1;
        }
        return and(negated) ^ 1;
    }

    /** All edges: sorted, without repeats and without what another input says already. */
    int and(int... edges) {
        int[] sorted = edges.clone();
        Arrays.sort(sorted);
        int count = 0;
        for (int edge : sorted) {
            if (edge == FALSE || count > 0 && sorted[count - 1] == (edge ^ 1)) {
                return FALSE;
            }
            if (edge != TRUE && (count == 0 || sorted[count - 1] != edge)) {
                sorted[count++] = edge;
            }
        }
        int[] kept = Arrays.copyOf(sorted, count);
        count = 0;
        for (int edge : kept) {
            int said = said(edge, kept);
            if (said < 0) {
                return FALSE;
            }
            if (said == 0) {
                kept[count++] = edge;
            }
        }
        return switch (count) {
            case 0 -> TRUE;
            case 1 -> kept[0];
            default -> node(AND, 0, count == kept.length ? kept : Arrays.copyOf(kept, count)) << 1;
        };
    }

    /**
     * Whether a conjunction's input is a gate that its other inputs decide: 1 when it is true beside them (a
     * disjunction that has one of them), -1 when it is false, 0 when it is open.
     */
    private int said(int edge, int[] beside) {
        if (kinds[edge >> 1] != AND) {
            return 0;
        }
        boolean disjunction = (edge & 1) == 1;
        for (int below : inputs[edge >> 1]) {
            if (Arrays.binarySearch(beside, below ^ 1) >= 0) {
                return disjunction ? 1 : -1;
            }
        }
        return 0;
    }

    /** At least k mentions, where an edge may be mentioned more than once. */
    int atLeast(int k, int... edges) {
        int[] sorted = edges.clone();
        Arrays.sort(sorted);
        int wanted = k;
        int count = 0;
        for (int edge : sorted) {
            if (edge == TRUE) {
                wanted--;
            } else if (count > 0 && sorted[count - 1] == (edge ^ 1)) {
                // One of the two is true, whatever happens.
                count--;
                wanted--;
            } else if (edge != FALSE) {
                sorted[count++] = edge;
            }
        }
        int[] kept = Arrays.copyOf(sorted, count);
        if (wanted <= 0) {
            return TRUE;
        }
        if (wanted > count) {
            return FALSE;
        }
        if (wanted == count) {
            return and(kept);
        }
        return wanted == 1 ? or(kept) : node(AT_LEAST, wanted, kept) << 1;
    }

    /** An odd number of mentions. */
    int xor(int... edges) {
        int[] sorted = edges.clone();
        int sign = 0;
        for (int i = 0; i < sorted.length; i++) {
            sign ^= sorted[i] & 1;
            sorted[i] &= ~1;
        }
        Arrays.sort(sorted);
        int count = 0;
        for (int edge : sorted) {
            if (count > 0 && sorted[count - 1] == edge) {
                count--;
            } else if (edge != FALSE) {
                sorted[count++] = edge;
            }
        }
        return switch (count) {
            case 0 -> sign;
            case 1 -> sorted[0] ^ sign;
            default -> node(XOR, 0, Arrays.copyOf(sorted, count)) << 1 ^ sign;
        };
    }

    /** A gate of the same kind over other inputs. */
    int like(Circuit other, int node, int... edges) {
        return switch (other.kind(node)) {
            case AND -> and(edges);
            case AT_LEAST -> atLeast(other.number(node), edges);
            case XOR -> xor(edges);
            case LEAF -> leaf(other.number(node));
            default -> FALSE;
        };
    }

    private int node(byte kind, int number, int[] edges) {
        int hash = (Arrays.hashCode(edges) * 31 + number) * 31 + kind;
        hash ^= hash >>> 15;
        int at = hash & table.length - 1;
        while (table[at] != 0) {
            int node = table[at];
            if (hashes[node] == hash
                    && kinds[node] == kind
                    && numbers[node] == number
                    && Arrays.equals(inputs[node], edges)) {
                return node;
            }
            at = at + 1 & table.length - 1;
        }
        if (size == kinds.length) {
            grow();
        }
        kinds[size] = kind;
        numbers[size] = number;
        inputs[size] = edges;
        hashes[size] = hash;
        enter(size);
        return size++;
    }

    private void grow() {
        int more = size << 1;
        kinds = Arrays.copyOf(kinds, more);
        numbers = Arrays.copyOf(numbers, more);
        inputs = Arrays.copyOf(inputs, more);
        hashes = Arrays.copyOf(hashes, more);
        table = new int[more << 1];
        for (int node = 1; node < size; node++) {
            enter(node);
        }
    }

    private void enter(int node) {
        int at = hashes[node] & table.length - 1;
        while (table[at] != 0) {
            at = at + 1 & table.length - 1;
        }
        table[at] = node;
    }

    /** How often each node is mentioned by the nodes that the root reaches; zero for those that it does not. */
    int[] mentions() {
        int[] mentions = new int[size];
        mentions[root >> 1] = 1;
        for (int node = root >> 1; node > 0; node--) {
            if (mentions[node] > 0) {
                for (int edge : inputs[node]) {
                    mentions[edge >> 1]++;
                }
            }
        }
        return mentions;
    }

    /** The number of mentions in the whole circuit below its root: its size for the eyes of preprocessing. */
    long weight() {
        long weight = 0;
        int[] mentions = mentions();
        for (int node = 1; node < size; node++) {
            weight += mentions[node];
        }
        return weight;
    }
}
