package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.catalogue.StorageClasses;
import dev.premortem.estate.Claim;
import dev.premortem.estate.Cluster;
import dev.premortem.estate.Edit;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.model.Domains;
import dev.premortem.model.KeptApart;
import dev.premortem.model.NodesApart;
import dev.premortem.model.Placement;
import dev.premortem.model.Singles;
import dev.premortem.model.Sister;
import dev.premortem.model.Sketch;
import dev.premortem.model.Standstill;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Instance;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A rolling update makes the new pod before it stops the old one, and something that only one pod may have does not let it: a volume that one node at a time may
 * attach, a port of the node, a rule that keeps the pods on different nodes while there is no node left. The update waits for ever; the old pod serves on.
 */
@AutoService(Mechanism.class)
public final class UpdateDeadlock implements Mechanism {
    @Override
    public String id() {
        return "update-deadlock";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.A;
    }

    @Override
    public void contribute(Sketch sketch) {
        if (sketch.simulating()) {
            return;
        }
        SortedMap<String, List<Standstill.Item>> halting = new TreeMap<>();
        for (Workload workload : sketch.placement().workloads().values()) {
            Optional<Standstill.Item> halt = workload.kind().equals("Deployment") && makesBeforeItStops(workload)
                    ? halt(sketch, workload)
                    : Optional.empty();
            halt.or(() -> apart(sketch, workload))
                    .ifPresent(item -> halting.computeIfAbsent(workload.cluster(), _ -> new ArrayList<>())
                            .add(item));
        }
        spare(sketch, halting);
        halting.forEach((cluster, items) -> new Standstill(
                        id(),
                        cluster,
                        "update",
                        outageClass(),
                        new Standstill.Words(
                                "no update is under way in " + cluster,
                                "a new version is rolled out",
                                "updates in " + cluster + " can end",
                                "the update never ends; the old version serves on",
                                "when a new version is rolled out"))
                .propose(sketch, items, headline(items)));
    }

    /** Where the number of nodes is not known, one more than there are pods may be missing. */
    private void spare(Sketch sketch, SortedMap<String, List<Standstill.Item>> halting) {
        List<Singles.Item> apart = new ArrayList<>();
        for (Workload workload : sketch.placement().workloads().values()) {
            boolean halted = halting.getOrDefault(workload.cluster(), List.of()).stream()
                    .anyMatch(item -> item.of().equals(workload.reference()));
            if (workload.kind().equals("Deployment")
                    && makesBeforeItStops(workload)
                    && !halted
                    && Sister.serious(workload.cluster())
                    && Domains.nodes(sketch, workload).isEmpty()) {
                NodesApart.rule(workload)
                        .ifPresent(rule -> apart.add(NodesApart.item(
                                workload.reference(), Placement.shortName(workload), rule, Confidence.POSSIBLE)));
            }
        }
        apart.addAll(NodesApart.byValues(sketch.estate()));
        if (!apart.isEmpty()) {
            Singles.propose(
                    sketch,
                    id(),
                    Condition.of("estate", "node-to-spare"),
                    apart,
                    "updates of " + apart.size() + (apart.size() == 1 ? " component" : " components")
                            + " need a node more than they have pods");
        }
    }

    private static String headline(List<Standstill.Item> items) {
        Standstill.Item first = items.getFirst();
        String name = first.of().text().replaceFirst("^[^/]*/", "").replaceFirst("/[^/]*/", "/");
        return items.size() == 1
                ? "updates of " + name + " never end: " + first.why()
                : "updates of " + name + " and " + (items.size() - 1) + " more never end: " + first.why();
    }

    /** True where no old pod may stop before a new one is ready, by the defaults of 25 % too: surge is rounded up, unavailability down. */
    static boolean makesBeforeItStops(Workload workload) {
        int replicas = workload.replicas().value();
        return rolling(workload) && replicas > 0 && mayStop(workload, replicas) == 0;
    }

    private static int mayStop(Workload workload, int replicas) {
        Optional<Fact<String>> said = workload.tree().text("spec.strategy.rollingUpdate.maxUnavailable");
        if (said.isEmpty()) {
            return replicas / 4;
        }
        String text = said.get().value();
        if (text.matches("[0-9]{1,3}%")) {
            return replicas * Integer.parseInt(text.substring(0, text.length() - 1)) / 100;
        }
        return text.matches("[0-9]{1,6}") ? Integer.parseInt(text) : 1;
    }

    private Optional<Standstill.Item> halt(Sketch sketch, Workload workload) {
        Optional<Integer> nodes = Domains.nodes(sketch, workload);
        return volume(sketch, workload, nodes)
                .or(() -> nodes.filter(count -> count <= workload.replicas().value())
                        .flatMap(count -> port(workload, count)));
    }

