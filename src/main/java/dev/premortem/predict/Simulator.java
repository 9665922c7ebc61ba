package dev.premortem.predict;

import dev.premortem.estate.Estate;
import dev.premortem.outage.Simulation;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One timeline with faults and changes on the way. */
public final class Simulator {
    private Simulator() {}

    /**
     * A condition to lose.
     *
     * @param condition as a person writes it: {@code link/primary}
     * @param at when; one hour after {@code now} where not said
     */
    public record Fail(String condition, Optional<Instant> at) {}

    /**
     * Simulates.
     *
     * @throws IllegalArgumentException where a condition to lose is not in the estate; the message names near ones
     */
    public static Simulation simulate(
            Estate estate, Instant now, Duration length, List<Fail> fails, List<Change> changes) {
        throw new IllegalStateException("being written");
    }
}
