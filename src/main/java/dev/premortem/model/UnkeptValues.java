package dev.premortem.model;

import dev.premortem.estate.Estate;
import dev.premortem.estate.Installation;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Release;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Components of releases that are not rendered whose values switch their volume off: what they keep ends with the pod, if they keep anything. */
public final class UnkeptValues {
    private static final Set<String> VOLUMES = new TreeSet<>(List.of(
            "persistence", "persistentVolume", "persistentStorage", "dataStorage", "auditStorage", "dataVolume"));
    private static final int DEEPEST = 5;

    private final List<Singles.Item> items = new ArrayList<>();
    private final Set<String> places = new TreeSet<>();

    private UnkeptValues() {}

    /** All of them; each line once. */
    public static List<Singles.Item> of(Estate estate) {
        UnkeptValues values = new UnkeptValues();
        for (Installation each : estate.all(Installation.class)) {
            if (Sister.serious(each.environment())) {
                String word = each.name() + " in " + each.environment();
                each.layers()
                        .forEach(layer -> values.find(each.reference(), word, Optional.of(each), layer, List.of()));
            }
        }
        for (Release each : estate.all(Release.class)) {
            if (Sister.serious(each.cluster()) && !ReleaseSingles.rendered(estate, each)) {
                String word = each.namespace() + "/" + each.name();
                values.find(each.reference(), word, Optional.empty(), each.values(), List.of());
            }
        }
        return values.items;
    }

    private void find(Reference of, String word, Optional<Installation> within, Tree tree, List<String> path) {
        // what is switched off as a whole keeps nothing to lose
        if (path.size() > DEEPEST || tree.at("enabled").filter(UnkeptValues::no).isPresent()) {
            return;
        }
        for (Tree.Entry entry : tree.entries()) {
            List<String> below = new ArrayList<>(path);
            below.add(entry.key());
            if (VOLUMES.contains(entry.key())
                    && entry.value().at("enabled").filter(UnkeptValues::no).isPresent()
                    && counts(within, below)) {
                Tree enabled = entry.value().at("enabled").orElseThrow();
                String component = path.isEmpty() ? word : path.getLast() + " of " + word;
                if (places.add(enabled.place().at())) {
                    items.add(new Singles.Item(
                            of,
                            enabled.place(),
                            component + " keeps nothing",
                            List.of(new Evidence(entry.key() + ".enabled: false", enabled.place())),
                            Confidence.POSSIBLE));
                }
            } else {
                find(of, word, within, entry.value(), below);
            }
        }
    }

    /** False where a later layer switches it on again. */
    private static boolean counts(Optional<Installation> within, List<String> path) {
        return within.isEmpty()
                || within.get()
                        .at(with(path, "enabled"))
                        .filter(UnkeptValues::no)
                        .isPresent();
    }

    private static boolean no(Tree tree) {
        return tree instanceof Tree.Scalar scalar && scalar.kind() == Tree.Scalar.Kind.BOOLEAN && !scalar.isTrue();
    }

    private static List<String> with(List<String> path, String key) {
        List<String> all = new ArrayList<>(path);
        all.add(key);
        return all;
    }
}
