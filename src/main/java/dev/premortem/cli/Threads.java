package dev.premortem.cli;

import dev.premortem.engine.sweep.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Runs parts on threads, the first one on the caller's. There are none before something is worth sharing. */
record Threads(int atOnce) implements Work {
    private static final int MOST = 4;

    /** As many as there are processors, up to four. */
    static Threads ofTheMachine() {
        return new Threads(Math.min(MOST, Runtime.getRuntime().availableProcessors()));
    }

    @Override
    public void run(int parts, IntConsumer part) {
        if (parts == 1 || atOnce == 1) {
            Work.alone().run(parts, part);
            return;
        }
        try (ExecutorService others = Executors.newFixedThreadPool(Math.min(parts, atOnce) - 1)) {
            List<Future<?>> begun = new ArrayList<>();
            for (int i = 1; i < parts; i++) {
                int number = i;
                begun.add(others.submit(() -> part.accept(number)));
            }
            part.accept(0);
            for (Future<?> one : begun) {
                one.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while parts ran", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException("a part failed: " + e.getCause(), e);
        }
    }
}
