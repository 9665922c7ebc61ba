package dev.premortem.source.helm;

import dev.premortem.fact.Tree;

/** Writes a tree as JSON, which is how values go to Helm: no file of the user is parsed a second time. */
final class JsonText {
    private JsonText() {}

    static String of(Tree tree) {
        StringBuilder out = new StringBuilder();
        write(tree, out);
        return out.toString();
    }

    private static void write(Tree tree, StringBuilder out) {
        switch (tree) {
            case Tree.Scalar scalar -> scalar(scalar.kind(), scalar.value(), out);
            case Tree.Sequence sequence -> {
                out.append('[');
                String between = "";
                for (Tree item : sequence.values()) {
                    out.append(between);
                    write(item, out);
                    between = ",";
                }
                out.append(']');
            }
            case Tree.Mapping mapping -> {
                out.append('{');
                String between = "";
                for (Tree.Entry entry : mapping.values()) {
                    out.append(between);
                    quoted(entry.key(), out);
                    out.append(':');
                    write(entry.value(), out);
                    between = ",";
                }
                out.append('}');
            }
        }
    }

    static void scalar(Tree.Scalar.Kind kind, String value, StringBuilder out) {
        switch (kind) {
            case STRING -> quoted(value, out);
            case NULL -> out.append("null");
            case INTEGER, NUMBER, BOOLEAN -> out.append(value);
        }
    }

    static void quoted(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                default -> {
                    if (c < ' ' || c == '\u007f' || c == '\u0085' || c == '\u2028' || c == '\u2029' || c == '\uFEFF') {
                        out.append("\\u").append(String.format("%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
