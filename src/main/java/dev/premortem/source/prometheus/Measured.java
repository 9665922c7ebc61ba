package dev.premortem.source.prometheus;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.live.Seen;
import dev.premortem.source.prometheus.Prometheus.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Observations from samples: whose they are, and what they say. */
final class Measured {
    private final List<String> clusters;
    private final String by;
    private final List<Seen> seen = new ArrayList<>();

    /**
     * @param declared documents of {@code premortem.dev/v1}, for the names of clusters
     * @param by the server, without credentials
     */
    Measured(List<Tree> declared, String by) {
        this.clusters = declared.stream()
                .filter(tree -> tree.text("kind")
                        .filter(kind -> kind.value().equals("Cluster"))
                        .isPresent())
                .flatMap(tree -> tree.text("metadata.name").map(Fact::value).stream())
                .distinct()
                .toList();
        this.by = by;
    }

    /** The cluster of a series: the external label where the server has one, the only declared one, or the tree's own. */
    private String cluster(Sample sample) {
        String labelled = sample.label("cluster");
        if (!labelled.isEmpty() && (clusters.isEmpty() || clusters.contains(labelled))) {
            return labelled;
        }
        return clusters.size() == 1 ? clusters.getFirst() : clusters.isEmpty() ? "default" : labelled;
    }

    void take(Query query, List<Sample> samples) {
        samples.forEach(sample -> take(query, sample));
    }

    private void take(Query query, Sample sample) {
        switch (query) {
            case RESTARTS_OF_DEPLOYMENTS, RESTARTS_OF_OTHERS -> restarts(sample);
            case NODES -> add(sample, cluster(sample) + "/Node/" + sample.label("node"), "createdAt", instant(sample));
            case CERT_MANAGER ->
                add(
                        sample,
                        cluster(sample) + "/" + namespace(sample) + "/Certificate/" + sample.label("name"),
                        "notAfter",
                        instant(sample));
            case X509 -> x509(sample);
            case PROBES ->
                add(sample, probed(sample), "available", String.format(Locale.ROOT, "%.5f per 30d", sample.value()));
            case PROBED_CERTIFICATES -> add(sample, probed(sample), "notAfter", instant(sample));
            case KUBELET_SERVER -> add(sample, node(sample), "kubeletServerNotAfter", left(sample));
            case KUBELET_CLIENT -> add(sample, node(sample), "kubeletClientNotAfter", left(sample));
        }
    }

    private void restarts(Sample sample) {
        long count = Math.round(sample.value());
        if (count > 0) {
            String workload = cluster(sample) + "/" + sample.label("namespace") + "/" + sample.label("owner_kind") + "/"
                    + sample.label("owner_name");
            add(sample, workload, "restarts", count + " per 7d");
        }
    }

    private void x509(Sample sample) {
        String secret = sample.label("secret_name");
        String file = sample.label("filepath");
        if (!secret.isEmpty()) {
            add(
                    sample,
                    cluster(sample) + "/" + sample.label("secret_namespace") + "/Secret/" + secret,
                    "notAfter",
                    instant(sample));
        } else if (!file.isEmpty()) {
            String node = sample.label("node").isEmpty() ? sample.label("instance") : sample.label("node");
            add(sample, cluster(sample) + "/Node/" + node, "notAfter:" + file, instant(sample));
        }
    }

    /** What is probed, without its scheme: {@code probe/shop.example.com/login}. */
    private static String probed(Sample sample) {
        String instance = sample.label("instance");
        String bare = instance.substring(instance.indexOf("://") < 0 ? 0 : instance.indexOf("://") + 3);
        return "probe/" + (bare.endsWith("/") ? bare.substring(0, bare.length() - 1) : bare);
    }

    /** The namespace of the certificate, which a scrape renames where it collides with the exporter's own. */
    private static String namespace(Sample sample) {
        String exported = sample.label("exported_namespace");
        return exported.isEmpty() ? sample.label("namespace") : exported;
    }

    private String node(Sample sample) {
        String node = sample.label("node").isEmpty() ? sample.label("instance") : sample.label("node");
        return cluster(sample) + "/Node/" + node;
    }

    private static String instant(Sample sample) {
        return Instant.ofEpochSecond((long) sample.value()).toString();
    }

    private static String left(Sample sample) {
        return sample.at().plusSeconds((long) sample.value()).toString();
    }

    private void add(Sample sample, String of, String fact, String value) {
        if (!of.endsWith("/") && !of.contains("//")) {
            seen.add(Prometheus.seen(sample, of, fact, value, by));
        }
    }

    List<Seen> seen() {
        return List.copyOf(seen);
    }
}
