package dev.premortem.twin.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.testing.FakeRun;
import dev.premortem.twin.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnreplacedTest {
    private static final Condition REPLACED = Condition.of("main/shop/Deployment/cart", "replaced");
    private static final Condition CONTROL = Condition.of("cluster/main", "control-plane");
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

    private static FakeRun run(int spare) {
        return new FakeRun(
                new Unreplaced(
                        "unreplaced",
                        "test",
                        REPLACED,
                        CONTROL,
                        NOW.plus(Duration.ofDays(2)).toEpochMilli(),
                        Duration.ofDays(7),
                        spare,
                        Duration.ofMinutes(1)),
                NOW);
    }

    @Test
    void fallsAtTheNextEndOfAPodAndComesBackWithTheControlPlane() {
        FakeRun run = run(0).pass(Duration.ofDays(3))
                .change(CONTROL, false)
                .pass(Duration.ofDays(10))
                .change(CONTROL, true)
                .pass(Duration.ofDays(10));
        assertEquals(List.of(Duration.ofDays(9), Duration.ofDays(13).plusMinutes(1)), run.changes(REPLACED));
    }

    @Test
    void twoReplicasSurviveOneEnd() {
        FakeRun run = run(1).change(CONTROL, false).pass(Duration.ofDays(30));
        assertEquals(List.of(Duration.ofDays(9)), run.changes(REPLACED));
    }

    @Test
    void aShortLossHarmsNothing() {
        FakeRun run = run(0).change(CONTROL, false)
                .pass(Duration.ofDays(1))
                .change(CONTROL, true)
                .pass(Duration.ofDays(30));
        assertEquals(List.of(), run.changes(REPLACED));
    }
}
