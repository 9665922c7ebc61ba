package dev.premortem.source.text;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of one document of a YAML stream. A line that starts with three dashes in the first column always starts a document, also inside
 * block scalars and quotes, so a malformed document cannot take the next one with it. Three dots end one.
 *
 * @param offset where it starts in the whole text
 * @param firstLine line of its first character, from 1
 * @param stray true for what stands after the dots of a document and before the next dashes: Kubernetes does not read it
 */
record Chunk(int offset, int firstLine, String text, boolean stray) {
    /** Splits a stream, leaving out what holds only comments, directives and blank lines. */
    static List<Chunk> split(String stream) {
        List<Chunk> chunks = new ArrayList<>();
        int from = stream.startsWith("\uFEFF") ? 1 : 0;
        int line = 1;
        int chunkFrom = from;
        int chunkLine = 1;
        int at = from;
        boolean stray = false;
        boolean returns = stream.indexOf('\r') >= 0;
        while (at < stream.length()) {
            int next = next(stream, at, returns);
            boolean end = marker(stream, at, "...");
            if (end || marker(stream, at, "---")) {
                boolean said =
                        at > chunkFrom && add(chunks, chunkFrom, chunkLine, stream.substring(chunkFrom, at), stray);
                stray = end && (said || stray);
                chunkFrom = end ? next : at;
                chunkLine = end ? line + 1 : line;
            }
            at = next;
            line++;
        }
        add(chunks, chunkFrom, chunkLine, stream.substring(chunkFrom), stray);
        return chunks;
    }

    /** Where the next line begins; a return alone ends one too. */
    private static int next(String text, int at, boolean returns) {
        int feed = text.indexOf('\n', at);
        int end = feed < 0 ? text.length() : feed + 1;
        for (int i = at; returns && i + 1 < end; i++) {
            if (text.charAt(i) == '\r' && text.charAt(i + 1) != '\n') {
                return i + 1;
            }
        }
        return end;
    }

    private static boolean marker(String text, int at, String mark) {
        return text.startsWith(mark, at) && (at + 3 >= text.length() || Character.isWhitespace(text.charAt(at + 3)));
    }

    private static boolean add(List<Chunk> chunks, int offset, int line, String text, boolean stray) {
        boolean says = content(text);
        if (says) {
            chunks.add(new Chunk(offset, line, text, stray));
        }
        return says;
    }

    /** True where a line says something. */
    private static boolean content(String text) {
        int from = 0;
        for (int at = 0; at < text.length(); at++) {
            char here = text.charAt(at);
            if (here == '\n' || here == '\r') {
                if (says(text, from, at)) {
                    return true;
                }
                from = at + 1;
            }
        }
        return says(text, from, text.length());
    }

    private static boolean says(String text, int from, int to) {
        int first = from;
        while (first < to && Character.isWhitespace(text.charAt(first))) {
            first++;
        }
        if (first == to || text.charAt(first) == '#' || text.charAt(first) == '%') {
            return false;
        }
        char mark = text.charAt(first);
        String line = mark == '-' || mark == '.' ? text.substring(first, to).strip() : "";
        return !line.equals("---") && !line.equals("...");
    }

    /** The last line with anything on it: what lacks an end lacks it there. */
    int lastLine() {
        return firstLine + Math.max(0, (int) text.stripTrailing().lines().count() - 1);
    }

    /** Offset in the whole text of a position inside this chunk that counts code points. */
    int at(int codePoints) {
        return offset + text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
    }
}
