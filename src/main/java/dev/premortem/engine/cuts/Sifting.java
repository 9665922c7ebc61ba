package dev.premortem.engine.cuts;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Moves the variables of a diagram, one after the other, to where the diagram is smallest, by swaps of neighbouring
 * levels. A node keeps its number and its function, so edges outside stay valid. After R. Rudell, Dynamic variable
 * ordering for ordered binary decision diagrams, 1993.
 */
final class Sifting {
    /** A variable turns back where the diagram has become this much larger than its smallest: 1.2 takes twice the
     * steps of 1.05, and what it leaves is not smaller. */
    private static final double MOST_GROWTH = 1.05;

    /** Marks of nodes while their levels are swapped: of the upper level, of the lower one, and of none any more. */
    private static final int UPPER = -2;

    private static final int LOWER = -3;
    private static final int GONE = -1;

    private final Bdd bdd;
    private final Meter meter;
    /** How many edges lead to each node, those from outside included. */
    private int[] uses;
    /** The nodes of each level, and some that have left it. */
    private final int[][] members;

    private final int[] sizes;
    private final int levels;

    private int[] upper = new int[64];
    private int[] lower = new int[64];
    /** The nodes of the lower level by their children, in one swap. */
    private int[] table = new int[64];

    private int tableMask;
    private int[] freed = new int[64];
    private int freedCount;
    private int[] dying = new int[64];

    private Sifting(Bdd bdd, Meter meter, int levels) {
        this.bdd = bdd;
        this.meter = meter;
        this.levels = levels;
        this.uses = new int[bdd.capacity()];
        this.members = new int[levels][16];
        this.sizes = new int[levels];
    }

    /**
     * Sifts the upper levels of a diagram that holds nothing but what these edges reach.
     *
     * @return which level each level's variable has come from
     */
    static int[] run(Bdd bdd, Meter meter, int levels, int... roots) throws OverBudget {
        Sifting sifting = new Sifting(bdd, meter, levels);
        sifting.count(roots);
        int[] from = IntStream.range(0, levels).toArray();
        List<Integer> byPopulation = IntStream.range(0, levels)
                .boxed()
                .sorted(Comparator.comparingInt((Integer level) -> -sifting.sizes[level])
                        .thenComparingInt(level -> level))
                .toList();
        for (int variable : byPopulation) {
            sifting.sift(variable, from);
        }
        bdd.rehash();
        return from;
    }

    private void count(int... roots) {
        for (int root : roots) {
            uses[root >> 1]++;
        }
        for (int node = 1; node < bdd.capacity(); node++) {
            int level = bdd.level(node << 1);
            if (level >= 0) {
                uses[bdd.low(node << 1) >> 1]++;
                uses[bdd.high(node << 1) >> 1]++;
                add(level, node);
            }
        }
    }

    private void add(int level, int node) {
        if (sizes[level] == members[level].length) {
            members[level] = Arrays.copyOf(members[level], sizes[level] << 1);
        }
        members[level][sizes[level]++] = node;
    }

    private void sift(int variable, int... from) throws OverBudget {
        int start = 0;
        while (from[start] != variable) {
            start++;
        }
        int best = bdd.size();
        int bestAt = start;
        int at = start;
        boolean downFirst = levels - start < start;
        for (int way = 0; way < 2; way++) {
            boolean down = downFirst == (way == 0);
            while (down ? at < levels - 1 : at > 0) {
                swap(down ? at : at - 1, from);
                at += down ? 1 : -1;
                if (bdd.size() < best) {
                    best = bdd.size();
                    bestAt = at;
                } else if (bdd.size() > best * MOST_GROWTH) {
                    break;
                }
            }
        }
        while (at != bestAt) {
            swap(at < bestAt ? at : at - 1, from);
            at += at < bestAt ? 1 : -1;
        }
    }

    private void swap(int level, int... from) throws OverBudget {
        int was = from[level];
        from[level] = from[level + 1];
        from[level + 1] = was;
        int uppers = gather(level, UPPER);
        int lowers = gather(level + 1, LOWER);
        meter.took(1L + uppers + lowers);
        sizes[level] = 0;
        sizes[level + 1] = 0;
        clearTable(uppers);
        int dependents = keepIndependent(uppers, level + 1);
        for (int i = 0; i < dependents; i++) {
            rewrite(upper[i], level);
        }
        for (int i = 0; i < lowers; i++) {
            if (bdd.level(lower[i] << 1) == LOWER) {
                bdd.relevel(lower[i], level);
                add(level, lower[i]);
            }
        }
        for (int i = 0; i < freedCount; i++) {
            bdd.release(freed[i]);
        }
        freedCount = 0;
    }

