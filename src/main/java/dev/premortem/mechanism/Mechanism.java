package dev.premortem.mechanism;

import dev.premortem.model.Sketch;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import java.util.List;
import java.util.Optional;

/**
 * One way in which things break: reads facts from the estate, adds conditions, gates and processes to the twin, proposes scenarios, offers remedies. Found by the
 * service loader; its class name in kebab case is its id.
 */
public interface Mechanism {
    /** Kebab case of the class name; the name of its page in {@code docs/mechanisms}. */
    String id();

    /** The kind of cause, unless a proposal gives another. */
    OutageClass outageClass();

    /** A fact without which it cannot run, in the words of the last line of the report ({@code no links declared}); empty where it can. */
    default Optional<String> lacks(Sketch sketch) {
        return Optional.empty();
    }

    /** Adds to the twin what it knows. */
    void contribute(Sketch sketch);

    /** What may prevent an outage that it owns, best first; nobody tried them yet. */
    List<Remedy> remedies(Sketch sketch, Outage outage);

    /** How long a person looks for this cause. */
    default dev.premortem.fact.Assumption<java.time.Duration> diagnosis() {
        return dev.premortem.fact.Catalogue.DIAGNOSE_KNOWN;
    }

    /** True where a person who understands it can mend the pivot before the trigger is repaired. */
    default boolean mendable() {
        return false;
    }
}
