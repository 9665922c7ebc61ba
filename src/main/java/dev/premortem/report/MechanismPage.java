package dev.premortem.report;

import java.util.List;

/** The parts of a mechanism's page that other outputs show. */
record MechanismPage(String id, String markdown) {
    /** No description is longer where code scanning shows it. */
    private static final int MOST = 1_000;

    /** The page that is packed into the program; an empty one where there is none. */
    static MechanismPage of(String id) {
        return new MechanismPage(id, ExplainText.mechanism(id).orElse(""));
    }

    /** The sentence below the heading: how it breaks, in one line. */
    String summary() {
        String first = paragraph(section(markdown, "# "));
        return first.isEmpty() ? sentence(description(), 200) : first;
    }

    /** How it breaks, at most a thousand characters. */
    String description() {
        String first = paragraph(named("How it breaks"));
        return first.isEmpty() ? id : sentence(first, MOST);
    }

    /** How it breaks and what prevents it, without marks. */
    String text() {
        String prevents = plain(named("What prevents it"));
        String breaks = plain(named("How it breaks"));
        return (breaks.isEmpty() ? id : breaks)
                + (prevents.isEmpty() ? "" : "\n\nWhat prevents it: " + prevents)
                + "\n\npremortem explain " + id;
    }

    private String named(String heading) {
        return section(markdown, "## " + heading + "\n");
    }

    private static String section(String page, String start) {
        int at = page.startsWith(start) ? 0 : page.indexOf("\n" + start);
        if (at < 0) {
            return "";
        }
        String body = page.substring(page.indexOf('\n', at + 1) + 1);
        int end = body.startsWith("## ") ? 0 : body.indexOf("\n## ");
        return (end < 0 ? body : body.substring(0, end)).strip();
    }

    private static String paragraph(String section) {
        return plain(section.split("\n\n", 2)[0]);
    }

    /** Lines joined to paragraphs, without the marks of code. */
    private static String plain(String section) {
        return String.join(
                        "\n\n",
                        List.of(section.split("\n\n")).stream()
                                .map(part -> part.startsWith("|") || part.startsWith("- ") || part.contains("\n- ")
                                        ? part
                                        : part.replaceAll("\\s*\\n\\s*", " "))
                                .toList())
                .replace("`", "")
                .strip();
    }

    /** As many whole sentences as there is room for, or a cut one. */
    private static String sentence(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = text.lastIndexOf(". ", most - 1);
        return end > 0 ? text.substring(0, end + 1) : text.substring(0, most - 1) + "…";
    }
}
