package dev.premortem.source.openpsa;

import java.util.List;
import java.util.OptionalDouble;

/** Distributions count with their means, and it is noted that there are some. */
final class Means implements Drawing {
    private boolean met;

    /** Whether there was a distribution. */
    boolean met() {
        return met;
    }

    /**
     * Parameters as in version 2.0d, 5.4: gamma by shape and scale, beta by its two shapes, a lognormal by its mean, error factor and level, or by mean and
     * deviation of the underlying normal.
     */
    @Override
    public double value(Element of, List<Double> values) {
        met = true;
        double first = values.getFirst();
        double second = values.get(1);
        return switch (of.name) {
            case "uniform-deviate" -> (first + second) / 2;
            case "gamma-deviate" -> first * second;
            case "beta-deviate" -> first / (first + second);
            case "lognormal-deviate" -> values.size() == 2 ? Math.exp(first + second * second / 2) : first;
            default -> first;
        };
    }

    @Override
    public OptionalDouble part(Element of) {
        met = true;
        return OptionalDouble.empty();
    }

    @Override
    public boolean sampled() {
        return false;
    }
}
