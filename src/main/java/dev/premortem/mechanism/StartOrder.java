package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.estate.Dependency;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Route;
import dev.premortem.estate.Service;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.model.Circles;
import dev.premortem.model.Circles.Wait;
import dev.premortem.model.FluxObjects;
import dev.premortem.model.LostNeeds;
import dev.premortem.model.Placement;
import dev.premortem.model.Sketch;
import dev.premortem.model.Standstill;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Things that wait for each other when a cluster starts from nothing: releases of GitOps whose order is a circle, and a registry on the cluster itself whose own
 * pods, or what they need, are pulled from it. While all of it runs nobody notices; the day of a rebuild never ends.
 */
@AutoService(Mechanism.class)
public final class StartOrder implements Mechanism {
    @Override
    public String id() {
        return "start-order";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.E;
    }

    @Override
    public void contribute(Sketch sketch) {
        if (sketch.simulating()) {
            return;
        }
        waiting(sketch);
        SortedMap<String, List<Standstill.Item>> items = new TreeMap<>();
        for (List<Wait> circle : Circles.of(releases(sketch))) {
            items.computeIfAbsent(circle.getFirst().cluster(), _ -> new ArrayList<>())
                    .add(item(circle, Confidence.SURE));
        }
        for (List<Wait> circle : Circles.of(pulls(sketch))) {
            if (circle.stream().anyMatch(Wait::pull)) { // services that call each other start in any order
                boolean sure = circle.stream().allMatch(Wait::pull);
                items.computeIfAbsent(circle.getFirst().cluster(), _ -> new ArrayList<>())
                        .add(item(circle, sure ? Confidence.SURE : Confidence.LIKELY));
            }
        }
        items.forEach((cluster, all) -> new Standstill(
                        id(),
                        cluster,
                        "rebuild",
                        outageClass(),
                        new Standstill.Words(
                                "nobody builds " + cluster + " anew",
                                "the cluster is built anew, or starts with empty nodes",
                                cluster + " can start from nothing",
                                "the rebuild never ends",
                                "on the day of a rebuild"))
                .propose(
                        sketch,
                        all,
                        "a rebuild of " + cluster + " from nothing never ends: "
                                + all.getFirst().why()
                                + (all.size() == 1 ? "" : ", and " + (all.size() - 1) + " more circles")));
    }

    /** What waits for something that never comes stands still today already. */
    private void waiting(Sketch sketch) {
        LostNeeds.of(sketch)
                .forEach((cluster, all) -> new Standstill(
                                id(),
                                cluster,
                                "needs-there",
                                OutageClass.A,
                                new Standstill.Words(
                                        "nothing of it is changed",
                                        "something of it is changed, or the cluster is built anew",
                                        "changes reach " + cluster,
                                        "the change is never applied",
                                        "with the next change"))
                        .propose(
                                sketch,
                                all,
                                all.getFirst().why()
                                        + (all.size() == 1 ? "" : ", and " + (all.size() - 1) + " more alike")
                                        + ": it is never applied"));
    }

    /** Kustomizations and HelmReleases of Flux that name what they depend on; those that are switched off wait for nobody. */
    private static List<Wait> releases(Sketch sketch) {
        List<Wait> waits = new ArrayList<>();
        for (KubernetesObject object : FluxObjects.releases(sketch.estate())) {
            if (object.tree()
                    .text("spec.suspend")
                    .map(Fact::value)
                    .filter("true"::equals)
                    .isPresent()) {
                continue;
            }
            for (Tree item : object.tree().items("spec.dependsOn")) {
                Optional<Fact<String>> name = item.text("name");
                String namespace = item.text("namespace").map(Fact::value).orElse(object.namespace());
                name.ifPresent(found -> waits.add(new Wait(
                        object.cluster(),
                        object.reference().text(),
                        Reference.object(object.cluster(), namespace, object.kind(), found.value())
                                .text(),
                        object.name() + " waits for " + found.value(),
                        found,
                        false)));
            }
        }
        return waits;
    }

    /** What pods wait for before their image is there, and what the pods of registries need to answer. */
    private static List<Wait> pulls(Sketch sketch) {
        List<Wait> waits = new ArrayList<>();
        for (Workload workload : sketch.placement().workloads().values()) {
            Stream.concat(workload.containers().stream(), workload.initContainers().stream())
                    .map(Workload.Container::image)
                    .forEach(image -> registry(image.value())
                            .ifPresent(host -> sketch.front().routesOf(host).stream()
                                    .filter(route -> route.cluster().equals(workload.cluster()))
                                    .flatMap(route -> behind(sketch, route))
                                    .forEach(server -> waits.add(new Wait(
                                            workload.cluster(),
                                            workload.reference().text(),
                                            server.reference().text(),
                                            Placement.shortName(workload) + " is pulled from " + host + ", which "
                                                    + Placement.shortName(server) + " serves",
                                            image,
                                            true)))));
        }
        if (waits.isEmpty()) {
            return waits;
        }
        for (Workload workload : sketch.placement().workloads().values()) {
            for (Dependency need : workload.dependsOn()) {
                sketch.estate()
                        .find(Service.class, need.to())
                        .filter(_ -> !need.optional())
                        .map(sketch.placement()::backends)
                        .orElse(List.of())
                        .forEach(server -> waits.add(new Wait(
                                workload.cluster(),
                                workload.reference().text(),
                                server.reference().text(),
                                Placement.shortName(workload) + " needs " + Placement.shortName(server),
                                new Fact<>(need.to().text(), need.place()),
                                false)));
            }
        }
        return waits;
    }

    private static Stream<Workload> behind(Sketch sketch, Route route) {
        return Stream.concat(
                sketch.front().controller(route).stream(),
                route.backends().stream()
                        .flatMap(backend -> sketch.estate().find(Service.class, backend.to()).stream())
                        .flatMap(service -> sketch.placement().backends(service).stream()));
    }

    /** The host of an image's registry; empty for Docker Hub's short names. */
    private static Optional<String> registry(String image) {
        int slash = image.indexOf('/');
        String first = slash < 0 ? "" : image.substring(0, slash);
        return first.contains(".") ? Optional.of(first.replaceFirst(":[0-9]+$", "")) : Optional.empty();
    }

    private static Standstill.Item item(List<Wait> circle, Confidence confidence) {
        Wait first = circle.getFirst();
        List<String> texts = circle.stream().map(Wait::text).toList();
        return new Standstill.Item(
                new Reference(first.from()),
                first.fact().provenance() instanceof Declared place ? place : new Declared("", 1, ""),
                "what waits there has started before",
                "nobody of the circle starts",
                String.join(", ", texts.subList(0, Math.min(4, texts.size())))
                        + (texts.size() > 4 ? ", and round" : ""),
                circle.stream()
                        .map(wait -> Evidence.of(wait.text(), wait.fact()))
                        .toList(),
                confidence);
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        if (outage.pivot().contains("#needs-there")) {
            return List.of(Remedy.proposed(
                    "wait for what is there, or for nothing",
                    List.of(),
                    List.of(
                            "write the name that it has today, bring what is missing, or take the entry out",
                            "where it is in another repository, give that to the check as well")));
        }
        return List.of(Remedy.proposed(
                "break the circle at its weakest need",
                List.of(),
                List.of(
                        "let the one that can start alone wait for nobody, or pull its image from a registry outside",
                        "then build a cluster from nothing once, on purpose")));
    }
}
