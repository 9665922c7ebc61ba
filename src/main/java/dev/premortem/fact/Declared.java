package dev.premortem.fact;

/**
 * A place in a file of the estate.
 *
 * @param file path relative to the tree that was given, with {@code /}
 * @param line from 1
 * @param field path of the field inside its document ({@code spec.template.spec.containers[0].image}), empty for a whole document
 */
public record Declared(String file, int line, String field) implements Provenance, Comparable<Declared> {
    public Declared {
        if (line < 1) {
            throw new IllegalArgumentException("line must be at least 1, was " + line + " in " + file);
        }
    }

    /** {@code file:line}, as editors and terminals understand it. */
    public String at() {
        return file + ":" + line;
    }

    @Override
    public int compareTo(Declared other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        return line != other.line ? Integer.compare(line, other.line) : field.compareTo(other.field);
    }
}
