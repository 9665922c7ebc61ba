package dev.premortem.outage;

/** How bad an outage is, by {@code ranking.md} rule 5. Worst first. */
public enum Severity {
    CRITICAL,
    HIGH,
    MEDIUM,
    LOW;

    /** The word in outputs and on the command line. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
