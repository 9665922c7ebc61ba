package dev.premortem.source.helm;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import dev.premortem.source.helm.Attribution.Origin;
import dev.premortem.source.helm.EffectiveValues.Leaf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Puts the lines of values in place of those of templates. A field that is a value as it stands has the value's own place, which an edit can
 * change; one that has a value in it, or is there because of one, has the value's line alone.
 */
final class Provenance {
    private final EffectiveValues values;
    private final SortedMap<String, Origin> origins;
    private final SortedMap<String, Leaf> deciders;

    Provenance(EffectiveValues values, SortedMap<String, Origin> origins, SortedMap<String, Leaf> deciders) {
        this.values = values;
        this.origins = origins;
        this.deciders = deciders;
    }

    /** The placed tree with the places of values; {@code raw} is the same as it was rendered. */
    Tree over(Tree raw, Tree placed) {
        return over(raw, placed, Optional.empty());
    }

    private Tree over(Tree raw, Tree placed, Optional<Declared> decided) {
        String path = raw.place().field();
        Optional<Declared> decider = Optional.ofNullable(deciders.get(path))
                .map(Leaf::scalar)
                .map(Tree::place)
                .or(() -> decided);
        Declared here = decider.map(place -> line(place, placed.place())).orElse(placed.place());
        if (raw instanceof Tree.Scalar || placed instanceof Tree.Scalar) {
            return placed instanceof Tree.Scalar scalar
                    ? new Tree.Scalar(scalar(path, here), scalar.kind(), scalar.value())
                    : placed;
        }
        Optional<Tree> whole = path.isEmpty() ? Optional.empty() : whole(raw);
        if (whole.isPresent()) {
            return moved(placed, whole.get());
        }
        return switch (placed) {
            case Tree.Scalar scalar -> scalar;
            case Tree.Sequence sequence -> {
                List<Tree> items = new ArrayList<>();
                for (int i = 0; i < sequence.values().size(); i++) {
                    items.add(over(raw.items().get(i), sequence.values().get(i), decider));
                }
                yield new Tree.Sequence(here, List.copyOf(items));
            }
            case Tree.Mapping mapping -> {
                List<Tree.Entry> entries = new ArrayList<>();
                for (int i = 0; i < mapping.values().size(); i++) {
                    Tree.Entry entry = mapping.values().get(i);
                    Tree value = over(raw.entries().get(i).value(), entry.value(), decider);
                    boolean moved = !value.place().equals(entry.value().place());
                    entries.add(new Tree.Entry(
                            entry.key(), moved ? line(value.place(), entry.place()) : entry.place(), value));
                }
                yield new Tree.Mapping(here, List.copyOf(entries));
            }
        };
    }

    private Declared scalar(String path, Declared otherwise) {
        Origin origin = origins.get(path);
        if (origin == null) {
            return otherwise;
        }
        Declared place = origin.leaf().scalar().place();
        return origin.whole() ? place : line(place, otherwise);
    }

    /** The line of one place with the field of the other, which no edit can change. */
    private static Declared line(Declared place, Declared field) {
        return new Declared(place.file(), place.line(), field.field());
    }

    /** The values that a mapping or list is a copy of, as {@code toYaml} makes it. */
    private Optional<Tree> whole(Tree raw) {
        String path = raw.place().field();
        for (var entry : origins.tailMap(path).entrySet()) {
            if (!entry.getKey().startsWith(path)) {
                return Optional.empty();
            }
            if (entry.getValue().whole()) {
                return steps(raw, entry.getKey(), new ArrayList<>())
                        .flatMap(steps -> above(entry.getValue().leaf().path(), steps))
                        .flatMap(values::at)
                        .filter(value -> same(raw, value));
            }
        }
        return Optional.empty();
    }

    /** The keys from a tree down to the value at a field path. */
    private static Optional<List<String>> steps(Tree tree, String path, List<String> sofar) {
        if (tree.place().field().equals(path)) {
            return Optional.of(List.copyOf(sofar));
        }
        if (!path.startsWith(tree.place().field())) {
            return Optional.empty();
        }
        for (int i = 0; i < tree.items().size(); i++) {
            sofar.add("[" + i + "]");
            Optional<List<String>> found = steps(tree.items().get(i), path, sofar);
            sofar.removeLast();
            if (found.isPresent()) {
                return found;
            }
        }
        for (Tree.Entry entry : tree.entries()) {
            sofar.add(entry.key());
            Optional<List<String>> found = steps(entry.value(), path, sofar);
            sofar.removeLast();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<List<String>> above(List<String> path, List<String> steps) {
        int length = path.size() - steps.size();
        return length > 0 && path.subList(length, path.size()).equals(steps)
                ? Optional.of(path.subList(0, length))
                : Optional.empty();
    }

    /** Equal in all but places and the order of keys. */
    private static boolean same(Tree one, Tree other) {
        if (one instanceof Tree.Mapping first && other instanceof Tree.Mapping second) {
            return first.values().size() == second.values().size()
                    && first.values().stream()
                            .allMatch(entry -> second.get(entry.key())
                                    .filter(value -> same(entry.value(), value))
                                    .isPresent());
        }
        if (one instanceof Tree.Sequence first && other instanceof Tree.Sequence second) {
            boolean same = first.values().size() == second.values().size();
            for (int i = 0; same && i < first.values().size(); i++) {
                same = same(first.values().get(i), second.values().get(i));
            }
            return same;
        }
        return one instanceof Tree.Scalar first
                && other instanceof Tree.Scalar second
                && first.kind() == second.kind()
                && first.value().equals(second.value());
    }

    /** A tree with the places of another that is the same. */
    private static Tree moved(Tree tree, Tree to) {
        return switch (tree) {
            case Tree.Scalar scalar -> new Tree.Scalar(to.place(), scalar.kind(), scalar.value());
            case Tree.Sequence sequence -> {
                List<Tree> items = new ArrayList<>();
                for (int i = 0; i < sequence.values().size(); i++) {
                    items.add(moved(sequence.values().get(i), to.items().get(i)));
                }
                yield new Tree.Sequence(to.place(), List.copyOf(items));
            }
            case Tree.Mapping mapping ->
                new Tree.Mapping(
                        to.place(),
                        mapping.values().stream().map(entry -> moved(entry, to)).toList());
        };
    }

    private static Tree.Entry moved(Tree.Entry entry, Tree to) {
        Tree.Entry like = to.entries().stream()
                .filter(other -> other.key().equals(entry.key()))
                .findFirst()
                .orElse(entry);
        return new Tree.Entry(entry.key(), like.place(), moved(entry.value(), like.value()));
    }
}
