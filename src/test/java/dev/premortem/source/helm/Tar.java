package dev.premortem.source.helm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Writes gzipped tar archives, wrong ones too. */
final class Tar {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Tar file(String name, String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        return entry(name, '0', "", content, content.length);
    }

    Tar link(String name, char type, String target) {
        return entry(name, type, target, new byte[0], 0);
    }

    /** An entry of any type, with a size that need not be the content's. */
    Tar entry(String name, char type, String target, byte[] content, long size) {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 124, String.format("%011o", size));
        header[156] = (byte) type;
        put(header, 157, target);
        put(header, 257, "ustar\00000");
        out.writeBytes(header);
        out.writeBytes(content);
        out.writeBytes(new byte[(512 - content.length % 512) % 512]);
        return this;
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, Math.min(bytes.length, 100));
    }

    byte[] packed() {
        out.writeBytes(new byte[1024]);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
            zip.write(out.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException("memory can be written to", e);
        }
        return packed.toByteArray();
    }
}
