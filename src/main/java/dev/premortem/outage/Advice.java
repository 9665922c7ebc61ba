package dev.premortem.outage;

import dev.premortem.fact.Declared;
import java.util.List;
import java.util.Optional;

/**
 * The remedies that save most within a budget, each step tried on the model together with those before it.
 *
 * @param before minutes a year of all outages that count, folded under another or not
 * @param left minutes a year that stay once everything picked is done
 * @param upperBound minutes a year that no choice within the budget can save more than
 * @param optimal true where no other choice within the budget saves more
 * @param considered remedies that were compared
 * @param priced true where the owner says what remedies cost
 * @param remarks what was left out, and why
 */
public record Advice(
        List<Pick> picked,
        Band before,
        Band left,
        double upperBound,
        boolean optimal,
        int considered,
        boolean priced,
        List<String> remarks) {
    /**
     * One remedy of the advice.
     *
     * @param outages ids of the outages that it prevents or shortens
     * @param prevents titles of these, after {@code prevents:} or {@code lessens:}
     * @param place where the first edit is made, where that is a line of a file
     * @param cost what it takes of the budget
     * @param saved minutes a year that this step saves after those before it
     * @param cumulative minutes a year saved by all steps so far
     * @param assumed true where the minutes rest on a rate that nobody declared or observed
     */
    public record Pick(
            Remedy remedy,
            List<String> outages,
            List<String> prevents,
            Optional<Declared> place,
            double cost,
            Band saved,
            Band cumulative,
            boolean assumed) {}
}
