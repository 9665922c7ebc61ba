package dev.premortem.model;

import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Several pods that an update stops all at once before the first new one starts: what they are many for does not hold while it lasts. */
public final class AllAtOnce {
    private AllAtOnce() {}

    /** Deployments of two and more pods with the strategy Recreate, by cluster. */
    public static SortedMap<String, List<Standstill.Item>> of(Sketch sketch) {
        SortedMap<String, List<Standstill.Item>> items = new TreeMap<>();
        for (Workload workload : sketch.placement().workloads().values()) {
            boolean recreated = workload.strategy()
                    .map(Fact::value)
                    .filter("Recreate"::equals)
                    .isPresent();
            if (!recreated
                    || workload.replicas().value() < 2
                    || !(workload.strategy().get().provenance() instanceof Declared place)) {
                continue;
            }
            String word = Placement.shortName(workload);
            int count = workload.replicas().value();
            items.computeIfAbsent(workload.cluster(), _ -> new ArrayList<>())
                    .add(new Standstill.Item(
                            workload.reference(),
                            place,
                            word + " serves",
                            "all " + count + " pods of " + word + " are gone until new ones are ready",
                            word + " is updated by Recreate: all " + count
                                    + " pods stop before the first new one starts",
                            List.of(
                                    Evidence.of(
                                            "strategy Recreate",
                                            workload.strategy().get()),
                                    Evidence.of("replicas " + count, workload.replicas())),
                            place.laid() ? Confidence.LIKELY : Confidence.SURE));
        }
        return items;
    }
}
