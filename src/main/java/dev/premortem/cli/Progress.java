package dev.premortem.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One line on a terminal's stderr while something takes longer than a second, wiped when it is done. */
final class Progress implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 1_000;

    private final CountDownLatch done = new CountDownLatch(1);

    private Progress() {}

    /** Starts waiting; does nothing at all where progress is not wanted. */
    static Progress start(String doing, boolean wanted, PrintStream err) {
        Progress progress = new Progress();
        if (wanted) {
            Thread.ofVirtual().start(() -> progress.show(doing, err));
        }
        return progress;
    }

    private void show(String doing, PrintStream err) {
        try {
            for (int seconds = 1; !done.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS); seconds++) {
                err.print("\r" + doing + " … " + seconds + " s");
                err.flush();
            }
            err.print("\r\u001b[K");
            err.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
    }
}
