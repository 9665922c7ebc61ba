package dev.premortem.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One line on a terminal's stderr while something takes longer than a second, wiped when it is done. */
final class Progress implements AutoCloseable {
    private static final long PATIENCE_MILLIS = 1_000;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread line;

    private Progress(String doing, boolean wanted, PrintStream err) {
        this.line = Thread.ofVirtual().unstarted(() -> show(doing, err));
        if (wanted) {
            line.start();
        }
    }

    /** Starts waiting; does nothing at all where progress is not wanted. */
    static Progress start(String doing, boolean wanted, PrintStream err) {
        return new Progress(doing, wanted, err);
    }

    private void show(String doing, PrintStream err) {
        try {
            int seconds = 0;
            while (!done.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                seconds++;
                err.print("\r" + doing + " … " + seconds + " s");
                err.flush();
            }
            if (seconds > 0) {
                err.print("\r\u001b[K");
                err.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until the line is wiped, so that it never wipes a line of the result. */
    @Override
    public void close() {
        done.countDown();
        try {
            if (line.isAlive()) {
                line.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
