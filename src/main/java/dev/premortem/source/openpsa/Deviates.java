package dev.premortem.source.openpsa;

import dev.premortem.engine.cuts.LatinHypercube;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** Values of distributions at the points of a sample. */
final class Deviates {
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);

    private final LatinHypercube sample;
    private final IdentityHashMap<Element, double[]> parts = new IdentityHashMap<>();

    Deviates(LatinHypercube sample) {
        this.sample = sample;
    }

    /** The value of a distribution at a point; empty for one whose quantiles are not known here. */
    Optional<Double> at(Element of, List<Double> values, int point) {
        double first = values.getFirst();
        double second = values.get(1);
        return switch (of.name) {
            case "uniform-deviate" -> Optional.of(first + (second - first) * part(of, point));
            case "normal-deviate" -> Optional.of(first + second * normal(part(of, point)));
            case "lognormal-deviate" -> Optional.of(lognormal(values, part(of, point)));
            default -> Optional.empty();
        };
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
