package dev.premortem.source.kustomize;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gives each value of a built object the place that set it. A scalar that stands literally in one file gets its own field path there, so
 * that an edit of it changes what is built; every other value gets a path that leads to nothing, so that no edit can change the wrong thing.
 */
final class Placement {
    /** Ends the field path of what stands nowhere as it was built; no document has such a field. */
    private static final String MADE = "[built]";

    private Placement() {}

    /** A place for something that was made from what stands there; {@code field} is its path in what was built. */
    static Declared made(Declared at, String field) {
        return made(at) ? at : new Declared(at.file(), at.line(), field + MADE);
    }

    /** True for the place of what was made and cannot be edited. */
    static boolean made(Declared place) {
        return place.field().endsWith(MADE);
    }

    /** The object with new places, by layers of which the last one applied comes first. */
    static Tree of(Tree object, List<Layer> layers, Declared otherwise) {
        return placed(object, layers, otherwise, "").value();
    }

    private static Tree.Entry placed(Tree built, List<Layer> layers, Declared above, String key) {
        return switch (built) {
            case Tree.Scalar scalar -> scalar(scalar, layers, above, key);
            case Tree.Sequence sequence -> {
                Tree.Entry at = holder(sequence, layers, above, key);
                List<Tree> items = new ArrayList<>();
                for (int i = 0; i < sequence.values().size(); i++) {
                    int index = i;
                    List<Layer> below = layers.stream()
                            .flatMap(layer -> layer.item(sequence.values(), index))
                            .toList();
                    items.add(placed(sequence.values().get(i), below, at.value().place(), "")
                            .value());
                }
                yield new Tree.Entry(
                        key, at.place(), new Tree.Sequence(at.value().place(), List.copyOf(items)));
            }
            case Tree.Mapping mapping -> {
                Tree.Entry at = holder(mapping, layers, above, key);
                List<Tree.Entry> entries = new ArrayList<>();
                for (Tree.Entry entry : mapping.values()) {
                    List<Layer> below = layers.stream()
                            .flatMap(layer -> layer.key(entry.key()))
                            .toList();
                    entries.add(placed(entry.value(), below, at.value().place(), entry.key()));
                }
                yield new Tree.Entry(
                        key, at.place(), new Tree.Mapping(at.value().place(), List.copyOf(entries)));
            }
        };
    }

    private static Tree.Entry scalar(Tree.Scalar built, List<Layer> layers, Declared above, String key) {
        String field = built.place().field();
        Optional<Declared> other = Optional.empty();
        for (int i = 0; i < layers.size(); i++) {
            Optional<Layer.Verdict> verdict = layers.get(i).scalar(built);
            if (verdict.isEmpty()) {
                continue;
            }
            Declared place = verdict.get().place();
            switch (verdict.get().bearing()) {
                case LITERAL -> {
                    boolean sure = other.isEmpty() && !doubtful(built, layers.subList(i, layers.size()));
                    Declared name = layers.get(i) instanceof Layer.Part part ? part.key() : place;
                    return at(key, built, sure ? place : made(place, field), name);
                }
                case COMPOSED -> {
                    return at(key, built, made(place, field), place);
                }
                case OTHER -> other = other.isPresent() ? other : Optional.of(place);
            }
        }
        Declared place = made(other.orElse(above), field);
        return at(key, built, place, place);
    }

    /** True where the first layer spreads its values over fields that are not known for certain, and another one has the same value. */
    private static boolean doubtful(Tree.Scalar built, List<Layer> layers) {
        boolean spread = layers.getFirst() instanceof Layer.Part part && part.extent() == Layer.Extent.SPREAD;
        return spread
                && layers.stream()
                        .skip(1)
                        .flatMap(layer -> layer.scalar(built).stream())
                        .anyMatch(verdict -> verdict.bearing() == Layer.Bearing.LITERAL);
    }

    private static Tree.Entry at(String key, Tree.Scalar built, Declared place, Declared name) {
        Declared named = made(place) ? place : name;
        return new Tree.Entry(key, named, new Tree.Scalar(place, built.kind(), built.value()));
    }

    /** The place of a mapping or list: where it stands whole, otherwise in a patch, otherwise beside what it stands in. */
    private static Tree.Entry holder(Tree built, List<Layer> layers, Declared above, String key) {
        List<Layer.Part> parts = layers.stream()
                .flatMap(layer -> layer instanceof Layer.Part part
                        ? java.util.stream.Stream.of(part)
                        : java.util.stream.Stream.of())
                .filter(part -> !(part.value() instanceof Tree.Scalar) && part.extent() != Layer.Extent.SPREAD)
                .toList();
        Optional<Layer.Part> found = parts.stream()
                .filter(part -> part.extent() == Layer.Extent.WHOLE)
                .findFirst()
                .or(() -> parts.stream().findFirst());
        if (found.isPresent()) {
            return new Tree.Entry(key, found.get().key(), found.get().value());
        }
        // Labels and annotations that an overlay spreads: an object's own ones can stand beside them in its file.
        boolean common = (key.equals("labels") || key.equals("annotations")) && !made(above);
        Declared place = common
                ? new Declared(above.file(), above.line(), above.field().isEmpty() ? key : above.field() + "." + key)
                : made(above, built.place().field());
        return new Tree.Entry(key, place, new Tree.Sequence(place, List.of()));
    }
}
