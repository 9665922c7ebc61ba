package dev.premortem.outage;

/** The kind of cause: the order within a severity. */
public enum OutageClass {
    /** Contradiction, dead setting, broken promise. */
    A,
    /** A date. */
    B,
    /** A budget, churn. */
    C,
    /** The next change. */
    D,
    /** Never exercised. */
    E,
    /** Chosen. */
    F
}
