package dev.premortem.cli;

/** The exit codes of the contract. */
final class Exit {
    /** Nothing at or above the threshold. */
    static final int FINE = 0;
    /** Something is. */
    static final int FOUND = 1;
    /** Wrong usage, or nothing that could be read. */
    static final int USAGE = 2;
    /** An internal failure. */
    static final int INTERNAL = 3;

    private Exit() {}
}
