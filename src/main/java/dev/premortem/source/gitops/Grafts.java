package dev.premortem.source.gitops;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Trees with parts put in; every part keeps the place that set it. */
final class Grafts {
    private Grafts() {}

    /** The tree with a value at a path of keys; mappings on the way are made. */
    static Tree put(Tree tree, List<String> path, Tree value) {
        if (path.isEmpty()) {
            return value;
        }
        String key = path.getFirst();
        Declared place = tree instanceof Tree.Mapping ? tree.place() : value.place();
        List<Tree.Entry> entries = new ArrayList<>(tree.entries());
        List<String> rest = path.subList(1, path.size());
        for (int i = 0; i < entries.size(); i++) {
            Tree.Entry entry = entries.get(i);
            if (entry.key().equals(key)) {
                entries.set(i, new Tree.Entry(key, entry.place(), put(entry.value(), rest, value)));
                return new Tree.Mapping(place, List.copyOf(entries));
            }
        }
        Tree below = put(new Tree.Mapping(value.place(), List.of()), rest, value);
        entries.add(new Tree.Entry(key, value.place(), below));
        return new Tree.Mapping(place, List.copyOf(entries));
    }

    /** Values over values as Helm merges them: mappings key by key, null takes a key away, all else replaces. */
    static Tree merge(Tree under, Tree over) {
        if (!(under instanceof Tree.Mapping) || !(over instanceof Tree.Mapping)) {
            return over;
        }
        List<Tree.Entry> entries = new ArrayList<>(under.entries());
        for (Tree.Entry entry : over.entries()) {
            int at = index(entries, entry.key());
            boolean gone = entry.value() instanceof Tree.Scalar scalar && scalar.kind() == Tree.Scalar.Kind.NULL;
            if (gone) {
                entries.removeIf(one -> one.key().equals(entry.key()));
            } else if (at < 0) {
                entries.add(entry);
            } else {
                Tree merged = merge(entries.get(at).value(), entry.value());
                entries.set(at, new Tree.Entry(entry.key(), entry.place(), merged));
            }
        }
        return new Tree.Mapping(under.place(), List.copyOf(entries));
    }

    static int index(List<Tree.Entry> entries, String key) {
        for (int i = 0; i < entries.size(); i++) {
            if (entries.get(i).key().equals(key)) {
                return i;
            }
        }
        return -1;
    }

    /** The tree with each scalar replaced. */
    static Tree each(Tree tree, UnaryOperator<Tree.Scalar> change) {
        return switch (tree) {
            case Tree.Scalar scalar -> change.apply(scalar);
            case Tree.Sequence sequence ->
                new Tree.Sequence(
                        sequence.place(),
                        sequence.values().stream()
                                .map(item -> each(item, change))
                                .toList());
            case Tree.Mapping mapping ->
                new Tree.Mapping(
                        mapping.place(),
                        mapping.values().stream()
                                .map(entry -> new Tree.Entry(
                                        change.apply(text(entry.place(), entry.key()))
                                                .value(),
                                        entry.place(),
                                        each(entry.value(), change)))
                                .toList());
        };
    }

    static Tree.Scalar text(Declared place, String value) {
        return new Tree.Scalar(place, Tree.Scalar.Kind.STRING, value);
    }

    static Tree.Mapping mapping(Declared place) {
        return new Tree.Mapping(place, List.of());
    }

    /** The value of a key that may hold dots. */
    static Optional<Tree> get(Tree tree, String key) {
        return tree instanceof Tree.Mapping mapping ? mapping.get(key) : Optional.empty();
    }
}