    private static Optional<Standstill.Item> volume(Sketch sketch, Workload workload, Optional<Integer> nodes) {
        for (Workload.Volume volume : workload.volumes()) {
            Optional<Claim> claim = volume.kind().value().equals("persistentVolumeClaim")
                    ? sketch.estate()
                            .find(
                                    Claim.class,
                                    Reference.object(
                                            workload.cluster(),
                                            workload.namespace(),
                                            "PersistentVolumeClaim",
                                            volume.source()))
                    : Optional.empty();
            if (claim.isEmpty() || claim.get().accessModes().contains("ReadWriteMany")) {
                continue;
            }
            boolean onePod = claim.get().accessModes().equals(List.of("ReadWriteOncePod"));
            Optional<Fact<String>> attached =
                    nodes.filter(count -> count == 1).isPresent() ? Optional.empty() : oneNode(sketch, claim.get());
            if (onePod || attached.isPresent()) {
                List<Evidence> evidence = new ArrayList<>();
                evidence.add(Evidence.of("mounts the claim " + claim.get().name(), new Fact<>("", volume.place())));
                evidence.add(Evidence.of(
                        String.join(", ", claim.get().accessModes()),
                        new Fact<>("", claim.get().place())));
                attached.ifPresent(fact -> evidence.add(Evidence.of("storage: " + fact.value(), fact)));
                return Optional.of(item(
                        workload,
                        volume.place(),
                        "its new pod waits for the volume of the old one, which one " + (onePod ? "pod" : "node")
                                + " at a time may have",
                        evidence,
                        onePod ? Confidence.SURE : Confidence.LIKELY));
            }
        }
        return Optional.empty();
    }

    /** What says that the claim's volume is attached to one node at a time; empty where the class is unknown: many are shared by their nature. */
    private static Optional<Fact<String>> oneNode(Sketch sketch, Claim claim) {
        for (KubernetesObject object : sketch.estate().objects("StorageClass")) {
            boolean standard = claim.storageClass().isEmpty()
                    && Optional.ofNullable(object.annotations().get("storageclass.kubernetes.io/is-default-class"))
                            .filter(text -> text.value().equals("true"))
                            .isPresent();
            boolean named = claim.storageClass()
                    .filter(name -> name.value().equals(object.name()))
                    .isPresent();
            if (object.cluster().equals(claim.cluster()) && (standard || named)) {
                return object.tree().text("provisioner").filter(text -> StorageClasses.oneNode(text.value()));
            }
        }
        if (claim.storageClass().isPresent()) {
            return claim.storageClass().filter(name -> StorageClasses.namedForOneNode(name.value()));
        }
        return Optional.ofNullable(sketch.ground().clusters().get(claim.cluster()))
                .flatMap(Cluster::distribution)
                .map(Cluster.Distribution::name)
                .flatMap(name -> StorageClasses.defaultForOneNode(name.value())
                        .map(standard -> new Fact<>(
                                standard, new Assumed("behaviour.default-storage-class", StorageClasses.SOURCE))));
    }

    private static Optional<Standstill.Item> port(Workload workload, int nodes) {
        boolean host = workload.hostNetwork();
        for (Tree container : workload.tree().items("spec.template.spec.containers")) {
            for (Tree port : container.items("ports")) {
                Optional<Fact<String>> taken =
                        port.text("hostPort").or(() -> host ? port.text("containerPort") : Optional.empty());
                if (taken.isPresent()) {
                    return Optional.of(item(
                            workload,
                            taken.get().provenance() instanceof Declared place ? place : port.place(),
                            "its new pod needs port " + taken.get().value() + " of a node, and the old pods have it on "
                                    + count(nodes),
                            List.of(Evidence.of("port " + taken.get().value() + " of the node", taken.get())),
                            Confidence.SURE));
                }
            }
        }
        return Optional.empty();
    }

    /** Pods that must stand apart: a new one has no place, or one of the old never had. */
    private static Optional<Standstill.Item> apart(Sketch sketch, Workload workload) {
        return KeptApart.of(sketch, workload)
                .filter(rule -> switch (workload.kind()) {
                    case "Deployment" -> surgesNowhere(workload, rule);
                    case "StatefulSet" -> waitsForTheLast(workload, rule);
                    default -> false;
                })
                .map(rule -> item(workload, rule.term().place(), rule.why(workload), rule.evidence(), Confidence.SURE));
    }

    /** Every place is taken, and no old pod may stop: those that found no place count as stopped already. */
    private static boolean surgesNowhere(Workload workload, KeptApart rule) {
        int replicas = workload.replicas().value();
        return rolling(workload)
                && !rule.withinVersion()
                && replicas > 0
                && rule.places() <= replicas
                && rule.placed(workload) - (replicas - mayStop(workload, replicas)) <= 0;
    }

    /** An update begins with the last pod and waits until it is ready, which it never is without a place. */
    private static boolean waitsForTheLast(Workload workload, KeptApart rule) {
        boolean partitioned = workload.tree()
                .text("spec.updateStrategy.rollingUpdate.partition")
                .filter(text -> !text.value().equals("0"))
                .isPresent();
        return rolling(workload)
                && !partitioned
                && rule.places() < workload.replicas().value();
    }

    private static boolean rolling(Workload workload) {
        return workload.strategy().map(Fact::value).orElse("RollingUpdate").equals("RollingUpdate");
    }

