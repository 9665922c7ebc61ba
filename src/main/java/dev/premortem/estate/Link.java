package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A connection between two sites.
 *
 * @param from one end, name of a site
 * @param to other end
 * @param mtuBytes largest IP packet it carries
 * @param preference lower is used first, equal shares; 100 where not declared
 * @param mssClampBytes TCP segment size that a router on the way enforces; helps native and host traffic only
 * @param probe where a probe over this link is declared, which tells before traffic depends on it
 * @param convergence time until routing has left it after its loss
 */
public record Link(
        String name,
        Declared place,
        Fact<String> from,
        Fact<String> to,
        Fact<Integer> mtuBytes,
        Fact<Integer> preference,
        Optional<Fact<String>> provider,
        List<Fact<String>> causes,
        Fact<Pmtud> pmtud,
        Optional<Fact<Integer>> mssClampBytes,
        Optional<Declared> probe,
        Optional<Fact<Duration>> convergence,
        Fact<Oversize> oversize,
        Failure failure)
        implements Thing {
    /** Whether ICMP "too big" answers get back to the sender. */
    public enum Pmtud {
        WORKING,
        BLOCKED,
        UNKNOWN
    }

    /** What the narrow hop does with a packet that is too large and may be fragmented. A layer-2 hop drops. */
    public enum Oversize {
        DROPPED,
        FRAGMENTED,
        UNKNOWN
    }

    @Override
    public Reference reference() {
        return Reference.of("link", name);
    }
}
