package dev.premortem.outage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What {@code check} found. */
public record Prediction(
        Instant now,
        Duration horizon,
        Counts estate,
        Coverage coverage,
        List<Outage> outages,
        List<AssumedFact> assumptions) {
    /** How much was read. */
    public record Counts(int sites, int links, int clusters, int workloads, int products, int objects) {}
}
