package dev.premortem.fact;

/**
 * A place in a file of the estate.
 *
 * @param file path relative to the tree that was given, with {@code /}
 * @param line from 1
 * @param field path of the field inside its document ({@code spec.template.spec.containers[0].image}), empty for a whole document
 */
public record Declared(String file, int line, String field) implements Provenance, Comparable<Declared> {
    /** Begins the field of a place that no edit can change: its line made a value, but does not hold it. */
    public static final String MADE = "[rendered]";

    /**
     * Begins the field of a place that holds no value of its own: its line asked for what the published layout of a chart makes of it, and the chart was not
     * rendered. No edit can change it.
     */
    public static final String LAID = MADE + "by layout: ";

    public Declared {
        if (line < 1) {
            throw new IllegalArgumentException("line must be at least 1, was " + line + " in " + file);
        }
    }

    /** The same line as one that only asked for what is told of it. */
    public Declared asked() {
        return laid() ? this : new Declared(file, line, LAID + field);
    }

    /** True where the layout of a chart is known, and its templates were not read. */
    public boolean laid() {
        return field.startsWith(LAID);
    }

    /** True where the line made what is told of it, as a template does, and does not hold it. */
    public boolean made() {
        return field.startsWith(MADE);
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
