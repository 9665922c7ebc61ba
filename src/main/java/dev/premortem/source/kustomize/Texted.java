package dev.premortem.source.kustomize;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Trees made or changed here, and trees as JSON text. */
final class Texted {
    private static final JsonFactory JSON = new JsonFactory();

    private Texted() {}

    /** The tree as JSON in one line, which is YAML too. */
    static String json(Tree tree) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            write(tree, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.append('\n').toString();
    }

    private static void write(Tree tree, JsonGenerator json) throws IOException {
        switch (tree) {
            case Tree.Scalar scalar -> {
                switch (scalar.kind()) {
                    case STRING -> json.writeString(scalar.value());
                    case INTEGER, NUMBER -> json.writeNumber(scalar.value());
                    case BOOLEAN -> json.writeBoolean(scalar.isTrue());
                    case NULL -> json.writeNull();
                }
            }
            case Tree.Sequence sequence -> {
                json.writeStartArray();
                for (Tree item : sequence.values()) {
                    write(item, json);
                }
                json.writeEndArray();
            }
            case Tree.Mapping mapping -> {
                json.writeStartObject();
                for (Tree.Entry entry : mapping.values()) {
                    json.writeFieldName(entry.key());
                    write(entry.value(), json);
                }
                json.writeEndObject();
            }
        }
    }

    /** A text at a place. */
    static Tree text(Declared place, String value) {
        return new Tree.Scalar(place, Tree.Scalar.Kind.STRING, value);
    }

    /** An entry at the place of its value. */
    static Tree.Entry entry(String key, Tree value) {
        return new Tree.Entry(key, value.place(), value);
    }

    /** The same mapping with another value of a key, which need not be there. */
    static Tree.Mapping with(Tree.Mapping mapping, String key, Tree value) {
        List<Tree.Entry> entries = new ArrayList<>();
        boolean there = false;
        for (Tree.Entry old : mapping.values()) {
            boolean same = old.key().equals(key);
            entries.add(same ? new Tree.Entry(key, old.place(), value) : old);
            there |= same;
        }
        if (!there) {
            entries.add(entry(key, value));
        }
        return new Tree.Mapping(mapping.place(), List.copyOf(entries));
    }

    /** The same tree with every place in another file, for a file that was read under a borrowed name. */
    static Tree in(String file, Tree tree) {
        return switch (tree) {
            case Tree.Scalar scalar -> new Tree.Scalar(at(file, scalar.place()), scalar.kind(), scalar.value());
            case Tree.Sequence sequence ->
                new Tree.Sequence(
                        at(file, sequence.place()),
                        sequence.values().stream().map(item -> in(file, item)).toList());
            case Tree.Mapping mapping ->
                new Tree.Mapping(
                        at(file, mapping.place()),
                        mapping.values().stream()
                                .map(entry ->
                                        new Tree.Entry(entry.key(), at(file, entry.place()), in(file, entry.value())))
                                .toList());
        };
    }

    private static Declared at(String file, Declared place) {
        return new Declared(file, place.line(), place.field());
    }
}
