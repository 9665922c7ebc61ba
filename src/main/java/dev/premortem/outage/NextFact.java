package dev.premortem.outage;

import dev.premortem.fact.Assumption;

/**
 * An assumption, and what the predicted minutes a year would be at both ends of its band.
 *
 * @param assumption what is assumed, from where to where it may lie, its source and how it is measured
 * @param atLow weighted minutes a year with its low end
 * @param now with what is assumed
 * @param atHigh with its high end
 * @param worst at an end something else than now costs most minutes
 * @param worth expected value of knowing it before one thing is mended, in weighted minutes a year; 0 where the same thing would be mended whatever it is
 */
public record NextFact(Assumption<?> assumption, double atLow, double now, double atHigh, boolean worst, double worth) {
    /** Its stable name. */
    public String id() {
        return assumption.id();
    }

    /** How far apart the minutes may be. */
    public double swing() {
        return Math.max(now, Math.max(atLow, atHigh)) - Math.min(now, Math.min(atLow, atHigh));
    }
}
