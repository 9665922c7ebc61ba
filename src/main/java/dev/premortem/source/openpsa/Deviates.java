package dev.premortem.source.openpsa;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/**
 * Values of distributions at the points of a Latin hypercube (M. D. McKay, R. J. Beckman, W. J. Conover, 1979): every distribution takes each of as many equally
 * probable parts once, in an order of its own. The orders come from a fixed seed, so they are the same each time.
 */
final class Deviates {
    private final int points;
    private final IdentityHashMap<Element, int[]> orders = new IdentityHashMap<>();

    Deviates(int points) {
        this.points = points;
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
        int[] order = orders.computeIfAbsent(of, _ -> shuffled(points, orders.size() + 1L));
        return (order[point] + 0.5) / points;
    }

    /** The numbers from zero in an order of their own: R. Durstenfeld's shuffle with the numbers of SplitMix64. */
    private static int[] shuffled(int count, long seed) {
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i;
        }
        long state = seed * 0xD1B54A32D192ED03L;
        for (int i = count - 1; i > 0; i--) {
            state += 0x9E3779B97F4A7C15L;
            long mixed = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
            mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
            int other = (int) Long.remainderUnsigned(mixed ^ mixed >>> 31, i + 1L);
            int kept = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = kept;
        }
        return numbers;
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
