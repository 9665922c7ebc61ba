package dev.premortem.predict;

import dev.premortem.engine.cuts.Diagram;
import dev.premortem.engine.cuts.TwinTree;
import dev.premortem.fact.Assumed;
import dev.premortem.outage.Band;
import dev.premortem.twin.Fault;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The band of 90 % that uncertain rates leave a probability. An assumed rate is one unknown for all that rest on it, so all nodes are good or bad
 * together; a declared one is a mean of few events and may be half or double. A rate lies below its typical value as likely as above it, on each side
 * evenly on a logarithmic scale to the end of its band. The points at which the probability is evaluated are an additive recurrence with the generalised golden
 * ratio (M. Roberts, 2018): spread evenly, and the same each time.
 */
final class RateBand {
    private static final int POINTS = 400;

    private RateBand() {}

    static Band of(Diagram diagram, List<Fault> events) {
        Map<String, Integer> unknowns = new LinkedHashMap<>();
        int[] unknown = new int[events.size()];
        double[][] ends = new double[events.size()][];
        for (int event = 0; event < unknown.length; event++) {
            Fault fault = events.get(event);
            boolean assumed = fault.failuresPerYear().provenance() instanceof Assumed;
            String of = fault.failuresPerYear().provenance() instanceof Assumed one
                    ? one.id()
                    : fault.condition().name();
            unknown[event] = unknowns.computeIfAbsent(of, _ -> unknowns.size());
            double rate = fault.failuresPerYear().value();
            ends[event] = assumed ? Rates.ends(of, rate) : new double[] {0.5, 2};
        }
        double[] steps = steps(unknowns.size());
        double[] found = new double[POINTS];
        double[] probabilities = new double[events.size()];
        for (int point = 0; point < POINTS; point++) {
            for (int event = 0; event < unknown.length; event++) {
                Fault fault = events.get(event);
                double at = (0.5 + steps[unknown[event]] * (point + 1)) % 1;
                double factor = at < 0.5 ? Math.pow(ends[event][0], 1 - 2 * at) : Math.pow(ends[event][1], 2 * at - 1);
                probabilities[event] = TwinTree.unavailability(
                        fault.failuresPerYear().value() * factor,
                        fault.repair().value().toMillis() / 3_600_000.0);
            }
            found[point] = diagram.probability(probabilities);
        }
        Arrays.sort(found);
        for (int event = 0; event < unknown.length; event++) {
            Fault fault = events.get(event);
            probabilities[event] = TwinTree.unavailability(
                    fault.failuresPerYear().value(), fault.repair().value().toMillis() / 3_600_000.0);
        }
        double typical = diagram.probability(probabilities);
        return new Band(
                Math.min(typical, found[POINTS / 20]), typical, Math.max(typical, found[POINTS - 1 - POINTS / 20]));
    }

    /** Powers of the root of x^(d+1) = x + 1, as far apart from each other as may be. */
    private static double[] steps(int dimensions) {
        double root = 1.5;
        for (int i = 0; i < 60; i++) {
            root = Math.pow(1 + root, 1.0 / (dimensions + 1));
        }
        double[] steps = new double[dimensions];
        double power = 1;
        for (int i = 0; i < dimensions; i++) {
            power /= root;
            steps[i] = power % 1;
        }
        return steps;
    }
}
