package dev.premortem.predict;

import dev.premortem.fact.Assumed;
import dev.premortem.fact.Assumption;
import dev.premortem.fact.Catalogue;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Spread;
import dev.premortem.outage.Band;
import java.time.Duration;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** How far the truth may be from figures: what was said of them, the band of an assumption, or the half to the double of what was declared as one value. */
final class Spreads {
    /** A declared mean of few events. */
    private static final Spread DECLARED = new Spread.Even(0.5, 2);

    private static final Spread NONE = new Spread.Even(1, 1);
    private static final double HIGH = 0.95;
    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double HIGH_DEVIATIONS = NORMAL.inverseCumulativeProbability(HIGH);

    private Spreads() {}

    static Spread of(Fact<?> fact) {
        return fact.spread()
                .orElseGet(() -> fact.provenance() instanceof Assumed assumed ? of(assumed.id()) : DECLARED);
    }

    /** The band of an assumption, for everything that is worked out from it. */
    private static Spread of(String id) {
        return Catalogue.find(id).map(Spreads::band).orElse(NONE);
    }

    private static Spread band(Assumption<?> assumption) {
        double low = number(assumption.low());
        double typical = number(assumption.value());
        double high = number(assumption.high());
        return low > 0 && typical > 0 && high > 0
                ? new Spread.Even(Math.min(1, low / typical), Math.max(1, high / typical))
                : NONE;
    }

    /** A figure of the catalogue; a duration in hours; zero for what is neither. */
    private static double number(Object value) {
        return switch (value) {
            case Double number -> number;
            case Duration length -> length.toMillis() / 3_600_000.0;
            default -> 0;
        };
    }

    /** How many times the figure the truth is, at a part of the distribution from 0 to 1, both exclusive. */
    static double factor(Spread spread, double part) {
        return switch (spread) {
            case Spread.Even even ->
                part < 0.5 ? Math.pow(even.low(), 1 - 2 * part) : Math.pow(even.high(), 2 * part - 1);
            case Spread.Lognormal lognormal ->
                Math.exp(Math.log(lognormal.errorFactor())
                        / HIGH_DEVIATIONS
                        * NORMAL.inverseCumulativeProbability(part));
            case Spread.Counted counted ->
                GammaDistribution.of(counted.failures() + 0.5, 1).inverseCumulativeProbability(part) / counted.figure();
        };
    }

    /** From where to where, as factors with 1 in between: the ends of a band, or from the fifth to the ninety-fifth percentile. */
    static Band ends(Spread spread) {
        return switch (spread) {
            case Spread.Even even -> new Band(even.low(), 1, even.high());
            case Spread.Lognormal lognormal -> around(lognormal);
            case Spread.Counted counted -> around(counted);
        };
    }

    private static Band around(Spread spread) {
        return new Band(Math.min(1, factor(spread, 1 - HIGH)), 1, Math.max(1, factor(spread, HIGH)));
    }
}
