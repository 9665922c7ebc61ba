package dev.premortem.outage;

/** A low, a typical and a high value. */
public record Band(double low, double typical, double high) {
    public Band times(double factor) {
        return new Band(low * factor, typical * factor, high * factor);
    }

    public Band plus(Band other) {
        return new Band(low + other.low, typical + other.typical, high + other.high);
    }
}
