package dev.premortem.twin.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.twin.process.Bucket.Rule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketTest {
    private static final Rule TOKENS = new Rule.Tokens(5, Duration.ofDays(7));
    private static final Rule WINDOW = new Rule.Window(5, Duration.ofDays(7));
    private static final long T0 = Instant.parse("2026-03-01T00:00:00Z").toEpochMilli();

    /** Ten fresh starts that each order once; the figures are computed from boulder's formula. */
    @ParameterizedTest
    @CsvSource({"0,6", "360,6", "720,8", "1008,10", "1122,0"})
    void freshStartsEmptyTheTokenBucket(long everyMinutes, int refused) {
        Bucket bucket = Bucket.full(TOKENS);
        int first = 0;
        for (int start = 1; start <= 10 && first == 0; start++) {
            if (!bucket.take(T0 + Duration.ofMinutes(everyMinutes).toMillis() * (start - 1))) {
                first = start;
            }
        }
        assertEquals(refused, first);
    }

    @ParameterizedTest
    @CsvSource({"0", "360", "720", "1008", "1122", "2015"})
    void theSlidingWindowRefusesTheSixthWithinAnyPeriod(long everyMinutes) {
        Bucket bucket = Bucket.full(WINDOW);
        for (int start = 0; start < 5; start++) {
            assertTrue(bucket.take(T0 + Duration.ofMinutes(everyMinutes).toMillis() * start));
        }
        assertFalse(bucket.take(T0 + Duration.ofMinutes(everyMinutes).toMillis() * 5));
        assertEquals(
                T0 + Duration.ofDays(7).toMillis(),
                bucket.nextGrant(T0 + Duration.ofMinutes(everyMinutes * 5).toMillis()));
    }

    @Test
    void afterABurstTheSixthIsPossibleAfterThirtyThreeHoursThirtySix() {
        Bucket bucket = Bucket.full(TOKENS);
        for (int i = 0; i < 5; i++) {
            assertTrue(bucket.take(T0));
        }
        long possible = T0 + Duration.ofMinutes(33 * 60 + 36).toMillis();
        assertEquals(possible, bucket.nextGrant(T0));
        assertFalse(bucket.take(possible - 1));
        assertTrue(bucket.take(possible));
        assertEquals(possible + Duration.ofMinutes(33 * 60 + 36).toMillis(), bucket.nextGrant(possible));
    }

    @Test
    void intervalsThatAreNoWholeMillisecondsDoNotDrift() {
        Bucket bucket = Bucket.full(new Rule.Tokens(7, Duration.ofMillis(10)));
        for (int i = 0; i < 7; i++) {
            assertTrue(bucket.take(T0));
        }
        // 10/7 ms apart: after 10 ms exactly seven more.
        int granted = 0;
        for (int ms = 1; ms <= 10; ms++) {
            while (bucket.take(T0 + ms)) {
                granted++;
            }
        }
        assertEquals(7, granted);
    }

    @Test
    void whatWasIssuedBeforeCounts() {
        long hour = Duration.ofHours(1).toMillis();
        List<Long> issued = List.of(T0 - 30 * hour, T0 - 150 * hour, T0 - 200 * hour, T0 - 10 * hour);
        assertEquals(2, Bucket.warmed(WINDOW, issued).left(T0));
        Bucket window =
                Bucket.warmed(WINDOW, List.of(T0 - 5 * hour, T0 - 4 * hour, T0 - 3 * hour, T0 - 2 * hour, T0 - hour));
        assertEquals(T0 + 163 * hour, window.nextGrant(T0));
        assertEquals(0, window.left(T0));
    }

    @Test
    void theNextGrantIsTheFirstInstantThatIsGranted() {
        for (int round = 0; round < 200; round++) {
            Random random = new Random(round);
            Rule rule = random.nextBoolean()
                    ? new Rule.Tokens(1 + random.nextInt(5), Duration.ofMillis(50))
                    : new Rule.Window(1 + random.nextInt(5), Duration.ofMillis(50));
            Bucket bucket = Bucket.full(rule);
            long now = 1000;
            for (int i = 0; i < 60; i++) {
                now += random.nextInt(20);
                long next = bucket.nextGrant(now);
                assertEquals(bucket.left(now) > 0, next == now, "seed " + round);
                assertEquals(next == now, bucket.take(now), "seed " + round);
            }
        }
    }
}
