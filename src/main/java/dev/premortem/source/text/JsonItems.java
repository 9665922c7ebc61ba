package dev.premortem.source.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** From the JSON stream of an API to trees, one item after the other; what nobody may keep is passed over before it becomes a text. */
public final class JsonItems {
    private final JsonParser parser;
    private final Predicate<String> kept;

    private JsonItems(JsonParser parser, Predicate<String> kept) {
        this.parser = parser;
        this.kept = kept;
    }

    /**
     * Reads one value.
     *
     * @param kept says of a field's path, {@code metadata.name}, whether it is read; the paths of items of a list count from the item
     */
    public static Tree value(InputStream json, Limits limits, Predicate<String> kept) throws IOException {
        try (JsonParser parser = parser(json, limits)) {
            parser.nextToken();
            return new JsonItems(parser, kept).value("");
        }
    }

    /**
     * Hands on each item of a {@code List} as it comes and returns the rest of it: {@code metadata}.
     *
     * @param kept as for one value, for each item
     */
    public static Tree items(InputStream json, Limits limits, Predicate<String> kept, Consumer<Tree> item)
            throws IOException {
        try (JsonParser parser = parser(json, limits)) {
            JsonItems reader = new JsonItems(parser, kept);
            JsonItems all = new JsonItems(parser, path -> true);
            List<Tree.Entry> rest = new ArrayList<>();
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no JSON object");
            }
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = parser.currentName();
                JsonToken start = parser.nextToken();
                if (key.equals("items") && start == JsonToken.START_ARRAY) {
                    while (parser.nextToken() != JsonToken.END_ARRAY) {
                        item.accept(reader.value(""));
                    }
                } else if (key.equals("metadata")) {
                    rest.add(new Tree.Entry(key, new Declared("", 1, key), all.value(key)));
                } else {
                    parser.skipChildren();
                }
            }
            return new Tree.Mapping(new Declared("", 1, ""), List.copyOf(rest));
        }
    }

    private static JsonParser parser(InputStream json, Limits limits) throws IOException {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxDocumentLength(limits.totalBytes())
                        .build())
                .build()
                .createParser(json);
    }

    private Tree value(String path) throws IOException {
        Declared place = new Declared("", 1, path);
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("ends too early");
        }
        return switch (token) {
            case START_OBJECT -> object(place, path);
            case START_ARRAY -> {
                List<Tree> items = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(path + "[" + items.size() + "]"));
                }
                yield new Tree.Sequence(place, List.copyOf(items));
            }
            case VALUE_STRING -> new Tree.Scalar(place, Tree.Scalar.Kind.STRING, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Scalars.plain(place, parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> new Tree.Scalar(place, Tree.Scalar.Kind.BOOLEAN, parser.getText());
            case VALUE_NULL -> new Tree.Scalar(place, Tree.Scalar.Kind.NULL, "");
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IOException("no value where one was expected");
        };
    }

    private Tree object(Declared place, String path) throws IOException {
        Map<String, Tree.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String below = YamlTrees.below(path, key);
            parser.nextToken();
            if (kept.test(below)) {
                entries.put(key, new Tree.Entry(key, new Declared("", 1, below), value(below)));
            } else {
                parser.skipChildren();
            }
        }
        return new Tree.Mapping(place, List.copyOf(entries.values()));
    }

    /** The same tree in a file. */
    public static Tree in(String file, Tree tree) {
        return switch (tree) {
            case Tree.Scalar scalar -> new Tree.Scalar(in(file, scalar.place()), scalar.kind(), scalar.value());
            case Tree.Sequence sequence ->
                new Tree.Sequence(
                        in(file, sequence.place()),
                        sequence.values().stream().map(item -> in(file, item)).toList());
            case Tree.Mapping mapping ->
                new Tree.Mapping(
                        in(file, mapping.place()),
                        mapping.values().stream()
                                .map(entry ->
                                        new Tree.Entry(entry.key(), in(file, entry.place()), in(file, entry.value())))
                                .toList());
        };
    }

    private static Declared in(String file, Declared place) {
        return new Declared(file, place.line(), place.field());
    }
}
