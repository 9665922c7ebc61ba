package dev.premortem.model;

import dev.premortem.estate.Autoscalers;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Autoscalers that count a share of requests which a container does not have: they report an error and never scale. */
public final class BlindScalers {
    private static final String SOURCE =
            "kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale: if some of the Pod's containers do not have the relevant"
                    + " resource request set, CPU utilization will not be defined (read in a copy, 2026-11-26)";

    private BlindScalers() {}

    /** All of an estate whose only metric is such a share. */
    public static List<Standstill.Item> of(Sketch sketch) {
        List<Standstill.Item> items = new ArrayList<>();
        Set<String> defaulted = defaulted(sketch);
        for (KubernetesObject object : sketch.estate().objects("HorizontalPodAutoscaler")) {
            if (grows(object) && !defaulted.contains(namespace(object))) {
                resource(object).flatMap(named -> item(sketch, object, named)).ifPresent(items::add);
            }
        }
        return items;
    }

    private static boolean grows(KubernetesObject scaler) {
        return Liveness.number(scaler.tree(), "spec.maxReplicas", 0)
                > Liveness.number(scaler.tree(), "spec.minReplicas", 1);
    }

    /** Namespaces where a LimitRange, or an autoscaler of requests, gives what the containers do not say. */
    private static Set<String> defaulted(Sketch sketch) {
        Set<String> namespaces = new HashSet<>();
        sketch.estate().objects("LimitRange").forEach(object -> namespaces.add(namespace(object)));
        sketch.estate().objects("VerticalPodAutoscaler").forEach(object -> namespaces.add(namespace(object)));
        return namespaces;
    }

    private static String namespace(KubernetesObject object) {
        return object.cluster() + "/" + object.namespace();
    }

    /** The resource that is counted, where it is the only metric; CPU where none is named. */
    private static Optional<String> resource(KubernetesObject scaler) {
        List<Tree> metrics = scaler.tree().items("spec.metrics");
        if (metrics.isEmpty()) {
            return Optional.of("cpu");
        }
        Tree metric = metrics.getFirst();
        boolean share = metric.text("resource.target.type")
                        .filter(type -> type.value().equals("Utilization"))
                        .isPresent()
                || metric.at("resource.targetAverageUtilization").isPresent();
        return metrics.size() == 1 && share ? metric.text("resource.name").map(Fact::value) : Optional.empty();
    }

    private static Optional<Standstill.Item> item(Sketch sketch, KubernetesObject scaler, String resource) {
        Optional<Workload> workload = Autoscalers.target(scaler, "spec.scaleTargetRef")
                .flatMap(target ->
                        Optional.ofNullable(sketch.placement().workloads().get(target.text())));
        List<Tree> containers = workload.map(found -> found.tree().items("spec.template.spec.containers"))
                .orElse(List.of());
        Optional<Tree> without = containers.stream()
                .filter(container ->
                        container.at("resources.requests." + resource).isEmpty()
                                && container.at("resources.limits." + resource).isEmpty())
                .findFirst();
        if (without.isEmpty()) {
            return Optional.empty();
        }
        String name = workload.get().namespace() + "/" + workload.get().name();
        String word = resource.toUpperCase(Locale.ROOT).equals("CPU") ? "CPU" : resource;
        Declared place = scaler.tree()
                .at("spec.metrics")
                .or(() -> scaler.tree().at("spec"))
                .map(Tree::place)
                .orElse(scaler.tree().place());
        return Optional.of(new Standstill.Item(
                scaler.reference(),
                place,
                name + " grows with its load",
                name + " stays as it is under any load",
                "the autoscaler of " + name + " counts a share of requested " + word
                        + ", and a container of it requests none",
                List.of(
                        new Evidence("a share of " + word + " is counted", place),
                        new Evidence("no request of " + word, without.get().place()),
                        new Evidence("then it is not defined", new Assumed("behaviour.utilization", SOURCE))),
                Confidence.LIKELY));
    }
}
