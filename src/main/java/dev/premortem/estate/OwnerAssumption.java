package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;

/**
 * An owner's assumption about one thing: {@code Assumptions.spec.set}.
 *
 * @param fact one of those below
 * @param value a number, or of a repair a duration; with how far the truth may be from it, where that was said
 */
public record OwnerAssumption(Reference of, String fact, Fact<String> value, String because, Declared place) {
    /** Failures a year; {@code mtbf} is read as this. */
    public static final String FAILURES = "failures-per-year";

    /** Mean time to repair; {@code mttr} is read as this. */
    public static final String REPAIR = "repair";

    /** How likely a standby link does not take over. */
    public static final String FAILOVER = "failover-fails";
}
