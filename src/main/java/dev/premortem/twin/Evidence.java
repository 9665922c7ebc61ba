package dev.premortem.twin;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Provenance;

/** One fact behind a condition, as it is shown: its value in words a person knows, and where it comes from. */
public record Evidence(String value, Provenance provenance) {
    /** The evidence that a fact gives. */
    public static Evidence of(Fact<?> fact) {
        return new Evidence(String.valueOf(fact.value()), fact.provenance());
    }

    /** A fact's provenance with a text of its own. */
    public static Evidence of(String value, Fact<?> fact) {
        return new Evidence(value, fact.provenance());
    }
}
