package dev.premortem.engine.cuts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The minimal failing sets of an analysis, to be counted by order and listed, smaller ones first, without writing out what modules share. */
public final class MinimalSets {
    /** Counts that are held at once: 400 MB. */
    private static final int MOST_COUNTS = 50_000_000;

    private final Solutions solutions;
    private final Families families;
    private final int top;
    private final boolean always;
    private final int highest;
    /** By node and order; the orders of a node stand together. */
    private final long[] counts;

    private MinimalSets(Solutions solutions, int top, boolean always, int highest, long... counts) {
        this.solutions = solutions;
        this.families = solutions.families();
        this.top = top;
        this.always = always;
        this.highest = highest;
        this.counts = counts;
    }

    /**
     * The sets of an analysis.
     *
     * @param highest the largest order that is looked at
     * @return empty where minimal sets were not reached, or where they are too many to be counted by order
     */
    public static Optional<MinimalSets> of(CutAnalysis analysis, int highest) {
        if (analysis.solutions().isEmpty() || analysis.diagram().isEmpty()) {
            return Optional.empty();
        }
        Solutions solutions = analysis.solutions().get();
        Diagram diagram = analysis.diagram().get();
        int nodes = solutions.families().size();
        int fits = (int) Math.min(highest, MOST_COUNTS / nodes - 1L);
        if (fits < 1) {
            return Optional.empty();
        }
        boolean always = diagram.failedFromTheStart();
        int top = always || diagram.constant() ? Families.NONE : solutions.root(solutions.modules() - 1);
        MinimalSets sets = new MinimalSets(solutions, top, always, fits, new long[nodes * (fits + 1)]);
        sets.count();
        return Optional.of(sets);
    }

    /** The largest order that was looked at. */
    public int highest() {
        return highest;
    }

    private void count() {
        counts[row(Families.EMPTY)] = 1;
        for (int node = 2; node < families.size(); node++) {
            int into = row(node);
            int low = row(families.low(node));
            int high = row(families.high(node));
            System.arraycopy(counts, low, counts, into, highest + 1);
            int module = solutions.module(families.level(node));
            if (module < 0) {
                for (int order = 1; order <= highest; order++) {
                    counts[into + order] = plus(counts[into + order], counts[high + order - 1]);
                }
                continue;
            }
            int inner = row(solutions.root(module));
            for (int own = 0; own <= highest; own++) {
                for (int rest = 0; counts[inner + own] != 0 && own + rest <= highest; rest++) {
                    long both = times(counts[inner + own], counts[high + rest]);
                    counts[into + own + rest] = plus(counts[into + own + rest], both);
                }
            }
        }
    }

    private int row(int node) {
        return node * (highest + 1);
    }

    /** A count that no long holds stays at the largest; {@link #byOrder} then leaves it out. */
    private static long plus(long one, long other) {
        long sum = one + other;
        return sum < 0 || one == Long.MAX_VALUE || other == Long.MAX_VALUE ? Long.MAX_VALUE : sum;
    }

    private static long times(long one, long other) {
        return Math.multiplyHigh(one, other) != 0 || one * other < 0 ? Long.MAX_VALUE : one * other;
    }

    /** How many sets there are of each order that has any; counts of 2^63 and more are left out. */
    public SortedMap<Integer, Long> byOrder() {
        SortedMap<Integer, Long> found = new TreeMap<>();
        if (always) {
            found.put(0, 1L);
        }
        for (int order = 0; order <= highest && top > Families.EMPTY; order++) {
            long count = counts[row(top) + order];
            if (count > 0 && count < Long.MAX_VALUE) {
                found.put(order, count);
            }
        }
        return found;
    }

    /** The sets, smaller ones first, as numbers of events, until so many were handed out. */
    public void each(int most, Consumer<int[]> taker) {
        if (always) {
            taker.accept(new int[0]);
            return;
        }
        int[] left = {most};
        for (int order = 1; order <= highest && left[0] > 0 && top > Families.EMPTY; order++) {
            walk(top, order, set -> {
                taker.accept(set);
                return --left[0] > 0;
            });
        }
    }

    /** Where a set goes; false when no more are wanted. */
    private interface Hand {
        boolean take(int... set);
    }

    /** Sets of exactly one order; the walk is as deep as the order and the modules, not as the diagram. */
    private boolean walk(int from, int order, Hand hand) {
        for (int node = from; node > Families.EMPTY; node = families.low(node)) {
            int high = families.high(node);
            int module = solutions.module(families.level(node));
            int event = solutions.event(families.level(node));
            boolean more = true;
            if (module < 0) {
                more = !any(high, order - 1) || walk(high, order - 1, rest -> hand.take(with(rest, event)));
            } else {
                int root = solutions.root(module);
                for (int own = 1; own <= order && more; own++) {
                    int rest = order - own;
                    if (any(root, own) && any(high, rest)) {
                        more = walk(root, own, inner -> walk(high, rest, outer -> hand.take(joined(inner, outer))));
                    }
                }
            }
            if (!more) {
                return false;
            }
        }
        return from != Families.EMPTY || order != 0 || hand.take();
    }

    private boolean any(int node, int order) {
        return order >= 0 && counts[row(node) + order] != 0;
    }

    private static int[] with(int[] set, int event) {
        int[] longer = Arrays.copyOf(set, set.length + 1);
        longer[set.length] = event;
        return longer;
    }

    private static int[] joined(int[] one, int... other) {
        int[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** The sum of the probabilities of all sets, at every order. */
    public double sum(double... probabilities) {
        return always ? 1 : top > Families.EMPTY ? sums(probabilities)[top] : 0;
    }

    /** For each event, the sum of the probabilities of the sets that have it. */
    public double[] sumsWith(double... probabilities) {
        double[] with = new double[probabilities.length];
        if (always || top <= Families.EMPTY) {
            return with;
        }
        double[] ofNodes = sums(probabilities);
        double[] reach = new double[families.size()];
        reach[top] = 1;
        // users are younger than what they use, and so are the nodes of outer modules
        for (int node = families.size() - 1; node > Families.EMPTY; node--) {
            if (reach[node] == 0) {
                continue;
            }
            int level = families.level(node);
            int module = solutions.module(level);
            int high = families.high(node);
            double each = module < 0 ? probabilities[solutions.event(level)] : ofNodes[solutions.root(module)];
            reach[families.low(node)] += reach[node];
            reach[high] += reach[node] * each;
            if (module < 0) {
                with[solutions.event(level)] += reach[node] * each * ofNodes[high];
            } else {
                reach[solutions.root(module)] += reach[node] * ofNodes[high];
            }
        }
        return with;
    }

    private double[] sums(double... probabilities) {
        double[] ofNodes = new double[families.size()];
        ofNodes[Families.EMPTY] = 1;
        for (int node = 2; node < ofNodes.length; node++) {
            int level = families.level(node);
            int module = solutions.module(level);
            double each = module < 0 ? probabilities[solutions.event(level)] : ofNodes[solutions.root(module)];
            ofNodes[node] = ofNodes[families.low(node)] + each * ofNodes[families.high(node)];
        }
        return ofNodes;
    }

    /** The first sets as a list. */
    public List<int[]> first(int most) {
        List<int[]> found = new ArrayList<>();
        each(most, found::add);
        return found;
    }
}
