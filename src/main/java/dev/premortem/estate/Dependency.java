package dev.premortem.estate;

import dev.premortem.fact.Declared;
import java.time.Duration;
import java.util.Optional;

/**
 * One thing needs another.
 *
 * @param to what is needed, as it was written or found; the estate resolves it
 * @param crosses which network it crosses, where declared
 * @param optional the caller degrades but lives
 * @param when it is needed
 * @param place where it was declared or found
 */
public record Dependency(
        Reference to,
        Optional<Crossing> crosses,
        boolean optional,
        When when,
        Optional<Duration> timeout,
        Declared place) {
    /** The network that an exchange crosses. */
    public enum Crossing {
        POD,
        HOST
    }

    /** Needed to run, to start, or both. */
    public enum When {
        START,
        RUN,
        BOTH
    }
}
