package dev.premortem.predict;

import dev.premortem.estate.Alternative;
import dev.premortem.estate.Estate;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Instance;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Objects that stand in several files: what is wrong in the one that counts is wrong in each that says the same (ranking 1). */
final class Copies {
    private final Estate estate;
    private final SortedMap<String, List<Alternative>> copies = new TreeMap<>();

    Copies(Estate estate) {
        this.estate = estate;
        estate.all(Alternative.class)
                .forEach(each -> copies.computeIfAbsent(each.of().text(), _ -> new ArrayList<>())
                        .add(each));
    }

    /** The instances, each followed by its copies. */
    List<Instance> with(List<Instance> instances) {
        if (copies.isEmpty()) {
            return instances;
        }
        List<Instance> all = new ArrayList<>();
        for (Instance instance : instances) {
            all.add(instance);
            Optional<KubernetesObject> object = estate.object(new Reference(instance.of()));
            for (Alternative copy : copies.getOrDefault(instance.of(), List.of())) {
                object.filter(here -> alike(here.tree(), copy.tree(), "spec.replicas"))
                        .flatMap(here -> same(here.tree(), copy, instance.place()))
                        .ifPresent(place -> all.add(new Instance(instance.of(), place)));
            }
        }
        return List.copyOf(all);
    }

    private static Optional<Declared> same(Tree here, Alternative copy, Declared place) {
        boolean inside = here.place().file().equals(place.file());
        return inside && alike(here, copy.tree(), place.field())
                ? Alternative.at(copy.tree(), place.field()).map(Tree::place)
                : Optional.empty();
    }

    /** Both say the same there, or neither says anything; what is no scalar is compared by where it stands. */
    private static boolean alike(Tree here, Tree there, String field) {
        return text(here, field).equals(text(there, field));
    }

    private static Optional<String> text(Tree tree, String field) {
        return Alternative.at(tree, field).flatMap(Tree::text).map(Fact::value);
    }
}
