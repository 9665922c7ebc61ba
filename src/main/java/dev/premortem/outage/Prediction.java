package dev.premortem.outage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What {@code check} found.
 *
 * @param acceptances risks that were accepted, also those whose end has passed
 */
public record Prediction(
        Instant now,
        Duration horizon,
        Counts estate,
        Coverage coverage,
        List<Outage> outages,
        List<AssumedFact> assumptions,
        List<AcceptedRisk> acceptances) {
    /** Without anything accepted. */
    public Prediction(
            Instant now,
            Duration horizon,
            Counts estate,
            Coverage coverage,
            List<Outage> outages,
            List<AssumedFact> assumptions) {
        this(now, horizon, estate, coverage, outages, assumptions, List.of());
    }

    /** How much was read. */
    public record Counts(int sites, int links, int clusters, int workloads, int products, int objects) {}
}
