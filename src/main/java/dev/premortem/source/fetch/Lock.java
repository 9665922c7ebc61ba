package dev.premortem.source.fetch;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.render.ChartSource;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Limits;
import dev.premortem.source.text.Texts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The file that says which digest each fetched version had, so that one version is one content for ever. */
public final class Lock {
    private static final long MOST_BYTES = 16L << 20;

    private final Optional<Path> file;
    private final SortedMap<String, Locked> entries = new TreeMap<>();

    private record Locked(String repository, String chart, String version, String digest) {
        String key() {
            return repository + "\n" + chart + "\n" + version;
        }
    }

    private Lock(Optional<Path> file) {
        this.file = file;
    }

    /** A lock that is forgotten with the run. */
    public static Lock none() {
        return new Lock(Optional.empty());
    }

    /** A lock in a file, which is made when first written to. One that cannot be read is as an empty one. */
    public static Lock in(Path file) {
        Lock lock = new Lock(Optional.of(file));
        lock.read(file);
        return lock;
    }

    private void read(Path path) {
        String text;
        try {
            boolean usable = Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) && Files.size(path) <= MOST_BYTES;
            text = usable ? Files.readString(path) : "";
        } catch (IOException e) {
            text = ""; // then each version is looked at anew
        }
        for (Texts.Parsed parsed : Texts.read("lock.yaml", text, _ -> false, Limits.DEFAULT, new Harvest())) {
            for (Tree item : parsed.tree().items("charts")) {
                Locked locked = new Locked(
                        field(item, "repository"), field(item, "chart"), field(item, "version"), field(item, "digest"));
                if (locked.digest().matches("sha256:[0-9a-f]{64}")) {
                    entries.put(locked.key(), locked);
                }
            }
        }
    }

    private static String field(Tree item, String key) {
        return item.text(key).map(Fact::value).orElse("");
    }

    private static Locked locked(ChartSource.Remote chart, String digest) {
        return new Locked(Address.shown(chart.repository()), chart.chart(), chart.version(), digest);
    }

    /** The digest that a version had before. */
    synchronized Optional<String> digest(ChartSource.Remote chart) {
        return Optional.ofNullable(entries.get(locked(chart, "").key())).map(Locked::digest);
    }

    /** Where it is, for messages. */
    String shown() {
        return file.map(path -> String.valueOf(path.getFileName())).orElse("the lock");
    }

    /** Notes a digest; true where that was written. */
    synchronized boolean put(ChartSource.Remote chart, String digest) {
        Locked locked = locked(chart, digest);
        entries.put(locked.key(), locked);
        if (file.isEmpty()) {
            return false;
        }
        StringBuilder out =
                new StringBuilder("# Charts that were fetched. A version with another digest is refused.\ncharts:\n");
        entries.values()
                .forEach(entry -> out.append("- {repository: ")
                        .append(quoted(entry.repository()))
                        .append(", chart: ")
                        .append(quoted(entry.chart()))
                        .append(", version: ")
                        .append(quoted(entry.version()))
                        .append(", digest: ")
                        .append(quoted(entry.digest()))
                        .append("}\n"));
        try {
            Path path = file.get().toAbsolutePath();
            Files.createDirectories(path.resolveSibling(""));
            Path begun = Files.createTempFile(path.resolveSibling(""), "lock", ".begun");
            Files.writeString(begun, out);
            Files.move(begun, path, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException e) {
            return false; // the chart is right all the same; the next run looks anew
        }
    }

    private static String quoted(String text) {
        return "\"" + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
