package dev.premortem.model;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Releases of Flux that wait for one that is not there: none of their changes is applied, and a rebuild never reaches them. */
public final class LostNeeds {
    private LostNeeds() {}

    /** Those of each cluster. */
    public static SortedMap<String, List<Standstill.Item>> of(Sketch sketch) {
        SortedMap<String, List<Standstill.Item>> items = new TreeMap<>();
        for (KubernetesObject object : FluxObjects.releases(sketch.estate())) {
            boolean idle = object.tree()
                    .text("spec.suspend")
                    .filter(text -> text.value().equals("true"))
                    .isPresent();
            if (!idle) {
                item(sketch, object)
                        .ifPresent(item -> items.computeIfAbsent(object.cluster(), _ -> new ArrayList<>())
                                .add(item));
            }
        }
        return items;
    }

    private static Optional<Standstill.Item> item(Sketch sketch, KubernetesObject object) {
        for (Tree need : object.tree().items("spec.dependsOn")) {
            Optional<Fact<String>> name = need.text("name");
            String namespace = need.text("namespace").map(Fact::value).orElse(object.namespace());
            if (name.isEmpty() || !(name.get().value() + namespace).matches("[a-z0-9.-]+")) {
                continue;
            }
            Reference to = Reference.object(
                    object.cluster(), namespace, object.kind(), name.get().value());
            boolean others = sketch.estate().objects(object.kind()).stream()
                    .anyMatch(each -> each.cluster().equals(object.cluster())
                            && each.namespace().equals(namespace)
                            && !each.reference().equals(object.reference()));
            if (others && sketch.estate().object(to).isEmpty() && name.get().provenance() instanceof Declared place) {
                String word = object.namespace() + "/" + object.name();
                return Optional.of(new Standstill.Item(
                        object.reference(),
                        place,
                        word + " is applied",
                        word + " is never applied",
                        word + " waits for " + namespace + "/" + name.get().value() + ", which is not in the tree",
                        List.of(Evidence.of("waits for " + name.get().value(), name.get())),
                        Confidence.LIKELY));
            }
        }
        return Optional.empty();
    }
}