    private static String count(int nodes) {
        return nodes == 1 ? "the only node" : "all " + nodes + " nodes";
    }

    private static Standstill.Item item(
            Workload workload, Declared place, String why, List<Evidence> evidence, Confidence confidence) {
        String name = workload.namespace() + "/" + workload.name();
        List<Evidence> all = new ArrayList<>(evidence);
        all.add(Evidence.of("replicas " + workload.replicas().value(), workload.replicas()));
        workload.strategy().ifPresent(strategy -> all.add(Evidence.of("strategy " + strategy.value(), strategy)));
        return new Standstill.Item(
                workload.reference(),
                place,
                "updates of " + name + " can end",
                "the update of " + name + " waits: no old pod may stop before a new one is ready",
                why,
                all,
                confidence);
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        List<Edit> honoured = honoured(sketch, outage);
        if (!honoured.isEmpty()) {
            return List.of(Remedy.proposed(
                    "leave nodes that take none of the pods out of the spread: nodeTaintsPolicy: Honor",
                    honoured,
                    List.of()));
        }
        if (crowded(sketch, outage)) {
            return List.of(KeptApart.ROOM);
        }
        List<Edit> edits = new ArrayList<>();
        for (Instance instance : outage.instances()) {
            Workload workload = sketch.placement().workloads().get(instance.of());
            if (workload != null) {
                edits.addAll(recreate(workload));
            }
        }
        if (many(sketch, outage)) {
            List<Edit> rolling = new ArrayList<>();
            for (Instance instance : outage.instances()) {
                Workload workload = sketch.placement().workloads().get(instance.of());
                if (workload != null) {
                    rolling.addAll(oneLess(workload));
                }
            }
            return List.of(Remedy.proposed(
                    "stop an old pod first: maxUnavailable: 1, maxSurge: 0",
                    rolling,
                    List.of("one pod less serves while an update lasts")));
        }
        return List.of(Remedy.proposed(
                "stop the old pod first: strategy Recreate",
                edits,
                List.of("each update is then a short outage of its own, as long as a pod takes to start")));
    }

    /** An edit for each, where a spread alone halts all of them. */
    private static List<Edit> honoured(Sketch sketch, Outage outage) {
        List<Edit> edits = new ArrayList<>();
        for (Instance instance : outage.instances()) {
            Optional.ofNullable(sketch.placement().workloads().get(instance.of()))
                    .flatMap(workload -> KeptApart.of(sketch, workload))
                    .flatMap(KeptApart::honour)
                    .ifPresent(edits::add);
        }
        return edits.size() == outage.instances().size() ? edits : List.of();
    }

    /** True where some pod has no place even without an update: another strategy does not help it. */
    private static boolean crowded(Sketch sketch, Outage outage) {
        return outage.instances().stream()
                .flatMap(instance ->
                        Optional.ofNullable(sketch.placement().workloads().get(instance.of())).stream())
                .anyMatch(workload -> KeptApart.of(sketch, workload)
                        .filter(rule -> rule.places() < workload.replicas().value())
                        .isPresent());
    }

    /** True where each of them runs several pods, of which one may stop before a new one starts. */
    private static boolean many(Sketch sketch, Outage outage) {
        return !outage.instances().isEmpty()
                && outage.instances().stream()
                        .map(instance -> sketch.placement().workloads().get(instance.of()))
                        .allMatch(workload ->
                                workload != null && workload.replicas().value() > 1);
    }

    private static List<Edit> oneLess(Workload workload) {
        String rolling = "rollingUpdate:\n  maxSurge: 0\n  maxUnavailable: 1";
        Optional<Tree> strategy = workload.tree().at("spec.strategy");
        if (strategy.isEmpty()) {
            return workload.tree()
                    .at("spec")
                    .map(spec -> List.<Edit>of(new Edit.AddField(spec.place(), "strategy", rolling)))
                    .orElse(List.of());
        }
        List<Edit> edits = new ArrayList<>();
        strategy.get().at("rollingUpdate").ifPresent(before -> edits.add(new Edit.Remove(before.place())));
        edits.add(new Edit.AddField(strategy.get().place(), "rollingUpdate", "maxSurge: 0\nmaxUnavailable: 1"));
        return edits;
    }

    private static List<Edit> recreate(Workload workload) {
        Optional<Tree> strategy = workload.tree().at("spec.strategy");
        if (strategy.isPresent()) {
            List<Edit> edits = new ArrayList<>();
            strategy.get().at("rollingUpdate").ifPresent(rolling -> edits.add(new Edit.Remove(rolling.place())));
            edits.add(strategy.get()
                    .at("type")
                    .<Edit>map(type -> new Edit.SetValue(type.place(), "Recreate"))
                    .orElseGet(() -> new Edit.AddField(strategy.get().place(), "type", "Recreate")));
            return edits;
        }
        return workload.tree()
                .at("spec")
                .map(spec -> List.<Edit>of(new Edit.AddField(spec.place(), "strategy", "type: Recreate")))
                .orElse(List.of());
    }
}
