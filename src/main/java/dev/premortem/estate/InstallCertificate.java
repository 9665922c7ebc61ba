package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import java.time.Duration;
import java.util.Optional;

/**
 * A certificate that a chart makes up while it is installed, and that nothing but a later upgrade makes anew.
 *
 * @param reference of the object that holds it: a Secret, a webhook configuration, or {@code chart/<name>} where the object is not known
 * @param place where the template makes it
 * @param chart name of the chart
 * @param lifetime from the making to the end
 * @param kept true where the template looks up what the cluster has and keeps it, so that not even an upgrade renews it
 * @param authority true where it is the authority that signs the others
 * @param use what refuses when it ends
 * @param installedAt when the release was last installed or upgraded, where that was observed
 */
public record InstallCertificate(
        Reference reference,
        Declared place,
        String chart,
        Fact<Duration> lifetime,
        boolean kept,
        boolean authority,
        Use use,
        Optional<Fact<java.time.Instant>> installedAt)
        implements Thing {
    /** What trusts it. */
    public enum Use {
        /** The API server calls a webhook or an extension with it. */
        WEBHOOK,
        /** A route serves it to users. */
        ROUTE,
        /** Something else reads the Secret. */
        OTHER
    }
}
