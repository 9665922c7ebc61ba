package dev.premortem.outage;

import dev.premortem.fact.Problem;
import java.util.List;

/**
 * What was read and what was not.
 *
 * @param objects how many documents and objects were read
 * @param files how many files
 * @param notUnderstood what was left out, each with its reason
 * @param problems bad input, for stderr
 * @param notRun mechanisms that lack a fact: id and what is missing
 */
public record Coverage(
        int objects, int files, List<NotUnderstood> notUnderstood, List<Problem> problems, List<NotRun> notRun) {
    /** Something that was left out. */
    public record NotUnderstood(String file, int line, String kind, String reason) {}

    /** A mechanism that could not run. */
    public record NotRun(String mechanism, String lacks) {}

    /** The same with other problems. */
    public Coverage with(List<Problem> told) {
        return new Coverage(objects, files, notUnderstood, List.copyOf(told), notRun);
    }

    /** The same with what did not run. */
    public Coverage notRun(List<NotRun> mechanisms) {
        return new Coverage(objects, files, notUnderstood, problems, List.copyOf(mechanisms));
    }
}
