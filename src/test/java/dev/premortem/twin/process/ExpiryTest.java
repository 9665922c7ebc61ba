package dev.premortem.twin.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.premortem.testing.FakeRun;
import dev.premortem.twin.Condition;
import dev.premortem.twin.process.Expiry.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpiryTest {
    private static final Condition VALID = Condition.of("cluster/main", "certificate:server");
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-02-24T09:14:07Z");

    private static FakeRun run(Span... spans) {
        return new FakeRun(new Expiry("expiry", "test", VALID, List.of(spans)), NOW).pass(Duration.ofDays(400));
    }

    @Test
    void isLostInTheInstantAfterNotAfter() {
        FakeRun run = run(Span.of(Instant.parse("2025-02-24T09:14:07Z"), END));
        assertEquals(List.of(Duration.between(NOW, END).plusMillis(1)), run.changes(VALID));
    }

    @Test
    void aRenewalAtTheVerySecondGivesNoOutage() {
        FakeRun run = run(
                Span.of(Instant.parse("2025-02-24T09:14:07Z"), END),
                Span.of(END, Instant.parse("2029-01-01T00:00:00Z")));
        assertEquals(List.of(), run.changes(VALID));
    }

    @Test
    void aLateRenewalEndsTheOutage() {
        Instant late = END.plus(Duration.ofHours(3));
        FakeRun run = run(Span.of(NOW.minusSeconds(10), END), Span.of(late, late.plus(Duration.ofDays(365))));
        assertEquals(
                List.of(Duration.between(NOW, END).plusMillis(1), Duration.between(NOW, late)),
                run.changes(VALID).subList(0, 2));
    }

    @Test
    void aShorterCertificateReplacesALongerOne() {
        Instant renewal = NOW.plus(Duration.ofDays(10));
        FakeRun run =
                run(Span.of(NOW, NOW.plus(Duration.ofDays(90))), Span.of(renewal, renewal.plus(Duration.ofDays(45))));
        assertEquals(List.of(Duration.ofDays(55).plusMillis(1)), run.changes(VALID));
    }

    @Test
    void whatIsOverAtTheBeginningIsLostFromTheStart() {
        FakeRun run = run(Span.of(NOW.minus(Duration.ofDays(400)), NOW.minusSeconds(1)));
        assertFalse(run.holds(VALID));
        assertEquals(List.of(Duration.ZERO), run.changes(VALID));
    }
}
