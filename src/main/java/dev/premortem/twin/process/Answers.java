package dev.premortem.twin.process;

import java.time.Duration;

/**
 * How long answers about a record live.
 *
 * @param ttl the record's
 * @param floor least that caches keep an answer
 * @param cap most that caches keep an answer
 * @param negative how long caches keep that there is no record
 */
public record Answers(Duration ttl, Duration floor, Duration cap, Duration negative) {
    /** Caches that do as they are told. */
    public static Answers of(Duration ttl, Duration negative) {
        return new Answers(ttl, Duration.ofSeconds(1), Duration.ofDays(7), negative);
    }

    /** Life of an answer in a cache, milliseconds. */
    long lives(boolean missing) {
        Duration told = missing ? negative : ttl;
        Duration atLeast = told.compareTo(floor) < 0 ? floor : told;
        return Math.max(1000, (atLeast.compareTo(cap) > 0 ? cap : atLeast).toMillis());
    }
}
