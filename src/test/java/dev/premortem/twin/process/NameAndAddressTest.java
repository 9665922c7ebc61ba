package dev.premortem.twin.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.testing.FakeRun;
import dev.premortem.twin.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NameAndAddressTest {
    private static final Condition EXISTS = Condition.of("main/edge/Service/traefik", "load-balancer");
    private static final Condition READY = Condition.of("main/edge/Service/traefik", "ready");
    private static final Condition RIGHT = Condition.of("main/edge/Service/traefik", "address:www");
    private static final Condition SERVED = Condition.of("zone/example.com", "ttl:www");
    private static final Instant NOW = Instant.parse("2026-03-04T18:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private static NameAndAddress process(Optional<String> pinned, Corrector corrector) {
        return new NameAndAddress(
                "name:www.example.com",
                "test",
                new Address("main/edge/Service/traefik", EXISTS, "192.0.2.1", "", pinned, Duration.ofSeconds(90)),
                Answers.of(HOUR, Duration.ofMinutes(5)),
                corrector,
                new NameAndAddress.Told(READY, RIGHT, SERVED, "www.example.com"));
    }

    private static FakeRun recreated(NameAndAddress process) {
        return new FakeRun(process, NOW)
                .pass(Duration.ofMinutes(7))
                .change(EXISTS, false)
                .change(EXISTS, true)
                .pass(Duration.ofHours(6));
    }

    @Test
    void nothingHappensWhileNothingChanges() {
        FakeRun run = new FakeRun(process(Optional.empty(), new Corrector.Nobody()), NOW).pass(Duration.ofDays(400));
        assertEquals(List.of(), run.log());
    }

    @Test
    void aNewAddressIsServedToTheLastUserOneTtlAfterThePersonCorrectedTheRecord() {
        FakeRun run = recreated(process(Optional.empty(), new Corrector.Person(Duration.ofMinutes(20))));
        Duration back = Duration.ofMinutes(7).plusSeconds(90);
        assertEquals(List.of(Duration.ofMinutes(7), back), run.changes(READY));
        assertEquals(List.of(Duration.ofMinutes(7), back.plusMinutes(20)), run.changes(RIGHT));
        Duration last = run.changes(SERVED).get(1).minus(back.plusMinutes(20));
        assertTrue(last.compareTo(HOUR) <= 0 && last.compareTo(HOUR.minusMinutes(2)) > 0, last::toString);
    }

    @Test
    void aPinnedAddressIsBackWithTheLoadBalancer() {
        FakeRun run = recreated(process(Optional.of("192.0.2.1"), new Corrector.Nobody()));
        assertEquals(List.of(Duration.ofMinutes(7), Duration.ofMinutes(7).plusSeconds(90)), run.changes(SERVED));
        assertEquals(run.changes(SERVED), run.changes(RIGHT));
    }

    @Test
    void aProgramCorrectsTheRecordAfterItsInterval() {
        FakeRun run = recreated(process(Optional.empty(), new Corrector.Program(Duration.ofMinutes(1))));
        assertEquals(Duration.ofMinutes(8).plusSeconds(90), run.changes(RIGHT).get(1));
    }

    @Test
    void aRecordThatNobodyCorrectsStaysWrongUntilSomebodyDoes() {
        FakeRun run = recreated(process(Optional.empty(), new Corrector.Nobody()));
        assertFalse(run.holds(RIGHT));
        run.change(RIGHT, true).pass(HOUR);
        assertTrue(run.holds(SERVED));
    }

    private static NameAndAddress of(String loadBalancer, Optional<String> pinned) {
        return new NameAndAddress(
                "name:www.example.com",
                "test",
                new Address(loadBalancer, EXISTS, "192.0.2.1", "", pinned, Duration.ofSeconds(90)),
                Answers.of(HOUR, Duration.ofMinutes(5)),
                new Corrector.Person(Duration.ofMinutes(20)),
                new NameAndAddress.Told(READY, RIGHT, SERVED, "www.example.com"));
    }

    @Test
    void aRenamedReleaseHasANewAddressAndItsCachesGoOn() {
        FakeRun before =
                new FakeRun(of("main/edge/Service/traefik", Optional.empty()), NOW).pass(Duration.ofMinutes(10));
        FakeRun deleted = FakeRun.after(before, of("", Optional.empty())).pass(Duration.ofMinutes(4));
        FakeRun created = FakeRun.after(deleted, of("main/edge/Service/traefik-v2", Optional.empty()))
                .pass(Duration.ofHours(3));
        assertEquals(List.of(Duration.ZERO), deleted.changes(SERVED));
        assertEquals(Duration.ofSeconds(90), created.changes(READY).getLast());
        assertEquals(
                Duration.ofMinutes(21).plusSeconds(30), created.changes(RIGHT).getLast());
        assertTrue(created.changes(SERVED).getLast().compareTo(Duration.ofMinutes(75)) > 0);
        assertTrue(created.holds(SERVED));
    }

    @Test
    void aRunThatGoesOnAmidACorrectionEndsAtTheSameInstant() {
        FakeRun whole = recreated(of("main/edge/Service/traefik", Optional.empty()));
        FakeRun first = new FakeRun(of("main/edge/Service/traefik", Optional.empty()), NOW)
                .pass(Duration.ofMinutes(7))
                .change(EXISTS, false)
                .change(EXISTS, true)
                .pass(Duration.ofMinutes(33));
        FakeRun second = FakeRun.after(first, of("main/edge/Service/traefik", Optional.empty()))
                .pass(Duration.ofHours(6));
        assertEquals(
                whole.changes(SERVED).getLast(),
                second.changes(SERVED).getLast().plusMinutes(40));
    }

    @Test
    void usersComeBackInSixtyEqualSteps() {
        FakeRun run = new FakeRun(process(Optional.empty(), new Corrector.Program(Duration.ZERO)), NOW)
                .change(EXISTS, false)
                .change(EXISTS, true)
                .pass(Duration.ofSeconds(90));
        assertEquals(List.of(), shares(run));
        run.pass(Duration.ofHours(1));
        List<Double> shares = shares(run);
        assertEquals(60, shares.size());
        assertEquals(0.983, shares.getFirst());
        assertEquals(0.5, shares.get(29));
        assertEquals(0.0, shares.getLast());
    }

    private static List<Double> shares(FakeRun run) {
        return run.log().stream()
                .filter(entry -> entry.text().startsWith("share "))
                .map(entry -> Double.valueOf(entry.text().substring(6)))
                .toList();
    }
}
