package dev.premortem.source.helm;

import java.time.Duration;

/** The time that the renderings of one job may take together. It is used up by waiting. */
final class Allowance {
    private final Duration whole;
    private long leftMillis;

    Allowance(Duration whole) {
        this.whole = whole;
        this.leftMillis = whole.toMillis();
    }

    /** The time there was at first. */
    Duration whole() {
        return whole;
    }

    /** Takes some of it; false where nothing is left. */
    boolean take(long millis) {
        leftMillis -= millis;
        return leftMillis >= 0;
    }

    /** True where nothing is left. */
    boolean over() {
        return leftMillis <= 0;
    }
}
