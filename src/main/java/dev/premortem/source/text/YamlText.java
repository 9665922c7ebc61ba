package dev.premortem.source.text;

import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Writes a tree as YAML in block style, for what was never a file: the same tree comes out when it is read. */
public final class YamlText {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*(:[A-Za-z0-9_.-]+)?");
    private static final Set<String> WORDS = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    private final StringBuilder out = new StringBuilder();

    private YamlText() {}

    /** The text of a mapping. */
    public static String of(Tree tree) {
        YamlText text = new YamlText();
        text.value(tree, 0, true);
        return text.out.toString().stripLeading();
    }

    private void value(Tree tree, int depth, boolean item) {
        switch (tree) {
            case Tree.Scalar scalar -> out.append(' ').append(scalar(scalar)).append('\n');
            case Tree.Sequence sequence when sequence.values().isEmpty() -> out.append(" []\n");
            case Tree.Mapping mapping when mapping.values().isEmpty() -> out.append(" {}\n");
            case Tree.Sequence sequence -> items(sequence.values(), depth, item);
            case Tree.Mapping mapping -> entries(mapping.values(), depth, item);
        }
    }

    /** @param item whether the first entry stands behind the dash of a list */
    private void entries(List<Tree.Entry> entries, int depth, boolean item) {
        String indent = "  ".repeat(depth);
        boolean first = item;
        if (!item) {
            out.append('\n');
        }
        for (Tree.Entry entry : entries) {
            out.append(first ? " " : indent).append(string(entry.key())).append(':');
            value(entry.value(), depth + 1, false);
            first = false;
        }
    }

    private void items(List<Tree> items, int depth, boolean item) {
        String indent = "  ".repeat(depth);
        boolean first = item;
        if (!item) {
            out.append('\n');
        }
        for (Tree value : items) {
            out.append(first ? " " : indent).append('-');
            value(value, depth + 1, true);
            first = false;
        }
    }

    private static String scalar(Tree.Scalar scalar) {
        return switch (scalar.kind()) {
            case STRING -> string(scalar.value());
            case NULL -> "null";
            case INTEGER, NUMBER, BOOLEAN -> scalar.value();
        };
    }

    private static String string(String text) {
        if (SAFE.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))) {
            return text;
        }
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(c -> {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').append((char) c);
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                default -> {
                    boolean visible = c >= ' ' && c < 0x7f || c > 0xa0 && c != 0x2028 && c != 0x2029 && c != 0xfeff;
                    quoted.append(visible ? String.valueOf((char) c) : String.format("\\u%04x", c));
                }
            }
        });
        return quoted.append('"').toString();
    }
}
