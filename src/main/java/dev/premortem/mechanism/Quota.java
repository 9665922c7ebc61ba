package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.estate.Autoscalers;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.model.PodQuota;
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

/**
 * A quota refuses the pod that is needed: one that does not name what the quota limits, one more than fits, the extra pod of a rolling update, or those that an
 * autoscaler wants under load. Pods that run go on; the API server says 403 to the controller, which keeps trying in silence.
 */
@AutoService(Mechanism.class)
public final class Quota implements Mechanism {
    @Override
    public String id() {
        return "quota";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.C;
    }

    @Override
    public void contribute(Sketch sketch) {
        if (sketch.simulating()) {
            return;
        }
        SortedMap<String, List<Standstill.Item>> refused = new TreeMap<>();
        for (PodQuota quota : PodQuota.all(sketch)) {
            List<PodQuota.Pods> pods = sketch.placement().workloads().values().stream()
                    .filter(quota::counts)
                    .map(workload ->
                            new PodQuota.Pods(workload, workload.replicas().value()))
                    .toList();
            refusal(sketch, quota, pods)
                    .ifPresent(item -> refused.computeIfAbsent(quota.object().cluster(), _ -> new ArrayList<>())
                            .add(item));
        }
        refused.forEach((cluster, items) -> new Standstill(
                        id(),
                        cluster,
                        "new-pod",
                        outageClass(),
                        new Standstill.Words(
                                "no pod of " + cluster + " is made",
                                "pods are made, for an update, a lost node or more load",
                                "pods of " + cluster + " can be made",
                                "the API server refuses the pod with 403; the pods that run go on",
                                "when a pod is made"))
                .propose(sketch, items, headline(items)));
    }

    private static String headline(List<Standstill.Item> items) {
        return items.getFirst().why()
                + (items.size() == 1 ? "" : ", and " + (items.size() - 1) + " more quotas refuse pods");
    }

    private static Optional<Standstill.Item> refusal(Sketch sketch, PodQuota quota, List<PodQuota.Pods> pods) {
        for (PodQuota.Pods each : pods) {
            Workload workload = each.workload();
            Optional<String> unnamed = quota.unnamed(workload);
            if (unnamed.isPresent() && each.count() > 0) {
                return Optional.of(item(
                        quota,
                        unnamed.get(),
                        "pods of " + name(workload) + " are refused: they do not name " + unnamed.get()
                                + ", which a quota limits",
                        List.of(Evidence.of("no " + unnamed.get(), new Fact<>("", workload.place()))),
                        Confidence.SURE));
            }
        }
        SortedMap<String, Long> taken = quota.taken(pods);
        Optional<String> now = pods.isEmpty()
                ? Optional.empty()
                : quota.exceeded(taken, pods.getFirst().workload(), 0);
        if (now.isPresent()) {
            return Optional.of(item(
                    quota,
                    now.get(),
                    "the quota of namespace " + quota.object().namespace() + " has no room for all its pods: "
                            + limit(quota, now.get()),
                    List.of(),
                    Confidence.SURE));
        }
        return surge(quota, pods, taken).or(() -> scaled(sketch, quota, pods, taken));
    }

    private static Optional<Standstill.Item> surge(
            PodQuota quota, List<PodQuota.Pods> pods, SortedMap<String, Long> taken) {
        for (PodQuota.Pods each : pods) {
            Workload workload = each.workload();
            Optional<String> exceeded = each.count() > 0 && UpdateDeadlock.makesBeforeItStops(workload)
                    ? quota.exceeded(taken, workload, 1)
                    : Optional.empty();
            if (exceeded.isPresent()) {
                return Optional.of(item(
                        quota,
                        exceeded.get(),
                        "updates of " + name(workload)
                                + " stall: the quota has no room for one more pod, and no old" + " one may stop first, "
                                + limit(quota, exceeded.get()),
                        List.of(Evidence.of("replicas " + each.count(), workload.replicas())),
                        Confidence.SURE));
            }
        }
        return Optional.empty();
    }

    private static Optional<Standstill.Item> scaled(
            Sketch sketch, PodQuota quota, List<PodQuota.Pods> pods, SortedMap<String, Long> taken) {
        SortedMap<String, KubernetesObject> scalers = Autoscalers.of(sketch.estate());
        for (PodQuota.Pods each : pods) {
            Workload workload = each.workload();
            Optional<Fact<String>> most = Optional.ofNullable(
                            scalers.get(workload.reference().text()))
                    .flatMap(scaler -> scaler.tree()
                            .text("spec.maxReplicas")
                            .or(() -> scaler.tree().text("spec.maxReplicaCount")))
                    .filter(text -> text.value().matches("[0-9]{1,6}"));
            int more = most.map(text -> Integer.parseInt(text.value())).orElse(0) - each.count();
            Optional<String> exceeded = more > 0 ? quota.exceeded(taken, workload, more) : Optional.empty();
            if (most.isPresent() && exceeded.isPresent()) {
                return Optional.of(item(
                        quota,
                        exceeded.get(),
                        "under load " + name(workload) + " does not grow to "
                                + most.get().value() + " pods: the quota is full before, "
                                + limit(quota, exceeded.get()),
                        List.of(Evidence.of("at most " + most.get().value() + " pods", most.get())),
                        Confidence.SURE));
            }
        }
        return Optional.empty();
    }

    private static String limit(PodQuota quota, String resource) {
        return resource + " "
                + Optional.ofNullable(quota.hard().get(resource))
                        .map(Fact::value)
                        .orElse("");
    }

    private static String name(Workload workload) {
        return workload.namespace() + "/" + workload.name();
    }

    private static Standstill.Item item(
            PodQuota quota, String resource, String why, List<Evidence> evidence, Confidence confidence) {
        Declared place = quota.object().tree().place();
        List<Evidence> all = new ArrayList<>();
        Optional<Fact<String>> hard = Optional.ofNullable(quota.hard().get(resource));
        hard.ifPresent(fact -> all.add(Evidence.of("hard " + resource + ": " + fact.value(), fact)));
        all.addAll(evidence);
        String namespace = quota.object().namespace();
        return new Standstill.Item(
                quota.object().reference(),
                hard.filter(fact -> fact.provenance() instanceof Declared)
                        .map(fact -> (Declared) fact.provenance())
                        .orElse(place),
                "pods of " + namespace + " are admitted",
                "a pod of " + namespace + " is refused",
                why,
                all,
                confidence);
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        return List.of(Remedy.proposed(
                "raise the quota, or ask for less",
                List.of(),
                List.of(
                        "decide what the namespace may have: the quota guards the others, so no patch raises it unasked",
                        "give every container requests and limits, or the namespace a LimitRange with defaults")));
    }
}
