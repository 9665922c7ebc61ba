package dev.premortem.twin;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A fault, a hazard or a change to try.
 *
 * @param faults conditions lost on purpose, and when
 * @param hazards keys of the hazard processes that run; the conditions of all other hazards are held as they were at the start
 * @param heldUp conditions forced to hold from an instant on (milliseconds of the epoch): what a person mended, or what attribution tries
 * @param from beginning, milliseconds of the epoch
 * @param until end of the run, exclusive
 */
public record Scenario(List<Loss> faults, Set<String> hazards, Map<Condition, Long> heldUp, long from, long until) {
    /** A condition lost from an instant until another, exclusive; {@link Long#MAX_VALUE} for no end. */
    public record Loss(Condition condition, long from, long until) {}

    /** The same with something held up. */
    public Scenario holding(Condition condition, long since) {
        Map<Condition, Long> held = new java.util.TreeMap<>(heldUp);
        held.put(condition, since);
        return new Scenario(faults, hazards, held, from, until);
    }
}
