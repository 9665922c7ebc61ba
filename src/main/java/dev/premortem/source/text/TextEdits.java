package dev.premortem.source.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Changes the text of one YAML document by cutting and pasting, so that comments, layout and line ends stay byte for byte. */
final class TextEdits {
    /** An anchor and a tag before a value, in either order; the end of what stands before the value itself. */
    private static final Pattern PROPERTIES =
            Pattern.compile("(?:![^\\s]*(?:\\s+|$))?(?:(&[^\\s]+)(?:\\s+|$))?(?:![^\\s]*(?:\\s+|$))?");

    private final String text;
    private final YamlNode root;
    private final boolean json;
    private final String newline;

    private TextEdits(String text, YamlNode root) {
        this.text = text;
        this.root = root;
        this.json = text.stripLeading().startsWith("{") || text.stripLeading().startsWith("[");
        this.newline = text.contains("\r\n") ? "\r\n" : "\n";
    }

    static Optional<TextEdits> of(String text, int maxDepth) {
        try {
            return YamlParser.parse(text, maxDepth).map(root -> new TextEdits(text, root));
        } catch (YamlParser.Malformed e) {
            return Optional.empty();
        }
    }

    private int offset(int codePoints) {
        return text.offsetByCodePoints(0, codePoints);
    }

    private String replace(int from, int to, String with) {
        return text.substring(0, from) + with + text.substring(to);
    }

    /** The text of the scalar at a path. */
    Optional<String> value(String path) {
        return Located.find(root, path)
                .flatMap(found -> found.node() instanceof YamlNode.Scalar scalar
                        ? Optional.of(scalar.value())
                        : Optional.empty());
    }

    /** Replaces the scalar at a path; empty where there is none. Its anchor stays, because aliases may name it. */
    Optional<String> set(String path, String value) {
        return Located.find(root, path).flatMap(found -> {
            YamlNode node = found.node() instanceof YamlNode.Alias alias ? alias.target() : found.node();
            int start = offset(node.start());
            int to = offset(node.end());
            Matcher properties = PROPERTIES.matcher(text).region(start, to);
            boolean some = properties.lookingAt();
            String anchor = some && properties.group(1) != null ? properties.group(1) + " " : "";
            int from = some ? properties.end() : start;
            return switch (node) {
                case YamlNode.Scalar scalar
                when scalar.block() -> Optional.of(replace(start, to, anchor + block(value, from, to)));
                case YamlNode.Scalar ignored
                when from == to -> Optional.of(replace(start, to, gap(start) + anchor + Scribe.plain(value)));
                case YamlNode.Scalar scalar -> Optional.of(replace(start, to, anchor + scalar(from, scalar, value)));
                case YamlNode.Sequence sequence when sequence.flow() -> Optional.of(replace(start, to, anchor + value));
                case YamlNode.Mapping mapping when mapping.flow() -> Optional.of(replace(start, to, anchor + value));
                case YamlNode.Sequence ignored -> Optional.empty();
                case YamlNode.Mapping ignored -> Optional.empty();
                case YamlNode.Alias ignored -> Optional.empty();
            };
        });
    }

    /** What has to stand between a key and a value where there was none. */
    private String gap(int at) {
        return at > 0 && !Character.isWhitespace(text.charAt(at - 1)) ? " " : "";
    }

    private String scalar(int from, YamlNode.Scalar old, String value) {
        char first = text.charAt(from);
        if (first == '\'') {
            return "'" + value.replace("'", "''") + "'";
        }
        return first == '"' || !old.plain() || (json && !Scribe.literal(value))
                ? Scribe.quoted(value)
                : Scribe.plain(value);
    }

