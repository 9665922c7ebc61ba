package dev.premortem.estate;

import dev.premortem.fact.Fact;
import java.time.Duration;
import java.util.Optional;

/**
 * How often a thing fails and how long a repair takes, where declared.
 *
 * @param perYear failures a year of 365.25 days: one divided by the mean time between failures
 * @param repair mean time to repair
 */
public record Failure(Optional<Fact<Double>> perYear, Optional<Fact<Duration>> repair) {
    /** Nothing declared. */
    public static final Failure UNKNOWN = new Failure(Optional.empty(), Optional.empty());
}
