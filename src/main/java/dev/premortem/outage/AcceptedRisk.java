package dev.premortem.outage;

import dev.premortem.fact.Declared;
import java.time.Instant;
import java.util.List;

/**
 * A risk that an owner accepted until a date, and what it covers now.
 *
 * @param name id of an outage or of a mechanism
 * @param place where it is accepted
 * @param until first moment at which it does not count any more
 * @param outages ids of the outages that it is about
 */
public record AcceptedRisk(
        String name, Declared place, Instant until, String reason, State state, List<String> outages) {
    /** What became of it. */
    public enum State {
        /** It covers outages. */
        HOLDS,
        /** Its end has passed: its outages are back. */
        ENDED,
        /** It is about no outage that was found. */
        STALE;

        /** The word in outputs. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
