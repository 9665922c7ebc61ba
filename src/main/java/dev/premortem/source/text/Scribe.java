package dev.premortem.source.text;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes YAML: scalars in quotes where they need them, fields and flow style. */
final class Scribe {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_/.$%+(-][^\\n:#\\[\\]{},&*!|>'\"`@]*(?<! )|");
    private static final Pattern LITERAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?|true|false|null|[\\[{].*");

    private Scribe() {}

    /** The text without quotes where YAML reads it as written, in double quotes otherwise. */
    static String plain(String value) {
        boolean colon = value.indexOf(": ") >= 0 || value.endsWith(":");
        String harmless = colon ? value : value.replace(":", "").replace("=", "");
        boolean braces = value.startsWith("{") && value.endsWith("}");
        boolean brackets = value.startsWith("[") && value.endsWith("]");
        boolean safe = SAFE.matcher(harmless).matches();
        boolean item = value.equals("-") || value.startsWith("- ");
        return braces || brackets || (safe && !value.isEmpty() && !item) ? value : quoted(value);
    }

    static boolean literal(String value) {
        return LITERAL.matcher(value).matches();
    }

    static String quoted(String value) {
        return "\""
                + value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r")
                        .replace("\t", "\\t")
                + "\"";
    }

    /** True where a value takes lines of its own below its key. */
    static boolean multiline(String yaml) {
        String text = yaml.strip();
        boolean closed = List.of("{", "[", "\"", "'").stream().anyMatch(text::startsWith);
        boolean mapping = text.contains(": ") || text.endsWith(":");
        return text.contains("\n") || text.startsWith("- ") || (!closed && mapping);
    }

    static String indented(String yaml, String indent, String newline) {
        return yaml.stripTrailing()
                .lines()
                .map(line -> line.isEmpty() ? "" : indent + line)
                .collect(Collectors.joining(newline));
    }

    /** A key with its value, without the last line end. */
    static String field(String key, String yaml, String indent, String newline) {
        String name = indent + plain(key) + ":";
        String text = yaml.stripTrailing();
        if (text.startsWith("|") || text.startsWith(">")) {
            String body = indented(text, indent + "  ", newline);
            return name + " " + body.stripLeading();
        }
        return multiline(text) ? name + newline + indented(text, indent + "  ", newline) : name + " " + text;
    }

    /** The same value in one line, as it may stand in braces. */
    static String flow(String yaml, boolean json) {
        try {
            Optional<YamlNode> root = YamlParser.parse(yaml, Limits.DEFAULT.depth());
            return root.map(node -> flow(node, json)).orElse("null");
        } catch (YamlParser.Malformed e) {
            return quoted(yaml);
        }
    }

    private static String flow(YamlNode node, boolean json) {
        return switch (node) {
            case YamlNode.Scalar scalar -> scalar(scalar, json);
            case YamlNode.Alias alias -> flow(alias.target(), json);
            case YamlNode.Sequence sequence ->
                sequence.values().stream().map(item -> flow(item, json)).collect(Collectors.joining(", ", "[", "]"));
            case YamlNode.Mapping mapping ->
                mapping.pairs().stream()
                        .map(pair -> (json ? quoted(Located.key(pair)) : plain(Located.key(pair))) + ": "
                                + flow(pair.value(), json))
                        .collect(Collectors.joining(", ", "{", "}"));
        };
    }

    private static String scalar(YamlNode.Scalar scalar, boolean json) {
        if (!scalar.plain() || (json && !literal(scalar.value()))) {
            return quoted(scalar.value());
        }
        return scalar.value().isEmpty() ? "null" : plain(scalar.value());
    }
}
