package dev.premortem.predict;

import dev.premortem.estate.Estate;
import dev.premortem.estate.Reference;
import java.time.Instant;
import java.util.List;

/**
 * A person's change, in the order in which the deploying tool makes it (deletes, creates, patches).
 *
 * @param at when it begins
 * @param phases each with the estate as it stands when the phase is over
 */
public record Change(Instant at, List<Phase> phases) {
    /** What a phase does. */
    public enum Verb {
        DELETE,
        CREATE,
        PATCH
    }

    /**
     * One phase.
     *
     * @param touched what is deleted, created or patched, sorted
     * @param after the estate as it stands afterwards
     */
    public record Phase(Verb verb, List<Reference> touched, Estate after) {}
}
