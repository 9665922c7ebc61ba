package dev.premortem.source.openpsa;

import dev.premortem.engine.cuts.LatinHypercube;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** Values of distributions at the points of a sample. */
final class Deviates {
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

    /**
     * The standard normal's quantile, to nine digits: P. J. Acklam's rational approximation (2003), which is off by 1.15e-9 of the value at most.
     *
     * @param part from 0 to 1, both exclusive
     */
    static double normal(double part) {
        if (part > 0.5) {
            return -normal(1 - part);
        }
        if (part < 0.02425) {
            double q = Math.sqrt(-2 * Math.log(part));
            return polynomial(q, TAIL_ABOVE) / polynomial(q, TAIL_BELOW);
        }
        double q = part - 0.5;
        return q * polynomial(q * q, MIDDLE_ABOVE) / polynomial(q * q, MIDDLE_BELOW);
    }

    private static final double[] MIDDLE_ABOVE = {
        -3.969683028665376e+01,
        2.209460984245205e+02,
        -2.759285104469687e+02,
        1.383577518672690e+02,
        -3.066479806614716e+01,
        2.506628277459239e+00
    };
    private static final double[] MIDDLE_BELOW = {
        -5.447609879822406e+01,
        1.615858368580409e+02,
        -1.556989798598866e+02,
        6.680131188771972e+01,
        -1.328068155288572e+01,
        1
    };
    private static final double[] TAIL_ABOVE = {
        -7.784894002430293e-03,
        -3.223964580411365e-01,
        -2.400758277161838e+00,
        -2.549732539343734e+00,
        4.374664141464968e+00,
        2.938163982698783e+00
    };
    private static final double[] TAIL_BELOW = {
        7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1
    };

    private static double polynomial(double of, double... factors) {
        double value = 0;
        for (double factor : factors) {
            value = value * of + factor;
        }
        return value;
    }
}
