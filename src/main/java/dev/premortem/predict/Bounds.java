package dev.premortem.predict;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What any choice can save at most by sets that were run: in each family no more than the least that a set saves which holds the choice. The choice that
 * could save most is found by branch and bound, best first; a choice saves no more than all that is still open would, nor more than what is taken so far
 * and for each remedy besides the most that a set without it falls short.
 */
final class Bounds {
    private static final double SAME = 1e-9;
    /** Comparisons of a set in a family, all together: about a second. */
    private static final long MOST_WORK = 400_000_000L;

    private final double[] costs;
    private final double budget;
    private final long[] sets;
    /** By set and family; of all remedies in the last row. */
    private final double[][] saved;

    private final double[] whole;
    private long work;

    /**
     * Bounds.
     *
     * @param sets by bits; the one of all remedies is among them
     * @param saved by set and family, never less for a set than for a part of it
     */
    Bounds(double[] costs, double budget, List<Long> sets, List<double[]> saved) {
        this.costs = costs;
        this.budget = budget;
        this.sets = sets.stream().mapToLong(Long::longValue).toArray();
        this.saved = saved.toArray(double[][]::new);
        long all = (1L << costs.length) - 1;
        this.whole = this.saved[sets.indexOf(all)];
    }

    /** The choice that could save most, and how much; a bound where the search was cut short. */
    record Most(long set, double bound) {}

    private record Node(long taken, int next, double bound) {}

    /**
     * Searches.
     *
     * @param impossible sets that cannot be applied, nor any that holds one
     * @param exact what sets that were run save
     */
    Most most(List<Long> impossible, Map<Long, Double> exact) {
        Integer[] order = order();
        PriorityQueue<Node> open = new PriorityQueue<>(Comparator.comparingDouble((Node node) -> -node.bound())
                .thenComparing(Node::taken, Comparator.reverseOrder())
                .thenComparingInt(Node::next));
        open.add(new Node(0, 0, bound(0, order, 0)));
        long best = 0;
        double value = 0;
        while (!open.isEmpty() && open.peek().bound() > value + SAME && work < MOST_WORK) {
            Node node = open.remove();
            double here = exact.getOrDefault(node.taken(), sum(upTo(node.taken())));
            if (here > value + SAME) {
                value = here;
                best = node.taken();
            }
            if (node.next() < order.length) {
                long more = node.taken() | 1L << order[node.next()];
                boolean possible = cost(costs, more) <= budget + SAME
                        && impossible.stream().noneMatch(part -> (more & part) == part);
                if (possible) {
                    open.add(new Node(more, node.next() + 1, bound(more, order, node.next() + 1)));
                }
                open.add(new Node(node.taken(), node.next() + 1, bound(node.taken(), order, node.next() + 1)));
            }
        }
        double bound = open.isEmpty() ? value : Math.max(value, open.peek().bound());
        long filled = filled(best, order, impossible);
        return new Most(exact.containsKey(filled) ? best : filled, bound);
    }

    /** With what the budget still allows, since more never saves less. */
    private long filled(long set, Integer[] order, List<Long> impossible) {
        long full = set;
        for (int remedy : order) {
            long more = full | 1L << remedy;
            if (cost(costs, more) <= budget + SAME && impossible.stream().noneMatch(part -> (more & part) == part)) {
                full = more;
            }
        }
        return full;
    }

    /** Remedies by how much they may be worth. */
    private Integer[] order() {
        double[] gains = new double[costs.length];
        for (int remedy = 0; remedy < gains.length; remedy++) {
            gains[remedy] = gain(0, remedy);
        }
        Integer[] order = new Integer[costs.length];
        Arrays.setAll(order, index -> index);
        Arrays.sort(
                order,
                Comparator.comparingDouble((Integer remedy) -> -gains[remedy] / Math.max(SAME, costs[remedy]))
                        .thenComparing(Comparator.naturalOrder()));
        return order;
    }

    private double bound(long taken, Integer[] order, int next) {
        double left = budget - cost(costs, taken);
        long reach = taken;
        double[] gains = new double[order.length];
        for (int place = next; place < order.length; place++) {
            if (costs[order[place]] <= left + SAME) {
                reach |= 1L << order[place];
                gains[place] = gain(taken, order[place]);
            }
        }
        double all = sum(upTo(reach));
        Integer[] worth = new Integer[order.length];
        Arrays.setAll(worth, index -> index);
        Arrays.sort(
                worth,
                Comparator.comparingDouble((Integer place) -> -gains[place] / Math.max(SAME, costs[order[place]])));
        double sum = sum(upTo(taken));
        for (int place : worth) {
            double part = costs[order[place]] <= left ? 1 : Math.max(0, left) / costs[order[place]];
            sum += part * gains[place];
            left -= part * costs[order[place]];
        }
        return Math.min(all, sum);
    }

    /**
     * What a remedy may add to a choice at most: whatever holds a choice back in a family is a set without one of the remedies that are added to it, so
     * the sum of these over what is added is no less than what all of them add.
     */
    private double gain(long taken, int remedy) {
        double[] most = new double[whole.length];
        for (int set = 0; set < sets.length; set++) {
            if ((taken & ~sets[set]) == 0 && (sets[set] >> remedy & 1) == 0) {
                work += whole.length;
                for (int family = 0; family < whole.length; family++) {
                    most[family] = Math.max(most[family], whole[family] - saved[set][family]);
                }
            }
        }
        return sum(most);
    }

    /** By family, the most that a choice can save. */
    double[] upTo(long choice) {
        double[] least = whole.clone();
        for (int set = 0; set < sets.length; set++) {
            if ((choice & ~sets[set]) == 0) {
                work += whole.length;
                for (int family = 0; family < least.length; family++) {
                    least[family] = Math.min(least[family], saved[set][family]);
                }
            }
        }
        return least;
    }

    /** Whether something that was run shows that a remedy counts in a family. */
    boolean touches(int remedy, int family) {
        for (int set = 0; set < sets.length; set++) {
            boolean alone = sets[set] == 1L << remedy && saved[set][family] > SAME;
            boolean missed = (sets[set] >> remedy & 1) == 0
                    && Long.bitCount(sets[set]) == costs.length - 1
                    && saved[set][family] < whole[family] - SAME;
            if (alone || missed) {
                return true;
            }
        }
        return false;
    }

    private static double sum(double... parts) {
        double sum = 0;
        for (double part : parts) {
            sum += part;
        }
        return sum;
    }

    static double cost(double[] costs, long set) {
        double cost = 0;
        for (int remedy = 0; remedy < costs.length; remedy++) {
            cost += (set >> remedy & 1) == 1 ? costs[remedy] : 0;
        }
        return cost;
    }
}
