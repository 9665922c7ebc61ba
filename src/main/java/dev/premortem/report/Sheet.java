package dev.premortem.report;

import java.util.List;

/** Text being laid out in 80 columns: wrapped paragraphs, labelled paragraphs, and texts with a place at the right edge. */
final class Sheet {
    static final int WIDTH = 80;
    static final int INDENT = 10;

    /** What a colour means; without colour the words say the same. */
    enum Tint {
        NONE(""),
        CRITICAL("\u001b[1;31m"),
        HIGH("\u001b[31m"),
        MEDIUM("\u001b[33m"),
        LOW("\u001b[36m"),
        GOOD("\u001b[32m");

        private final String code;

        Tint(String code) {
            this.code = code;
        }
    }

    private final StringBuilder out = new StringBuilder();
    private final boolean colour;

    Sheet(boolean colour) {
        this.colour = colour;
    }

    String text() {
        return out.toString();
    }

    /** One line of text, without spaces at its end. */
    Sheet line(String text) {
        return ready(Visible.line(text));
    }

    /** One line in which everything is fit to be shown already. */
    Sheet ready(String text) {
        out.append(text.stripTrailing()).append('\n');
        return this;
    }

    Sheet blank() {
        out.append('\n');
        return this;
    }

    /** A paragraph from the left edge. */
    Sheet paragraph(String text) {
        return paragraph(text, Tint.NONE);
    }

    /** A paragraph from the left edge, all in one colour. */
    Sheet paragraph(String text, Tint tint) {
        Words.wrap(text, WIDTH).forEach(line -> ready(tinted(line, tint)));
        return this;
    }

    /** {@code   when    text}, further lines under the text. */
    Sheet labelled(String label, String text) {
        return labelled(label, text, "", Tint.NONE);
    }

    /** The same with a place at the right edge of the last line, or on a line of its own where there is no room. */
    Sheet labelled(String label, String text, String place, Tint tint) {
        return hanging("  " + label, text, place, tint, INDENT);
    }

    /** A paragraph below the last label; its further lines are indented by so much more. */
    Sheet under(String text, String place, Tint tint, int more) {
        return hanging("", text, place, tint, INDENT + more, INDENT);
    }

    /** A fact below the sentence that it supports. */
    Sheet deeper(String text, String place) {
        return hanging("", text, place, Tint.NONE, INDENT + 2);
    }

    private Sheet hanging(String start, String text, String place, Tint tint, int indent) {
        return hanging(start, text, place, tint, indent, indent);
    }

    private Sheet hanging(String start, String text, String place, Tint tint, int indent, int first) {
        List<String> lines = Words.wrap(text, WIDTH - indent);
        String shown = Visible.line(place);
        for (int i = 0; i < lines.size(); i++) {
            String left = i == 0 ? pad(Visible.line(start), first) : " ".repeat(indent);
            String body = lines.get(i);
            boolean last = i == lines.size() - 1;
            int used = Words.length(left) + Words.length(body);
            if (last && !shown.isEmpty() && used + 2 + Words.length(shown) <= WIDTH) {
                String gap = " ".repeat(WIDTH - used - Words.length(shown));
                ready(left + tinted(body, tint) + gap + shown);
            } else {
                ready(left + tinted(body, tint));
                if (last && !shown.isEmpty()) {
                    right(shown);
                }
            }
        }
        return this;
    }

    /** A text at the right edge. */
    Sheet right(String text) {
        return line(" ".repeat(Math.max(INDENT, WIDTH - Words.length(text))) + text);
    }

    /** The heading of an outage: severity, sentence, and its id at the right edge of the first line. */
    Sheet heading(String word, Tint tint, String title, String right) {
        int room = WIDTH - INDENT - 2 - Words.length(right);
        String first = Words.wrap(title, room).getFirst();
        String gap = " ".repeat(Math.max(2, WIDTH - INDENT - Words.length(first) - Words.length(right)));
        ready(tinted(word, tint) + " ".repeat(Math.max(2, INDENT - word.length())) + first + gap + right);
        String rest = Visible.of(title)
                .strip()
                .replaceAll("\\s+", " ")
                .substring(first.length())
                .strip();
        if (!rest.isEmpty()) {
            Words.wrap(rest, WIDTH - INDENT).forEach(line -> line(" ".repeat(INDENT) + line));
        }
        return this;
    }

    String tinted(String text, Tint tint) {
        return colour && tint != Tint.NONE ? tint.code + text + "\u001b[0m" : text;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(text.isEmpty() ? 0 : 1, width - Words.length(text)));
    }
}
