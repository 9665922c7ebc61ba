package dev.premortem.fact;

/** How far the true figure may be from the one that stands for it. Figures here are rates, lengths and chances: above 0, and judged by their ratio. */
public sealed interface Spread {
    /** The same of one divided by the figure: of a rate, where this is of the mean time between failures. */
    Spread inverse();

    /**
     * As likely below as above, on each side evenly on a logarithmic scale up to an end.
     *
     * @param low the low end as a part of the figure, above 0 and at most 1
     * @param high the high end, at least 1
     */
    record Even(double low, double high) implements Spread {
        public Even {
            if (!(low > 0 && low <= 1 && high >= 1 && high < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("ends around 1, were " + low + " and " + high);
            }
        }

        @Override
        public Spread inverse() {
            return new Even(1 / high, 1 / low);
        }
    }

    /**
     * Lognormal; the figure is its median.
     *
     * @param errorFactor the ninety-fifth percentile as a multiple of the median, at least 1: the convention of reliability data
     */
    record Lognormal(double errorFactor) implements Spread {
        public Lognormal {
            if (!(errorFactor >= 1 && errorFactor < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException("at least 1, was " + errorFactor);
            }
        }

        @Override
        public Spread inverse() {
            return this;
        }
    }

    /**
     * Of a rate that was counted: what so many failures in a known time say of it, which is a gamma distribution with half a failure more (Jeffreys' prior;
     * C. L. Atwood et al., Handbook of Parameter Estimation for Probabilistic Risk Assessment, NUREG/CR-6823, 2003, 6.2.2.5.2).
     *
     * @param failures how many, at least 0; the figure is these, or half of one where there was none, divided by the time
     */
    record Counted(int failures) implements Spread {
        public Counted {
            if (failures < 0) {
                throw new IllegalArgumentException("at least 0, was " + failures);
            }
        }

        /** The figure in failures. */
        public double figure() {
            return Math.max(0.5, failures);
        }

        @Override
        public Spread inverse() {
            throw new UnsupportedOperationException("only rates are counted");
        }
    }
}
