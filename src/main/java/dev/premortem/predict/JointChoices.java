package dev.premortem.predict;

import dev.premortem.outage.Band;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Every set of remedies within a budget with what it leaves, each run as a whole: so those are found too that help only together. */
final class JointChoices {
    private static final double SAME = 1e-9;

    /** Choices that could be applied, with the minutes a year of each outage that stays. */
    private final Map<List<Integer>, Map<String, Band>> left = new LinkedHashMap<>();

    private final double[] costs;

    private JointChoices(double[] costs) {
        this.costs = costs;
    }

    /**
     * Runs them all.
     *
     * @param most with more choices than this nothing is run
     * @param run what a choice leaves; empty where it cannot be applied
     */
    static Optional<JointChoices> of(
            double[] costs, double budget, int most, Function<List<Integer>, Optional<Map<String, Band>>> run) {
        List<List<Integer>> choices = new ArrayList<>();
        choices.add(List.of());
        for (int next = 0; next < costs.length; next++) {
            int known = choices.size();
            for (int i = 0; i < known; i++) {
                List<Integer> more = new ArrayList<>(choices.get(i));
                more.add(next);
                if (more.stream().mapToDouble(index -> costs[index]).sum() <= budget + SAME) {
                    choices.add(List.copyOf(more));
                }
                if (choices.size() > most) {
                    return Optional.empty();
                }
            }
        }
        JointChoices all = new JointChoices(costs);
        for (List<Integer> choice : choices) {
            if (!choice.isEmpty()) {
                run.apply(choice).ifPresent(minutes -> all.left.put(choice, minutes));
            }
        }
        return Optional.of(all);
    }

    /** What saves most; of equals the cheaper one, then the one met first. In the order of what each remedy adds to those before it. */
    Cover.Choice best(Map<String, Band> now) {
        List<Integer> best = List.of();
        double value = 0;
        for (List<Integer> choice : left.keySet()) {
            double saves = saves(now, choice);
            boolean cheaper = Math.abs(saves - value) <= SAME && cost(choice) < cost(best) - SAME;
            if (saves > value + SAME || cheaper) {
                best = choice;
                value = saves;
            }
        }
        return new Cover.Choice(ordered(now, best), value, value, true);
    }

    private List<Integer> ordered(Map<String, Band> now, List<Integer> best) {
        List<Integer> rest = new ArrayList<>(best);
        List<Integer> ordered = new ArrayList<>();
        while (!rest.isEmpty()) {
            int next = rest.getFirst();
            double most = Double.NEGATIVE_INFINITY;
            for (int candidate : rest) {
                List<Integer> more = new ArrayList<>(ordered);
                more.add(candidate);
                more.sort(null);
                double saves = left.containsKey(more) ? saves(now, more) : Double.NEGATIVE_INFINITY;
                if (saves > most + SAME) {
                    most = saves;
                    next = candidate;
                }
            }
            ordered.add(next);
            rest.remove(Integer.valueOf(next));
        }
        return List.copyOf(ordered);
    }

    private double saves(Map<String, Band> now, List<Integer> choice) {
        return total(now) - total(left.getOrDefault(choice, now));
    }

    private double cost(List<Integer> choice) {
        return choice.stream().mapToDouble(index -> costs[index]).sum();
    }

    private static double total(Map<String, Band> minutes) {
        return minutes.values().stream().mapToDouble(Band::typical).sum();
    }
}
