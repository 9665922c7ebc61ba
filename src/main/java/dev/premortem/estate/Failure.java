package dev.premortem.estate;

import dev.premortem.fact.Fact;
import java.time.Duration;
import java.util.Optional;

/**
 * How often a thing fails and how long a repair takes, where declared.
 *
 * @param mtbf mean time between failures
 * @param mttr mean time to repair
 */
public record Failure(Optional<Fact<Duration>> mtbf, Optional<Fact<Duration>> mttr) {
    /** Nothing declared. */
    public static final Failure UNKNOWN = new Failure(Optional.empty(), Optional.empty());
}
