package dev.premortem.source.openpsa;

import dev.premortem.fact.Problem;

/** What is wrong with a fault tree, so that it cannot be analysed. */
public final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    Unreadable(Problem problem) {
        super(problem.text());
        this.problem = problem;
    }

    /** Where and what, and what was expected. */
    public Problem problem() {
        return problem;
    }
}
