package dev.premortem.bench;

import dev.premortem.engine.sweep.Work;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Each part on a thread of its own, the first on the caller's. */
record AtOnce(int atOnce) implements Work {
    @Override
    public void run(int parts, IntConsumer part) {
        List<Thread> others = IntStream.range(1, parts)
                .mapToObj(number -> Thread.ofPlatform().start(() -> part.accept(number)))
                .toList();
        part.accept(0);
        try {
            for (Thread other : others) {
                other.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while parts ran", e);
        }
    }
}
