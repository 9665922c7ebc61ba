package dev.premortem.outage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What sets an outage off.
 *
 * @param faults conditions lost, plainly named; empty for a date
 * @param at the moment, where it can be known
 */
public record Trigger(Type type, List<String> faults, Optional<Instant> at) {
    /** The four kinds. */
    public enum Type {
        FAULT,
        TIME,
        CHANGE,
        CHURN;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
