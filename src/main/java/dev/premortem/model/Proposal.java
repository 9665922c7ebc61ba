package dev.premortem.model;

import dev.premortem.fact.Assumption;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Instance;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Step;
import dev.premortem.outage.Trigger;
import dev.premortem.twin.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A scenario that a mechanism proposes beside what the sweep finds: a hazard left to run, or a change.
 *
 * @param pivot the decisive condition; held up, it cures the outage, and it is what a person mends
 * @param losses conditions lost on the way, for changes and forced starts
 * @param hazards keys of the processes that run
 * @param moment what {@code starts} says, where it can be known (a certificate's {@code notAfter})
 * @param when the end of the title: {@code on 2026-02-24 when its control-plane certificates end}
 * @param diagnosis how long a person looks for the cause
 * @param prelude steps of the chain that came before: broken promises, orders, restarts
 * @param chance that it happens within a year, where only chance makes it happen; such an outage is low
 * @param headline the sentence where no product falls: {@code drains of main stall: 4 budgets allow no eviction}
 */
public record Proposal(
        String mechanism,
        Trigger.Type type,
        OutageClass outageClass,
        Condition pivot,
        List<Loss> losses,
        Set<String> hazards,
        Optional<Instant> moment,
        Confidence confidence,
        String when,
        Assumption<Duration> diagnosis,
        List<Step> prelude,
        List<Instance> instances,
        Optional<Double> chance,
        Optional<String> headline) {
    /** One that happens if nobody acts. */
    public Proposal(
            String mechanism,
            Trigger.Type type,
            OutageClass outageClass,
            Condition pivot,
            List<Loss> losses,
            Set<String> hazards,
            Optional<Instant> moment,
            Confidence confidence,
            String when,
            Assumption<Duration> diagnosis,
            List<Step> prelude,
            List<Instance> instances) {
        this(
                mechanism,
                type,
                outageClass,
                pivot,
                losses,
                hazards,
                moment,
                confidence,
                when,
                diagnosis,
                prelude,
                instances,
                Optional.empty(),
                Optional.empty());
    }

    /** The same with the sentence to tell where no product falls. */
    public Proposal headed(String sentence) {
        return new Proposal(
                mechanism,
                type,
                outageClass,
                pivot,
                losses,
                hazards,
                moment,
                confidence,
                when,
                diagnosis,
                prelude,
                instances,
                chance,
                Optional.of(sentence));
    }

    /** A condition lost from an offset after the beginning, for a while. */
    public record Loss(Condition condition, Duration after, Duration length) {
        /** Until somebody mends it. */
        public static final Duration FOR_EVER = Duration.ofDays(36_525);
    }
}
