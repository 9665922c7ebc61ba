package dev.premortem.report;

/** A form in which results are written. */
public enum Format {
    /** For people: 80 columns. */
    TEXT,
    /** For programs: the contract. */
    JSON
}
