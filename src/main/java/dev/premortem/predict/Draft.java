package dev.premortem.predict;

import dev.premortem.engine.sweep.Cut;
import dev.premortem.model.Proposal;
import dev.premortem.outage.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** An outage being put together: one mechanism, one pivot, the triggers that lead there and the products they take. */
final class Draft {
    final String mechanism;
    final String pivot;
    final Trigger.Type type;
    final Optional<Proposal> proposal;
    final List<CutOf> cuts = new ArrayList<>();
    final SortedSet<String> products = new TreeSet<>();

    Draft(String mechanism, String pivot, Trigger.Type type, Optional<Proposal> proposal) {
        this.mechanism = mechanism;
        this.pivot = pivot;
        this.type = type;
        this.proposal = proposal;
    }

    /** A fault set, whether it only passes ({@code transient} in semantics 1.5), and the products it takes. */
    record CutOf(Cut cut, boolean passing, SortedSet<String> products) {}

    Optional<Proposal> proposal() {
        return proposal;
    }

    String key() {
        return mechanism + "|" + pivot + "|" + type;
    }
}
