package dev.premortem.twin.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.testing.FakeRun;
import dev.premortem.twin.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Condition RUNNING = Condition.of("pods", "running");
    private static final Condition ASKED = Condition.of("edge");

    private static FakeRun run() {
        return new FakeRun(
                new BackOff(
                        "back-off",
                        "probe",
                        RUNNING,
                        ASKED,
                        new BackOff.Times(Duration.ofSeconds(20), Duration.ofSeconds(30), Duration.ofSeconds(5))),
                START);
    }

    private static List<Duration> seconds(long... seconds) {
        return java.util.Arrays.stream(seconds).mapToObj(Duration::ofSeconds).toList();
    }

    @Test
    void aShortSilenceHarmsNothing() {
        FakeRun run = run().change(ASKED, false).pass(Duration.ofSeconds(19)).change(ASKED, true);
        assertEquals(List.of(), run.pass(Duration.ofHours(1)).changes(RUNNING));
    }

    @Test
    void theFirstRestartIsAtOnce() {
        FakeRun run = run().change(ASKED, false).pass(Duration.ofSeconds(20)).change(ASKED, true);
        assertEquals(seconds(20, 25), run.pass(Duration.ofHours(1)).changes(RUNNING));
    }

    @Test
    void eachKillDoublesTheWait() {
        // Kills at 20, 50, 90, 140, 210 and 320 s; the wait after the last is 160 s.
        FakeRun run = run().change(ASKED, false).pass(Duration.ofSeconds(330)).change(ASKED, true);
        assertEquals(seconds(20, 485), run.pass(Duration.ofHours(1)).changes(RUNNING));
    }

    @Test
    void waitsGrowNoLongerThanFiveMinutes() {
        FakeRun run = run().change(ASKED, false).pass(Duration.ofHours(8)).change(ASKED, true);
        run.pass(Duration.ofHours(1));
        Duration back = run.changes(RUNNING).getLast();
        assertEquals(2, run.changes(RUNNING).size());
        assertEquals(true, back.compareTo(Duration.ofHours(8).plusSeconds(305)) <= 0);
    }

    @Test
    void tenCalmMinutesMakeTheWaitShortAgain() {
        FakeRun run = run().change(ASKED, false).pass(Duration.ofSeconds(330)).change(ASKED, true);
        run.pass(Duration.ofHours(1))
                .change(ASKED, false)
                .pass(Duration.ofSeconds(20))
                .change(ASKED, true);
        run.pass(Duration.ofHours(1));
        assertEquals(
                Duration.ofSeconds(5),
                run.changes(RUNNING).get(3).minus(run.changes(RUNNING).get(2)));
    }
}
