package dev.premortem.twin.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.twin.process.Bucket.Rule;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefusalsTest {
    private static final Rule TOKENS = new Rule.Tokens(5, Duration.ofHours(168));

    @Test
    void tenStartsAWeekEmptyAFullBucketInAboutSixDays() {
        long mean = Duration.ofMinutes(1008).toMillis();
        Refusals band = Refusals.of(
                () -> Bucket.full(TOKENS), 0, mean, Duration.ofDays(400).toMillis());
        // A throw-away program of another hand gave 2.6, 5.8 and 11.7 days.
        assertEquals(2.6, days(band.early()), 0.5);
        assertEquals(5.8, days(band.median()), 0.8);
        assertEquals(11.7, days(band.late()), 2.0);
        assertTrue(band.share() > 0.99);
    }

    @Test
    void theSameInputsGiveTheSameBand() {
        long mean = Duration.ofHours(30).toMillis();
        long end = Duration.ofDays(30).toMillis();
        assertEquals(
                Refusals.of(() -> Bucket.full(TOKENS), 0, mean, end),
                Refusals.of(() -> Bucket.full(TOKENS), 0, mean, end));
    }

    private static double days(long millis) {
        return millis / 86_400_000.0;
    }
}
