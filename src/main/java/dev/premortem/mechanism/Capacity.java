package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.estate.Cluster;
import dev.premortem.estate.Edit;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.model.Room;
import dev.premortem.model.Sketch;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import dev.premortem.twin.Condition;
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
                .anyMatch(cluster -> Room.of(sketch, cluster).isPresent());
        return known ? Optional.empty() : Optional.of("no node sizes known");
    }

    @Override
    public void contribute(Sketch sketch) {
        // Room is judged where a pod must move; its condition names this mechanism as its owner.
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
