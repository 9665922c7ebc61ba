package dev.premortem.estate;

import dev.premortem.fact.Declared;
import java.time.Instant;

/** A small change of the estate, which a remedy proposes. Textual ones become a patch of the user's own file, comments and layout kept. */
public sealed interface Edit {
    /** Replaces the scalar at a place. */
    record SetValue(Declared place, String value) implements Edit {}

    /**
     * Adds a key to the mapping at a place.
     *
     * @param mapping place of the mapping (its field path and line)
     * @param yaml value as YAML text, one or more lines, indented from column 0
     */
    record AddField(Declared mapping, String key, String yaml) implements Edit {}

    /** Removes the field or sequence item at a place, with its value. */
    record Remove(Declared place) implements Edit {}

    /** Adds a YAML document at the end of a file, which may be new. */
    record AddDocument(String file, String yaml) implements Edit {}

    /** Copies the whole YAML document that starts at or around a place to the end of another file, which may be new. */
    record CopyDocument(Declared document, String file) implements Edit {}

    /** An act that no file shows: a certificate is issued anew. */
    record Renew(Reference certificate, Instant at) implements Edit {}
}
