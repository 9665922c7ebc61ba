package dev.premortem.source.helm;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * Unpacks a packed chart into memory: regular files with clean relative names, and no more of them than a chart has. Everything else ends it,
 * because a chart that holds links or climbs out of its folder is none that anyone packed with Helm.
 */
final class PackedChart {
    /** Largest chart seen in the field has some hundred files and a few MiB. */
    private static final int MOST_ENTRIES = 10_000;

    private static final long MOST_BYTES = 64L << 20;
    private static final int BLOCK = 512;
    private static final int MOST_HEADER_BYTES = 1 << 20;

    /** Why an archive is not read. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String found) {
            super(found);
        }

        String found() {
            return String.valueOf(getMessage());
        }
    }

    /** How a file begins that Git LFS keeps elsewhere: git-lfs docs/spec.md. */
    private static final String POINTER = "version https://git-lfs.github.com/spec/";

    private final InputStream in;
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    private long bytes;
    private int entries;

    private PackedChart(InputStream in) {
        this.in = in;
    }

    /** The files of an archive by the names in it, {@code chart/Chart.yaml}. */
    static SortedMap<String, byte[]> unpack(byte[] archive) throws Refused {
        if (new String(archive, 0, Math.min(archive.length, POINTER.length()), StandardCharsets.US_ASCII)
                .equals(POINTER)) {
            throw new Refused("is a pointer of Git LFS, and no chart: get the files first (git lfs pull)");
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(archive))) {
            PackedChart chart = new PackedChart(in);
            chart.read();
            return chart.files;
        } catch (IOException e) {
            throw new Refused("is no gzipped tar archive (" + e.getMessage() + ")");
        }
    }

    private void read() throws IOException, Refused {
        String longName = "";
        while (true) {
            byte[] header = in.readNBytes(BLOCK);
            if (header.length < BLOCK || blank(header)) {
                return;
            }
            entries++;
            if (entries > MOST_ENTRIES) {
                throw new Refused("has more than " + MOST_ENTRIES + " entries");
            }
            long size = number(header, 124, 12);
            char type = (char) (header[156] & 0xff);
            String name = longName.isEmpty() ? name(header) : longName;
            longName = "";
            switch (type) {
                case 'L' -> longName = text(content(size, MOST_HEADER_BYTES, "a name"));
                case 'x' -> longName = path(content(size, MOST_HEADER_BYTES, "a header"));
                case 'g' -> content(size, MOST_HEADER_BYTES, "a header");
                case '5' -> folder(name, size);
                case '0', '7', '\0' -> file(name, size);
                case '1', '2' -> throw new Refused("holds a link, " + shown(name));
                default -> throw new Refused("holds something that is no file, " + shown(name));
            }
        }
    }

    private void file(String name, long size) throws IOException, Refused {
        if (name.endsWith("/")) {
            folder(name, size);
            return;
        }
        String clean = name.startsWith("./") ? name.substring(2) : name;
        if (!safe(clean)) {
            throw new Refused("holds a name that leaves its folder, " + shown(name));
        }
        files.put(clean, content(size, MOST_BYTES - bytes, clean));
        bytes += size;
    }

    private static void folder(String name, long size) throws Refused {
        if (size != 0) {
            throw new Refused("holds a folder with content, " + shown(name));
        }
    }

    /** True for a relative name whose parts are names. */
    static boolean safe(String name) {
        if (name.isEmpty() || name.startsWith("/") || name.indexOf('\\') >= 0 || name.indexOf(':') >= 0) {
            return false;
        }
        for (String part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || part.length() > 255) {
                return false;
            }
        }
        return name.length() < 1000 && name.chars().noneMatch(Character::isISOControl);
    }

    private static String shown(String name) {
        String text = name.chars()
                .filter(c -> !Character.isISOControl(c))
                .limit(120)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return "\"" + text + "\"";
    }

    private byte[] content(long size, long most, String name) throws IOException, Refused {
        if (size < 0 || size > most) {
            throw new Refused("holds more than " + (MOST_BYTES >> 20) + " MiB once it is unpacked");
        }
        byte[] content = in.readNBytes((int) size);
        if (content.length < size) {
            throw new Refused("ends in the middle of " + shown(name));
        }
        in.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
        return content;
    }

    private static boolean blank(byte[] block) {
        for (byte one : block) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }

    private static String name(byte[] header) {
        String prefix = new String(header, 257, 5, StandardCharsets.US_ASCII).equals("ustar") && header[263] == '0'
                ? text(header, 345, 155)
                : "";
        String name = text(header, 0, 100);
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    private static String text(byte[] bytes) {
        return text(bytes, 0, bytes.length);
    }

    private static String text(byte[] bytes, int from, int length) {
        int end = from;
        while (end < from + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    /** Octal digits, or big-endian bytes after a set highest bit. */
    private static long number(byte[] header, int from, int length) throws Refused {
        if ((header[from] & 0x80) != 0) {
            long value = header[from] & 0x7f;
            for (int i = from + 1; i < from + length; i++) {
                if (value > Long.MAX_VALUE >> 8) {
                    return Long.MAX_VALUE;
                }
                value = value << 8 | header[i] & 0xff;
            }
            return value;
        }
        String digits = text(header, from, length).strip();
        try {
            return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
        } catch (NumberFormatException e) {
            throw new Refused("has a broken header, size \"" + digits.toLowerCase(Locale.ROOT) + "\"");
        }
    }

    /** The path of an extended header: lines of {@code length key=value}. */
    private static String path(byte[] header) {
        for (String line : text(header).split("\n", -1)) {
            int key = line.indexOf(" path=");
            if (key >= 0) {
                return line.substring(key + " path=".length());
            }
        }
        return "";
    }
}
