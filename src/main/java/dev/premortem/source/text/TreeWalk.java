package dev.premortem.source.text;

import dev.premortem.fact.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The texts of a tree of files, in the order of their names. Links, sizes and bytes that are no text are reported and passed over. */
public final class TreeWalk {
    private static final Set<String> SKIPPED =
            Set.of(".git", "node_modules", ".hg", ".svn", ".premortem.yaml", ".premortem-baseline.json");
    private static final Set<String> TEXT_ENDINGS =
            Set.of("yaml", "yml", "json", "pem", "crt", "cer", "der", "zone", "kubeconfig", "db");
    /** Files in other formats are looked into only when they are not large. */
    private static final long OTHER_BYTES = 4L << 20;

    private final Path realRoot;
    private final Limits limits;
    private final Harvest harvest;
    private final Predicate<String> ignored;
    private final SortedMap<String, String> texts = new TreeMap<>();
    private final SortedMap<String, byte[]> archives = new TreeMap<>();
    private long total;

    private TreeWalk(Path realRoot, Limits limits, Harvest harvest, Predicate<String> ignored) {
        this.realRoot = realRoot;
        this.limits = limits;
        this.harvest = harvest;
        this.ignored = ignored;
    }

    /**
     * What was found, by name.
     *
     * @param archives bytes of files that end in {@code .tgz}
     */
    public record Found(SortedMap<String, String> texts, SortedMap<String, byte[]> archives) {}

    /**
     * Reads all texts below a root, which may be a single file. Names are relative to the root, after {@code prefix}.
     *
     * @param ignored names of files and folders that are passed over
     */
    public static Found read(Path root, String prefix, Limits limits, Harvest harvest, Predicate<String> ignored) {
        String shown = prefix.isEmpty() ? root.toString() : prefix.substring(0, prefix.length() - 1);
        try {
            TreeWalk walk = new TreeWalk(root.toRealPath(), limits, harvest, ignored);
            if (Files.isDirectory(root)) {
                walk.folder(root, prefix, prefix);
            } else if (Files.isRegularFile(root)) {
                String name = prefix.isEmpty() ? String.valueOf(root.getFileName()) : shown;
                walk.file(root.toRealPath(), name, Files.size(root), true);
            } else {
                harvest.problems.add(new Problem(shown, 0, "", "is no file", "a file or a folder", ""));
            }
            return new Found(walk.texts, walk.archives);
        } catch (IOException e) {
            harvest.problems.add(new Problem(shown, 0, "", reason(e), "a file or a folder that can be read", ""));
            return new Found(new TreeMap<>(), new TreeMap<>());
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException ignored -> "does not exist";
            case java.nio.file.AccessDeniedException ignored -> "may not be read";
            case java.nio.file.FileSystemLoopException ignored -> "is a loop of symbolic links";
            case java.nio.file.FileSystemException failed
            when String.valueOf(failed.getReason()).contains("symbolic links") -> "is a loop of symbolic links";
            default -> "cannot be read (" + e.getClass().getSimpleName() + ")";
        };
    }

    /** What stands in a folder; the name is that of its file, relative to the root, after the prefix. */
    private record Entry(Path path, String name) {}

