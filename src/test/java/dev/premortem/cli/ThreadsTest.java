package dev.premortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

final class ThreadsTest {
    @Test
    void partsRunAtOnceAndEachOnce() {
        AtomicIntegerArray runs = new AtomicIntegerArray(3);
        CyclicBarrier all = new CyclicBarrier(3);

        new Threads(3).run(3, part -> {
            runs.incrementAndGet(part);
            await(all);
        });

        assertEquals("[1, 1, 1]", runs.toString());
    }

    @Test
    void morePartsThanThreadsRunToo() {
        AtomicIntegerArray runs = new AtomicIntegerArray(9);

        new Threads(2).run(9, runs::incrementAndGet);
        new Threads(1).run(9, runs::incrementAndGet);

        assertEquals("[2, 2, 2, 2, 2, 2, 2, 2, 2]", runs.toString());
    }

    @Test
    void aSinglePartStaysOnTheThreadOfTheCaller() {
        Thread caller = Thread.currentThread();

        new Threads(4).run(1, _ -> assertEquals(caller, Thread.currentThread()));
    }

    @Test
    void whatAPartThrowsIsThrown() {
        IllegalArgumentException thrown = assertThrows(
                IllegalArgumentException.class,
                () -> new Threads(2).run(2, part -> {
                    if (part == 1) {
                        throw new IllegalArgumentException("part " + part);
                    }
                }));

        assertEquals("part 1", thrown.getMessage());
    }

    private static void await(CyclicBarrier all) {
        try {
            all.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IllegalStateException("not at once", e);
        }
    }
}
