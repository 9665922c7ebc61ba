package dev.premortem.model;

import dev.premortem.estate.CertificateOrder;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Release;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Certificates that are renewed into a Secret of which a pod sees the first state only: the kubelet never writes files anew that are mounted by {@code subPath}. */
public final class FrozenSecrets {
    private static final String SOURCE =
            "kubernetes.io/docs/concepts/storage/volumes: a subPath mount receives no updates of its Secret (2026-11-25)";
    private static final String RELOADER = "reloader";

    private final SortedMap<String, List<Standstill.Item>> items = new TreeMap<>();
    private final SortedSet<String> ordered = new TreeSet<>();

    /** Per cluster where Stakater's Reloader watches everything: the namespaces that it leaves alone, separated by commas. */
    private final SortedMap<String, String> watched = new TreeMap<>();

    private FrozenSecrets(Sketch sketch) {
        for (Release release : sketch.estate().all(Release.class)) {
            boolean all = release.chart().equals(RELOADER)
                    && Inside.yes(release.values().text("reloader.autoReloadAll"));
            if (all) {
                watched.put(
                        release.cluster(),
                        release.values()
                                .text("reloader.ignoreNamespaces")
                                .map(Fact::value)
                                .orElse(""));
            }
        }
        sketch.estate()
                .all(CertificateOrder.class)
                .forEach(order -> ordered.add(order.cluster() + "/" + order.namespace() + "/"
                        + order.secretName().value()));
    }

    /** Those of workloads, and of releases of app-template, by cluster. */
    public static SortedMap<String, List<Standstill.Item>> of(Sketch sketch) {
        FrozenSecrets frozen = new FrozenSecrets(sketch);
        sketch.placement().workloads().values().forEach(frozen::workload);
        sketch.estate().all(Release.class).forEach(frozen::release);
        return frozen.items;
    }

    private void workload(Workload workload) {
        String where = workload.cluster() + "/" + workload.namespace() + "/";
        for (Workload.Container container : workload.containers()) {
            for (Workload.Mount mount : container.mounts()) {
                if (mount.subPath().isEmpty()) {
                    continue; // by far the most
                }
                Optional<Workload.Volume> secret = workload.volumes().stream()
                        .filter(volume -> volume.name().equals(mount.volume())
                                && volume.kind().value().equals("secret")
                                && ordered.contains(where + volume.source()))
                        .findFirst();
                if (secret.isPresent() && !reloads(workload) && !watched(workload.cluster(), workload.namespace())) {
                    add(
                            workload.cluster(),
                            workload.reference(),
                            Placement.shortName(workload),
                            secret.get().source(),
                            mount.place());
                    return;
                }
            }
        }
    }

    private void release(Release release) {
        String where = release.cluster() + "/" + release.namespace() + "/";
        if (reloads(release.values()) || watched(release.cluster(), release.namespace())) {
            return;
        }
        for (Tree.Entry entry : release.values().entries("persistence")) {
            Tree volume = entry.value();
            boolean secret = says(volume, "type", "secret");
            Optional<String> name = volume.text("name").map(Fact::value);
            if (secret && name.filter(text -> ordered.contains(where + text)).isPresent()) {
                below(volume, "subPath")
                        .ifPresent(place -> add(
                                release.cluster(),
                                release.reference(),
                                release.namespace() + "/" + release.name(),
                                name.get(),
                                place));
            }
        }
    }

    private boolean watched(String cluster, String namespace) {
        return watched.containsKey(cluster)
                && !List.of(watched.get(cluster).split("\\s*,\\s*")).contains(namespace);
    }

    private static boolean says(Tree tree, String field, String value) {
        return tree.text(field).map(Fact::value).filter(value::equals).isPresent();
    }

    private static boolean reloads(Workload workload) {
        return workload.annotations().keySet().stream().anyMatch(key -> key.contains(RELOADER))
                || reloads(workload.tree());
    }

    /** True where something is told to make new pods when a Secret changes. */
    private static boolean reloads(Tree tree) {
        return tree.entries().stream().anyMatch(entry -> entry.key().contains(RELOADER) || reloads(entry.value()))
                || tree.items().stream().anyMatch(FrozenSecrets::reloads);
    }

    private static Optional<Declared> below(Tree tree, String key) {
        for (Tree.Entry entry : tree.entries()) {
            Optional<Declared> found = entry.key().equals(key) ? Optional.of(entry.place()) : below(entry.value(), key);
            if (found.isPresent()) {
                return found;
            }
        }
        return tree.items().stream().flatMap(item -> below(item, key).stream()).findFirst();
    }

    private void add(String cluster, Reference of, String word, String secret, Declared place) {
        items.computeIfAbsent(cluster, _ -> new ArrayList<>())
                .add(new Standstill.Item(
                        of,
                        place,
                        word + " serves the certificate that it started with, which is valid",
                        word + " serves a certificate that has ended, until its pod is made anew",
                        word + " mounts " + secret + " by subPath, and nothing restarts it when the Secret is renewed",
                        List.of(
                                new Evidence("subPath of the Secret " + secret, place),
                                new Evidence("never written anew", new Assumed("behaviour.sub-path", SOURCE))),
                        Confidence.LIKELY));
    }
}
