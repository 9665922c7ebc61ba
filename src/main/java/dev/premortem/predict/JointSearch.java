package dev.premortem.predict;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.LongFunction;

/**
 * The best choice of remedies within a budget where there are too many to run each, with a bound of what any can save. A set that was run bounds all of
 * its parts: with more remedies done, no family of outages costs more. So the choice that could save most by all that was run is run itself, again and
 * again, until nothing can be better than the best one seen, or the runs are used up. A family is what changes into each other: the same faults take
 * the same products down, told as another outage.
 *
 * <p>That more remedies never save less is no law: a copy may bring a fault with it. Where a run shows the contrary, what it shows is taken in, and the
 * result says so.
 */
final class JointSearch {
    private static final double SAME = 1e-9;

    private final double[] costs;
    private final double budget;
    private final Map<String, Double> now;
    private final LongFunction<Optional<Map<String, Double>>> run;
    private final BiPredicate<String, String> related;
    /** What sets of remedies leave, those that could be applied. */
    private final Map<Long, Map<String, Double>> left = new LinkedHashMap<>();

    private final List<Long> impossible = new ArrayList<>();
    private int runs;
    private boolean monotone = true;
    private long best;
    private double bestValue;

    /**
     * A search.
     *
     * @param costs of each remedy, at most 62
     * @param now minutes a year of each outage
     * @param runs how many sets may be run
     * @param run what a set leaves, by bits; empty where it cannot be applied
     * @param related whether two outages are of one family
     */
    JointSearch(
            double[] costs,
            double budget,
            Map<String, Double> now,
            int runs,
            LongFunction<Optional<Map<String, Double>>> run,
            BiPredicate<String, String> related) {
        this.costs = costs.clone();
        this.budget = budget;
        this.now = Map.copyOf(now);
        this.runs = runs;
        this.run = run;
        this.related = related;
        left.put(0L, this.now);
    }

    /**
     * What was found.
     *
     * @param set by bits
     * @param value minutes a year that it saves, run as a whole
     * @param bound no choice within the budget saves more, where {@code monotone}
     */
    record Found(long set, double value, double bound, boolean monotone) {
        boolean optimal() {
            return monotone && bound <= value + SAME * Math.max(1, value);
        }
    }

    /** Takes in what a set leaves that was run before. */
    void known(long set, Map<String, Double> leaves) {
        left.put(set, leaves);
        better(set);
    }

    private void better(long set) {
        double saves = total(now) - total(left.getOrDefault(set, now));
        boolean within = cost(set) <= budget + SAME;
        if (within && (saves > bestValue + SAME || saves > bestValue - SAME && cost(set) < cost(best) - SAME)) {
            best = set;
            bestValue = saves;
        }
    }

    /** True where the set could be run. */
    private boolean tried(long set) {
        if (left.containsKey(set)) {
            return true;
        }
        if (runs <= 0 || impossible.stream().anyMatch(part -> (set & part) == part)) {
            return false;
        }
        runs--;
        Optional<Map<String, Double>> leaves = run.apply(set);
        if (leaves.isEmpty()) {
            impossible.add(set);
            return false;
        }
        known(set, leaves.get());
        return true;
    }

    /** @param first a choice that is likely good; it is run before anything else */
    Found search(long first) {
        long all = (1L << costs.length) - 1;
        tried(first);
        tried(all);
        // what is lost with one remedy less bounds every choice without it; half of the runs are kept for choices
        int kept = runs / 2;
        for (int remedy = 0; remedy < costs.length && runs > kept; remedy++) {
            tried(all & ~(1L << remedy));
        }
        while (true) {
            Bounds bounds = bounds(all);
            Bounds.Most most = bounds.most(impossible, exact());
            boolean closed = most.bound() <= bestValue + SAME * Math.max(1, bestValue);
            if (closed || runs <= 0 || left.containsKey(most.set())) {
                return new Found(best, bestValue, Math.max(bestValue, most.bound()), monotone);
            }
            if (tried(most.set())) {
                tried(widened(most.set(), bounds, all));
            }
        }
    }

    /** The set with everything besides that does not touch the families in which it saves less than was thought: it bounds more choices. */
    private long widened(long set, Bounds thought, long all) {
        Map<String, Integer> families = families();
        double[] saved = saved(left.getOrDefault(set, now), families);
        double[] hoped = thought.upTo(set);
        long wide = set;
        for (int remedy = 0; remedy < costs.length; remedy++) {
            boolean apart = true;
            for (int family = 0; family < Math.min(saved.length, hoped.length); family++) {
                apart &= hoped[family] <= saved[family] + SAME || !thought.touches(remedy, family);
            }
            wide |= apart ? 1L << remedy : 0;
        }
        return wide & all;
    }

    private Map<Long, Double> exact() {
        Map<Long, Double> exact = new TreeMap<>();
        left.forEach((set, leaves) -> exact.put(set, total(now) - total(leaves)));
        return exact;
    }

    private Bounds bounds(long all) {
        Map<String, Integer> families = families();
        List<Long> sets = new ArrayList<>(left.keySet());
        List<double[]> saved = new ArrayList<>();
        left.values().forEach(leaves -> saved.add(saved(leaves, families)));
        double scale = Math.max(1, total(now));
        if (!left.containsKey(all)) { // not applicable together: no more than everything can be saved
            sets.add(all);
            saved.add(saved(Map.of(), families));
        }
        for (int large = 0; large < sets.size(); large++) {
            for (int small = 0; small < sets.size(); small++) {
                if ((sets.get(small) & ~sets.get(large)) == 0) {
                    monotone &= lift(saved.get(large), saved.get(small)) <= 1e-6 * scale;
                }
            }
        }
        return new Bounds(costs, budget, sets, saved);
    }

    /** What a part saves, the whole is taken to save; by how much that is more than it did. */
    private static double lift(double[] whole, double... part) {
        double lifted = 0;
        for (int family = 0; family < whole.length; family++) {
            if (part[family] > whole[family]) {
                lifted = Math.max(lifted, part[family] - whole[family]);
                whole[family] = part[family];
            }
        }
        return lifted;
    }

    /** The family of each outage that was met; families are numbered as they are met, the first outage first. */
    private Map<String, Integer> families() {
        Map<String, Integer> families = new TreeMap<>();
        List<String> met = left.values().stream()
                .flatMap(leaves -> leaves.keySet().stream())
                .distinct()
                .sorted()
                .toList();
        int next = 0;
        for (String start : met) {
            if (families.containsKey(start)) {
                continue;
            }
            List<String> open = new ArrayList<>(List.of(start));
            families.put(start, next);
            while (!open.isEmpty()) {
                String here = open.removeLast();
                for (String other : met) {
                    if (!families.containsKey(other) && related.test(here, other)) {
                        families.put(other, next);
                        open.add(other);
                    }
                }
            }
            next++;
        }
        return families;
    }

    private double[] saved(Map<String, Double> leaves, Map<String, Integer> families) {
        double[] saved = new double
                [families.values().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1];
        now.forEach((outage, minutes) -> saved[families.getOrDefault(outage, 0)] += minutes);
        double[] before = saved.clone();
        leaves.forEach((outage, minutes) -> saved[families.getOrDefault(outage, 0)] -= minutes);
        for (int family = 0; family < saved.length; family++) {
            saved[family] = before[family] <= 0 ? 0 : saved[family]; // what was not there before saves nothing
        }
        return saved;
    }

    private double cost(long set) {
        return Bounds.cost(costs, set);
    }

    private static double total(Map<String, Double> minutes) {
        return minutes.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
