package dev.premortem.twin;

import dev.premortem.fact.Fact;
import java.time.Duration;
import java.util.Optional;

/**
 * A basic condition that may be lost, with its rate; or, of what nobody has tried for long, with the chance that it has been broken all along.
 *
 * @param condition what is lost
 * @param failuresPerYear declared or assumed rate; 0 of what is latent
 * @param repair mean time until it is back; 0 of what is latent
 * @param alike faults with the same non-empty word are interchangeable (replicas of one workload): one class
 * @param latent how likely it is found broken when it is needed, 0 to 1; it neither comes nor goes while one looks. Empty of what fails and is repaired
 */
public record Fault(
        Condition condition,
        Fact<Double> failuresPerYear,
        Fact<Duration> repair,
        String alike,
        Optional<Fact<Double>> latent) {
    /** What fails at a rate and is repaired. */
    public Fault(Condition condition, Fact<Double> failuresPerYear, Fact<Duration> repair, String alike) {
        this(condition, failuresPerYear, repair, alike, Optional.empty());
    }

    /** What has been broken since long with this probability, and is found when it is needed. */
    public static Fault latent(Condition condition, Fact<Double> probability) {
        return new Fault(
                condition,
                probability.map(_ -> 0.0),
                probability.map(_ -> Duration.ZERO),
                "",
                Optional.of(probability));
    }
}
