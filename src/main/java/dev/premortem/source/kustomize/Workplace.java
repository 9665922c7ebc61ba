package dev.premortem.source.kustomize;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A folder of ours into which copies are laid, one after the other; only what differs is written. A large kustomization is built again for each
 * fix, and making a thousand files anew takes longer than building them.
 */
final class Workplace {
    private final Path folder;
    private SortedMap<String, String> laid = new TreeMap<>();

    private Workplace(Path folder) {
        this.folder = folder;
    }

    /** A new folder. */
    static Workplace make() throws IOException {
        return new Workplace(Files.createTempDirectory("premortem-kustomize-").toRealPath());
    }

    Path folder() {
        return folder;
    }

    /**
     * Makes the folder hold these files and no others, but for {@code home}.
     *
     * @param files text by path
     * @throws IOException where that fails; then nobody knows what is in it
     */
    void lay(SortedMap<String, String> files) throws IOException {
        for (String before : laid.keySet()) {
            if (!files.containsKey(before)) {
                removeWithEmptyFolders(path(before));
            }
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (!file.getValue().equals(laid.get(file.getKey()))) {
                Path path = path(file.getKey());
                Files.createDirectories(path.resolveSibling(""));
                Files.writeString(path, file.getValue());
            }
        }
        laid = new TreeMap<>(files);
    }

    private Path path(String name) {
        Path path = folder.resolve(name).normalize();
        if (!path.startsWith(folder)) {
            throw new IllegalStateException("leads out of the copy: " + name);
        }
        return path;
    }

    private void removeWithEmptyFolders(Path file) throws IOException {
        Files.deleteIfExists(file);
        try {
            for (Path above = file.getParent(); above != null && !above.equals(folder); above = above.getParent()) {
                Files.deleteIfExists(above);
            }
        } catch (DirectoryNotEmptyException stays) {
            return; // what is left in it stays
        }
    }

    /** Removes the folder with all that is in it. */
    void remove() throws IOException {
        List<Path> found;
        try (Stream<Path> all = Files.walk(folder)) {
            found = all.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path path : found) {
            Files.deleteIfExists(path);
        }
    }

    /** The same when the program ends. */
    void removeQuietly() {
        try {
            remove();
        } catch (IOException inUse) {
            return; // a temporary folder, which somebody cleans
        }
    }
}
