package dev.premortem.model;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Autoscalers that may go down to no pod on one metric from outside: a wrong value of it takes away what is well. */
public final class ScaledToNothing {
    private ScaledToNothing() {}

    /** Those of two and more workloads on the same metric, by cluster: one wrong value takes all of them. */
    public static SortedMap<String, List<Standstill.Item>> of(Sketch sketch) {
        SortedMap<String, List<Standstill.Item>> items = new TreeMap<>();
        for (KubernetesObject object : sketch.estate().objects("HorizontalPodAutoscaler")) {
            List<Tree> metrics = object.tree().items("spec.metrics");
            if (metrics.size() != 1) {
                continue;
            }
            boolean outside = metrics.getFirst()
                    .text("type")
                    .map(Fact::value)
                    .filter("External"::equals)
                    .isPresent();
            object.tree()
                    .text("spec.minReplicas")
                    .filter(least -> least.value().equals("0") && outside)
                    .ifPresent(least -> add(items, object, metrics.getFirst(), least));
        }
        items.values().removeIf(each -> each.size() < 2);
        return items;
    }

    private static void add(
            SortedMap<String, List<Standstill.Item>> items, KubernetesObject object, Tree metric, Fact<String> least) {
        String name = metric.text("external.metric.name").map(Fact::value).orElse("a metric");
        String word = object.namespace() + "/"
                + object.tree()
                        .text("spec.scaleTargetRef.name")
                        .map(Fact::value)
                        .orElse(object.name());
        if (least.provenance() instanceof Declared place) {
            items.computeIfAbsent(object.cluster(), _ -> new ArrayList<>())
                    .add(new Standstill.Item(
                            object.reference(),
                            place,
                            word + " has its pods",
                            word + " is scaled to no pod",
                            word + " runs as often as " + name + " alone says, down to not at all",
                            List.of(Evidence.of("minReplicas 0 on " + name, least)),
                            Confidence.POSSIBLE));
        }
    }
}
