package dev.premortem.predict;

import dev.premortem.fact.Declared;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A risk that is accepted from outside of the objects it is about, as for those that somebody else owns.
 *
 * @param name id of an outage or of a mechanism
 * @param of which references it is about
 * @param files which files it is about
 * @param until first moment at which it does not count any more
 * @param whole true where all that it may be about was read, so that one which matches nothing is stale
 */
public record OutsideAcceptance(
        String name,
        Predicate<String> of,
        Predicate<String> files,
        Instant until,
        String reason,
        Declared place,
        boolean whole) {
    /** The moment after the last day on which an acceptance counts; empty where the text is no date. */
    public static Optional<Instant> end(String date) {
        try {
            return Optional.of(LocalDate.parse(date)
                    .plusDays(1)
                    .atStartOfDay(ZoneOffset.UTC)
                    .toInstant());
        } catch (DateTimeParseException notADate) {
            return Optional.empty(); // the caller says where and what was expected
        }
    }
}
