package dev.premortem.source.kubernetes;

import dev.premortem.estate.Autoscalers;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What decides the number of a workload's pods in its place: HorizontalPodAutoscaler, KEDA's ScaledObject, a Rollout that takes its template. The least number counts:
 * it is what runs when nobody looks.
 */
public final class Scalers {
    private final Map<String, Fact<Integer>> least = new HashMap<>();
    private final Map<String, Fact<Integer>> rolled = new HashMap<>();

    /** Those among all objects. */
    public Scalers(Collection<KubernetesObject> objects) {
        List<KubernetesObject> rollouts = new ArrayList<>();
        for (KubernetesObject object : objects) {
            switch (KnownKinds.key(object)) {
                case "autoscaling/HorizontalPodAutoscaler" -> autoscaler(object);
                case "keda.sh/ScaledObject" -> scaledObject(object);
                case "argoproj.io/Rollout" -> rollouts.add(object);
                default -> {}
            }
        }
        for (KubernetesObject rollout : rollouts) {
            target(rollout, "spec.workloadRef")
                    .ifPresent(target -> rolled.put(
                            target,
                            Optional.ofNullable(least.get(rollout.reference().text()))
                                    .or(() -> number(rollout.tree(), "spec.replicas"))
                                    .orElseGet(() -> one("Rollout: replicas is 1 by default"))));
        }
    }

    private void autoscaler(KubernetesObject object) {
        Optional<Fact<Integer>> floor = number(object.tree(), "spec.minReplicas")
                .or(() -> Optional.of(object.tree())
                        .filter(tree -> tree.text("spec.minReplicas").isEmpty())
                        .map(ignored -> one("HorizontalPodAutoscaler: minReplicas is 1 by default")));
        target(object, "spec.scaleTargetRef").ifPresent(target -> floor.ifPresent(count -> least.put(target, count)));
    }

    private static Fact<Integer> one(String source) {
        return new Fact<>(1, new Assumed("autoscaler.least", source));
    }

    /** KEDA takes 0 where nothing is said: the workload then runs on demand, and its own number says how many that are. */
    private void scaledObject(KubernetesObject object) {
        Optional<Fact<Integer>> paused = Optional.ofNullable(
                        object.annotations().get("autoscaling.keda.sh/paused-replicas"))
                .flatMap(Scalers::number);
        Optional<Fact<Integer>> floor =
                number(object.tree(), "spec.minReplicaCount").filter(count -> count.value() > 0);
        target(object, "spec.scaleTargetRef")
                .ifPresent(target -> paused.or(() -> floor).ifPresent(count -> least.put(target, count)));
    }

    private static Optional<String> target(KubernetesObject object, String field) {
        return Autoscalers.target(object, field).map(Reference::text);
    }

    private static Optional<Fact<Integer>> number(Tree tree, String path) {
        return tree.text(path).flatMap(Scalers::number);
    }

    private static Optional<Fact<Integer>> number(Fact<String> text) {
        try {
            int value = Integer.parseInt(text.value());
            return value < 0 ? Optional.empty() : Optional.of(text.map(ignored -> value));
        } catch (NumberFormatException e) {
            return Optional.empty(); // a text that rendering should have filled: the workload's own number counts
        }
    }

    /** The workload with the number that is decided for it; 0 switches an autoscaler off, but not a Rollout. */
    public Workload apply(Workload workload) {
        String name = workload.reference().text();
        boolean off = workload.replicas().value() == 0 && workload.replicas().known();
        Optional<Fact<Integer>> decided = Optional.ofNullable(rolled.get(name))
                .or(() -> Optional.ofNullable(least.get(name)).filter(_ -> !off));
        return decided.map(workload::withReplicas).orElse(workload);
    }
}
