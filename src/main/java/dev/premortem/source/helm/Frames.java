package dev.premortem.source.helm;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Lists of texts over a stream. Each begins with a mark, so that what a native library prints between two of them does no harm. */
final class Frames {
    private static final byte[] MARK = {0, 'p', 'r', 'e', 'm', 0, 'f', 1};
    private static final int MOST_PARTS = 10_000;

    private Frames() {}

    static void write(DataOutputStream out, List<String> parts) throws IOException {
        out.write(MARK);
        out.writeInt(parts.size());
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
        out.flush();
    }

    /** Reads the next list, of at most so many bytes. */
    static List<String> read(DataInputStream in, int mostBytes) throws IOException {
        int matched = 0;
        while (matched < MARK.length) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the stream ended");
            }
            matched = next == MARK[matched] ? matched + 1 : next == MARK[0] ? 1 : 0;
        }
        int count = in.readInt();
        if (count < 0 || count > MOST_PARTS) {
            throw new IOException("a frame of " + count + " parts");
        }
        List<String> parts = new ArrayList<>();
        long left = mostBytes;
        for (int i = 0; i < count; i++) {
            int length = in.readInt();
            left -= length;
            if (length < 0 || left < 0) {
                throw new IOException("a frame of more than " + mostBytes + " bytes");
            }
            parts.add(new String(in.readNBytes(length), StandardCharsets.UTF_8));
        }
        return parts;
    }
}
