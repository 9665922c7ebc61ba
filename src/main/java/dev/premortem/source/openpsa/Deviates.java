package dev.premortem.source.openpsa;

import dev.premortem.engine.cuts.LatinHypercube;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Values of distributions at the points of a sample. */
final class Deviates {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final LatinHypercube sample;
    private final IdentityHashMap<Element, double[]> parts = new IdentityHashMap<>();
    /** Quantiles that were worked out: every unknown has the same parts, and many have the same shape. */
    private final Map<String, Map<Double, Double>> known = new TreeMap<>();

    Deviates(LatinHypercube sample) {
        this.sample = sample;
    }

    /** Values at one point. */
    Point at(int point) {
        return new Point(this, point);
    }

    /** Values at one point of a sample. */
    record Point(Deviates of, int number) implements Drawing {
        @Override
        public double value(Element element, List<Double> values) {
            return of.value(element, values, of.part(element, number));
        }

        @Override
        public OptionalDouble part(Element element) {
            return OptionalDouble.of(of.part(element, number));
        }

        @Override
        public boolean sampled() {
            return true;
        }
    }

    private double value(Element of, List<Double> values, double part) {
        double first = values.getFirst();
        double second = values.get(1);
        return switch (of.name) {
            case "uniform-deviate" -> first + (second - first) * part;
            case "normal-deviate" -> first + second * normal(part);
            case "lognormal-deviate" -> lognormal(values, part);
            case "gamma-deviate" -> second * quantile(of.name + first, GammaDistribution.of(first, 1), part);
            case "beta-deviate" -> quantile(of.name + first + " " + second, BetaDistribution.of(first, second), part);
            default -> throw new IllegalStateException("no quantile of <" + of.name + ">");
        };
    }

    private double quantile(String shape, ContinuousDistribution distribution, double part) {
        return known.computeIfAbsent(shape, _ -> new TreeMap<>())
                .computeIfAbsent(part, distribution::inverseCumulativeProbability);
    }

    /** By the mean and deviation of the underlying normal; or, as in version 2.0d, by mean, error factor and the level that this is of. */
    private static double lognormal(List<Double> values, double part) {
        double deviation = values.get(1);
        double mean = values.getFirst();
        if (values.size() > 2) {
            deviation = Math.log(values.get(1)) / normal(values.get(2));
            mean = Math.log(values.getFirst()) - deviation * deviation / 2;
        }
        return Math.exp(mean + deviation * normal(part));
    }

    private double part(Element of, int point) {
        return parts.computeIfAbsent(of, _ -> sample.next())[point];
    }

    /** The standard normal's quantile; {@code part} from 0 to 1, both exclusive. */
    private static double normal(double part) {
        return NORMAL.inverseCumulativeProbability(part);
    }
}
