package dev.premortem.source.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Bytes on disk, named by the hash of everything they were made from. A cache that cannot be read or written is as an empty one: nothing
 * fails for want of it, and what it holds is never more than a saving of time.
 */
public final class ContentCache {
    /** Longest content that is kept: 64 MiB. */
    private static final long MOST_BYTES = 64L << 20;

    private final Optional<Path> folder;
    private final Optional<Path> tagged;

    private ContentCache(Optional<Path> folder, Optional<Path> tagged) {
        this.folder = folder;
        this.tagged = tagged;
    }

    /** A cache that keeps nothing. */
    public static ContentCache none() {
        return new ContentCache(Optional.empty(), Optional.empty());
    }

    /** A cache in a folder, which is made when first written to, for its owner alone. */
    public static ContentCache in(Path folder) {
        return new ContentCache(Optional.of(folder), Optional.empty());
    }

    /** A cache in a folder of a root, which is tagged as a cache for whatever walks over it, this program too. */
    public static ContentCache below(Path root, String name) {
        return new ContentCache(Optional.of(root.resolve(name)), Optional.of(root));
    }

    /** True for a cache that keeps nothing. */
    public boolean keepsNothing() {
        return folder.isEmpty();
    }

    /** A hash under construction: what goes in decides the key. Parts are told apart by their lengths. */
    public static final class Key {
        private final MessageDigest digest;

        /** @param kind what is made, with the version of what makes it */
        public Key(String kind) {
            try {
                digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every Java platform has SHA-256", e);
            }
            with(kind);
        }

        /** With another text. */
        public Key with(String part) {
            return with(part.getBytes(StandardCharsets.UTF_8));
        }

        /** With other bytes. */
        public Key with(byte[] part) {
            byte[] length = {
                (byte) (part.length >> 24), (byte) (part.length >> 16), (byte) (part.length >> 8), (byte) part.length
            };
            digest.update(length);
            digest.update(part);
            return this;
        }

        /** The name; nothing may be added afterwards. */
        public String name() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    /** The content under a name. */
    public Optional<byte[]> find(String name) {
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        Path file = file(folder.get(), name);
        try {
            boolean usable = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.size(file) <= MOST_BYTES;
            return usable ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty(); // then it is made anew
        }
    }

    /** Keeps a content; true where that worked. Two writers of one name write the same, so the last one may win. */
    public boolean keep(String name, byte[] content) {
        if (folder.isEmpty() || content.length > MOST_BYTES) {
            return false;
        }
        Path file = file(folder.get(), name);
        try {
            Files.createDirectories(folder.get());
            owned(folder.get());
            if (tagged.isPresent()) {
                CacheTag.put(tagged.get());
            }
            Path parent = file.resolveSibling("");
            Files.createDirectories(parent);
            Path begun = Files.createTempFile(parent, name, ".begun");
            Files.write(begun, content);
            move(begun, file);
            return true;
        } catch (IOException unwritable) {
            return false; // a full or read-only disk costs time, not results
        }
    }

    /** Removes what was written longest ago until no more than so many bytes are left. */
    public void trim(long most) {
        if (folder.isEmpty() || !Files.isDirectory(folder.get(), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Aged> contents = new ArrayList<>();
        try (Stream<Path> found = Files.find(folder.get(), 2, (path, about) -> about.isRegularFile() && ours(path))) {
            for (Path path : (Iterable<Path>) found::iterator) {
                contents.add(new Aged(path, Files.getLastModifiedTime(path).toMillis(), Files.size(path)));
            }
        } catch (IOException | UncheckedIOException unreadable) {
            return; // a later run tries again
        }
        contents.sort(Comparator.comparingLong(Aged::written).thenComparing(Aged::path));
        long total = contents.stream().mapToLong(Aged::size).sum();
        for (Aged content : contents) {
            if (total <= most) {
                return;
            }
            total -= removed(content);
        }
    }

    /** The bytes that are free now; where it cannot be removed the next oldest goes instead. */
    private static long removed(Aged content) {
        try {
            Files.deleteIfExists(content.path());
            return content.size();
        } catch (IOException stays) {
            return 0;
        }
    }

    /** True for what this class writes, so that nothing else in a folder is ever removed. */
    private static boolean ours(Path path) {
        return path.getFileName().toString().matches("[0-9a-f]{64}([0-9]*\\.begun)?");
    }

    private record Aged(Path path, long written, long size) {}

    private static void owned(Path folder) throws IOException {
        try {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (UnsupportedOperationException | FileSystemException notPosix) {
            return; // where files have no owner's rights, the folder's place has to do
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Path file(Path folder, String name) {
        if (!name.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("no name of a content: " + name);
        }
        return folder.resolve(name.substring(0, 2)).resolve(name);
    }
}
