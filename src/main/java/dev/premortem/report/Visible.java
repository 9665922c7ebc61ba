package dev.premortem.report;

/**
 * Text of an estate as it may be shown on a terminal: characters that move the cursor, colour, erase or turn the direction of reading are
 * shown as signs. Names and values come from repositories that others write.
 */
public final class Visible {
    private static final int DELETE = 0x7F;
    private static final int LAST_CONTROL = 0x9F;

    private Visible() {}

    /** A text of several lines; line ends and tabs stay. */
    public static String of(String text) {
        return shown(text, true);
    }

    /** A text in one line. */
    public static String line(String text) {
        return shown(text, false);
    }

    private static String shown(String text, boolean lines) {
        int first = 0;
        while (first < text.length() && !hidden(text, first, lines)) {
            first++;
        }
        if (first == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.substring(0, first));
        for (int at = first; at < text.length(); at++) {
            char here = text.charAt(at);
            if (!hidden(text, at, lines)) {
                out.append(here);
            } else if (here < ' ') {
                out.append((char) (0x2400 + here)); // the sign for this control character
            } else if (here == DELETE) {
                out.append('\u2421');
            } else {
                out.append("<%04x>".formatted((int) here));
            }
        }
        return out.toString();
    }

    private static boolean hidden(String text, int at, boolean lines) {
        char here = text.charAt(at);
        if (here < ' ') {
            return !(lines && (here == '\n' || here == '\t' || here == '\r'));
        }
        boolean control = here >= DELETE && here <= LAST_CONTROL;
        boolean direction = here == '\u061C'
                || here == '\u200E'
                || here == '\u200F'
                || (here >= '\u202A' && here <= '\u202E')
                || (here >= '\u2066' && here <= '\u2069');
        boolean unseen = here == '\u200B' || here == '\u2028' || here == '\u2029' || here == '\uFEFF';
        return control || direction || unseen || half(text, at);
    }

    /** True for one half of a surrogate pair without the other. */
    private static boolean half(String text, int at) {
        char here = text.charAt(at);
        if (Character.isHighSurrogate(here)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(here) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }
}
