package dev.premortem.twin.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.testing.FakeRun;
import dev.premortem.twin.Condition;
import dev.premortem.twin.process.Bucket.Rule;
import dev.premortem.twin.process.Starts.Clock;
import dev.premortem.twin.process.Starts.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StartsTest {
    private static final Condition CERTIFICATE =
            Condition.of("main/edge/Deployment/traefik", "certificate:*.example.com");
    private static final Instant NOW = Instant.parse("2026-03-04T18:00:00Z");
    private static final Rule TOKENS = new Rule.Tokens(5, Duration.ofDays(7));
    private static final Rule WINDOW = new Rule.Window(5, Duration.ofDays(7));

    private static FakeRun run(Rule rule, Duration every, int replicas, Optional<Duration> retry) {
        Clock clock = new Clock(NOW.plus(every).toEpochMilli(), every, replicas, retry);
        return new FakeRun(
                new Starts("starts", "test", clock, List.of(new Order(CERTIFICATE, "*.example.com", rule, List.of()))),
                NOW);
    }

    @Test
    void theEighthFreshStartEveryTwelveHoursIsRefused() {
        FakeRun run = run(TOKENS, Duration.ofHours(12), 1, Optional.empty()).pass(Duration.ofDays(30));
        // At the ninth the bucket has 0.86 of a token again, at the tenth one.
        assertEquals(
                List.of(Duration.ofDays(4), Duration.ofDays(5)),
                run.changes(CERTIFICATE).subList(0, 2));
    }

    @Test
    void theWindowKeepsItRefusedUntilTheOldestIsAWeekOld() {
        FakeRun run = run(WINDOW, Duration.ofHours(12), 1, Optional.empty()).pass(Duration.ofDays(8));
        // Granted at 12, 24, 36, 48, 60 h; the first is a week old at 180 h.
        assertEquals(
                List.of(Duration.ofHours(72), Duration.ofHours(180)),
                run.changes(CERTIFICATE).subList(0, 2));
    }

    @Test
    void aSlowClockIsNeverRefused() {
        FakeRun run = run(TOKENS, Duration.ofHours(34), 1, Optional.empty()).pass(Duration.ofDays(400));
        assertEquals(List.of(), run.changes(CERTIFICATE));
    }

    @Test
    void aChangedConfigurationOrdersAgain() {
        FakeRun run = run(TOKENS, Duration.ofHours(12), 1, Optional.of(Duration.ofHours(1)))
                .pass(Duration.ofDays(5));
        // A token is there after 112 h 48 min, an hourly change sees it at 113 h; it is spent when the pod starts at
        // 120 h.
        assertEquals(
                List.of(Duration.ofHours(96), Duration.ofHours(113), Duration.ofHours(120)), run.changes(CERTIFICATE));
    }

    @Test
    void replicasShareNothing() {
        FakeRun run = run(TOKENS, Duration.ofHours(6), 2, Optional.empty()).pass(Duration.ofDays(30));
        assertEquals(Duration.ofHours(36), run.changes(CERTIFICATE).getFirst());
    }

    private static final Rule DOMAIN = new Rule.Tokens(50, Duration.ofDays(7));

    private static Order first(int number, List<Long> issued) {
        return new Order(
                Condition.of("main/edge/Deployment/traefik", "certificate:" + number),
                number + ".example.com",
                TOKENS,
                issued,
                List.of(
                        new Starts.Further("the registered domain example.com", DOMAIN, false),
                        new Starts.Further("the account", new Rule.Tokens(300, Duration.ofHours(3)), true)),
                List.of());
    }

    private static FakeRun sixty(List<Long> issued) {
        List<Order> orders = new java.util.ArrayList<>();
        for (int i = 0; i < 60; i++) {
            orders.add(first(i, issued));
        }
        Duration day = Duration.ofDays(2);
        Clock clock = new Clock(NOW.plus(day).toEpochMilli(), day, 1, Optional.empty());
        return new FakeRun(new Starts("starts", "test", clock, orders), NOW);
    }

    @Test
    void sixtyFirstOrdersMeetTheDomainsFifty() {
        FakeRun run = sixty(List.of()).pass(Duration.ofDays(30));
        assertEquals(List.of(), run.changes(first(49, List.of()).certificate()));
        // One more every 3 h 21 min 36 s: at the next start, two days later, all ten are granted.
        assertEquals(
                List.of(Duration.ofDays(2), Duration.ofDays(4)),
                run.changes(first(50, List.of()).certificate()));
        assertTrue(
                run.log().get(50).text().contains("50 in 168 h are used up for the registered domain example.com"),
                run.log().get(50)::text);
    }

    @Test
    void renewalsAreFreeOfTheDomainsBudgetAndNotOfTheirOwn() {
        long before = NOW.minus(Duration.ofDays(119)).toEpochMilli();
        FakeRun run = sixty(List.of(NOW.toEpochMilli() - 1)).pass(Duration.ofDays(3));
        assertEquals(List.of(), run.changes(first(59, List.of()).certificate()));
        // At the first start the set is 121 days old: no renewal any more.
        assertEquals(
                List.of(Duration.ofDays(2)),
                sixty(List.of(before))
                        .pass(Duration.ofDays(3))
                        .changes(first(59, List.of()).certificate()));
    }

    @Test
    void whoeverElseOrdersTheSameSetTakesFromTheSameBudget() {
        Duration every = Duration.ofHours(48);
        long start = NOW.plus(every).toEpochMilli();
        Order alone = new Order(CERTIFICATE, "*.example.com", TOKENS, List.of());
        Order shared = new Order(
                CERTIFICATE,
                "*.example.com",
                TOKENS,
                List.of(),
                List.of(),
                List.of(new Starts.Other(start, every.toMillis() / 3, true)));
        Clock clock = new Clock(start, every, 1, Optional.empty());
        assertEquals(
                List.of(),
                new FakeRun(new Starts("starts", "test", clock, List.of(alone)), NOW)
                        .pass(Duration.ofDays(60))
                        .changes(CERTIFICATE));
        FakeRun run = new FakeRun(new Starts("starts", "test", clock, List.of(shared)), NOW).pass(Duration.ofDays(60));
        assertTrue(!run.changes(CERTIFICATE).isEmpty());
    }

    @Test
    void ordersAndRefusalsAreTold() {
        FakeRun run = run(TOKENS, Duration.ofHours(1), 1, Optional.empty()).pass(Duration.ofHours(6));
        List<String> texts = run.log().stream().map(FakeRun.Entry::text).toList();
        assertEquals("a fresh start finds an empty store: order 5 of 5 for *.example.com", texts.get(4));
        assertEquals(
                "a fresh start finds an empty store: the order for *.example.com is refused, 5 in 168 h are used up;"
                        + " possible again at 2026-03-06T04:36:00Z",
                texts.get(5));
    }

    @Test
    void whatTheCaCountedOutlivesAChangeOfTheEstate() {
        FakeRun whole = run(TOKENS, Duration.ofHours(12), 1, Optional.empty()).pass(Duration.ofHours(130));
        FakeRun first = run(TOKENS, Duration.ofHours(12), 1, Optional.empty()).pass(Duration.ofHours(100));
        Instant then = NOW.plus(Duration.ofHours(100));
        Clock clock =
                new Clock(then.plus(Duration.ofHours(12)).toEpochMilli(), Duration.ofHours(12), 1, Optional.empty());
        FakeRun second = FakeRun.after(
                        first,
                        new Starts(
                                "starts",
                                "test",
                                clock,
                                List.of(new Order(CERTIFICATE, "*.example.com", TOKENS, List.of()))))
                .pass(Duration.ofHours(30));
        assertEquals(List.of(Duration.ofHours(96), Duration.ofHours(120)), whole.changes(CERTIFICATE));
        assertEquals(List.of(Duration.ZERO, Duration.ofHours(20)), second.changes(CERTIFICATE));
    }
}
