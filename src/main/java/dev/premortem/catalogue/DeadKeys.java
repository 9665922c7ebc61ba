package dev.premortem.catalogue;

import java.util.List;
import java.util.Optional;

/** Values that people set and that no template of a well-known chart reads, for charts that are not there. Each was looked for in all of its templates. */
public final class DeadKeys {
    /**
     * A value that does nothing.
     *
     * @param path where it is set
     * @param instead what the chart reads
     * @param from first version for which that was read; the same major release is meant, or any from there on below 1.0
     * @param unless path of a value that makes it count by {@code true}; empty where none does
     * @param source where that was read, and when
     */
    public record Key(String chart, String path, String instead, Version from, String unless, String source) {
        private boolean in(Optional<Version> version) {
            return version.filter(asked -> asked.before(from) || asked.major() != from.major())
                    .isEmpty();
        }
    }

    private static final String CILIUM =
            "cilium/cilium install/kubernetes/cilium/templates/*/poddisruptionbudget.yaml at 02515d1e (read 2026-11-26)";

    private static final List<Key> ALL = List.of(
            budget("operator"),
            budget("hubble.relay"),
            budget("hubble.ui"),
            new Key(
                    "kustomize-mutating-webhook",
                    "replicaCount",
                    "replicas",
                    new Version(0, 12, 0),
                    "",
                    "xunholy/fluxcd-kustomize-mutating-webhook deploy/chart at a1598c0b, templates/deployment.yaml (read 2026-11-26)"),
            new Key(
                    "reloader",
                    "reloader.deployment.replicas",
                    "reloader.enableHA, without which it runs one pod",
                    new Version(2, 0, 0),
                    "reloader.enableHA",
                    "stakater/Reloader deployments/kubernetes/chart/reloader 2.2.16, templates/deployment.yaml (read 2026-11-26)"),
            count("metrics-server", "replicaCount", "replicas", "3.13.1", "kubernetes-sigs/metrics-server"),
            count("coredns", "replicas", "replicaCount", "1.46.2", "coredns/helm"),
            count("dex", "replicas", "replicaCount", "0.24.0", "dexidp/helm-charts"),
            count("grafana", "replicaCount", "replicas", "12.11.1", "grafana-community/helm-charts"),
            count("tempo", "replicaCount", "replicas", "2.2.4", "grafana-community/helm-charts"),
            count("oauth2-proxy", "replicas", "replicaCount", "10.7.0", "oauth2-proxy/manifests"),
            prometheus("kube-state-metrics", "replicaCount", "replicas", "8.4.0"),
            prometheus("prometheus-blackbox-exporter", "replicaCount", "replicas", "11.17.2"),
            prometheus("prometheus-adapter", "replicaCount", "replicas", "5.3.0"),
            prometheus("prometheus-snmp-exporter", "replicaCount", "replicas", "9.17.1"),
            prometheus("prometheus-pushgateway", "replicas", "replicaCount", "3.8.0"));

    private DeadKeys() {}

    private static Key budget(String component) {
        return new Key(
                "cilium",
                component + ".PodDisruptionBudget",
                component + ".podDisruptionBudget",
                new Version(1, 19, 0),
                "",
                CILIUM);
    }

    private static Key prometheus(String chart, String path, String instead, String version) {
        return count(chart, path, instead, version, "prometheus-community/helm-charts");
    }

    /** A number of pods under the name that other charts give it. */
    private static Key count(String chart, String path, String instead, String version, String repository) {
        Version read = Version.parse(version).orElseThrow();
        Version from = new Version(read.major(), read.major() == 0 ? read.minor() : 0, 0);
        String source = repository + ", chart " + chart + " " + version + ", all templates (read 2026-11-26)";
        return new Key(chart, path, instead, from, "", source);
    }

    /** The dead values of a chart in a version; one without a version is taken for the newest. */
    public static List<Key> of(String chart, Optional<String> version) {
        return ALL.stream()
                .filter(key -> key.chart().equals(chart))
                .filter(key -> key.in(version.flatMap(Version::parse)))
                .toList();
    }
}
