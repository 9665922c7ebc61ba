package dev.premortem.testing;

import dev.premortem.engine.sweep.Work;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Runs each part on a thread of its own. */
public record AtOnce(int atOnce) implements Work {
    @Override
    public void run(int parts, IntConsumer part) {
        List<Thread> threads = IntStream.range(0, parts)
                .mapToObj(number -> Thread.ofPlatform().unstarted(() -> part.accept(number)))
                .toList();
        threads.forEach(Thread::start);
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while parts ran", e);
        }
    }
}
