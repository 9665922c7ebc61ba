package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.estate.Autoscalers;
import dev.premortem.estate.Edit;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.model.BlindScalers;
import dev.premortem.model.IdleRetention;
import dev.premortem.model.Liveness;
import dev.premortem.model.Sketch;
import dev.premortem.model.Standstill;
import dev.premortem.model.UnreadSettings;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Instance;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A setting that does nothing: a value that no template of its chart reads, or a number of pods that is written down while an autoscaler decides it. The first is
 * missed on the day it is needed; the second means nothing until somebody applies it, and then the pods that load had called for are gone at once.
 */
@AutoService(Mechanism.class)
public final class DeadSetting implements Mechanism {
    private static final String UNREAD = "read-values";
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
        if (sketch.simulating()) {
            return;
        }
        UnreadSettings.Found found = UnreadSettings.of(sketch);
        unread(sketch, found.missing(), UNREAD, outageClass());
        unread(sketch, found.idle(), UNREAD + "-once-raised", OutageClass.F); // nothing is down by it: told low
        blind(sketch, BlindScalers.of(sketch));
        retained(sketch, IdleRetention.of(sketch));
        List<Twice> all = new ArrayList<>();
        for (KubernetesObject object : sketch.estate().objects("HorizontalPodAutoscaler")) {
            twice(sketch, object).ifPresent(all::add);
        }
        if (!respected(sketch)) {
            above(sketch, all.stream().filter(twice -> !twice.below()).toList());
            below(sketch, all.stream().filter(Twice::below).toList());
        }
    }

    /** Autoscalers that never scale, because what they count is not defined. */
    private void blind(Sketch sketch, List<Standstill.Item> items) {
        if (items.isEmpty()) {
            return;
        }
        new Standstill(
                        id(),
                        "",
                        "counted",
                        outageClass(),
                        new Standstill.Words(
                                "load is what the pods that run can bear",
                                "load grows",
                                "autoscalers see the load",
                                "no pod is added",
                                "when load grows"))
                .propose(
                        sketch,
                        items,
                        items.getFirst().why()
                                + (items.size() == 1 ? "" : ", and " + (items.size() - 1) + " more alike")
                                + ": no pod is added under load");
    }

    /** Backups that are never removed, as what would remove them is not told to. */
    private void retained(Sketch sketch, List<Standstill.Item> items) {
        if (items.isEmpty()) {
            return;
        }
        new Standstill(
                        id(),
                        "",
                        "backups-removed",
                        outageClass(),
                        new Standstill.Words(
                                "the store of backups has room",
                                "the store of backups is full, or its bill is read",
                                "backups are written",
                                "backups and archived logs find no room",
                                "when the store of backups is full"))
                .propose(
                        sketch,
                        items,
                        "backups are never removed: " + items.getFirst().why()
                                + (items.size() == 1 ? "" : ", and " + (items.size() - 1) + " more alike"));
    }

    /** Values that no template reads: one outage over all releases, as they are mended alike. */
    private void unread(Sketch sketch, List<Standstill.Item> items, String act, OutageClass kind) {
        if (items.isEmpty()) {
            return;
        }
        int rest = items.size() - 1;
        String more = rest == 0 ? "" : ", and " + rest + (rest == 1 ? " more release" : " more releases") + " alike";
        new Standstill(
                        id(),
                        "",
                        act,
                        kind,
                        new Standstill.Words(
                                "nothing needs what these values ask for",
                                "a node is drained, or a pod is lost",
                                "what values ask for is there",
                                "what was asked for is not there",
                                "on the day it is needed"))
                .propose(
                        sketch,
                        items,
                        (kind == outageClass()
                                        ? "values that should keep things up do nothing: "
                                        : "values do nothing: ")
                                + items.getFirst().why()
                                + more);
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

    /** What is written is enough for a quiet hour: an apply takes pods away under load only. */
    private void above(Sketch sketch, List<Twice> all) {
        if (all.isEmpty()) {
            return;
        }
        new Standstill(
                        id(),
                        "",
                        "scaled",
                        outageClass(),
                        new Standstill.Words(
                                "nothing is applied under load",
                                "manifests are applied while the autoscalers hold more pods than they say",
                                "autoscalers decide how many pods run",
                                "pods that load called for are gone at once, and come back as fast as the autoscaler may",
                                "when manifests are applied under load"))
                .propose(
                        sketch,
                        all.stream().map(DeadSetting::item).toList(),
                        "each deployment under load takes pods of " + names(all)
                                + " away: replicas is written down, and an autoscaler decides it");
    }

    /** What is written is less than the autoscaler's least: every apply takes pods away, under load or not. */
    private void below(Sketch sketch, List<Twice> all) {
        if (all.isEmpty()) {
            return;
        }
        new Standstill(
                        id(),
                        "",
                        "scaled-below",
                        outageClass(),
                        new Standstill.Words(
                                "nothing is applied",
                                "manifests are applied",
                                "never fewer pods run than the autoscalers' least",
                                "fewer pods run than the autoscalers' least until they look again",
                                "when manifests are applied"))
                .propose(
                        sketch,
                        all.stream().map(DeadSetting::item).toList(),
                        "each deployment takes " + names(all)
                                + " below the least that its autoscaler allows: replicas is written down as less");
    }

    private static String names(List<Twice> all) {
        Workload first = all.getFirst().workload();
        return first.namespace() + "/" + first.name() + (all.size() == 1 ? "" : " and " + (all.size() - 1) + " more");
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
        if (outage.pivot().endsWith("#counted")) {
            return List.of(Remedy.proposed(
                    "a request in every container of the pods that are scaled",
                    List.of(),
                    List.of("measure what a pod needs at rest, and request that")));
        }
        if (outage.pivot().endsWith("#backups-removed")) {
            return List.of(retention(sketch, outage));
        }
        if (outage.pivot().contains(UNREAD)) {
            return List.of(Remedy.proposed(
                    "write the keys that the chart reads",
                    List.of(),
                    List.of(
                            "rename each key as the evidence says, or take it away",
                            "render the chart and look whether what you ask for comes out: helm template")));
        }
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

    private static Remedy retention(Sketch sketch, Outage outage) {
        List<Edit> edits = new ArrayList<>();
        for (Instance instance : outage.instances()) {
            Optional<KubernetesObject> database = sketch.estate().object(new Reference(instance.of()));
            Optional<String> kept = database.flatMap(object -> object.tree().text("spec.backup.retentionPolicy"))
                    .map(Fact::value);
            database.flatMap(object -> IdleRetention.store(sketch, object))
                    .flatMap(store -> store.tree().at("spec"))
                    .ifPresent(spec -> kept.ifPresent(
                            time -> edits.add(new Edit.AddField(spec.place(), "retentionPolicy", time))));
        }
        return Remedy.proposed(
                "retentionPolicy in the ObjectStore",
                edits,
                List.of("take the line away from the Cluster, and look at what is removed"));
    }
}
