package dev.premortem.source.text;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** From YAML nodes to a tree: aliases expanded, {@code <<} merged, scalars resolved, and a field path for each value. */
final class YamlTrees {
    private final String file;
    private final int firstLine;
    private final Limits limits;
    private final Consumer<Problem> problems;
    private int values;
    private long characters;

    YamlTrees(String file, int firstLine, Limits limits, Consumer<Problem> problems) {
        this.file = file;
        this.firstLine = firstLine;
        this.limits = limits;
        this.problems = problems;
    }

    /** The tree of a document whose first line is {@code firstLine}. */
    Tree tree(YamlNode root) throws YamlParser.Malformed {
        return tree(root, "");
    }

    /** The same with all field paths below another one. */
    Tree tree(YamlNode root, String path) throws YamlParser.Malformed {
        return tree(new Declared(file, firstLine + root.line(), path), root, 1);
    }

    /** A value at a field; {@code near} is where its key stands, which it shares on the same line. */
    private Tree tree(Declared near, YamlNode node, int depth) throws YamlParser.Malformed {
        String path = near.field();
        values++;
        characters += path.length();
        if (values > limits.values()) {
            throw new YamlParser.Malformed(
                    node.line(),
                    "more than " + limits.values() + " values once its aliases are expanded",
                    "fewer aliases of aliases");
        }
        if (characters > Limits.PATH_CHARACTERS) {
            throw new YamlParser.Malformed(node.line(), Limits.LONG_PATHS, "shorter keys or fewer levels");
        }
        if (depth > limits.depth()) {
            throw new YamlParser.Malformed(
                    node.line(), "nested deeper than " + limits.depth() + " levels", "fewer levels");
        }
        int line = firstLine + node.line();
        Declared place = near.line() == line ? near : new Declared(file, line, path);
        return switch (node) {
            case YamlNode.Scalar scalar -> scalar(place, scalar);
            case YamlNode.Alias alias -> tree(place, alias.target(), depth);
            case YamlNode.Sequence sequence -> {
                List<Tree> items = new ArrayList<>();
                for (YamlNode item : sequence.values()) {
                    String below = path + "[" + items.size() + "]";
                    items.add(tree(new Declared(file, firstLine + item.line(), below), item, depth + 1));
                }
                yield new Tree.Sequence(place, List.copyOf(items));
            }
            case YamlNode.Mapping mapping -> mapping(place, mapping, path, depth);
        };
    }

    private static Tree.Scalar scalar(Declared place, YamlNode.Scalar scalar) {
        return scalar.plain()
                ? Scalars.plain(place, scalar.value())
                : new Tree.Scalar(place, Tree.Scalar.Kind.STRING, scalar.value());
    }

    private Tree mapping(Declared place, YamlNode.Mapping mapping, String path, int depth) throws YamlParser.Malformed {
        Map<String, Tree.Entry> own = new LinkedHashMap<>();
        Map<String, Tree.Entry> merged = new LinkedHashMap<>();
        for (YamlNode.Pair pair : mapping.pairs()) {
            if (pair.key() instanceof YamlNode.Scalar key
                    && key.plain()
                    && key.value().equals("<<")) {
                for (Tree from : sources(tree(place, pair.value(), depth + 1))) {
                    from.entries().forEach(entry -> merged.putIfAbsent(entry.key(), entry));
                }
                continue;
            }
            String key = key(pair.key());
            String below = below(path, key);
            Declared keyPlace = new Declared(file, firstLine + pair.key().line(), below);
            Tree.Entry entry = new Tree.Entry(key, keyPlace, tree(keyPlace, pair.value(), depth + 1));
            Tree.Entry first = own.remove(key);
            if (first != null) {
                problems.accept(new Problem(
                        file,
                        keyPlace.line(),
                        below,
                        Texts.TWICE + " (first on line " + first.place().line() + "); the last one counts",
                        "each key once",
                        ""));
            }
            own.put(key, entry);
        }
        merged.forEach(own::putIfAbsent);
        return new Tree.Mapping(place, List.copyOf(own.values()));
    }

    private static List<Tree> sources(Tree merged) {
        return merged instanceof Tree.Sequence sequence ? sequence.values() : List.of(merged);
    }

    /** The text of a key as Kubernetes sees it. */
    static String key(YamlNode node) throws YamlParser.Malformed {
        return switch (node) {
            case YamlNode.Scalar scalar
            when scalar.plain() -> {
                Tree.Scalar resolved = Scalars.plain(new Declared("", 1, ""), scalar.value());
                yield resolved.kind() == Tree.Scalar.Kind.NULL ? "null" : resolved.value();
            }
            case YamlNode.Scalar scalar -> scalar.value();
            case YamlNode.Alias alias -> key(alias.target());
            case YamlNode.Sequence ignored -> throw noKey(node);
            case YamlNode.Mapping ignored -> throw noKey(node);
        };
    }

    private static YamlParser.Malformed noKey(YamlNode node) {
        return new YamlParser.Malformed(node.line(), "a key that is no text", "a key (is this a template?)");
    }

    /** The field path of a key below another path; keys with dots or slashes stand in brackets. */
    static String below(String path, String key) {
        if (key.indexOf('.') >= 0 || key.indexOf('/') >= 0) {
            return path + "[" + key + "]";
        }
        return path.isEmpty() ? key : path + "." + key;
    }
}
