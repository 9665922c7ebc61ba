package dev.premortem.source.text;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of one document of a YAML stream. A line that starts with three dashes in the first column always starts a document, also inside
 * block scalars and quotes, so a malformed document cannot take the next one with it.
 *
 * @param offset where it starts in the whole text
 * @param firstLine line of its first character, from 1
 */
record Chunk(int offset, int firstLine, String text) {
    /** Splits a stream, leaving out what holds only comments, directives and blank lines. */
    static List<Chunk> split(String stream) {
        List<Chunk> chunks = new ArrayList<>();
        int from = stream.startsWith("\uFEFF") ? 1 : 0;
        int line = 1;
        int chunkFrom = from;
        int chunkLine = 1;
        int at = from;
        while (at < stream.length()) {
            int end = stream.indexOf('\n', at);
            int next = end < 0 ? stream.length() : end + 1;
            if (at > chunkFrom && marker(stream, at)) {
                add(chunks, chunkFrom, chunkLine, stream.substring(chunkFrom, at));
                chunkFrom = at;
                chunkLine = line;
            }
            at = next;
            line++;
        }
        add(chunks, chunkFrom, chunkLine, stream.substring(chunkFrom));
        return chunks;
    }

    private static boolean marker(String text, int at) {
        return text.startsWith("---", at) && (at + 3 >= text.length() || Character.isWhitespace(text.charAt(at + 3)));
    }

    private static void add(List<Chunk> chunks, int offset, int line, String text) {
        if (content(text)) {
            chunks.add(new Chunk(offset, line, text));
        }
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

    /** Offset in the whole text of a position inside this chunk that counts code points. */
    int at(int codePoints) {
        return offset + text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
    }
}
