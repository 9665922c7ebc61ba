package dev.premortem.source.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** From JSON text to trees; several values in one text are several documents. */
final class JsonTrees {
    private final String file;
    private final Consumer<Problem> problems;
    private final JsonParser parser;
    private final Limits limits;
    private final int firstLine;
    private int values;
    private long characters;

    /** JSON that is too much to be kept. */
    private static final class TooMuch extends IOException {
        private static final long serialVersionUID = 1L;

        TooMuch(String found) {
            super(found);
        }
    }

    private JsonTrees(String file, int firstLine, Limits limits, Consumer<Problem> problems, JsonParser parser) {
        this.file = file;
        this.firstLine = firstLine;
        this.limits = limits;
        this.problems = problems;
        this.parser = parser;
    }

    /**
     * Hands over the values of a text, up to the first that is malformed.
     *
     * @param firstLine line of the file on which the text starts, from 1
     */
    static void read(
            String file, int firstLine, String text, Limits limits, Consumer<Problem> problems, Consumer<Tree> trees)
            throws YamlParser.Malformed {
        JsonFactory factory = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.depth())
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                .build();
        try (JsonParser parser = factory.createParser(text)) {
            JsonTrees reader = new JsonTrees(file, firstLine, limits, problems, parser);
            while (parser.nextToken() != null) {
                trees.accept(reader.value(""));
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getLineNr() - 1);
            boolean deep = e instanceof StreamConstraintsException;
            throw new YamlParser.Malformed(
                    line,
                    deep ? "nested deeper than " + limits.depth() + " levels" : firstLine(e.getOriginalMessage()),
                    deep ? "fewer levels" : "JSON");
        } catch (TooMuch e) {
            throw new YamlParser.Malformed(0, String.valueOf(e.getMessage()), "smaller files");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        String line = end < 0 ? message : message.substring(0, end);
        int advice = line.indexOf(" (`");
        return advice < 0 ? line : line.substring(0, advice);
    }

    private Tree value(String path) throws IOException {
        values++;
        characters += path.length();
        if (values > limits.values()) {
            throw new TooMuch("more than " + limits.values() + " values");
        }
        if (characters > Limits.PATH_CHARACTERS) {
            throw new TooMuch(Limits.LONG_PATHS);
        }
        Declared place = place(path);
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(place, path);
            case START_ARRAY -> array(place, path);
            case VALUE_STRING -> new Tree.Scalar(place, Tree.Scalar.Kind.STRING, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Scalars.plain(place, parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> new Tree.Scalar(place, Tree.Scalar.Kind.BOOLEAN, parser.getText());
            case VALUE_NULL -> new Tree.Scalar(place, Tree.Scalar.Kind.NULL, "");
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new IOException("no value where one was expected");
        };
    }

    private Tree array(Declared place, String path) throws IOException {
        List<Tree> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(value(path + "[" + items.size() + "]"));
        }
        return new Tree.Sequence(place, List.copyOf(items));
    }

    private Tree object(Declared place, String path) throws IOException {
        Map<String, Tree.Entry> entries = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            String below = YamlTrees.below(path, key);
            Declared keyPlace = place(below);
            parser.nextToken();
            Tree.Entry first = entries.remove(key);
            if (first != null) {
                problems.accept(new Problem(
                        file,
                        keyPlace.line(),
                        below,
                        Texts.TWICE + " (first on line " + first.place().line() + "); the last one counts",
                        "each key once",
                        ""));
            }
            entries.put(key, new Tree.Entry(key, keyPlace, value(below)));
        }
        return new Tree.Mapping(place, List.copyOf(entries.values()));
    }

    private Declared place(String path) {
        return new Declared(
                file, firstLine - 1 + Math.max(1, parser.currentTokenLocation().getLineNr()), path);
    }
}
