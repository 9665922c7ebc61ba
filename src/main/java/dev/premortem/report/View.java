package dev.premortem.report;

import java.util.Set;

/**
 * How much a reader wants to see, and from where.
 *
 * @param all every outage, also folded, accepted, merely possible and chosen ones
 * @param coverage list what was not understood and what did not run
 * @param quiet one line for each outage and nothing else
 * @param colour true to colour severities and verdicts
 * @param prefix stands before each file, so that a place is relative to where the reader stands; empty or with a slash at its end
 * @param arguments what commands to paste need after the id ({@code --in examples/saturday}); empty or with a space at its beginning
 * @param baseline what was known before
 */
public record View(
        boolean all, boolean coverage, boolean quiet, boolean colour, String prefix, String arguments, Known baseline) {
    /** No extras, no colour, files as they are. */
    public static final View PLAIN = new View(false, false, false, false, "", "", Known.NOTHING);

    /** With ids that are known and did not grow. */
    public View(
            boolean all,
            boolean coverage,
            boolean quiet,
            boolean colour,
            String prefix,
            String arguments,
            Set<String> known) {
        this(all, coverage, quiet, colour, prefix, arguments, Known.of(known));
    }

    /** Ids of the baseline: counted, not shown. */
    public Set<String> known() {
        return baseline.ids();
    }

    /** The same in colour or without. */
    public View coloured(boolean wanted) {
        return new View(all, coverage, quiet, wanted, prefix, arguments, baseline);
    }

    /** The same showing everything. */
    public View everything() {
        return new View(true, coverage, quiet, colour, prefix, arguments, baseline);
    }
}
