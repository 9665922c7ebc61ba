package dev.premortem.engine.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.testing.Rounds;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EventQueueTest {
    private record Event(long instant, int rank, int tag) {
        static final Comparator<Event> ORDER =
                Comparator.comparingLong(Event::instant).thenComparingInt(Event::rank);
    }

    /** How far ahead the next event lies: each needs another shape of wheels. */
    private static long ahead(Random random, int kind) {
        return switch (kind) {
            case 0 -> random.nextInt(4);
            case 1 -> random.nextInt(1000);
            case 2 -> random.nextLong(1L << 40);
            case 3 -> 1L << random.nextInt(62);
            case 4 -> random.nextInt(20) == 0 ? random.nextLong(1L << 50) : random.nextInt(50);
            default -> (random.nextInt(1000) + 1L) * 3_600_000L;
        };
    }

    @Test
    void itGivesBackWhatASortedQueueGives() {
        Rounds.run(120, seed -> {
            Random random = new Random(seed);
            int kind = random.nextInt(6);
            int most = 1 << (3 + random.nextInt(12));
            EventQueue queue = new EventQueue();
            PriorityQueue<Event> sorted =
                    new PriorityQueue<>(Event.ORDER.thenComparing((a, b) -> Integer.compareUnsigned(a.tag(), b.tag())));
            long now = random.nextInt(3) * 1_000_000_000_000L - 1_000_000_000_000L;
            // Fills, holds and drains, so that wheels are made, divided and given up again.
            for (int step = 0; step < most * 5; step++) {
                boolean adds = step < most || step < most * 3 && random.nextBoolean();
                if (adds || sorted.isEmpty()) {
                    long at = now + ahead(random, random.nextInt(50) == 0 ? random.nextInt(6) : kind);
                    Event event = new Event(Math.max(at, now), random.nextInt(5) - 1, random.nextInt(9) - 4);
                    queue.add(event.instant(), event.rank(), event.tag());
                    sorted.add(event);
                } else {
                    Event first = sorted.remove();
                    now = first.instant();
                    assertEquals(first, new Event(queue.instant(), queue.rank(), queue.tag()));
                    queue.remove();
                }
                assertEquals(sorted.isEmpty(), queue.isEmpty());
            }
        });
    }

    @Test
    void manyOfOneInstantComeInTheirOrder() {
        EventQueue queue = new EventQueue();
        for (int i = 0; i < 5000; i++) {
            queue.add(7, i * 7919 % 5000, 0);
        }
        for (int i = 0; i < 5000; i++) {
            assertEquals(i, queue.rank());
            queue.remove();
        }
        assertTrue(queue.isEmpty());
    }

    @Test
    void theEndsOfTimeAreInstantsToo() {
        EventQueue queue = new EventQueue();
        for (int i = 0; i < 600; i++) {
            queue.add(Long.MAX_VALUE - i, 0, i);
            queue.add(Long.MIN_VALUE + 1 + i, 0, i);
        }
        long before = Long.MIN_VALUE;
        for (int i = 0; i < 1200; i++) {
            assertFalse(queue.isEmpty());
            assertTrue(queue.instant() > before, "in order");
            before = queue.instant();
            queue.remove();
        }
        assertTrue(queue.isEmpty());
    }
}
