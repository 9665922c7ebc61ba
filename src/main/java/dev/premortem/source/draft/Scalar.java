package dev.premortem.source.draft;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Texts as YAML scalars and as comments. What was read is a stranger's: it must neither end a line nor change its meaning. */
final class Scalar {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9._/+-]{0,200}");
    private static final Set<String> WORDS = Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");
    private static final int MOST_COMMENT = 120;

    private Scalar() {}

    static String of(String text) {
        if (PLAIN.matcher(text).matches() && !WORDS.contains(text.toLowerCase(Locale.ROOT))) {
            return text;
        }
        StringBuilder out = new StringBuilder("\"");
        text.codePoints().forEach(letter -> {
            if (letter == '"' || letter == '\\') {
                out.append('\\').appendCodePoint(letter);
            } else if (letter < ' ' || letter == 0x7f || letter == 0x85 || letter == 0x2028 || letter == 0x2029) {
                out.append(String.format(Locale.ROOT, "\\u%04x", letter));
            } else {
                out.appendCodePoint(letter);
            }
        });
        return out.append('"').toString();
    }

    static String list(List<String> texts) {
        return texts.stream().map(Scalar::of).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A text that may stand behind a number sign. */
    static String comment(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\u0085\\u2028\\u2029]+", " ");
        return line.length() > MOST_COMMENT ? line.substring(0, MOST_COMMENT - 1) + "…" : line;
    }

    /** A name that may stand in references: small letters, digits, dots and dashes. */
    static String name(String text) {
        String last = text.substring(text.lastIndexOf('/') + 1);
        String name =
                last.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]+", "-").replaceAll("^[-.]+|[-.]+$", "");
        return name.length() > 60 ? name.substring(0, 60) : name;
    }
}
