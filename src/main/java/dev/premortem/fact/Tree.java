package dev.premortem.fact;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A value read from a file, with the place of each part. Parsers make it; everything behind them reads it. */
public sealed interface Tree {
    /** Where this value starts; the field path counts from the document. */
    Declared place();

    /** The value at a dotted path of mapping keys, e.g. {@code spec.template.metadata}; empty where a part is missing. Keys with dots need {@link Mapping#get}. */
    default Optional<Tree> at(String path) {
        return Optional.ofNullable(find(path));
    }

    /** What is at a path; every reader asks for paths all the time, so nothing is made on the way. */
    private @Nullable Tree find(String path) {
        Tree here = this;
        int from = 0;
        while (true) {
            int dot = path.indexOf('.', from);
            if (!(here instanceof Mapping mapping)) {
                return null;
            }
            Tree next = mapping.value(path, from, dot < 0 ? path.length() : dot);
            if (dot < 0 || next == null) {
                return next;
            }
            here = next;
            from = dot + 1;
        }
    }

    /** The text of the scalar at the path, with its place; empty where it is missing, null, or no scalar. */
    default Optional<Fact<String>> text(String path) {
        Tree found = find(path);
        return found == null ? Optional.empty() : found.text();
    }

    /** This scalar's text with its place; empty for null and for mappings and sequences. */
    default Optional<Fact<String>> text() {
        return this instanceof Scalar scalar && scalar.kind() != Scalar.Kind.NULL
                ? Optional.of(new Fact<>(scalar.value(), scalar.place()))
                : Optional.empty();
    }

    /** The items of the sequence at the path; empty where it is missing or no sequence. */
    default List<Tree> items(String path) {
        Tree found = find(path);
        return found == null ? List.of() : found.items();
    }

    /** The items of this sequence; empty for anything else. */
    default List<Tree> items() {
        return this instanceof Sequence sequence ? sequence.values() : List.of();
    }

    /** The entries of the mapping at the path, in the file's order; empty where it is missing or no mapping. */
    default List<Entry> entries(String path) {
        Tree found = find(path);
        return found == null ? List.of() : found.entries();
    }

    /** The entries of this mapping, in the file's order; empty for anything else. */
    default List<Entry> entries() {
        return this instanceof Mapping mapping ? mapping.values() : List.of();
    }

    /** Every scalar at or below this value, in the file's order. */
    default Stream<Scalar> scalars() {
        return switch (this) {
            case Scalar scalar -> Stream.of(scalar);
            case Sequence sequence -> sequence.values().stream().flatMap(Tree::scalars);
            case Mapping mapping ->
                mapping.values().stream().flatMap(entry -> entry.value().scalars());
        };
    }

    /** One key and its value. The place is the key's. */
    record Entry(String key, Declared place, Tree value) {}

    /** Keys with values, in the file's order, each key once (the last of duplicates). */
    record Mapping(Declared place, List<Entry> values) implements Tree {
        /** The value of a key, which may contain dots and slashes. */
        public Optional<Tree> get(String key) {
            return Optional.ofNullable(value(key, 0, key.length()));
        }

        /** The value of the key that stands in a stretch of a text, which is not cut out. */
        private @Nullable Tree value(String text, int from, int to) {
            int size = values.size();
            for (int i = 0; i < size; i++) {
                Entry entry = values.get(i);
                String key = entry.key;
                if (key.length() == to - from && text.startsWith(key, from)) {
                    return entry.value;
                }
            }
            return null;
        }
    }

    /** Values in order. */
    record Sequence(Declared place, List<Tree> values) implements Tree {}

    /**
     * A single value.
     *
     * @param value the canonical text: {@code true}, {@code 31} for {@code 0x1F}, the string itself; empty for null
     */
    record Scalar(Declared place, Kind kind, String value) implements Tree {
        /** How Kubernetes' decoder reads it. */
        public enum Kind {
            STRING,
            INTEGER,
            NUMBER,
            BOOLEAN,
            NULL
        }

        /** True for the boolean true. */
        public boolean isTrue() {
            return kind == Kind.BOOLEAN && value.equals("true");
        }
    }
}
