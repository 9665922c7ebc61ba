package dev.premortem.engine.cuts;

import java.util.Arrays;

/**
 * A walk over minimal failing sets, smallest first, that holds one set at a time: every node knows of which sizes it has
 * sets, so no way is walked that does not end in a set of the size at hand.
 */
public final class CutWalk {
    /** Sizes are bits; what is larger shares the last one, and there a way may end without a set. */
    private static final int LARGE = 63;

    private static final int NEVER = 1 << 29;

    private final CutSets sets;
    private final long[] sizes;
    /** The sizes of each node's smallest and largest set. */
    private final int[] least;

    private final int[] most;
    private int size = -1;
    private int node;
    /** The place in pending of what is chosen from next; zero when nothing is. */
    private int rest;

    private int[] members = new int[16];
    private int count;

    /** Families that are still to be chosen from, each with the place of the one after it and the sizes of all. */
    private int[] pending = new int[16];

    private int[] after = new int[16];
    private long[] pendingSizes = new long[16];
    private int[] pendingLeast = new int[16];
    private int[] pendingMost = new int[16];
    private int pendings;

    /** Where the walk may still go the other way: node, place in pending, members, height of pending. */
    private int[] choices = new int[64];

    private int depth;

    CutWalk(CutSets sets) {
        this.sets = sets;
        this.sizes = new long[sets.size() + 2];
        this.least = new int[sizes.length];
        this.most = new int[sizes.length];
        sizes[CutSets.EMPTY] = 1;
        least[CutSets.NONE] = NEVER;
        for (int node = CutSets.EMPTY + 1; node < sizes.length; node++) {
            long own = sets.nested(node) ? sizes[sets.inner(node)] : 2;
            int low = sets.low(node);
            int high = sets.high(node);
            sizes[node] = sizes[low] | sums(own, sizes[high]);
            least[node] = Math.min(least[low], Math.min(NEVER, least(node) + least[high]));
            most[node] = Math.max(most[low], most(node) + most[high]);
        }
        pendingSizes[0] = 1;
        pending[0] = CutSets.EMPTY;
    }

    private int least(int node) {
        return sets.nested(node) ? least[sets.inner(node)] : 1;
    }

    private int most(int node) {
        return sets.nested(node) ? most[sets.inner(node)] : 1;
    }

    /** Every sum of a size of one and a size of the other. */
    private static long sums(long one, long other) {
        if (one == 2) {
            return other << 1 | other & Long.MIN_VALUE;
        }
        long sums = 0;
        for (long rest = one; rest != 0; rest &= rest - 1) {
            int own = Long.numberOfTrailingZeros(rest);
            sums |= other << own;
            if (own > 0 && other >>> (Long.SIZE - 1 - own) != 0) {
                sums |= Long.MIN_VALUE;
            }
        }
        return sums;
    }

    private static boolean has(long sizes, int size) {
        return size >= 0 && (sizes >>> Math.min(size, LARGE) & 1) == 1;
    }

    /** Whether sets from so many to so many may fill up a large set; for small ones the bits say it all. */
    private static boolean fits(int wanted, int from, int to) {
        return wanted < LARGE || from <= wanted && wanted <= to;
    }

    /** Goes to the next set; false when there is none left. */
    public boolean advance() {
        node = CutSets.NONE;
        do {
            if (node == CutSets.NONE) {
                if (!turn()) {
                    return false;
                }
            } else if (node == CutSets.EMPTY) {
                // What is here is chosen; on with what waits, or back where nothing does and the size is not right.
                node = rest == 0 ? CutSets.NONE : pending[rest];
                rest = after[rest];
            } else {
                descend();
            }
        } while (node != CutSets.EMPTY || rest != 0 || count != size);
        return true;
    }

    /** Goes the other way at the last choice, or from the top for larger sets. */
    private boolean turn() {
        if (depth == 0) {
            rest = 0;
            node = sets.top();
            return larger();
        }
        depth -= 4;
        node = sets.low(choices[depth]);
        rest = choices[depth + 1];
        count = choices[depth + 2];
        pendings = choices[depth + 3];
        return true;
    }

    private void descend() {
        int wanted = size - count;
        int high = sets.high(node);
        int low = sets.low(node);
        long beyond = pendingSizes[rest];
        int from = pendingLeast[rest];
        int to = pendingMost[rest];
        long own = sets.nested(node) ? sizes[sets.inner(node)] : 2;
        long below = sums(sizes[high], beyond);
        boolean with = has(sums(own, below), wanted)
                && fits(wanted, from + least(node) + least[high], to + most(node) + most[high]);
        boolean without = has(sums(sizes[low], beyond), wanted) && fits(wanted, from + least[low], to + most[low]);
        if (!with) {
            node = without ? low : CutSets.NONE;
            return;
        }
        if (without) {
            choose();
        }
        if (sets.nested(node)) {
            int inner = sets.inner(node);
            rest = push(high, below);
            node = inner;
        } else {
            if (count == members.length) {
                members = Arrays.copyOf(members, count << 1);
            }
            members[count++] = sets.variable(node);
            node = high;
        }
    }

    /** Starts over with the next size that there is. */
    private boolean larger() {
        int top = sets.top();
        count = 0;
        pendings = 0;
        do {
            size++;
        } while (size <= most[top] && !(has(sizes[top], size) && fits(size, least[top], most[top])));
        return size <= most[top] && top != CutSets.NONE;
    }

    private void choose() {
        if (depth == choices.length) {
            choices = Arrays.copyOf(choices, depth << 1);
        }
        choices[depth] = node;
        choices[depth + 1] = rest;
        choices[depth + 2] = count;
        choices[depth + 3] = pendings;
        depth += 4;
    }

    private int push(int family, long all) {
        pendings++;
        if (pendings == pending.length) {
            pending = Arrays.copyOf(pending, pendings << 1);
            after = Arrays.copyOf(after, pendings << 1);
            pendingSizes = Arrays.copyOf(pendingSizes, pendings << 1);
            pendingLeast = Arrays.copyOf(pendingLeast, pendings << 1);
            pendingMost = Arrays.copyOf(pendingMost, pendings << 1);
        }
        pending[pendings] = family;
        after[pendings] = rest;
        pendingSizes[pendings] = all;
        pendingLeast[pendings] = Math.min(NEVER, pendingLeast[rest] + least[family]);
        pendingMost[pendings] = pendingMost[rest] + most[family];
        return pendings;
    }

    /** The size of the set at hand. */
    public int size() {
        return count;
    }

    /** An event of the set at hand, in the order of the diagram. */
    public int event(int place) {
        return members[place];
    }

    /** The events of the set at hand, in the order of their numbers; a copy. */
    public int[] set() {
        int[] set = Arrays.copyOf(members, count);
        Arrays.sort(set);
        return set;
    }
}
