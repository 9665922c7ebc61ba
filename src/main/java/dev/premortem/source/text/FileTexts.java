package dev.premortem.source.text;

import dev.premortem.fact.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What stands in listed files. Bytes that are no text are reported and passed over. */
public final class FileTexts {
    /** Files that one thread takes at once: enough that handing them out costs nothing. */
    private static final int SLICE = 256;

    private static final int MOST_THREADS = 4;

    private final Harvest harvest;
    private final Optional<MessageDigest> digest;
    private final SortedMap<String, String> texts = new TreeMap<>();
    private final SortedMap<String, byte[]> archives = new TreeMap<>();
    private final SortedMap<String, byte[]> hashes = new TreeMap<>();

    private FileTexts(Harvest harvest, Optional<MessageDigest> digest) {
        this.harvest = harvest;
        this.digest = digest;
    }

    /**
     * What was read, by name.
     *
     * @param archives bytes of files that end in {@code .tgz}
     * @param hashes SHA-256 of the bytes of each; empty where they were not asked for
     */
    public record Found(
            SortedMap<String, String> texts, SortedMap<String, byte[]> archives, SortedMap<String, byte[]> hashes) {}

    /**
     * Reads files, several at a time. What comes out is in the order of the files, whichever was read first.
     *
     * @param hashed true to take the hash of each
     */
    public static Found read(List<ListedFile> files, Harvest harvest, boolean hashed) {
        FileTexts all = new FileTexts(harvest, Optional.empty());
        int threads = Math.min(MOST_THREADS, Runtime.getRuntime().availableProcessors());
        if (threads == 1 || files.size() <= SLICE) {
            all.add(slice(files, hashed));
            return all.found();
        }
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<FileTexts>> slices = new ArrayList<>();
            for (int from = 0; from < files.size(); from += SLICE) {
                List<ListedFile> slice = files.subList(from, Math.min(files.size(), from + SLICE));
                slices.add(executor.submit(() -> slice(slice, hashed)));
            }
            for (Future<FileTexts> slice : slices) {
                all.add(slice.get());
            }
            return all.found();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while files were read", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a file was not read for a reason that is ours: " + e.getCause(), e);
        }
    }

    private static FileTexts slice(List<ListedFile> files, boolean hashed) {
        FileTexts read = new FileTexts(new Harvest(), hashed ? Optional.of(sha256()) : Optional.empty());
        files.forEach(read::file);
        return read;
    }

    private void add(FileTexts slice) {
        harvest.problems.addAll(slice.harvest.problems);
        texts.putAll(slice.texts);
        archives.putAll(slice.archives);
        hashes.putAll(slice.hashes);
    }

    private Found found() {
        return new Found(texts, archives, hashes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private void file(ListedFile file) {
        String name = file.name();
        try {
            byte[] bytes = bytes(file.path(), file.size());
            if (TreeWalk.ending(name).equals("tgz")) {
                archives.put(name, bytes);
            } else {
                Optional<String> text = decode(bytes, name, file.expected());
                if (text.isEmpty()) {
                    return;
                }
                texts.put(name, text.get());
            }
            digest.ifPresent(sha -> hashes.put(name, sha.digest(bytes)));
        } catch (IOException e) {
            harvest.problems.add(new Problem(name, 0, "", TreeWalk.reason(e), "a file that can be read", ""));
        }
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
        Optional<String> certificate = DerCertificate.pem(bytes, TreeWalk.ending(name));
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
