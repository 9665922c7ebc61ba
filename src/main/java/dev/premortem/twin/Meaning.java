package dev.premortem.twin;

import java.util.List;

/**
 * What a condition says to a person.
 *
 * @param mechanism id of the mechanism that added it; empty for the estate's skeleton
 * @param holds sentence without a full stop for when it holds: {@code link/primary is up}
 * @param lost sentence for when it does not: {@code link/primary fails}
 * @param evidence facts that it rests on
 */
public record Meaning(String mechanism, String holds, String lost, List<Evidence> evidence) {
    public Meaning {
        evidence = List.copyOf(evidence);
    }

    public static Meaning of(String mechanism, String holds, String lost, Evidence... evidence) {
        return new Meaning(mechanism, holds, lost, List.of(evidence));
    }
}
