package dev.premortem.model;

import dev.premortem.catalogue.Version;
import dev.premortem.catalogue.VersionChanges;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Release;
import dev.premortem.fact.Fact;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Objects of a cluster in a version of a component's API that the component no longer serves, or not in its next version.
 *
 * @param runs the version that the cluster is told to run
 * @param already true where that one refuses them
 */
public record RefusedVersions(
        String cluster,
        VersionChanges.Api api,
        String runs,
        boolean already,
        List<KubernetesObject> objects,
        Evidence pinned) {
    /** All of the estate: only where exactly one version of the component is pinned in the cluster. */
    public static List<RefusedVersions> all(Sketch sketch) {
        List<RefusedVersions> found = new ArrayList<>();
        for (VersionChanges.Api api : VersionChanges.apis(sketch.now())) {
            for (String cluster : sketch.ground().clusters().keySet()) {
                List<KubernetesObject> objects = sketch.estate().objects().stream()
                        .filter(object -> object.cluster().equals(cluster)
                                && object.apiVersion().equals(api.group()))
                        .toList();
                Optional<Fact<String>> runs = objects.isEmpty() ? Optional.empty() : runs(sketch, cluster, api);
                Optional<Version> version = runs.flatMap(text -> Version.parse(text.value()));
                version.ifPresent(known -> found.add(new RefusedVersions(
                        cluster,
                        api,
                        runs.orElseThrow().value(),
                        !known.before(api.to()),
                        objects,
                        Evidence.of(api.component() + " " + runs.orElseThrow().value(), runs.orElseThrow()))));
            }
        }
        return found;
    }

    /** The version of the component; empty where none is pinned, or several are. */
    private static Optional<Fact<String>> runs(Sketch sketch, String cluster, VersionChanges.Api api) {
        List<Fact<String>> versions = new ArrayList<>();
        if (api.chart().equals("flux")) {
            for (KubernetesObject object : sketch.estate().objects()) {
                if (object.cluster().equals(cluster)) {
                    flux(object).ifPresent(versions::add);
                }
            }
        } else {
            for (Release release : sketch.estate().all(Release.class)) {
                if (release.cluster().equals(cluster) && release.chart().equals(api.chart())) {
                    release.version().ifPresent(versions::add);
                }
            }
        }
        return versions.stream().map(Fact::value).distinct().count() == 1
                        && Version.parse(versions.getFirst().value()).isPresent()
                ? Optional.of(versions.getFirst())
                : Optional.empty();
    }

    /** Flux' own manifests bear its version; an instance of its operator names it. */
    private static Optional<Fact<String>> flux(KubernetesObject object) {
        if (object.kind().equals("FluxInstance")) {
            return object.tree().text("spec.distribution.version");
        }
        boolean own = object.kind().equals("Deployment")
                && "flux".equals(object.labels().get("app.kubernetes.io/part-of"));
        return Optional.ofNullable(object.labels().get("app.kubernetes.io/version"))
                .filter(_ -> own)
                .map(version -> new Fact<>(version, object.tree().place()));
    }

    /** Told as one sentence. */
    public String headline() {
        KubernetesObject first = objects.getFirst();
        String what = first.kind() + " " + first.name()
                + (objects.size() == 1 ? "" : " and " + (objects.size() - 1) + " more objects");
        String version =
                api.component() + " " + api.to().major() + "." + api.to().minor();
        return already
                ? what + " cannot be applied: " + version + " no longer serves " + api.group() + ", and " + runs
                        + " is pinned"
                : what + " cannot be applied after the upgrade to " + version + ", which no longer serves "
                        + api.group();
    }
}
