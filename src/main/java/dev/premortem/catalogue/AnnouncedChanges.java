package dev.premortem.catalogue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Dated facts of the outside world that were announced before they came: how long public certificates live, authorities and services that close, repositories that
 * are taken away. Each was read at its source; a prediction for a day knows only what was announced by then. What merely ends in support is not listed, because
 * nothing breaks on that day.
 */
public final class AnnouncedChanges {
    private static final String LIVES =
            "letsencrypt.org/2025/12/02/from-90-to-45 and letsencrypt.org/docs/profiles of 2026-07-14 (read 2026-11-25)";
    private static final String REQUIREMENTS =
            "cabforum/servercert docs/BR.md section 6.3.2 at f8842808 of 2026-05-04, ballot SC-081v3 (read 2026-11-25)";
    private static final Instant ALWAYS = Instant.EPOCH;

    /**
     * How long a certificate lives that an authority issues from a day on.
     *
     * @param profile of Let's Encrypt; empty for the most that any public authority may give
     */
    public record Life(String profile, Instant from, Duration life, Instant announced, String source) {}

    /**
     * An authority that no longer issues.
     *
     * @param directory what the address of its directory holds
     * @param from day from which nothing is issued
     * @param ended day on which its last certificate was over
     */
    public record Closed(
            String name, String directory, Instant from, Instant ended, Instant announced, String source) {}

    /**
     * A service that is switched off.
     *
     * @param what it did for the estate: {@code delivers alerts}
     * @param instead what to do
     */
    public record Ending(String name, Instant from, Instant announced, String what, String instead, String source) {}

    /**
     * A repository of charts that was taken away.
     *
     * @param address host and path without a scheme
     * @param instead where its charts are now
     */
    public record Repository(String address, Instant from, Instant announced, String instead, String source) {}

    private static final List<Life> LIVES_OF_CERTIFICATES = List.of(
            new Life("classic", ALWAYS, Duration.ofDays(90), ALWAYS, LIVES),
            life("classic", "2027-02-10", 64, "2025-12-02", LIVES),
            life("classic", "2028-02-16", 45, "2025-12-02", LIVES),
            life("tlsserver", "2025-01-09", 90, "2025-01-09", LIVES),
            life("tlsserver", "2026-05-13", 45, "2025-12-02", LIVES),
            new Life("shortlived", day("2025-02-20"), Duration.ofHours(160), day("2025-01-16"), LIVES),
            new Life("", ALWAYS, Duration.ofDays(398), ALWAYS, REQUIREMENTS),
            life("", "2026-03-15", 200, "2025-04-11", REQUIREMENTS),
            life("", "2027-03-15", 100, "2025-04-11", REQUIREMENTS),
            life("", "2029-03-15", 47, "2025-04-11", REQUIREMENTS));

    private static final List<Closed> CLOSED = List.of(new Closed(
            "Buypass Go",
            "api.buypass.com/acme",
            day("2025-11-01"),
            day("2026-04-15"),
            day("2025-08-18"),
            "Buypass' mail to its accounts, quoted in github.com/acmesh-official/acme.sh/issues/6480; the end of the last"
                    + " certificate from github.com/fabriziosalmi/certmate/pull/316 (read 2026-11-25)"));

    /** Opsgenie: its interface answers until that day. */
    public static final Ending OPSGENIE = new Ending(
            "Opsgenie",
            day("2027-04-05"),
            day("2025-06-04"),
            "delivers alerts",
            "send them to Jira Service Management, Compass or another service, and try it",
            "support.atlassian.com/opsgenie/docs/what-happens-when-opsgenie-is-turned-off (read 2026-11-25);"
                    + " known at the latest when it was no longer sold, 2025-06-04");

    /** AWS App Mesh: the service is gone from that day on. */
    public static final Ending APP_MESH = new Ending(
            "AWS App Mesh",
            day("2026-09-30"),
            day("2024-09-24"),
            "tells the proxies where to send requests",
            "move to another mesh, VPC Lattice or plain load balancers",
            "AWS' containers blog, Migrating from AWS App Mesh to Amazon ECS Service Connect (read in a copy, 2026-11-25)");

    private static final String HELM =
            "helm/helm-www pull request 897: Google removed its copies on 2020-11-13 (read 2026-11-25)";

    private static final List<Repository> REPOSITORIES = List.of(
            new Repository(
                    "kubernetes-charts.storage.googleapis.com",
                    day("2020-11-13"),
                    day("2020-10-16"),
                    "charts.helm.sh/stable",
                    HELM),
            new Repository(
                    "kubernetes-charts-incubator.storage.googleapis.com",
                    day("2020-11-13"),
                    day("2020-10-16"),
                    "charts.helm.sh/incubator",
                    HELM));

    private AnnouncedChanges() {}

    private static Instant day(String text) {
        return Instant.parse(text + "T00:00:00Z");
    }

    private static Life life(String profile, String from, int days, String announced, String source) {
        return new Life(profile, day(from), Duration.ofDays(days), day(announced), source);
    }

    /**
     * What a certificate lives that is issued at an instant, as far as it is known on a day.
     *
     * @param profile of Let's Encrypt; empty for the most that any public authority may give
     */
    public static Optional<Life> life(String profile, Instant issued, Instant known) {
        Life found = null;
        for (Life each : LIVES_OF_CERTIFICATES) {
            if (each.profile().equals(profile)
                    && !each.announced().isAfter(known)
                    && !each.from().isAfter(issued)) {
                found = each;
            }
        }
        return Optional.ofNullable(found);
    }

    /** The authority behind a directory that closes or has closed, where that was known on a day. */
    public static Optional<Closed> closed(String directory, Instant known) {
        String address = directory.toLowerCase(Locale.ROOT);
        return CLOSED.stream()
                .filter(each ->
                        address.contains(each.directory()) && !each.announced().isAfter(known))
                .findFirst();
    }

    /** The repository at an address, where its removal was known on a day. */
    public static Optional<Repository> repository(String address, Instant known) {
        String plain =
                address.toLowerCase(Locale.ROOT).replaceFirst("^[a-z]+://", "").replaceFirst("/+$", "");
        return REPOSITORIES.stream()
                .filter(each ->
                        plain.equals(each.address()) && !each.announced().isAfter(known))
                .findFirst();
    }
}
