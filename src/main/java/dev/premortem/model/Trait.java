package dev.premortem.model;

import dev.premortem.estate.Edit;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A field on which an outage depends, as one of several sisters has it.
 *
 * @param path keys of the field inside of what holds it
 * @param good the safer of two ways; for fields without a safer way, true
 * @param value as it stands, or what stands for it
 * @param words short sentence about the sister: {@code runs once}
 * @param evidence where it is set, or where it is not
 * @param own the tree in which this sister alone may set it; empty where there is none or no edit of one field can do it
 */
public record Trait(
        Kind kind,
        List<String> path,
        boolean good,
        String value,
        String words,
        List<Evidence> evidence,
        Optional<Tree> own) {
    /** What a field decides. Those that start an outage of their own come first. */
    public enum Kind {
        REPLICAS(true),
        PERSISTENCE(true),
        ISSUER(true),
        FAILURE_POLICY(true),
        STRATEGY(false),
        BUDGET(false),
        SPREAD(false),
        PROBE(false),
        REQUESTS(false),
        NETWORK(true),
        VERSION(true);

        private final boolean starts;

        Kind(boolean starts) {
            this.starts = starts;
        }

        /** True where this difference alone is worth a word; others are told beside one that is. */
        public boolean starts() {
            return starts;
        }

        /** True where values are compared as such, without a better and a worse. */
        public boolean plain() {
            return this == NETWORK || this == VERSION;
        }

        /** True for what keeps a component up when one node goes. */
        public boolean redundancy() {
            return this == REPLICAS || this == BUDGET || this == SPREAD || this == STRATEGY;
        }
    }

    /** The field's name as it is told. */
    public String field() {
        return String.join(".", path);
    }

    /** Keys of the part of a component that the field is about; empty for the whole, and for fields of objects. */
    public List<String> part() {
        List<String> part = path.subList(0, path.size() - 1);
        boolean object = part.isEmpty() || part.getFirst().equals("spec");
        boolean group = !object && GROUPS.contains(part.getLast());
        return object ? List.of() : group ? part.subList(0, part.size() - 1) : part;
    }

    /** Keys that group settings and name no part. */
    private static final List<String> GROUPS = List.of(
            "persistence",
            "persistentVolume",
            "podDisruptionBudget",
            "pdb",
            "livenessProbe",
            "readinessProbe",
            "autoscaling",
            "annotations",
            "image");

    /** The first place in a file that it rests on. */
    public Optional<Declared> place() {
        return evidence.stream()
                .flatMap(each -> each.provenance() instanceof Declared place
                        ? java.util.stream.Stream.of(place)
                        : java.util.stream.Stream.empty())
                .findFirst();
    }

    /** True where a default that no file of the tree shows stands for it. */
    public boolean guessed() {
        return evidence.stream()
                .anyMatch(each -> each.provenance() instanceof Assumed assumed
                        && assumed.id().startsWith("guess."));
    }

    /** The change of this sister's own file that gives the field another value. */
    public Optional<Edit> edit(String wanted) {
        if (own.isEmpty()) {
            return Optional.empty();
        }
        Tree here = own.get();
        for (int i = 0; i < path.size(); i++) {
            Optional<Tree> next = here instanceof Tree.Mapping mapping ? mapping.get(path.get(i)) : Optional.empty();
            if (next.isEmpty()) {
                return here instanceof Tree.Mapping
                        ? Optional.of(added(here, path.subList(i, path.size()), wanted))
                        : Optional.empty();
            }
            here = next.get();
        }
        return here instanceof Tree.Scalar ? Optional.of(new Edit.SetValue(here.place(), wanted)) : Optional.empty();
    }

    private static Edit added(Tree mapping, List<String> keys, String wanted) {
        List<String> below = new ArrayList<>(keys.subList(1, keys.size()));
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < below.size(); i++) {
            yaml.append("  ".repeat(i)).append(below.get(i)).append(':').append(i + 1 < below.size() ? "\n" : " ");
        }
        return new Edit.AddField(mapping.place(), keys.getFirst(), yaml + wanted);
    }
}
