package dev.premortem.fact;

/**
 * Bad input, told to a person: what was found, where, what was expected and what to do. Problems are collected, the rest is still read.
 *
 * @param file path relative to the tree that was given
 * @param line from 1, or 0 where the whole file is meant
 * @param field path of the field, empty where the whole document or file is meant
 * @param found what stands there
 * @param expected what was expected
 * @param hint what to do, empty where the expectation says it all; printed on a new line after "Maybe"
 */
public record Problem(String file, int line, String field, String found, String expected, String hint)
        implements Comparable<Problem> {
    /** One line for stderr: {@code file:line: field: found, expected …}. */
    public String text() {
        StringBuilder out = new StringBuilder(file);
        if (line > 0) {
            out.append(':').append(line);
        }
        out.append(": ");
        if (!field.isEmpty()) {
            out.append(field).append(": ");
        }
        out.append(found);
        if (!expected.isEmpty()) {
            out.append("; expected ").append(expected);
        }
        if (!hint.isEmpty()) {
            out.append("\n    Maybe ").append(hint);
        }
        return out.toString();
    }

    @Override
    public int compareTo(Problem other) {
        int byFile = file.compareTo(other.file);
        if (byFile != 0) {
            return byFile;
        }
        return line != other.line ? Integer.compare(line, other.line) : text().compareTo(other.text());
    }
}
