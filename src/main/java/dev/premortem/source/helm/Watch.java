package dev.premortem.source.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for what a process of ours gives, and ends the process where it takes too long or too much memory. */
final class Watch {
    private static final long STEP_MILLIS = 50;
    /** Size of a page in {@code /proc}; where it is another the bound is stricter or looser, nothing worse. */
    private static final long PAGE_BYTES = 4096;

    private Watch() {}

    /** The process was ended, or ended by itself. */
    static final class Ended extends Exception {
        private static final long serialVersionUID = 1L;

        Ended(String why) {
            super(why);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    /** The answer. Where there is none, the process no longer runs. */
    static <T> T await(Process process, Future<T> answer, Allowance allowance, long memoryBytes) throws Ended {
        do {
            try {
                return answer.get(STEP_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException still) {
                if (resident(process) > memoryBytes) {
                    process.destroyForcibly();
                    throw new Ended("took more than " + (memoryBytes >> 20) + " MiB of memory and was ended");
                }
            } catch (ExecutionException e) {
                process.destroyForcibly();
                throw new Ended("ended without an answer ("
                        + String.valueOf(e.getCause() == null ? e : e.getCause())
                                .replaceAll("^[\\w.]+: ", "") + ")");
            } catch (InterruptedException e) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
                throw new Ended("was interrupted");
            }
        } while (allowance.take(STEP_MILLIS));
        process.destroyForcibly();
        throw new Ended("took longer than " + allowance.whole().toSeconds() + " s and was ended; a template may loop");
    }

    /** Resident bytes of a process; 0 where the system does not tell. */
    private static long resident(Process process) {
        Path file = Path.of("/proc", String.valueOf(process.pid()), "statm");
        try {
            String[] numbers = Files.exists(file) ? Files.readString(file).split(" ", -1) : new String[0];
            return numbers.length > 1 ? Long.parseLong(numbers[1]) * PAGE_BYTES : 0;
        } catch (IOException | NumberFormatException ended) {
            return 0; // it ended meanwhile, which the wait for its answer tells
        }
    }
}
