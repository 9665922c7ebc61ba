package dev.premortem.outage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What {@code simulate} showed. Offsets count from {@code now}. */
public record Simulation(
        Instant now, Duration length, List<Event> events, List<ProductDown> products, List<String> remarks) {
    /**
     * A change of a condition.
     *
     * @param cause condition that caused it, empty where a person, a fault or time did
     */
    public record Event(Duration at, String condition, boolean holds, String cause, String text) {}

    /** When one product was down. */
    public record ProductDown(String product, List<Down> down, Duration downFor) {}

    /**
     * One stretch.
     *
     * @param setBy condition that set its end
     */
    public record Down(Duration from, Duration until, String setBy) {}
}
