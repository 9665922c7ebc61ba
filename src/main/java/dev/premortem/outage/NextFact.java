package dev.premortem.outage;

/**
 * An assumption, and what the predicted minutes a year would be at both ends of its band.
 *
 * @param worst the worst outage at the ends differs from the one now
 * @param how what to declare once it is known
 */
public record NextFact(
        String id,
        String value,
        String low,
        String high,
        double atLow,
        double now,
        double atHigh,
        boolean worst,
        String how,
        String source) {
    /** How far apart the minutes may be. */
    public double swing() {
        return Math.max(now, Math.max(atLow, atHigh)) - Math.min(now, Math.min(atLow, atHigh));
    }
}
