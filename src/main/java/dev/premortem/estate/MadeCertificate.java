package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import java.time.Duration;

/**
 * A certificate that a chart makes up while it is installed, and that nothing but a later upgrade makes anew.
 *
 * @param reference {@code chart/<name>}; where an object is known that holds it, the mechanism finds it by the chart's folder
 * @param place where the template makes it
 * @param chart name of the chart
 * @param folder folder of the chart, empty for the root
 * @param lifetime from the making to the end, with the place that sets it
 * @param kept true where the template looks up what the cluster has and keeps it, so that not even an upgrade renews it
 * @param use what trusts it
 */
public record MadeCertificate(
        Reference reference,
        Declared place,
        String chart,
        String folder,
        Fact<Duration> lifetime,
        boolean kept,
        Use use)
        implements Thing {
    /** What stands in a rendered object for such a value: the same inputs must give the same bytes. */
    public static final String MADE = "made at install";

    /** What trusts a certificate. */
    public enum Use {
        /** The API server calls a webhook or an extension with it. */
        WEBHOOK,
        /** A route serves it. */
        ROUTE,
        /** Something else reads it from its Secret. */
        OTHER
    }
}
