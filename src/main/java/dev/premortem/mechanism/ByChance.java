package dev.premortem.mechanism;

import dev.premortem.catalogue.AcmeLimits;
import dev.premortem.fact.Assumed;
import dev.premortem.model.Churn;
import dev.premortem.model.Durations;
import dev.premortem.model.Sketch;
import dev.premortem.outage.Step;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.process.Bucket;
import dev.premortem.twin.process.Refusals;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A budget that the mean rate of starts does not empty and chance may: starts happen to come close together.
 *
 * @param certificate what is then refused
 * @param share of a thousand random years in which it happens
 * @param length until a start is granted again, the median of those years
 */
record ByChance(Condition certificate, String names, Bucket.Rule rule, double share, Duration length) {
    private static final Duration YEAR = Duration.ofDays(365);

    /** The chance for one set; empty where none of a thousand years saw it. */
    static Optional<ByChance> of(
            Sketch sketch, long mean, Condition certificate, String names, Bucket.Rule rule, Supplier<Bucket> budget) {
        long now = sketch.now().toEpochMilli();
        Refusals refusals = Refusals.of(budget, now, mean, now + YEAR.toMillis());
        return refusals.share() == 0
                ? Optional.empty()
                : Optional.of(
                        new ByChance(certificate, names, rule, refusals.share(), Duration.ofMillis(refusals.length())));
    }

    /** Ten per cent, or less than one. */
    String percent() {
        double percent = share * 100;
        if (percent > 99) {
            return "over 99 %";
        }
        return percent < 1 ? String.format(Locale.ROOT, "%.1f %%", percent) : Math.round(percent) + " %";
    }

    /** The end of the title. */
    String when() {
        return "by chance (" + percent()
                + " a year), when pods happen to start so close together that Let's Encrypt refuses";
    }

    /** The steps that lead to it. */
    List<Step> steps(String about, Churn churn, List<Evidence> evidence) {
        return List.of(
                new Step(
                        about,
                        "a new pod about every " + Durations.words(churn.period()) + " ("
                                + churn.rate().value() + "): on average Let's Encrypt grants them all",
                        Optional.empty(),
                        evidence),
                new Step(
                        certificate.name(),
                        "as restarts are random, one is refused within a year with a probability of " + percent()
                                + "; the next start that is granted comes about "
                                + Durations.words(length) + " later",
                        Optional.empty(),
                        List.of(new Evidence(
                                AcmeLimits.words(rule), new Assumed("behaviour.acme-limits", AcmeLimits.SOURCE)))));
    }
}
