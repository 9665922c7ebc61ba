package dev.premortem.source;

import dev.premortem.estate.Autoscalers;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Observation;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Observed;
import dev.premortem.fact.Sighting;
import dev.premortem.fact.Tree;
import dev.premortem.source.live.Drift;
import dev.premortem.source.live.Sightings;
import dev.premortem.source.text.Harvest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Makes one of an object that stands in a file and was seen in a cluster. The file's value counts and keeps its place; what the file does not say
 * and only a cluster knows (status, a number of replicas that something else sets) is added; a value that differs becomes a drift fact.
 */
final class Merge {
    private final Harvest harvest;
    private final Sightings sightings;

    private Merge(Harvest harvest, Sightings sightings) {
        this.harvest = harvest;
        this.sightings = sightings;
    }

    static void merge(Harvest harvest, Sightings sightings) {
        if (!sightings.seen().isEmpty()) {
            new Merge(harvest, sightings).merge();
        }
    }

    private void merge() {
        Map<String, KubernetesObject> live = new TreeMap<>();
        for (KubernetesObject object : harvest.objects) {
            if (Sighting.is(object.tree().place())) {
                live.put(object.reference().text(), object);
            }
        }
        Set<String> scaled = Autoscalers.of(harvest.objects).keySet();
        List<KubernetesObject> merged = new ArrayList<>();
        Set<String> both = new java.util.TreeSet<>();
        for (KubernetesObject object : harvest.objects) {
            if (Sighting.is(object.tree().place())) {
                continue;
            }
            KubernetesObject seen = live.get(object.reference().text());
            if (seen == null) {
                merged.add(object);
                absent(object);
            } else {
                both.add(object.reference().text());
                boolean byScaler = scaled.contains(object.reference().text());
                merged.add(joined(object, seen));
                drift(object, seen, byScaler);
            }
        }
        live.forEach((reference, object) -> {
            if (!both.contains(reference)) {
                merged.add(object);
            }
        });
        harvest.objects.clear();
        harvest.objects.addAll(merged);
    }

    /** An object that its cluster does not have is judged as if it had it: it may be on its way. */
    private void absent(KubernetesObject object) {
        SortedSet<String> complete = sightings.kinds().get(object.cluster());
        // Of Secrets only those of one type are seen, and of pods only those that stand alone.
        if (complete != null
                && complete.contains(object.kind())
                && !object.kind().equals("Secret")
                && !object.kind().equals("Pod")) {
            harvest.leftOut(
                    object.tree().place(),
                    object.kind(),
                    "cluster " + object.cluster() + " does not have it (yet); judged as if it were deployed");
        }
    }

    private static KubernetesObject joined(KubernetesObject file, KubernetesObject seen) {
        Tree tree = seen.tree()
                .at("status")
                .map(status -> with(file.tree(), "status", status))
                .orElse(file.tree());
        Optional<Tree> replicas = seen.tree().at("spec.replicas");
        if (replicas.isPresent() && file.tree().at("spec.replicas").isEmpty()) {
            Tree spec =
                    file.tree().at("spec").orElse(new Tree.Mapping(file.tree().place(), List.of()));
            tree = with(tree, "spec", with(spec, "replicas", replicas.get()));
        }
        return new KubernetesObject(
                file.reference(),
                file.cluster(),
                file.apiVersion(),
                file.kind(),
                file.namespace(),
                file.name(),
                file.labels(),
                file.annotations(),
                tree);
    }

    /** The same mapping with one key set. */
    private static Tree with(Tree tree, String key, Tree value) {
        if (!(tree instanceof Tree.Mapping mapping)) {
            return tree;
        }
        List<Tree.Entry> entries = new ArrayList<>();
        boolean set = false;
        for (Tree.Entry entry : mapping.values()) {
            boolean same = entry.key().equals(key);
            entries.add(same ? new Tree.Entry(key, entry.place(), value) : entry);
            set |= same;
        }
        if (!set) {
            entries.add(new Tree.Entry(key, value.place(), value));
        }
        return new Tree.Mapping(mapping.place(), List.copyOf(entries));
    }

    private void drift(KubernetesObject file, KubernetesObject seen, boolean scaled) {
        for (Drift drift : Drift.between(file.kind(), file.tree(), seen.tree())) {
            if (scaled && drift.field().equals("spec.replicas")) {
                continue;
            }
            Declared where = seen.tree().place();
            Optional<Sighting> sighting = Sighting.of(where.file());
            sighting.ifPresent(found -> harvest.observations.add(new Observation(
                    file.reference(),
                    "drift:" + drift.field(),
                    new Tree.Scalar(
                            new Declared(where.file(), 1, drift.field()), Tree.Scalar.Kind.STRING, drift.seen()),
                    new Observed(found.at(), "cluster " + file.cluster(), new Declared(where.file(), 1, drift.field())),
                    Optional.empty())));
        }
    }
}
