package dev.premortem.catalogue;

import java.time.Instant;
import java.util.List;

/** Published changes of behaviour that come with a version, and the setting that keeps the old behaviour. Each was read at its source. */
public final class VersionChanges {
    /**
     * Annotations that a version no longer reads.
     *
     * @param component name for people
     * @param chart chart's name
     * @param chartTo first chart that brings it
     * @param image end of the image's name without tag
     * @param imageTo first release that brings it
     * @param availableFrom day from which the chart can be had
     * @param oldPrefix what is read before
     * @param newPrefix what is read from then on
     * @param setting value of the chart that keeps the old prefix
     * @param argument argument that keeps the old prefix
     * @param source where the project says so, and when that was read
     */
    public record Prefix(
            String component,
            String chart,
            Version chartTo,
            String image,
            Version imageTo,
            Instant availableFrom,
            String oldPrefix,
            String newPrefix,
            String setting,
            String argument,
            String source) {}

    private static final List<Prefix> PREFIXES = List.of(new Prefix(
            "external-dns",
            "external-dns",
            new Version(1, 22, 0),
            "external-dns/external-dns",
            new Version(0, 22, 0),
            Instant.parse("2026-08-21T00:00:00Z"),
            "external-dns.alpha.kubernetes.io/",
            "external-dns.kubernetes.io/",
            "annotationPrefix",
            "--annotation-prefix=",
            "github.com/kubernetes-sigs/external-dns/releases/tag/v0.22.0 of 2026-08-19 (read 2026-11-25)"));

    /**
     * A label of pods that an operator has announced to give up.
     *
     * @param of label that shows whose pods they are
     * @param old label that is announced to go
     * @param now label that takes its place
     */
    public record Label(String component, String of, String old, String now, String source) {}

    private static final List<Label> LABELS = List.of(new Label(
            "CloudNativePG",
            "cnpg.io/cluster",
            "role",
            "cnpg.io/instanceRole",
            "cloudnative-pg.io/documentation/1.24/release_notes/v1.24 of 2024-08-22: deprecated, without a version that"
                    + " drops it (read 2026-11-25)"));

    private VersionChanges() {}

    /** Labels that are announced to go. */
    public static List<Label> labels() {
        return LABELS;
    }

    /** The changed prefixes whose versions can be had on a day. */
    public static List<Prefix> prefixes(Instant day) {
        return PREFIXES.stream()
                .filter(change -> !day.isBefore(change.availableFrom()))
                .toList();
    }
}
