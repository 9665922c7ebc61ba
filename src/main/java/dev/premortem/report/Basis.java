package dev.premortem.report;

import dev.premortem.outage.Outage;
import dev.premortem.outage.Severity;
import java.util.Optional;
import java.util.Set;

/**
 * What formats for programs tell of the run itself.
 *
 * @param version of this program
 * @param names how files are called from the root of their repository
 * @param failOn the lowest severity that counts; empty where none does
 * @param mechanisms ids of the only ones that were asked for; empty for all
 * @param compared true where a baseline was given
 */
public record Basis(
        String version, SourceNames names, Optional<Severity> failOn, Set<String> mechanisms, boolean compared) {
    /** Names as they are, the threshold that is built in, all mechanisms, no baseline. */
    public static final Basis PLAIN =
            new Basis("0.0.0", SourceNames.PLAIN, Optional.of(Severity.HIGH), Set.of(), false);

    /** True for what makes the exit code 1. Filters of what is shown never change this. */
    public boolean fails(Outage outage, Known known) {
        return !outage.accepted()
                && outage.foldedUnder().isEmpty()
                && !known.ids().contains(outage.id())
                && failOn.filter(least -> outage.severity().compareTo(least) <= 0)
                        .isPresent();
    }

    /** True where a mechanism was asked for. */
    boolean ran(String mechanism) {
        return mechanisms.isEmpty() || mechanisms.contains(mechanism);
    }
}
