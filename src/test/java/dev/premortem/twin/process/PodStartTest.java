package dev.premortem.twin.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.testing.FakeRun;
import dev.premortem.twin.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PodStartTest {
    private static final Condition RUNNING = Condition.of("main/edge/Deployment/traefik", "pending");
    private static final Condition HOME = Condition.of("main/Node/n1");
    private static final Condition ROOM = Condition.of("node-pool/main/small", "room");
    private static final Condition CONTROL = Condition.of("cluster/main", "control-plane");
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

    private static PodStart pod(boolean born, Optional<Duration> node) {
        return new PodStart(
                "pod",
                "test",
                RUNNING,
                new PodStart.Needs(HOME, ROOM, List.of(CONTROL)),
                new PodStart.Times(Duration.ofSeconds(350), Duration.ofSeconds(60), node),
                born);
    }

    @Test
    void aPendingPodGoesOnPendingOverAChangeThatDoesNotTouchIt() {
        FakeRun first =
                new FakeRun(pod(true, Optional.of(Duration.ofMinutes(5))), NOW, ROOM).pass(Duration.ofMinutes(2));
        FakeRun second = FakeRun.after(first, pod(false, Optional.of(Duration.ofMinutes(5))), ROOM)
                .pass(Duration.ofHours(1));
        assertEquals(List.of(Duration.ZERO, Duration.ofMinutes(4)), second.changes(RUNNING));
    }

    @Test
    void movesWhereThereIsRoomAfterEviction() {
        FakeRun run = new FakeRun(pod(false, Optional.empty()), NOW)
                .change(HOME, false)
                .pass(Duration.ofHours(1));
        assertEquals(List.of(Duration.ZERO, Duration.ofSeconds(410)), run.changes(RUNNING));
    }

    @Test
    void waitsForANodeWhereThereIsNoRoom() {
        FakeRun run = new FakeRun(pod(true, Optional.of(Duration.ofMinutes(5))), NOW, ROOM).pass(Duration.ofHours(1));
        assertEquals(List.of(Duration.ZERO, Duration.ofMinutes(6)), run.changes(RUNNING));
    }

    @Test
    void staysPendingAtThePoolsMaximumUntilThereIsRoom() {
        FakeRun run = new FakeRun(pod(true, Optional.empty()), NOW, ROOM)
                .pass(Duration.ofHours(3))
                .change(ROOM, true)
                .pass(Duration.ofHours(1));
        assertEquals(List.of(Duration.ZERO, Duration.ofHours(3).plusMinutes(1)), run.changes(RUNNING));
    }

    @Test
    void nothingIsScheduledWithoutAControlPlane() {
        FakeRun run = new FakeRun(pod(false, Optional.of(Duration.ofMinutes(5))), NOW, CONTROL)
                .change(HOME, false)
                .pass(Duration.ofHours(2))
                .change(CONTROL, true)
                .pass(Duration.ofHours(1));
        assertEquals(List.of(Duration.ZERO, Duration.ofHours(2).plusMinutes(1)), run.changes(RUNNING));
    }

    @Test
    void aHomeThatComesBackBeforeEvictionStartsItsPodsAgain() {
        FakeRun run = new FakeRun(pod(false, Optional.empty()), NOW, ROOM)
                .change(HOME, false)
                .pass(Duration.ofMinutes(2))
                .change(HOME, true)
                .pass(Duration.ofHours(1));
        assertEquals(List.of(Duration.ZERO, Duration.ofMinutes(3)), run.changes(RUNNING));
    }
}
