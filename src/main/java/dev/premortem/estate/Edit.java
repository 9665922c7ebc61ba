package dev.premortem.estate;

import dev.premortem.fact.Declared;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A small change of the estate, which a remedy proposes. Textual ones become a patch of the user's own file, comments and layout kept. */
public sealed interface Edit {
    /** What of the files it changes or copies; empty for a document that does not stand there yet, and for an act. */
    default Optional<Declared> where() {
        return switch (this) {
            case SetValue set -> Optional.of(set.place());
            case AddField add -> Optional.of(add.mapping());
            case Remove remove -> Optional.of(remove.place());
            case Repoint repoint -> Optional.of(repoint.place());
            case CopyDocument copy -> Optional.of(copy.document());
            case AddDocument ignored -> Optional.empty();
            case Renew ignored -> Optional.empty();
        };
    }

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

    /** Lets a scalar that names other things name another one instead; several of these may change one scalar. */
    record Repoint(Declared place, Renamed renamed) implements Edit {}

    /**
     * Copies the whole YAML document that starts at or around a place to the end of another file, which may be new.
     *
     * @param copied the thing in the document and what its copy is called: copies that are made together into one cluster name each other
     */
    record CopyDocument(Declared document, String file, Optional<Renamed> copied) implements Edit {
        public CopyDocument(Declared document, String file) {
            this(document, file, Optional.empty());
        }
    }

    /** A reference and what stands in its place. */
    record Renamed(Reference from, Reference to) {
        /** A text with every mention of the one replaced by the other. */
        public String in(String text) {
            return Pattern.compile("(?<![\\w./-])" + Pattern.quote(from.text()) + "(?![\\w./-])")
                    .matcher(text)
                    .replaceAll(Matcher.quoteReplacement(to.text()));
        }

        /** True where both lead into the same cluster. */
        public boolean beside(Renamed other) {
            return cluster(to).equals(cluster(other.to));
        }

        private static String cluster(Reference reference) {
            return reference.text().replaceFirst("/.*", "");
        }
    }

    /** An act that no file shows: a certificate is issued anew. */
    record Renew(Reference certificate, Instant at) implements Edit {}
}
