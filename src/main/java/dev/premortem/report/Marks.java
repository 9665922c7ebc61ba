package dev.premortem.report;

/**
 * Text of an estate inside Markdown as forges render it: nothing in it becomes a mark, an element, a link or the name of somebody who is then called.
 */
final class Marks {
    private static final String MARKS = "\\`*_[]|~$";
    /** Marks at the beginning of a line only. */
    private static final String FIRST = "#+-";
    /** Stands between the letters of what would become a link or call somebody, and is not seen. */
    private static final String NOTHING = "&#8203;";

    private Marks() {}

    /** One line of text. */
    static String text(String text) {
        return shown(text, true);
    }

    /** One line of text inside an element of HTML, where marks do not count. */
    static String html(String text) {
        return shown(text, false);
    }

    private static String shown(String text, boolean marks) {
        String line = Visible.line(text);
        StringBuilder out = new StringBuilder(line.length() + 16);
        for (int at = 0; at < line.length(); at++) {
            char here = line.charAt(at);
            switch (here) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '@' -> out.append('@').append(NOTHING);
                case ':' -> out.append(line.startsWith("://", at) ? ":" + NOTHING : ":");
                default -> {
                    boolean mark = MARKS.indexOf(here) >= 0 || FIRST.indexOf(here) >= 0 && at == 0;
                    if (marks || "[]`*|".indexOf(here) < 0) {
                        out.append(mark && marks ? "\\" : "").append(here);
                    } else {
                        out.append("&#").append((int) here).append(';');
                    }
                    boolean issue = here == '#' && at + 1 < line.length() && Character.isDigit(line.charAt(at + 1));
                    boolean reference = issue || here == '.' && line.regionMatches(true, at - 3, "www", 0, 3);
                    out.append(reference ? NOTHING : "");
                }
            }
        }
        return out.toString();
    }

    /** A name or a command as code. */
    static String code(String text) {
        String line = Visible.line(text);
        boolean plain = line.indexOf('`') < 0 && line.indexOf('|') < 0 && !line.isBlank();
        return plain ? "`" + line + "`" : "<code>" + text(line) + "</code>";
    }

    /** Several lines as code; the fence is longer than any in them. */
    static String fenced(String language, String text) {
        String shown = Visible.of(text).replace('\r', '␍');
        int longest = 2;
        int run = 0;
        for (int at = 0; at < shown.length(); at++) {
            run = shown.charAt(at) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        String fence = "`".repeat(longest + 1);
        return fence + language + "\n" + shown + (shown.endsWith("\n") ? "" : "\n") + fence + "\n";
    }
}
