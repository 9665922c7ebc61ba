package dev.premortem.report;

import java.util.ArrayDeque;
import java.util.Deque;

/** Elements in order, for XML and for HTML that is well-formed XML too: whatever stands in a text, it ends no element and begins none. */
final class Markup {
    private final StringBuilder out;
    private final Deque<String> open = new ArrayDeque<>();

    /** @param head what stands before the first element */
    Markup(String head) {
        out = new StringBuilder(head);
    }

    /** Begins an element; attributes are names and values in turn. */
    Markup begin(String tag, String... attributes) {
        start(tag, attributes);
        out.append(">\n");
        open.push(tag);
        return this;
    }

    /** Ends the element that was begun last. */
    Markup end() {
        String tag = open.pop();
        indent();
        out.append("</").append(tag).append(">\n");
        return this;
    }

    /** An element with a text; line ends and tabs in it stay. */
    Markup leaf(String tag, String text, String... attributes) {
        return marked(tag, escaped(Visible.of(text)), attributes);
    }

    /** An element around what is markup already. */
    Markup marked(String tag, String markup, String... attributes) {
        start(tag, attributes);
        out.append('>').append(markup).append("</").append(tag).append(">\n");
        return this;
    }

    /** An element with nothing in it. */
    Markup empty(String tag, String... attributes) {
        start(tag, attributes);
        out.append("/>\n");
        return this;
    }

    private void start(String tag, String... attributes) {
        indent();
        out.append('<').append(tag);
        for (int i = 0; i + 1 < attributes.length; i += 2) {
            out.append(' ')
                    .append(attributes[i])
                    .append("=\"")
                    .append(line(attributes[i + 1]))
                    .append('"');
        }
    }

    private void indent() {
        out.repeat("  ", open.size());
    }

    /** A text in one line as markup. */
    static String line(String text) {
        return escaped(Visible.line(text));
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int at = 0; at < text.length(); at++) {
            char here = text.charAt(at);
            switch (here) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                // a carriage return would be read as a line end; the other two are no characters of XML
                case '\r' -> escaped.append("␍");
                case '\uFFFE', '\uFFFF' -> escaped.append("&lt;%04x&gt;".formatted((int) here));
                default -> escaped.append(here);
            }
        }
        return escaped.toString();
    }

    String text() {
        return out.toString();
    }
}
