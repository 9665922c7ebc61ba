package dev.premortem.source.settings;

import java.util.Arrays;

/**
 * A pattern of paths or references: {@code *} stands for anything but a slash, {@code **} for anything, {@code ?} for one letter. What lies
 * below a folder that matches, matches too.
 */
public final class Glob {
    private static final char STAR = '\uE000';
    private static final char DEEP = '\uE001';
    private static final char FOLDERS = '\uE002';
    private static final char ONE = '\uE003';

    private final String tokens;

    private Glob(String tokens) {
        this.tokens = tokens;
    }

    /** A pattern that has to match from the beginning. */
    public static Glob anchored(String pattern) {
        String text = pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern;
        return new Glob(text.replace("**/", String.valueOf(FOLDERS))
                .replace("**", String.valueOf(DEEP))
                .replace('*', STAR)
                .replace('?', ONE));
    }

    /** A pattern of files as in {@code .gitignore}: without a slash inside it matches at any depth, with one from the folder it stands in. */
    public static Glob files(String pattern) {
        String text = pattern.endsWith("/") ? pattern.substring(0, pattern.length() - 1) : pattern;
        return text.contains("/") ? anchored(text.startsWith("/") ? text.substring(1) : text) : anchored("**/" + text);
    }

    /** True where the path matches or lies below what matches. Takes time in proportion to both lengths, whatever the pattern is. */
    public boolean covers(String path) {
        int end = path.length();
        boolean[] after = new boolean[end + 1];
        for (int at = 0; at <= end; at++) {
            after[at] = at == end || path.charAt(at) == '/' || path.charAt(at) == '#';
        }
        for (int token = tokens.length() - 1; token >= 0; token--) {
            after = before(tokens.charAt(token), path, after);
        }
        return after[0];
    }

    /** Where the rest of the pattern may begin, given where what follows a token may. */
    private static boolean[] before(char token, String path, boolean[] after) {
        int end = path.length();
        boolean[] here = new boolean[end + 1];
        if (token == STAR || token == DEEP || token == FOLDERS) {
            here = Arrays.copyOf(after, end + 1);
        }
        boolean folder = false;
        for (int at = end - 1; at >= 0; at--) {
            char letter = path.charAt(at);
            folder |= letter == '/' && after[at + 1];
            here[at] |= switch (token) {
                case STAR -> letter != '/' && here[at + 1];
                case DEEP -> here[at + 1];
                case FOLDERS -> folder;
                case ONE -> letter != '/' && after[at + 1];
                default -> letter == token && after[at + 1];
            };
        }
        return here;
    }
}
