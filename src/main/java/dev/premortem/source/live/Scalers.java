package dev.premortem.source.live;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Fact;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The workloads whose number of replicas an autoscaler sets. */
public final class Scalers {
    private static final List<String> KINDS = List.of("HorizontalPodAutoscaler", "ScaledObject");

    private Scalers() {}

    /** References of all that an autoscaler among the objects names as its target. */
    public static Set<String> of(List<KubernetesObject> objects) {
        TreeSet<String> scaled = new TreeSet<>();
        for (KubernetesObject object : objects) {
            if (KINDS.contains(object.kind())) {
                Optional<String> kind =
                        object.tree().text("spec.scaleTargetRef.kind").map(Fact::value);
                object.tree()
                        .text("spec.scaleTargetRef.name")
                        .ifPresent(name -> scaled.add(Reference.object(
                                        object.cluster(), object.namespace(), kind.orElse("Deployment"), name.value())
                                .text()));
            }
        }
        return scaled;
    }
}
