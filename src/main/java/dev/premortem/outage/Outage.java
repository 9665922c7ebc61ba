package dev.premortem.outage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A predicted outage: one mechanism, one pivot.
 *
 * @param id stable hash of mechanism, pivot and trigger type
 * @param title one sentence: products, verb, moment or trigger
 * @param pivot the decisive condition: held up, it cures the outage
 * @param products names of the products that are down
 * @param services references of what else is down
 * @param lives references of what one would expect to be down and is not
 * @param starts the moment it starts, where that can be known
 * @param duration the natural one where there is one, the person's otherwise
 * @param durationSetBy the single condition that sets the length
 * @param endsByItself true where no person is needed
 * @param attended length with a person who mends the pivot
 * @param alsoBy other triggers that lead to the same pivot
 * @param shareDown share of users down over time from the outage's start
 * @param rateKnown true where the rate behind the minutes is declared or observed
 * @param foldedUnder id of the outage that dominates this one
 */
public record Outage(
        String id,
        String mechanism,
        Severity severity,
        String title,
        Trigger trigger,
        String pivot,
        OutageClass outageClass,
        Confidence confidence,
        List<Instance> instances,
        List<String> products,
        List<String> services,
        List<String> lives,
        Optional<Instant> starts,
        Duration duration,
        DurationRange durationRange,
        String durationSetBy,
        boolean endsByItself,
        Duration attended,
        Optional<Recurrence> recurs,
        List<Trigger> alsoBy,
        List<Share> shareDown,
        Optional<Band> minutesPerYear,
        boolean rateKnown,
        List<Step> chain,
        List<Remedy> remedies,
        List<AssumedFact> assumptions,
        boolean accepted,
        Optional<String> foldedUnder) {
    /** Shortest, typical and longest; no longest where a person has to act. */
    public record DurationRange(Duration atLeast, Duration typical, Optional<Duration> atMost) {}

    /** It comes again: every so often, so many times within the horizon, for this share of the time. */
    public record Recurrence(Duration every, int count, double share) {}

    /** Share of users down from an offset on. */
    public record Share(Duration offset, double share) {}
}