    private String block(String value, int from, int to) {
        String old = text.substring(from, to);
        // A lone carriage return ends a line of YAML as well.
        String end = old.endsWith("\n") || old.endsWith("\r") ? newline : "";
        String header = old.lines().findFirst().orElse("|");
        Optional<String> first =
                old.lines().skip(1).filter(line -> !line.isBlank()).findFirst();
        boolean counted = header.chars().takeWhile(c -> c != '#').anyMatch(Character::isDigit);
        boolean spaced = value.isBlank() || Character.isWhitespace(value.charAt(0));
        if (first.isEmpty() || counted || spaced) {
            // Nothing shows how far in the new lines belong, or what stands there would be read as a part of them.
            return Scribe.quoted(value) + end;
        }
        String indent = first.get()
                .substring(0, first.get().length() - first.get().stripLeading().length());
        String lines =
                value.lines().map(line -> line.isEmpty() ? "" : indent + line).collect(Collectors.joining(newline));
        return header + newline + lines + end;
    }

    /** Adds a key to the mapping at a path, or an item to the sequence there; replaces a key that is there already. */
    Optional<String> add(String path, String key, String yaml) {
        Optional<Located> found = Located.find(root, path);
        if (found.isEmpty()) {
            int dot = path.lastIndexOf('.');
            int bracket = path.lastIndexOf('[');
            if (path.isEmpty() || bracket > dot) {
                return Optional.empty();
            }
            String nested =
                    key + ":" + (Scribe.multiline(yaml) ? "\n" + Scribe.indented(yaml, "  ", "\n") : " " + yaml);
            return add(dot < 0 ? "" : path.substring(0, dot), path.substring(dot + 1), nested);
        }
        YamlNode node = found.get().node() instanceof YamlNode.Alias alias
                ? alias.target()
                : found.get().node();
        return switch (node) {
            case YamlNode.Mapping mapping -> {
                Optional<String> existing = mapping.pairs().stream()
                        .map(Located::key)
                        .filter(key::equals)
                        .findFirst();
                if (existing.isPresent()) {
                    yield exchange(YamlTrees.below(path, key), path, key, yaml);
                }
                yield Optional.of(mapping.flow() ? flow(mapping, key, yaml) : append(mapping, key, yaml));
            }
            case YamlNode.Sequence sequence -> Optional.of(item(sequence, yaml));
            case YamlNode.Scalar scalar
            when scalar.value().isEmpty() && scalar.plain() -> Optional.of(fill(found.get(), scalar, key, yaml));
            case YamlNode.Scalar ignored -> Optional.empty();
            case YamlNode.Alias ignored -> Optional.empty();
        };
    }

    private Optional<String> exchange(String existing, String path, String key, String yaml) {
        if (!Scribe.multiline(yaml)) {
            Optional<String> set = set(existing, yaml);
            if (set.isPresent()) {
                return set;
            }
        }
        return remove(existing)
                .flatMap(without -> TextEdits.of(without, Limits.DEFAULT.depth()))
                .flatMap(edits -> edits.add(path, key, yaml));
    }

    private int column(int offset) {
        return offset - (text.lastIndexOf('\n', offset - 1) + 1);
    }

    /** Start of the line after the one in which a value ends; a block scalar ends where the next line starts. */
    private int after(YamlNode node) {
        int end = offset(node.end());
        if (end > 0 && end > offset(node.start()) && text.charAt(end - 1) == '\n') {
            return end;
        }
        int next = text.indexOf('\n', end);
        return next < 0 ? text.length() : next + 1;
    }

    private String insertLines(int at, String lines) {
        boolean open = at > 0 && text.charAt(at - 1) != '\n';
        return replace(at, at, (open ? newline : "") + lines + (open ? "" : newline));
    }

    private String append(YamlNode.Mapping mapping, String key, String yaml) {
        String indent = " ".repeat(column(offset(mapping.start())));
        return insertLines(after(last(mapping)), Scribe.field(key, yaml, indent, newline));
    }