    /** @param before stands before the names of what is in it: the prefix, or the folder's own name and a slash */
    private void folder(Path folder, String name, String before) {
        List<Entry> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path path : stream) {
                String last = String.valueOf(path.getFileName());
                if (!SKIPPED.contains(last)) {
                    entries.add(new Entry(path, before + last.replace('\\', '/')));
                }
            }
        } catch (IOException e) {
            problem(name, reason(e), "a folder that can be read");
            return;
        }
        entries.sort(Comparator.comparing(entry -> entry.path().toString()));
        for (Entry entry : entries) {
            if (!ignored.test(entry.name())) {
                entry(entry.path(), entry.name());
            }
        }
    }

    private void entry(Path entry, String name) {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
            problem(name, reason(e), "a file that can be read");
            return;
        }
        if (attributes.isSymbolicLink()) {
            link(entry, name);
        } else if (attributes.isDirectory()) {
            folder(entry, name, name + "/");
        } else if (attributes.isRegularFile()) {
            file(entry, name, attributes.size(), false);
        } else {
            problem(name, "is a pipe, a socket or a device; not read", "a file or a folder");
        }
    }

    /** A link is never followed: what it leads to inside the tree is read at its own name. */
    private void link(Path link, String name) {
        try {
            Path target = link.toRealPath();
            if (!target.startsWith(realRoot)) {
                problem(name, "is a symbolic link out of the tree; not followed", "a file inside of the tree");
            } else if (link.toRealPath(LinkOption.NOFOLLOW_LINKS).startsWith(target)) {
                problem(name, "is a loop of symbolic links; not followed", "a link to something beside or below it");
            } else {
                harvest.notUnderstood.add(dev.premortem.outage.Coverage.NotUnderstood.aside(
                        name,
                        1,
                        "link",
                        "a symbolic link to "
                                + realRoot.relativize(target).toString().replace('\\', '/') + ", which is read there"));
            }
        } catch (IOException e) {
            // what another tool made of a link is its business; only what would be read is missed here
            if (TEXT_ENDINGS.contains(ending(name)) || ending(name).equals("tgz")) {
                problem(name, reason(e), "a link that leads somewhere");
            }
        }
    }

    private void problem(String file, String found, String expected) {
        harvest.problems.add(new Problem(file, 0, "", found, expected, ""));
    }

    private void file(Path path, String name, long size, boolean named) {
        String ending = ending(name);
        boolean expected = named || TEXT_ENDINGS.contains(ending);
        try {
            if (size > limits.fileBytes()) {
                problem(
                        name,
                        "has " + mebibytes(size) + " MiB; not read",
                        "at most " + mebibytes(limits.fileBytes()) + " MiB a file");
                return;
            }
            if (!expected && size > OTHER_BYTES && !ending.equals("tgz")) {
                return;
            }
            if (total + size > limits.totalBytes()) {
                problem(
                        name,
                        "is past the limit of what is read in all; not read",
                        "at most " + mebibytes(limits.totalBytes()) + " MiB in all files");
                return;
            }
            total += size;
            if (ending.equals("tgz")) {
                archives.put(name, bytes(path, size));
                return;
            }
            Optional<String> text = decode(bytes(path, size), name, expected);
            text.ifPresent(found -> texts.put(name, found));
        } catch (IOException e) {
            problem(name, reason(e), "a file that can be read");
        }
    }

    private static String ending(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return last.substring(last.lastIndexOf('.') + 1).toLowerCase(java.util.Locale.ROOT);
    }

    private static long mebibytes(long bytes) {
        return (bytes + (1L << 20) - 1) >> 20;
    }

    /** The bytes of a file that had a size; a link that took its place is not followed, and what was added since is left. */
    private static byte[] bytes(Path path, long size) throws IOException {
        try (SeekableByteChannel channel =
                Files.newByteChannel(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(size));
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
            return buffer.hasRemaining() ? Arrays.copyOf(buffer.array(), buffer.position()) : buffer.array();
        }
    }

    /** The text of UTF-8 bytes; where they are none and a text was expected, a problem says on which line. */
    private Optional<String> decode(byte[] bytes, String name, boolean expected) {
        Optional<String> certificate = DerCertificate.pem(bytes, ending(name));
        if (certificate.isPresent()) {
            return certificate;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            if (expected) {
                int line = line(text, nul);
                harvest.problems.add(new Problem(name, line, "", "has NUL bytes; not read", "text in UTF-8", ""));
            }
            return Optional.empty();
        }
        // What is malformed becomes this character, which may also stand there as itself.
        return text.indexOf('\uFFFD') < 0 ? Optional.of(text) : strictly(bytes, name, expected);
    }

    private static int line(String text, int end) {
        return 1
                + (int) text.substring(0, end)
                        .chars()
                        .filter(here -> here == '\n')
                        .count();
    }

    private Optional<String> strictly(byte[] bytes, String name, boolean expected) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(buffer)
                    .toString());
        } catch (CharacterCodingException e) {
            if (expected) {
                int bad = 1;
                for (int i = 0; i < buffer.position(); i++) {
                    bad += bytes[i] == '\n' ? 1 : 0;
                }
                harvest.problems.add(new Problem(name, bad, "", "is not valid UTF-8; not read", "text in UTF-8", ""));
            }
            return Optional.empty();
        }
    }
}
