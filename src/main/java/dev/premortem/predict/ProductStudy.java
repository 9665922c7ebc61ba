package dev.premortem.predict;

import dev.premortem.engine.cuts.Budget;
import dev.premortem.engine.cuts.CutAnalysis;
import dev.premortem.engine.cuts.TwinTree;
import dev.premortem.engine.sweep.Sweep;
import dev.premortem.engine.sweep.SweepResult;
import dev.premortem.engine.sweep.Work;
import dev.premortem.outage.Cuts.ProductMinutes;
import dev.premortem.twin.Top;
import dev.premortem.twin.Twin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Minutes a year of every product: exact by a diagram each, as far as all of them together stay within a budget; the others by their sets of up to
 * three faults, from one sweep for all.
 */
final class ProductStudy {
    /** Nodes and steps of one product: a second or so. */
    private static final int NODES = 2_000_000;

    private static final long STEPS = 8_000_000;
    /** Steps of all products together: some twenty seconds. */
    private static final long ALL_STEPS = 160_000_000;

    private ProductStudy() {}

    /** Worst first. */
    static List<ProductMinutes> of(Twin twin, List<Top> tops, Work work) {
        List<ProductMinutes> found = new ArrayList<>();
        List<Top> open = new ArrayList<>();
        long left = ALL_STEPS;
        for (Top top : tops) {
            if (left <= 0) {
                open.add(top);
                continue;
            }
            try {
                TwinTree.Asked asked = TwinTree.of(twin, List.of(top.condition()));
                CutAnalysis analysis =
                        CutAnalysis.probabilityOf(asked.tree(), new Budget(NODES, Math.min(STEPS, left)));
                left -= analysis.steps() + asked.tree().nodes();
                OptionalDouble probability = analysis.probability();
                if (probability.isPresent()) {
                    found.add(minutes(top, probability.getAsDouble()));
                } else {
                    open.add(top);
                }
            } catch (TwinTree.TooCircular e) {
                open.add(top);
            }
        }
        if (!open.isEmpty()) {
            SweepResult swept = Sweep.run(twin, BoundedCuts.HIGHEST, work);
            open.forEach(top -> found.add(minutes(
                    top,
                    BoundedCuts.of(twin, swept, List.of(top), BoundedCuts.HIGHEST)
                            .probability())));
        }
        found.sort(Comparator.comparingDouble(
                        (ProductMinutes one) -> -one.minutesPerYear().orElse(Double.MAX_VALUE))
                .thenComparing(ProductMinutes::product));
        return List.copyOf(found);
    }

    private static ProductMinutes minutes(Top top, double probability) {
        return new ProductMinutes(top.name(), OptionalDouble.of(probability * CutStudy.MINUTES_A_YEAR));
    }
}