    /** The nodes that are still at a level, each once; they get a mark instead of the level. */
    private int gather(int level, int mark) {
        int[] into = mark == UPPER ? upper : lower;
        if (into.length < sizes[level]) {
            into = new int[sizes[level] << 1];
        }
        int count = 0;
        for (int i = 0; i < sizes[level]; i++) {
            int node = members[level][i];
            if (bdd.level(node << 1) == level) {
                bdd.relevel(node, mark);
                into[count++] = node;
            }
        }
        if (mark == UPPER) {
            upper = into;
        } else {
            lower = into;
        }
        return count;
    }

    /** Nodes of the upper level without a child on the lower one go down as they are; the others are left in front. */
    private int keepIndependent(int uppers, int down) {
        int dependents = 0;
        for (int i = 0; i < uppers; i++) {
            int node = upper[i];
            if (bdd.level(bdd.low(node << 1)) == LOWER || bdd.level(bdd.high(node << 1)) == LOWER) {
                upper[dependents++] = node;
            } else {
                bdd.relevel(node, down);
                add(down, node);
                table[free(bdd.low(node << 1), bdd.high(node << 1))] = node;
            }
        }
        return dependents;
    }

    private void rewrite(int node, int level) throws OverBudget {
        int low = bdd.low(node << 1);
        int high = bdd.high(node << 1);
        boolean lowSplits = bdd.level(low) == LOWER;
        boolean highSplits = bdd.level(high) == LOWER;
        int nowLow = below(level + 1, lowSplits ? bdd.low(low) : low, highSplits ? bdd.low(high) : high);
        int nowHigh = below(level + 1, lowSplits ? bdd.high(low) : low, highSplits ? bdd.high(high) : high);
        uses[nowLow >> 1]++;
        uses[nowHigh >> 1]++;
        bdd.rewrite(node, level, nowLow, nowHigh);
        add(level, node);
        drop(low >> 1);
        drop(high >> 1);
    }

    /** The edge to the node of the lower level with these children. */
    private int below(int level, int low, int high) throws OverBudget {
        if (low == high) {
            return low;
        }
        int negated = low & 1;
        int regular = low ^ negated;
        int place = free(regular, high ^ negated);
        if (table[place] == 0) {
            int node = bdd.raw(level, regular, high ^ negated);
            if (node >= uses.length) {
                uses = Arrays.copyOf(uses, Math.max(node + 1, uses.length << 1));
            }
            uses[node] = 0;
            uses[regular >> 1]++;
            uses[high >> 1]++;
            add(level, node);
            table[place] = node;
        }
        return table[place] << 1 ^ negated;
    }

    private void clearTable(int uppers) {
        int wanted = Integer.highestOneBit(Math.max(16, uppers * 3)) << 1;
        if (table.length < wanted) {
            table = new int[wanted];
        } else {
            Arrays.fill(table, 0, wanted, 0);
        }
        tableMask = wanted - 1;
    }

    /** Where a node with these children is in the table, or would be. */
    private int free(int low, int high) {
        int mixed = low * 0x9E3779B1 + high * 0x85EBCA77;
        int place = (mixed ^ mixed >>> 15) & tableMask;
        while (table[place] != 0) {
            int edge = table[place] << 1;
            if (bdd.low(edge) == low && bdd.high(edge) == high) {
                return place;
            }
            place = place + 1 & tableMask;
        }
        return place;
    }

    /** Takes an edge from a node; a node without any goes, and its edges with it. */
    private void drop(int node) {
        int depth = 0;
        int now = node;
        while (true) {
            if (now != 0 && --uses[now] == 0) {
                bdd.relevel(now, GONE);
                if (freedCount == freed.length) {
                    freed = Arrays.copyOf(freed, freedCount << 1);
                }
                freed[freedCount++] = now;
                if (depth + 1 >= dying.length) {
                    dying = Arrays.copyOf(dying, dying.length << 1);
                }
                dying[depth++] = bdd.high(now << 1) >> 1;
                now = bdd.low(now << 1) >> 1;
            } else if (depth > 0) {
                now = dying[--depth];
            } else {
                return;
            }
        }
    }
}
