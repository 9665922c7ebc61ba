package dev.premortem.catalogue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What really renews the leaf certificates of a control plane.
 *
 * @param event what sets a renewal off
 * @param left at a start: only where at most this much is left; empty where always
 * @param promise the vendor's promise, for people
 * @param broken why the promise does not hold here; empty where it does
 * @param fix the release that keeps the promise again
 * @param byHand what a person does, in order
 * @param source where this was read
 */
public record Renewal(
        Event event,
        Optional<Duration> left,
        String promise,
        Optional<String> broken,
        Optional<Fix> fix,
        List<String> byHand,
        String source) {
    /** What sets a renewal off. */
    public enum Event {
        /** Every start of the control plane's process. */
        START,
        /** An upgrade made with the distribution's own tool. */
        UPGRADE,
        /** Time alone, while it runs. */
        TIME,
        /** A new node. */
        NODE,
        /** Nothing but a person. */
        NONE
    }

    /**
     * A release that mends something.
     *
     * @param availableFrom day on which it could first be had: no remedy before it names it
     */
    public record Fix(String version, Instant availableFrom) {}

    /** True where a start of the control plane at this instant should have renewed a leaf that ends then, by the vendor's promise. */
    public boolean promisedAt(Instant start, Instant notAfter) {
        return event == Event.START
                && left.map(most -> Duration.between(start, notAfter).compareTo(most) <= 0)
                        .orElse(true);
    }

    /** True where what is promised happens. */
    public boolean kept() {
        return broken.isEmpty();
    }
}
