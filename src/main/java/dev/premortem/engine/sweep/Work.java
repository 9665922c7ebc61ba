package dev.premortem.engine.sweep;

import java.util.function.IntConsumer;

/** Runs parts of a task that do not depend on each other. The engine owns no threads; who does may hand them in, and the answer is the same. */
public interface Work {
    /** How many parts may run at once. */
    int atOnce();

    /** Runs parts 0 to {@code parts - 1}, a single one without any ado, and returns when all have run and what they wrote is seen. What a part throws is thrown. */
    void run(int parts, IntConsumer part);

    /** One part after the other. */
    static Work alone() {
        return new Work() {
            @Override
            public int atOnce() {
                return 1;
            }

            @Override
            public void run(int parts, IntConsumer part) {
                for (int i = 0; i < parts; i++) {
                    part.accept(i);
                }
            }
        };
    }
}
