package dev.premortem.source.text;

/**
 * How much is read before a file counts as hostile or as a mistake.
 *
 * @param fileBytes largest file that is read
 * @param totalBytes what all files together may have
 * @param depth how deep mappings and sequences may be nested
 * @param values how many values one document may have after its aliases are expanded
 */
public record Limits(long fileBytes, long totalBytes, int depth, int values) {
    /** 64 MiB a file, 1 GiB in all, 128 levels, two million values a document. */
    public static final Limits DEFAULT = new Limits(64L << 20, 1L << 30, 128, 2_000_000);

    /** How many characters the field paths of one document may have in all: long keys, deeply nested, would multiply. */
    static final long PATH_CHARACTERS = 128L << 20;

    static final String LONG_PATHS = "field paths of more than " + (PATH_CHARACTERS >> 20) + " Mi characters in all";

    /** The same for a text of so many characters: aliases may multiply its values, but not without end. */
    Limits of(int characters) {
        return new Limits(fileBytes, totalBytes, depth, (int) Math.min(values, 10_000 + 2L * characters));
    }
}
