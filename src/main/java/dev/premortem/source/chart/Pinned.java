package dev.premortem.source.chart;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Release;
import dev.premortem.estate.Thing;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Harvest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gives a HelmRelease of Flux that names an OCIRepository the chart and the version that stand there, each with its line. */
public final class Pinned {
    private Pinned() {}

    /** Completes the releases of a harvest. */
    public static void complete(Harvest harvest) {
        SortedMap<String, KubernetesObject> repositories = new TreeMap<>();
        SortedMap<String, Tree> asked = new TreeMap<>();
        for (KubernetesObject object : harvest.objects) {
            if (object.kind().equals("OCIRepository")) {
                repositories.put(key(object.cluster(), object.namespace(), object.name()), object);
            } else if (object.kind().equals("HelmRelease")) {
                object.tree()
                        .at("spec.chartRef")
                        .ifPresent(ref -> asked.put(object.reference().text(), ref));
            }
        }
        List<Thing> completed = new ArrayList<>();
        harvest.things.removeIf(thing -> {
            if (!(thing instanceof Release release)) {
                return false;
            }
            Optional<Release> found = Optional.ofNullable(
                            asked.get(release.reference().text()))
                    .flatMap(ref -> held(release, ref, repositories))
                    .map(repository -> of(release, repository.tree()));
            found.ifPresent(completed::add);
            return found.isPresent();
        });
        harvest.things.addAll(completed);
    }

    private static String key(String cluster, String namespace, String name) {
        return cluster + "/" + namespace + "/" + name;
    }

    private static Optional<KubernetesObject> held(
            Release release, Tree ref, SortedMap<String, KubernetesObject> repositories) {
        String name = ref.text("name").map(Fact::value).orElse("");
        // A release may install into another namespace than the one it stands in: the reference has the latter.
        String[] parts = release.reference().text().split("/", -1);
        String own = parts.length > 1 ? parts[1] : release.namespace();
        String namespace = ref.text("namespace").map(Fact::value).orElse(own);
        boolean oci = ref.text("kind").map(Fact::value).orElse("").equals("OCIRepository");
        return oci ? Optional.ofNullable(repositories.get(key(release.cluster(), namespace, name))) : Optional.empty();
    }

    private static Release of(Release release, Tree repository) {
        String url = repository.text("spec.url").map(Fact::value).orElse("");
        String chart = url.substring(url.lastIndexOf('/') + 1);
        return new Release(
                release.reference(),
                release.place(),
                release.cluster(),
                release.namespace(),
                release.name(),
                chart.isEmpty() ? release.chart() : chart,
                release.version()
                        .or(() -> repository.text("spec.ref.tag"))
                        .or(() -> repository.text("spec.ref.semver")),
                release.values());
    }
}
