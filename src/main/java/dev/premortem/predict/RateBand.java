package dev.premortem.predict;

import dev.premortem.engine.cuts.Diagram;
import dev.premortem.engine.cuts.LatinHypercube;
import dev.premortem.engine.cuts.TwinTree;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Observed;
import dev.premortem.fact.Spread;
import dev.premortem.outage.Band;
import dev.premortem.twin.Fault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The band of 90 % that uncertain rates and repair times leave a probability. An assumed figure is one unknown for all that rest on it, so all nodes
 * are good or bad together; so are all that rest on a default that the owner declared. How far a figure may be off is its {@link Spreads}.
 *
 * <p>The points at which the probability is evaluated are a {@link LatinHypercube}.
 */
final class RateBand {
    /** Nodes of diagrams that are evaluated, all points together: a second or two. */
    private static final long MOST_EVALUATED = 200_000_000L;

    private final ToDoubleFunction<double[]> probability;
    private final List<Fault> events;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Spread> spreads = new ArrayList<>();
    /** The unknown behind each event's rate and behind its repair time. */
    private final int[] rates;

    private final int[] repairs;

    private RateBand(ToDoubleFunction<double[]> probability, List<Fault> events) {
        this.probability = probability;
        this.events = events;
        this.rates = new int[events.size()];
        this.repairs = new int[events.size()];
        for (int event = 0; event < rates.length; event++) {
            Fault fault = events.get(event);
            String name = fault.condition().name();
            rates[event] = fault.latent().isPresent()
                    ? unknown(fault.latent().get(), name + " chance")
                    : unknown(fault.failuresPerYear(), name + " rate");
            repairs[event] = unknown(fault.repair(), name + " repair");
        }
    }

    static Band of(Diagram diagram, List<Fault> events) {
        return of(diagram::probability, diagram.size(), events);
    }

    /**
     * The band of any function of the probabilities of these events.
     *
     * @param cost of one evaluation, in steps
     */
    static Band of(ToDoubleFunction<double[]> probability, long cost, List<Fault> events) {
        return new RateBand(probability, events).band(cost);
    }

    /** The band of a diagram's probability over a sample of its events' probabilities. */
    static Band ofSamples(Diagram diagram, double[] typical, List<double[]> samples) {
        double[] found = samples.stream().mapToDouble(diagram::probability).toArray();
        return middle(diagram.probability(typical), found);
    }

    private int unknown(Fact<?> fact, String declared) {
        String key = switch (fact.provenance()) {
            case Assumed assumed -> assumed.id();
            case Declared place -> place.at() + " " + place.field();
            case Observed _ -> declared;
        };
        return numbers.computeIfAbsent(key, _ -> {
            spreads.add(Spreads.of(fact));
            return spreads.size() - 1;
        });
    }

    private static double rate(Fault fault) {
        return fault.failuresPerYear().value();
    }

    private static double hours(Fault fault) {
        return fault.repair().value().toMillis() / 3_600_000.0;
    }

    private Band band(long cost) {
        LatinHypercube sample = new LatinHypercube(MOST_EVALUATED / Math.max(1, cost));
        double[][] factors = new double[spreads.size()][];
        for (int unknown = 0; unknown < factors.length; unknown++) {
            Spread spread = spreads.get(unknown);
            factors[unknown] = Arrays.stream(sample.next())
                    .map(part -> Spreads.factor(spread, part))
                    .toArray();
        }
        double[] found = new double[sample.points()];
        double[] probabilities = new double[events.size()];
        for (int point = 0; point < found.length; point++) {
            for (int event = 0; event < probabilities.length; event++) {
                Fault fault = events.get(event);
                double factor = factors[rates[event]][point];
                probabilities[event] = fault.latent().isPresent()
                        ? Math.min(1, fault.latent().get().value() * factor)
                        : TwinTree.unavailability(rate(fault) * factor, hours(fault) * factors[repairs[event]][point]);
            }
            found[point] = probability.applyAsDouble(probabilities);
        }
        for (int event = 0; event < probabilities.length; event++) {
            probabilities[event] = TwinTree.unavailability(events.get(event));
        }
        return middle(probability.applyAsDouble(probabilities), found);
    }

    /** From the fifth to the ninety-fifth of a hundred answers, and the typical one in any case. */
    private static Band middle(double typical, double... found) {
        Arrays.sort(found);
        int tail = found.length / 20;
        return new Band(Math.min(typical, found[tail]), typical, Math.max(typical, found[found.length - 1 - tail]));
    }
}
