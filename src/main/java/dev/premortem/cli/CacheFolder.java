package dev.premortem.cli;

import dev.premortem.source.TreeCache;
import dev.premortem.source.cache.ContentCache;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where contents are kept between runs: {@code PREMORTEM_CACHE}, or {@code premortem} in the user's cache folder. */
final class CacheFolder {
    private static final String OFF = "off";

    private CacheFolder() {}

    /** The folder; empty where nothing is to be kept or nobody says where. */
    static Optional<Path> of(Surroundings around, boolean wanted) {
        String own = around.variable("PREMORTEM_CACHE");
        if (!wanted || own.equals(OFF)) {
            return Optional.empty();
        }
        if (!own.isEmpty()) {
            return Optional.of(Path.of(own));
        }
        String caches = around.variable("XDG_CACHE_HOME");
        if (!caches.isEmpty() && Path.of(caches).isAbsolute()) {
            return Optional.of(Path.of(caches, "premortem"));
        }
        String home = around.variable("HOME");
        return home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home, ".cache", "premortem"));
    }

    /** The cache of parsed trees; none for a program that may change between two runs. */
    static TreeCache trees(Surroundings around, boolean wanted) {
        return around.program()
                .flatMap(program ->
                        of(around, wanted).map(folder -> TreeCache.in(ContentCache.below(folder, "trees"), program)))
                .orElseGet(TreeCache::none);
    }

    /** The cache of answers; none for a program that may change between two runs. */
    static ContentCache answers(Surroundings around, boolean wanted) {
        return around.program()
                .flatMap(_ -> of(around, wanted))
                .map(folder -> ContentCache.below(folder, "answers"))
                .orElseGet(ContentCache::none);
    }

    /** The cache of what charts and kustomizations rendered to. */
    static ContentCache rendered(Surroundings around, boolean wanted) {
        return of(around, wanted)
                .map(folder -> ContentCache.below(folder, "rendered"))
                .orElseGet(ContentCache::none);
    }

    /** What tells this build from every other: its archive's size and time; empty for classes that are not packed. */
    static Optional<String> program() {
        @Nullable CodeSource source = Main.class.getProtectionDomain().getCodeSource();
        @Nullable URL location = source == null ? null : source.getLocation();
        if (location == null || !location.getProtocol().equals("file")) {
            return Optional.empty();
        }
        try {
            URI uri = location.toURI();
            Path archive = Path.of(uri);
            return Files.isRegularFile(archive)
                    ? Optional.of(Files.size(archive) + " " + Files.getLastModifiedTime(archive))
                    : Optional.empty();
        } catch (IOException | URISyntaxException unknown) {
            return Optional.empty(); // then nothing is kept
        }
    }
}
