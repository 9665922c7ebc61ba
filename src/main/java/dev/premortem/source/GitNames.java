package dev.premortem.source;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Names of files as git writes them into patches: as they are, or in quotes with the escapes of C. No control character of a name reaches a
 * terminal, and {@code git apply} finds the file.
 */
final class GitNames {
    private GitNames() {}

    /** The name as it may stand in the head of a patch. */
    static String quoted(String name) {
        boolean plain = name.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '"' && c != '\\');
        if (plain) {
            return name;
        }
        StringBuilder out = new StringBuilder("\"");
        for (byte one : name.getBytes(StandardCharsets.UTF_8)) {
            out.append(escaped(one & 0xff));
        }
        return out.append('"').toString();
    }

    /** Beyond ASCII git writes bytes, unless it is told not to; that also shows what turns the direction of text. */
    private static String escaped(int one) {
        return switch (one) {
            case 0x07 -> "\\a";
            case '\b' -> "\\b";
            case '\t' -> "\\t";
            case '\n' -> "\\n";
            case 0x0b -> "\\v";
            case '\f' -> "\\f";
            case '\r' -> "\\r";
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            default ->
                one >= ' ' && one < 0x7f ? String.valueOf((char) one) : String.format(Locale.ROOT, "\\%03o", one);
        };
    }
}