    private static YamlNode last(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping mapping
            when !mapping.flow() && !mapping.pairs().isEmpty() ->
                last(mapping.pairs().getLast().value());
            case YamlNode.Sequence sequence
            when !sequence.flow() && !sequence.values().isEmpty() ->
                last(sequence.values().getLast());
            default -> node;
        };
    }

    private String fill(Located found, YamlNode.Scalar empty, String key, String yaml) {
        int parent = found.holder() instanceof YamlNode.Mapping mapping
                ? column(offset(mapping.pairs().get(found.index()).key().start()))
                : 0;
        return insertLines(after(empty), Scribe.field(key, yaml, " ".repeat(parent + 2), newline));
    }

    private String flow(YamlNode.Mapping mapping, String key, String yaml) {
        int close = offset(mapping.end()) - 1;
        String pair = (json ? Scribe.quoted(key) : Scribe.plain(key)) + ": " + Scribe.flow(yaml, json);
        if (mapping.pairs().isEmpty()) {
            return replace(close, close, pair);
        }
        int end = offset(mapping.pairs().getLast().value().end());
        return replace(end, end, ", " + pair);
    }

    private String item(YamlNode.Sequence sequence, String yaml) {
        if (sequence.flow()) {
            int close = offset(sequence.end()) - 1;
            int at = sequence.values().isEmpty()
                    ? close
                    : offset(sequence.values().getLast().end());
            return replace(at, at, (sequence.values().isEmpty() ? "" : ", ") + Scribe.flow(yaml, json));
        }
        int dash = dash(sequence.values().getFirst());
        String indent = " ".repeat(column(dash));
        String lines = Scribe.indented(yaml, indent + "  ", newline);
        return insertLines(after(last(sequence)), indent + "- " + lines.stripLeading());
    }

    private int dash(YamlNode item) {
        return text.lastIndexOf('-', offset(item.start()) - 1);
    }

    /** Removes the field or item at a path; the only one of its kind leaves an empty mapping or sequence. */
    Optional<String> remove(String path) {
        Optional<Located> found = Located.find(root, path);
        String kept =
                found.map(located -> Anchors.keep(text, root, located.node())).orElse(text);
        return kept.equals(text)
                ? found.flatMap(this::remove)
                : TextEdits.of(kept, Limits.DEFAULT.depth())
                        .flatMap(edits -> Located.find(edits.root, path).flatMap(edits::remove));
    }

    private Optional<String> remove(Located found) {
        return switch (found.holder()) {
            case YamlNode.Mapping mapping
            when found.index() >= 0 -> {
                YamlNode.Pair pair = mapping.pairs().get(found.index());
                List<YamlNode> starts =
                        mapping.pairs().stream().map(YamlNode.Pair::key).toList();
                yield Optional.of(cut(
                        mapping.flow(), starts, found.index(), offset(pair.key().start()), pair.value(), "{}"));
            }
            case YamlNode.Sequence sequence
            when found.index() >= 0 -> {
                int start = sequence.flow() ? offset(found.node().start()) : dash(found.node());
                yield Optional.of(cut(sequence.flow(), sequence.values(), found.index(), start, found.node(), "[]"));
            }
            default -> Optional.empty();
        };
    }

    private String cut(boolean flow, List<YamlNode> starts, int index, int start, YamlNode value, String empty) {
        int end = offset(value.end());
        if (flow) {
            boolean lastOne = index == starts.size() - 1;
            if (!lastOne) {
                return replace(start, offset(starts.get(index + 1).start()), "");
            }
            int before = index == 0 ? start : text.lastIndexOf(',', start);
            return replace(before, end, "");
        }
        if (starts.size() == 1) {
            int stop = Math.max(end, start);
            boolean line = stop > 0 && text.charAt(stop - 1) == '\n';
            return replace(start, stop, empty + (line ? newline : ""));
        }
        int lineStart = text.lastIndexOf('\n', start - 1) + 1;
        if (text.substring(lineStart, start).isBlank()) {
            return replace(lineStart, after(last(value)), "");
        }
        // The first key after a dash: the next one takes its place.
        return index + 1 < starts.size()
                ? replace(start, offset(starts.get(index + 1).start()), "")
                : text;
    }
}
