package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.catalogue.ApiRemovals;
import dev.premortem.catalogue.KubernetesReleases;
import dev.premortem.catalogue.Version;
import dev.premortem.estate.Cluster;
import dev.premortem.estate.Edit;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.model.Sketch;
import dev.premortem.model.Standstill;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Instance;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import dev.premortem.twin.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A manifest in a version of an API that Kubernetes no longer serves, or not after the next upgrade that the end of support forces. What is stored goes on
 * working; what is applied is refused: the next deployment fails, and the hurried repair with it.
 */
@AutoService(Mechanism.class)
public final class ApiRemoval implements Mechanism {
    @Override
    public String id() {
        return "api-removal";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.B;
    }

    private record Gone(KubernetesObject object, ApiRemovals.Removal removal) {}

    @Override
    public void contribute(Sketch sketch) {
        if (sketch.simulating()) {
            return;
        }
        SortedMap<String, SortedMap<Instant, List<Gone>>> byCluster = new TreeMap<>();
        for (KubernetesObject object : sketch.estate().objects()) {
            ApiRemovals.of(object.apiVersion(), object.kind())
                    .ifPresent(removal -> moment(sketch, object.cluster(), removal.minor())
                            .ifPresent(at -> byCluster
                                    .computeIfAbsent(object.cluster(), _ -> new TreeMap<>())
                                    .computeIfAbsent(at, _ -> new ArrayList<>())
                                    .add(new Gone(object, removal))));
        }
        byCluster.forEach((cluster, byDate) -> {
            Instant first = byDate.firstKey();
            propose(
                    sketch,
                    cluster,
                    first.isAfter(sketch.now()) ? Optional.of(first) : Optional.empty(),
                    byDate.getOrDefault(first, List.of()));
        });
    }

    /** When a release that still serves it is no longer to be had: {@code now} where that is so already; empty where the cluster's release is not known and some do. */
    private static Optional<Instant> moment(Sketch sketch, String cluster, int removedIn) {
        Optional<Integer> minor = Optional.ofNullable(sketch.ground().clusters().get(cluster))
                .flatMap(Cluster::distribution)
                .flatMap(Cluster.Distribution::version)
                .flatMap(version -> Version.parse(version.value()))
                .filter(version -> version.major() == 1)
                .map(Version::minor);
        if (minor.orElse(KubernetesReleases.oldestSupported(sketch.now())) >= removedIn) {
            return Optional.of(sketch.now());
        }
        return minor.flatMap(_ -> KubernetesReleases.end(removedIn - 1))
                .map(end -> end.isAfter(sketch.now()) ? end : sketch.now());
    }

    private void propose(Sketch sketch, String cluster, Optional<Instant> moment, List<Gone> all) {
        List<Standstill.Item> items = all.stream().map(ApiRemoval::item).toList();
        Gone first = all.getFirst();
        String since = moment.isPresent()
                ? "no supported Kubernetes serves it from then on"
                : "Kubernetes serves it no longer since 1." + first.removal().minor();
        String what = first.object().kind() + " " + first.object().apiVersion();
        String headline = items.size() == 1
                ? "one object of " + cluster + " is refused when it is applied: " + what + ", " + since
                : items.size() + " objects of " + cluster + " are refused when they are applied: " + what
                        + " and others, " + since;
        new Standstill(
                        id(),
                        cluster,
                        "apply",
                        outageClass(),
                        new Standstill.Words(
                                "nothing is applied to " + cluster,
                                "the manifests are applied, by a deployment, a repair or a rebuild",
                                "manifests of " + cluster + " can be applied",
                                "the deployment fails; what is stored goes on working",
                                "when their manifests are applied"))
                .at(moment)
                .propose(sketch, items, headline);
    }

    private static Standstill.Item item(Gone gone) {
        KubernetesObject object = gone.object();
        Fact<String> version = object.tree()
                .text("apiVersion")
                .orElseGet(() -> new Fact<>(object.apiVersion(), object.tree().place()));
        String name = object.kind() + " " + object.name();
        String instead = gone.removal().instead().isEmpty()
                ? "nothing takes its place"
                : gone.removal().instead() + " takes its place";
        return new Standstill.Item(
                object.reference(),
                version.provenance() instanceof dev.premortem.fact.Declared place
                        ? place
                        : object.tree().place(),
                name + " is accepted",
                "the API server refuses " + name + ": no matches for kind",
                version.value() + " is served up to Kubernetes 1."
                        + (gone.removal().minor() - 1) + "; " + instead,
                List.of(
                        Evidence.of("apiVersion: " + version.value(), version),
                        new Evidence(
                                "removed in Kubernetes 1." + gone.removal().minor(),
                                new Assumed("behaviour.api-removal", ApiRemovals.SOURCE))),
                Confidence.SURE);
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        List<Edit> edits = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        for (Instance instance : outage.instances()) {
            sketch.estate().objects().stream()
                    .filter(object -> object.reference().text().equals(instance.of()))
                    .forEach(object -> ApiRemovals.of(object.apiVersion(), object.kind())
                            .ifPresent(removal -> mend(object, removal, edits, steps)));
        }
        return List.of(Remedy.proposed("write the version that is served", steps.isEmpty() ? edits : List.of(), steps));
    }

    /** Of a kind whose fields have changed too, the version alone would be a lie. */
    private static void mend(
            KubernetesObject object, ApiRemovals.Removal removal, List<Edit> edits, List<String> steps) {
        boolean selected = removal.instead().equals("apps/v1")
                && object.tree().at("spec.selector").isPresent();
        Optional<Tree> version = object.tree().at("apiVersion");
        if ((removal.sameShape() || selected) && version.isPresent()) {
            edits.add(new Edit.SetValue(version.get().place(), removal.instead()));
        } else {
            String step = object.kind() + " " + object.name() + ": "
                    + (removal.instead().isEmpty()
                            ? "nothing takes its place"
                            : "rewrite it for " + removal.instead() + ", whose fields differ (kubectl convert)");
            if (steps.size() < 5 && !steps.contains(step)) {
                steps.add(step);
            }
        }
    }
}
