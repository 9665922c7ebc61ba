package dev.premortem.estate;

import dev.premortem.fact.Fact;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What sets the number of a workload's pods in its place: HorizontalPodAutoscalers and KEDA's ScaledObjects. */
public final class Autoscalers {
    private static final List<String> KINDS = List.of("HorizontalPodAutoscaler", "ScaledObject");

    private Autoscalers() {}

    /** The autoscalers among objects, by the reference of the workload that each one scales. */
    public static SortedMap<String, KubernetesObject> of(Collection<KubernetesObject> objects) {
        SortedMap<String, KubernetesObject> scalers = new TreeMap<>();
        for (KubernetesObject object : objects) {
            if (KINDS.contains(object.kind())) {
                target(object, "spec.scaleTargetRef").ifPresent(target -> scalers.put(target.text(), object));
            }
        }
        return scalers;
    }

    /** The autoscalers of an estate, by the reference of the workload that each one scales. */
    public static SortedMap<String, KubernetesObject> of(Estate estate) {
        List<KubernetesObject> objects = new ArrayList<>();
        KINDS.forEach(kind -> objects.addAll(estate.objects(kind)));
        objects.sort(Comparator.comparing(KubernetesObject::reference));
        return of(objects);
    }

    /** The workload in an object's own namespace that a field of it names; a Deployment where no kind is said, as KEDA takes it. */
    public static Optional<Reference> target(KubernetesObject object, String field) {
        String kind = object.tree().text(field + ".kind").map(Fact::value).orElse("Deployment");
        return object.tree()
                .text(field + ".name")
                .map(name -> Reference.object(object.cluster(), object.namespace(), kind, name.value()));
    }
}
