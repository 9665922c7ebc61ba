package dev.premortem.model;

import dev.premortem.fact.Catalogue;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Instance;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Trigger;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Meaning;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an upgrade takes away: it works while the old version stays, or while a setting keeps it, and nothing here does.
 *
 * @param stays lost with the upgrade
 * @param kept the setting that is not there
 * @param works one of the two
 */
public record Upgrade(Condition stays, Condition kept, Condition works) {
    /** One of its conditions: an aspect of the thing, and what it means. */
    public record Part(String aspect, Meaning meaning) {}

    /**
     * Draws it.
     *
     * @param of the reference of what is upgraded
     */
    public static Upgrade draw(Sketch sketch, String of, Part stays, Part kept, Part works) {
        Condition old = sketch.twin().basic(Condition.of(of, stays.aspect()), true, stays.meaning());
        Condition setting = sketch.twin().basic(Condition.of(of, kept.aspect()), false, kept.meaning());
        Condition either = sketch.twin()
                .gate(Condition.of(of, works.aspect()), new Gate.Any(List.of(old, setting)), works.meaning());
        return new Upgrade(old, setting, either);
    }

    /**
     * How it is told.
     *
     * @param when {@code with the next external-dns (chart 1.22)}
     * @param headline where no product is behind it
     */
    public record Telling(String mechanism, Condition pivot, Confidence confidence, String when, String headline) {}

    /** Proposes the upgrade, that a person takes back. */
    public void propose(Sketch sketch, Telling telling, List<Instance> instances) {
        sketch.propose(new Proposal(
                        telling.mechanism(),
                        Trigger.Type.CHANGE,
                        OutageClass.D,
                        telling.pivot(),
                        List.of(new Proposal.Loss(stays, Duration.ofHours(1), Proposal.Loss.FOR_EVER)),
                        Set.of(),
                        Optional.empty(),
                        telling.confidence(),
                        telling.when(),
                        Catalogue.DIAGNOSE_KNOWN,
                        List.of(),
                        instances)
                .headed(telling.headline()));
    }
}
