package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.catalogue.StorageClasses;
import dev.premortem.estate.Claim;
import dev.premortem.estate.Edit;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Release;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Catalogue;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.model.LocalVolumes;
import dev.premortem.model.LoneThings;
import dev.premortem.model.Placement;
import dev.premortem.model.ReleaseSingles;
import dev.premortem.model.Room;
import dev.premortem.model.Singles;
import dev.premortem.model.Sisters;
import dev.premortem.model.Sketch;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.TwinBuilder;
import dev.premortem.twin.process.PodStart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A workload runs once: the loss of its node, or of its pod, is an outage until it runs elsewhere. A node's pods are given up after 350 seconds (grace period and
 * tolerations of Kubernetes) and must then find room.
 */
@AutoService(Mechanism.class)
public final class SingleReplica implements Mechanism {
    @Override
    public String id() {
        return "single-replica";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.F;
    }

    @Override
    public void contribute(Sketch sketch) {
        for (Workload workload : sketch.placement().workloads().values()) {
            boolean once = workload.replicas().value() == 1 && !workload.kind().equals("DaemonSet");
            if (once || sketch.born(workload.reference())) {
                draw(sketch, workload);
            }
        }
        if (!sketch.simulating()) {
            unseen(sketch);
            new LoneThings(sketch, id()).propose();
        }
    }

    /** What runs once and is behind no product that is seen: told together, because who needs it is not known. */
    private void unseen(Sketch sketch) {
        Set<Condition> seen = sketch.twin().behindTops();
        List<Singles.Item> alone = new ArrayList<>();
        List<Singles.Item> byValues = new ArrayList<>(ReleaseSingles.of(sketch.estate()));
        Set<Declared> told = byValues.stream().map(Singles.Item::place).collect(Collectors.toSet());
        Set<Declared> releases =
                sketch.estate().all(Release.class).stream().map(Release::place).collect(Collectors.toSet());
        for (Workload workload : sketch.placement().workloads().values()) {
            boolean once = workload.replicas().value() == 1 && !workload.kind().equals("DaemonSet");
            if (once && !seen.contains(Condition.of(workload.reference().text(), "itself"))) {
                boolean byChart = releases.contains(workload.place());
                Singles.Item item = item(workload, byChart);
                if (!byChart) {
                    alone.add(item);
                } else if (told.add(item.place())) {
                    byValues.add(item);
                }
            }
        }
        if (!alone.isEmpty()) {
            Singles.propose(
                    sketch, id(), Condition.of("estate", "second-pod"), alone, headline(alone.size(), "workload"));
        }
        if (!byValues.isEmpty()) {
            Singles.propose(
                    sketch,
                    id(),
                    Condition.of("estate", "second-pod-by-values"),
                    byValues,
                    headline(byValues.size(), "component")
                            + (byValues.size() == 1 ? " by its values" : " by their values")
                            + ", unrendered here");
        }
    }

    private static Singles.Item item(Workload workload, boolean byChart) {
        Fact<String> name = name(workload);
        return new Singles.Item(
                workload.reference(),
                line(workload).orElseGet(() -> place(name, workload)),
                Placement.shortName(workload) + " runs once",
                List.of(
                        Evidence.of("replicas " + workload.replicas().value(), workload.replicas()),
                        Evidence.of(workload.kind() + " " + workload.name(), name)),
                byChart ? Confidence.POSSIBLE : Confidence.SURE);
    }

    private static String headline(int count, String what) {
        return count == 1
                ? "one " + what + " behind no product that is seen runs once"
                : count + " " + what + "s behind no product that is seen run once";
    }

    /** Where one pod is written down: in the workload before what scales it. */
    private static Optional<Declared> line(Workload workload) {
        return workload.tree()
                .text("spec.replicas")
                .filter(count -> count.value().equals("1"))
                .map(Fact::provenance)
                .or(() -> Optional.of(workload.replicas().provenance()))
                .flatMap(found -> found instanceof Declared place ? Optional.of(place) : Optional.empty());
    }

