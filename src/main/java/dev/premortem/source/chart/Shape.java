package dev.premortem.source.chart;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds a part of an object out of values, at the line that asked for it. */
final class Shape {
    private final Declared place;
    private final List<Tree.Entry> entries = new ArrayList<>();

    private Shape(Declared place) {
        this.place = place;
    }

    static Shape at(Declared place) {
        return new Shape(place.asked());
    }

    /** A text that no line holds. */
    Shape put(String key, String text) {
        return put(key, new Tree.Scalar(place, Tree.Scalar.Kind.STRING, text));
    }

    Shape put(String key, Tree value) {
        entries.add(new Tree.Entry(key, value.place(), value));
        return this;
    }

    /** A value under another name, where it is there. */
    Shape put(String key, Optional<Tree> value) {
        value.ifPresent(found -> put(key, found));
        return this;
    }

    /** A list, unless it is empty. */
    Shape put(String key, List<Tree> items) {
        return items.isEmpty() ? this : put(key, new Tree.Sequence(place, List.copyOf(items)));
    }

    /** The values of these keys, where they are there. */
    Shape take(Tree values, String... keys) {
        for (String key : keys) {
            put(key, values.at(key));
        }
        return this;
    }

    Tree done() {
        return new Tree.Mapping(place, List.copyOf(entries));
    }
}
