package dev.premortem.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    private static String next(String line) {
        return Schedule.parse(line)
                .orElseThrow()
                .after(NOON)
                .map(Instant::toString)
                .orElse("never");
    }

    @Test
    void linesNameTheirNextInstant() {
        assertEquals("2026-11-24T12:05:00Z", next("*/5 * * * *"));
        assertEquals("2026-11-25T12:00:00Z", next("0 12 * * *"));
        assertEquals("2026-12-01T00:00:00Z", next("@monthly"));
        assertEquals("2026-11-29T03:30:00Z", next("30 3 * * SUN"));
        assertEquals("2026-11-29T03:30:00Z", next("30 3 * * 7"));
        assertEquals("2027-01-01T04:00:00Z", next("0 4 1 */3 *"));
        assertEquals("2028-02-29T00:00:00Z", next("0 0 29 2 *"));
        assertEquals("never", next("0 0 31 2 *"));
        assertEquals("2026-11-24T12:10:00Z", next("10-20/10 9-17 * jan-dec mon-fri"));
    }

    @Test
    void aDayFitsEitherFieldWhereBothAreRestricted() {
        assertEquals("2026-11-27T00:00:00Z", next("0 0 13 * 5"));
        assertEquals("2026-11-25T00:00:00Z", next("0 0 25 * 5"));
    }

    @Test
    void theLongestGapIsThatOfTheLongestMonths() {
        assertEquals(
                Optional.of(Duration.ofDays(31)),
                Schedule.parse("0 0 1 * *").orElseThrow().longest(NOON));
        assertEquals(
                Optional.of(Duration.ofDays(3)),
                Schedule.parse("0 0 * * 1-5").orElseThrow().longest(NOON));
    }

    @Test
    void whatIsNotUnderstoodIsNoSchedule() {
        for (String line :
                List.of("", "@reboot", "H 3 * * *", "60 * * * *", "* * * *", "*/0 * * * *", "1--2 * * * *")) {
            assertTrue(Schedule.parse(line).isEmpty(), line);
        }
    }
}