    /** The name of the workload, where it is written. */
    private static Fact<String> name(Workload workload) {
        return workload.tree()
                .text("metadata.name")
                .orElseGet(() -> new Fact<>(workload.reference().text(), workload.place()));
    }

    private static Declared place(Fact<String> name, Workload workload) {
        return name.provenance() instanceof Declared line ? line : workload.place();
    }

    private void draw(Sketch sketch, Workload workload) {
        TwinBuilder twin = sketch.twin();
        String name = workload.reference().text();
        String word = Placement.shortName(workload);
        Condition node = node(sketch, workload);
        Condition room = Condition.of(name, "room");
        Optional<Room> known = sketch.room(workload.cluster());
        boolean fits = known.map(each -> sketch.born(workload.reference()) ? each.fitsWithout(0) : each.fitsWithout(1))
                .orElse(true);
        Optional<Fact<String>> disk = LocalVolumes.of(sketch, workload);
        boolean moves = disk.isEmpty() && !workload.kind().equals("StatefulSet") || sketch.born(workload.reference());
        Optional<Duration> growth =
                moves ? known.flatMap(each -> each.growth(sketch)).map(Fact::value) : Optional.empty();
        twin.basic(
                room,
                fits,
                new Meaning(
                        "capacity",
                        "there is room for " + word + " elsewhere",
                        "no room for " + word + " on the nodes that are left: it is pending",
                        known.map(Room::evidence).orElse(List.of())));
        Condition identity = identity(sketch, workload, moves, disk);
        Condition grows = twin.gate(
                Condition.of(name, "finds-room"),
                growth.isPresent() ? new Gate.All(List.of(identity)) : new Gate.All(List.of(identity, room)),
                Meaning.of("", word + " finds room", word + " finds no room"));
        List<Condition> control = sketch.ground().clusters().containsKey(workload.cluster())
                ? List.of(sketch.ground().controlPlane(workload.cluster()))
                : List.of();
        Condition replaceable = replaceable(twin, name, word, grows, control);
        Condition running = twin.written(
                Condition.of(name, "replica"),
                true,
                new Gate.Any(List.of(node, replaceable)),
                new Gate.All(List.of(node)),
                Meaning.of(
                        id(),
                        word + " runs again",
                        word + " runs once and is being made anew",
                        Evidence.of("replicas " + workload.replicas().value(), workload.replicas()),
                        Evidence.of(workload.kind() + " " + workload.name(), name(workload))));
        twin.process(new PodStart(
                "pod-start " + name,
                id(),
                running,
                new PodStart.Needs(node, moves ? room : identity, control),
                new PodStart.Times(
                        eviction(sketch, workload),
                        sketch.duration(Catalogue.POD_START).value(),
                        growth),
                sketch.born(workload.reference())));
        sketch.placement().require(workload, asSisters(twin, workload, running));
    }

    /** Where another cluster runs more of it, once is no choice: the drift owns what follows. */
    private static Condition asSisters(TwinBuilder twin, Workload workload, Condition running) {
        Condition alike = Sisters.alike(workload);
        return twin.defines(alike)
                ? twin.gate(
                        Condition.of(workload.reference().text(), "as-often-as-needed"),
                        new Gate.Any(List.of(running, alike)),
                        Meaning.of("", "", ""))
                : running;
    }

    private static Condition node(Sketch sketch, Workload workload) {
        String name = workload.reference().text();
        String word = Placement.shortName(workload);
        Condition node = sketch.twin()
                .basic(
                        Condition.of(name, "node"),
                        true,
                        Meaning.of(
                                "",
                                "the node of " + word + " is there",
                                "the node under " + word + " is lost",
                                Evidence.of(
                                        workload.kind() + " " + workload.name(), new Fact<>(name, workload.place()))));
        sketch.twin()
                .fault(new Fault(
                        node, sketch.number(Catalogue.NODE_FAILURES), sketch.duration(Catalogue.NODE_REPAIR), ""));
        return node;
    }

