package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.estate.Cluster;
import dev.premortem.estate.Edit;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Catalogue;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.model.MetricStores;
import dev.premortem.model.Placement;
import dev.premortem.model.Room;
import dev.premortem.model.ScaledToNothing;
import dev.premortem.model.Sketch;
import dev.premortem.model.Standstill;
import dev.premortem.model.WalArchives;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.process.PodStart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What must move finds no room: requests against what nodes can give, after the loss of a node, at the maximum of a pool. The pods' way back belongs to
 * single-replica; this mechanism owns the room.
 */
@AutoService(Mechanism.class)
public final class Capacity implements Mechanism {
    @Override
    public String id() {
        return "capacity";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.F;
    }

    @Override
    public Optional<String> lacks(Sketch sketch) {
        boolean known = sketch.ground().clusters().values().stream()
                .anyMatch(cluster -> sketch.room(cluster.name()).isPresent());
        return known ? Optional.empty() : Optional.of("no node sizes known");
    }

    @Override
    public void contribute(Sketch sketch) {
        for (Workload workload : sketch.placement().workloads().values()) {
            if (sketch.patched(workload.reference())) {
                rollOut(sketch, workload);
            }
        }
        if (!sketch.simulating()) {
            filled(sketch);
            overfull(sketch);
            emptied(sketch);
        }
    }

    /** Room on a volume that something away from the cluster takes. */
    private void filled(Sketch sketch) {
        WalArchives.of(sketch)
                .forEach((cluster, items) -> new Standstill(
                                id(),
                                cluster,
                                "archive",
                                OutageClass.E,
                                new Standstill.Words(
                                        "the archive answers",
                                        "the archive of WAL is away for long",
                                        "databases of " + cluster + " can write",
                                        "the databases stop, and start again on a larger volume only",
                                        "when the archive is away for long"))
                        .propose(
                                sketch,
                                items,
                                items.getFirst().of().name()
                                        + (items.size() == 1 ? "" : " and " + (items.size() - 1) + " more") + " of "
                                        + cluster + (items.size() == 1 ? " stops" : " stop")
                                        + " once an archive that is away has filled their volume"));
    }

    private void overfull(Sketch sketch) {
        MetricStores.full(sketch.estate())
                .forEach((cluster, items) -> new Standstill(
                                id(),
                                cluster,
                                "retention",
                                OutageClass.A,
                                new Standstill.Words(
                                        "there is room yet",
                                        "metrics have filled the volume",
                                        "metrics of " + cluster + " are kept and alerts go out",
                                        "nothing is measured and no alert goes out until somebody gives it room",
                                        "when the volume is full"))
                        .propose(
                                sketch,
                                items,
                                items.getFirst().why()
                                        + (items.size() == 1 ? "" : ", and " + (items.size() - 1) + " more alike")));
    }

    private void emptied(Sketch sketch) {
        ScaledToNothing.of(sketch)
                .forEach((cluster, items) -> new Standstill(
                                id(),
                                cluster,
                                "metric",
                                OutageClass.A,
                                new Standstill.Words(
                                        "the metric is right",
                                        "the metric is wrong for a moment",
                                        "what is well in " + cluster + " keeps its pods",
                                        "they stay away until the metric is right again",
                                        "when one metric is wrong"))
                        .propose(
                                sketch,
                                items,
                                items.size() + " workloads of " + cluster
                                        + " are scaled to nothing by one wrong metric"));
    }

    /** A rolling update makes one pod more before it ends an old one: without room that pod waits, and the old ones go on. */
    private void rollOut(Sketch sketch, Workload workload) {
        Optional<Room> room = sketch.room(workload.cluster());
        if (room.isEmpty()) {
            return;
        }
        String name = workload.reference().text();
        String word = Placement.shortName(workload);
        Condition always = sketch.twin().basic(Condition.of(name, "rollout-home"), true, Meaning.of("", "", ""));
        Condition fits = sketch.twin()
                .basic(
                        Condition.of(name, "rollout-room"),
                        room.get().fitsOneMore(workload),
                        new Meaning(
                                id(),
                                "there is room for one more pod of " + word,
                                "no room for one more pod of " + word,
                                room.get().evidence()));
        Condition done = sketch.twin()
                .written(
                        Condition.of(name, "rollout"),
                        true,
                        new Gate.All(List.of()),
                        new Gate.All(List.of()),
                        Meaning.of(
                                id(), "the new pod of " + word + " runs", "a new pod of " + word + " is being made"));
        sketch.twin()
                .process(new PodStart(
                        "rollout " + name,
                        id(),
                        done,
                        new PodStart.Needs(always, fits, List.of()),
                        new PodStart.Times(
                                Duration.ZERO,
                                sketch.duration(Catalogue.POD_START).value(),
                                room.get().growth(sketch).map(Fact::value)),
                        true));
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        Workload workload =
                sketch.placement().workloads().get(Condition.of(outage.pivot()).thing());
        Cluster cluster = workload == null ? null : sketch.ground().clusters().get(workload.cluster());
        if (cluster == null) {
            return List.of();
        }
        List<Remedy> remedies = new ArrayList<>();
        for (Cluster.NodePool pool : cluster.nodePools()) {
            Optional<Fact<Integer>> setting = pool.max().isPresent() ? pool.max() : Optional.of(pool.nodes());
            if (setting.get().provenance() instanceof Declared place) {
                int more = setting.get().value() + 1;
                remedies.add(Remedy.proposed(
                        "one more node in pool " + pool.name() + " of cluster " + cluster.name() + ": "
                                + setting.get().value() + " → " + more,
                        List.of(new Edit.SetValue(place, String.valueOf(more))),
                        List.of("raise it where the pool is made, and declare it here")));
            }
        }
        return remedies;
    }
}
