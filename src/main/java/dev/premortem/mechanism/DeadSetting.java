package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.estate.Autoscalers;
import dev.premortem.estate.Edit;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.model.Liveness;
import dev.premortem.model.Sketch;
import dev.premortem.model.Standstill;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Instance;
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
 * A setting that another overrides: a number of pods that is written down while an autoscaler decides it. It means nothing until somebody applies it; then the
 * pods that load had called for are gone at once.
 */
@AutoService(Mechanism.class)
public final class DeadSetting implements Mechanism {
    private static final String SOURCE =
            "kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale: leave spec.replicas out of the manifest,"
                    + " each apply sets it otherwise (read in a copy of 2026-08-13, 2026-11-25)";

    @Override
    public String id() {
        return "dead-setting";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.A;
    }

    /** A workload whose number of pods is written down and scaled too. */
    private record Twice(Workload workload, Fact<String> written, KubernetesObject scaler, int least, int most) {
        boolean below() {
            return Integer.parseInt(written.value()) < least;
        }
    }

    @Override
    public void contribute(Sketch sketch) {
        if (sketch.simulating() || respected(sketch)) {
            return;
        }
        SortedMap<String, List<Twice>> byCluster = new TreeMap<>();
        for (KubernetesObject object : sketch.estate().objects()) {
            if (object.kind().equals("HorizontalPodAutoscaler")) {
                twice(sketch, object)
                        .ifPresent(found -> byCluster
                                .computeIfAbsent(object.cluster(), _ -> new ArrayList<>())
                                .add(found));
            }
        }
        byCluster.forEach((cluster, all) -> draw(sketch, cluster, all));
    }

    /** Argo CD can be told to leave the number alone while it applies; then nothing overrides anything. */
    private static boolean respected(Sketch sketch) {
        return sketch.estate().objects().stream()
                .filter(object -> object.kind().startsWith("Application"))
                .anyMatch(object -> object.tree()
                        .scalars()
                        .anyMatch(scalar -> scalar.value().equals("RespectIgnoreDifferences=true")));
    }

    private static Optional<Twice> twice(Sketch sketch, KubernetesObject scaler) {
        int least = Liveness.number(scaler.tree(), "spec.minReplicas", 1);
        int most = Liveness.number(scaler.tree(), "spec.maxReplicas", 0);
        // Nought switches the autoscaler off, and what is written at its maximum takes no pod away.
        return Autoscalers.target(scaler, "spec.scaleTargetRef")
                .filter(_ -> most > least)
                .flatMap(target ->
                        Optional.ofNullable(sketch.placement().workloads().get(target.text())))
                .flatMap(workload -> workload.tree()
                        .text("spec.replicas")
                        .filter(text ->
                                text.value().matches("[1-9][0-9]{0,5}") && Integer.parseInt(text.value()) < most)
                        .map(text -> new Twice(workload, text, scaler, least, most)));
    }

    private void draw(Sketch sketch, String cluster, List<Twice> all) {
        Twice first = all.getFirst();
        String names = first.workload().namespace() + "/" + first.workload().name()
                + (all.size() == 1 ? "" : " and " + (all.size() - 1) + " more");
        new Standstill(
                        id(),
                        cluster,
                        "scaled",
                        outageClass(),
                        new Standstill.Words(
                                "nothing is applied to " + cluster + " under load",
                                "manifests are applied while the autoscalers hold more pods than they say",
                                "the autoscalers of " + cluster + " decide how many pods run",
                                "pods that load called for are gone at once, and come back as fast as the autoscaler may",
                                "when manifests are applied under load"))
                .propose(
                        sketch,
                        all.stream().map(DeadSetting::item).toList(),
                        "each deployment under load takes pods of " + names
                                + " away: replicas is written down, and an autoscaler decides it");
    }

    private static Standstill.Item item(Twice twice) {
        Workload workload = twice.workload();
        String name = workload.namespace() + "/" + workload.name();
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.of("replicas " + twice.written().value(), twice.written()));
        evidence.add(new Evidence(
                "scaled from " + twice.least() + " to " + twice.most(),
                twice.scaler()
                        .tree()
                        .at("spec.minReplicas")
                        .or(() -> twice.scaler().tree().at("spec"))
                        .map(Tree::place)
                        .orElse(twice.scaler().tree().place())));
        evidence.add(new Evidence("applying sets what is written", new Assumed("behaviour.apply-replicas", SOURCE)));
        return new Standstill.Item(
                workload.reference(),
                twice.written().provenance() instanceof Declared place ? place : workload.place(),
                name + " keeps the pods that its load needs",
                name + " falls to " + twice.written().value() + " pods"
                        + (twice.below() ? ", below its autoscaler's least" : "")
                        + ", of " + twice.most() + " at most",
                "its manifest says " + twice.written().value() + ", its autoscaler " + twice.least() + " to "
                        + twice.most() + ": the last one who applies wins",
                evidence,
                Confidence.POSSIBLE);
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        List<Edit> edits = new ArrayList<>();
        for (Instance instance : outage.instances()) {
            Workload workload = sketch.placement().workloads().get(instance.of());
            if (workload != null) {
                workload.tree().at("spec.replicas").ifPresent(count -> edits.add(new Edit.Remove(count.place())));
            }
        }
        return List.of(Remedy.proposed(
                "leave replicas out: the autoscaler alone decides",
                edits,
                List.of("take the field over once, or the apply that removes it sets the number to one:"
                        + " kubectl apply edit-last-applied")));
    }
}