    /**
     * A StatefulSet has at most one pod of each name, so the one on a node out of reach is not replaced; a pod whose volume is a disk of its node has nowhere
     * else to go.
     */
    private Condition identity(Sketch sketch, Workload workload, boolean moves, Optional<Fact<String>> disk) {
        String name = workload.reference().text();
        String word = Placement.shortName(workload);
        String stays = disk.isPresent()
                ? "the volume of " + word + " is a disk of its node: it runs there or not at all, and what is on the"
                        + " disk is lost with it"
                : word + (name.contains("/StatefulSet/") ? " is a StatefulSet" : " keeps its pods' names")
                        + ": its pod is not replaced while its node is out of reach, only when"
                        + " the node is back or somebody deletes it";
        List<Evidence> evidence = new ArrayList<>(
                List.of(Evidence.of(workload.kind() + " " + workload.name(), new Fact<>(name, workload.place()))));
        disk.ifPresent(found -> {
            evidence.add(Evidence.of("storage class " + found.value(), found));
            evidence.add(new Evidence(
                    "its volumes are local", new Assumed("behaviour.local-volume", StorageClasses.LOCAL_SOURCE)));
        });
        return sketch.twin()
                .basic(
                        Condition.of(name, "moves"),
                        moves,
                        new Meaning(id(), word + " may start elsewhere", stays, List.copyOf(evidence)));
    }

    /** From a lost node to pods that are made anew; a volume that one node at a time may have must be detached first. */
    private static Duration eviction(Sketch sketch, Workload workload) {
        Duration eviction = sketch.duration(Catalogue.EVICTION).value();
        return workload.volumes().stream().anyMatch(volume -> oneNode(sketch, workload, volume))
                ? eviction.plus(sketch.duration(Catalogue.FORCE_DETACH).value())
                : eviction;
    }

    private static boolean oneNode(Sketch sketch, Workload workload, Workload.Volume volume) {
        if (!volume.kind().value().equals("persistentVolumeClaim")) {
            return false;
        }
        Reference claim =
                Reference.object(workload.cluster(), workload.namespace(), "PersistentVolumeClaim", volume.source());
        return sketch.estate()
                .find(Claim.class, claim)
                .map(found -> !found.accessModes().contains("ReadWriteMany"))
                .orElse(false);
    }

    /** As the process does it: whoever schedules must answer, or room elsewhere is of no use. */
    private static Condition replaceable(
            TwinBuilder twin, String name, String word, Condition grows, List<Condition> control) {
        List<Condition> needed = new ArrayList<>(List.of(grows));
        needed.addAll(control);
        return twin.gate(
                Condition.of(name, "replaceable"),
                new Gate.All(needed),
                Meaning.of("", word + " can be made anew elsewhere", word + " cannot be made anew elsewhere"));
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        Workload workload =
                sketch.placement().workloads().get(Condition.of(outage.pivot()).thing());
        if (workload == null || !workload.kind().equals("Deployment") || !workload.stateless()) {
            return List.of(); // whether it may run twice is not known: no patch (a single writer would be corrupted)
        }
        List<String> steps = List.of(
                "make sure that two copies may run at once",
                "spread them over nodes with a topology spread constraint");
        if (workload.replicas().provenance() instanceof Declared place) {
            return List.of(Remedy.proposed("replicas: 1 → 2", List.of(new Edit.SetValue(place, "2")), steps));
        }
        // Where an autoscaler decides, the field of the workload would change nothing.
        boolean scaled = workload.replicas().provenance() instanceof Assumed assumed
                && assumed.id().equals("autoscaler.least");
        return workload.tree()
                .at("spec")
                .filter(_ -> !scaled)
                .map(spec -> Remedy.proposed(
                        "two replicas of " + Placement.shortName(workload),
                        List.of(new Edit.AddField(spec.place(), "replicas", "2")),
                        steps))
                .map(List::of)
                .orElse(List.of());
    }
}
