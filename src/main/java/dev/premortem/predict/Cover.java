package dev.premortem.predict;

import java.util.ArrayList;
import java.util.List;

/**
 * Picks what saves most within a budget where picks overlap: a loss that two picks lower counts once, for the better of them. The gain of a pick never grows with what is picked before
 * it, so the gains at a node, filled into what is left of the budget, bound everything below it (Nemhauser, Wolsey and Fisher, 1978); branch and bound is exact until it has used up its nodes.
 */
final class Cover {
    private static final double SAME = 1e-9;

    private final double[][] saved;
    private final double[] harm;
    private final double[] costs;
    private long nodes;
    private boolean complete = true;
    private List<Integer> best = List.of();
    private double bestValue;

    private Cover(double[][] saved, double[] harm, double[] costs, long nodes) {
        this.saved = saved;
        this.harm = harm;
        this.costs = costs;
        this.nodes = nodes;
    }

    /** What was picked, in the order of what each adds; no choice saves more than the bound. */
    record Choice(List<Integer> picked, double value, double bound, boolean optimal) {}

    /**
     * The best choice.
     *
     * @param saved for each candidate what it saves of each loss
     * @param harm what each candidate costs in losses that it brings
     * @param nodes after so many the best so far stands, with its bound
     */
    static Choice best(double[][] saved, double[] harm, double[] costs, double budget, long nodes) {
        Cover cover = new Cover(saved, harm, costs, nodes);
        double[] covered = new double[saved.length == 0 ? 0 : saved[0].length];
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < saved.length; i++) {
            all.add(i);
        }
        double root = cover.bound(all, covered, budget);
        cover.branch(all, covered, new ArrayList<>(), 0, budget);
        double bound = cover.complete ? cover.bestValue : Math.max(root, cover.bestValue);
        return new Choice(
                cover.ordered(covered.length),
                cover.bestValue,
                bound,
                cover.complete || bound <= cover.bestValue + SAME);
    }

    private void branch(List<Integer> open, double[] covered, List<Integer> picked, double value, double budget) {
        if (value > bestValue + SAME) {
            bestValue = value;
            best = List.copyOf(picked);
        }
        List<Integer> useful = open.stream()
                .filter(i -> costs[i] <= budget + SAME && gain(i, covered) > SAME)
                .sorted((a, b) -> {
                    int byGain = Double.compare(gain(b, covered), gain(a, covered));
                    return byGain != 0 ? byGain : Integer.compare(a, b);
                })
                .toList();
        for (int at = 0; at < useful.size(); at++) {
            List<Integer> rest = useful.subList(at, useful.size());
            if (value + bound(rest, covered, budget) <= bestValue + SAME) {
                return;
            }
            if (nodes-- <= 0) {
                complete = false;
                return;
            }
            int pick = useful.get(at);
            picked.add(pick);
            branch(
                    useful.subList(at + 1, useful.size()),
                    with(covered, pick),
                    picked,
                    value + gain(pick, covered),
                    budget - costs[pick]);
            picked.removeLast();
        }
    }

    /** Each gain as if it stood alone, the dearest bought in part. */
    private double bound(List<Integer> open, double[] covered, double budget) {
        List<Integer> worth = open.stream()
                .filter(i -> costs[i] <= budget + SAME && gain(i, covered) > SAME)
                .sorted((a, b) -> Double.compare(gain(b, covered) * costs[a], gain(a, covered) * costs[b]))
                .toList();
        double sum = 0;
        double left = budget;
        for (int i : worth) {
            double part = costs[i] <= left ? 1 : left / costs[i];
            sum += part * gain(i, covered);
            left -= part * costs[i];
            if (left <= SAME && costs[i] > 0) {
                break;
            }
        }
        return sum;
    }

    private double gain(int candidate, double[] covered) {
        double gain = -harm[candidate];
        for (int loss = 0; loss < covered.length; loss++) {
            gain += Math.max(0, saved[candidate][loss] - covered[loss]);
        }
        return gain;
    }

    private double[] with(double[] covered, int candidate) {
        double[] more = covered.clone();
        for (int loss = 0; loss < more.length; loss++) {
            more[loss] = Math.max(more[loss], saved[candidate][loss]);
        }
        return more;
    }

    /** The best set, what adds most first. */
    private List<Integer> ordered(int losses) {
        List<Integer> rest = new ArrayList<>(best);
        List<Integer> ordered = new ArrayList<>();
        double[] covered = new double[losses];
        while (!rest.isEmpty()) {
            int next = rest.getFirst();
            for (int candidate : rest) {
                next = gain(candidate, covered) > gain(next, covered) + SAME ? candidate : next;
            }
            ordered.add(next);
            rest.remove(Integer.valueOf(next));
            covered = with(covered, next);
        }
        return List.copyOf(ordered);
    }
}
