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
     * A version of an API of a component's own that a release no longer serves: what is written in it is refused from then on.
     *
     * @param chart chart's name; {@code flux} for Flux, which has other marks
     * @param to first release that no longer serves it
     * @param group group and version
     * @param instead group and version to write
     * @param sameShape true where nothing but the version has to be written anew
     */
    public record Api(
            String component,
            String chart,
            Version to,
            Instant availableFrom,
            String group,
            String instead,
            boolean sameShape,
            String source) {}

    private static final String FLUX_27 =
            "github.com/fluxcd/flux2/issues/5474 and discussions/5572, as quoted in gimlet-io/capacitor pull request 364 (read 2026-11-25)";
    private static final String FLUX_28 =
            "fluxcd.io/roadmap, milestone v2.8; released 2026-02-24 without three v1beta2 and v2beta2 APIs (read 2026-11-25)";

    private static final List<Api> APIS = List.of(
            new Api(
                    "external-secrets",
                    "external-secrets",
                    new Version(0, 17, 0),
                    Instant.parse("2025-05-15T00:00:00Z"),
                    "external-secrets.io/v1beta1",
                    "external-secrets.io/v1",
                    true,
                    "github.com/external-secrets/external-secrets/releases/tag/v0.17.0 and issue 4901 (read 2026-11-25)"),
            new Api(
                    "Traefik",
                    "traefik",
                    new Version(28, 0, 0),
                    Instant.parse("2024-04-30T00:00:00Z"),
                    "traefik.containo.us/v1alpha1",
                    "traefik.io/v1alpha1",
                    true,
                    "traefik/traefik-helm-chart at v28.0.0: Traefik 3 without the old group (2026-11-24)"),
            flux(7, "2025-09-30", "source.toolkit.fluxcd.io/v1beta1", "source.toolkit.fluxcd.io/v1", FLUX_27),
            flux(7, "2025-09-30", "kustomize.toolkit.fluxcd.io/v1beta1", "kustomize.toolkit.fluxcd.io/v1", FLUX_27),
            flux(7, "2025-09-30", "helm.toolkit.fluxcd.io/v2beta1", "helm.toolkit.fluxcd.io/v2", FLUX_27),
            flux(7, "2025-09-30", "image.toolkit.fluxcd.io/v1beta1", "image.toolkit.fluxcd.io/v1", FLUX_27),
            flux(
                    7,
                    "2025-09-30",
                    "notification.toolkit.fluxcd.io/v1beta1",
                    "notification.toolkit.fluxcd.io/v1beta3",
                    FLUX_27),
            flux(8, "2026-02-24", "source.toolkit.fluxcd.io/v1beta2", "source.toolkit.fluxcd.io/v1", FLUX_28),
            flux(8, "2026-02-24", "kustomize.toolkit.fluxcd.io/v1beta2", "kustomize.toolkit.fluxcd.io/v1", FLUX_28),
            flux(8, "2026-02-24", "helm.toolkit.fluxcd.io/v2beta2", "helm.toolkit.fluxcd.io/v2", FLUX_28));

    /** ingress-nginx: annotations with snippets are refused from chart 4.12 on, unless the level is set. */
    public static final Version RISK_LEVEL = new Version(4, 12, 0);

    /** Where the project says so, and when that was read. */
    public static final String RISK_LEVEL_SOURCE =
            "kubernetes/ingress-nginx changelog/controller-1.12.0.md, issues 12635 and 14022; cozystack/cozystack issue 4301 (read 2026-11-25)";

    /** PostgreSQL: a new major version does not start on the data of an older one. */
    public static final String POSTGRES_MAJOR =
            "docker-library/postgres issue 626 and hackerbande-nbg/decentralize-your-internet issue 49 (read 2026-11-25)";

    private VersionChanges() {}

    private static Api flux(int minor, String day, String group, String instead, String source) {
        return new Api(
                "Flux",
                "flux",
                new Version(2, minor, 0),
                Instant.parse(day + "T00:00:00Z"),
                group,
                instead,
                false,
                source);
    }

    /** The APIs that a release no longer serves which can be had on a day. */
    public static List<Api> apis(Instant day) {
        return APIS.stream().filter(api -> !day.isBefore(api.availableFrom())).toList();
    }

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
