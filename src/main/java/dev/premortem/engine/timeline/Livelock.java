package dev.premortem.engine.timeline;

/** Processes answer each other for ever at one instant: an error of ours. */
public final class Livelock extends IllegalStateException {
    Livelock(long instant, String who) {
        super("more than " + Kernel.MOST_ROUNDS + " rounds at " + java.time.Instant.ofEpochMilli(instant) + ": " + who);
    }
}
