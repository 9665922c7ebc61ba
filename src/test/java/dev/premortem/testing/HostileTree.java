package dev.premortem.testing;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A tree of files that were made to do harm, with one that was not. Runs by itself: {@code java HostileTree.java FOLDER} writes it at full size
 * and prints what should be told of each file.
 */
public final class HostileTree {
    private static final String OBJECT = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s, namespace: n}\n";

    private final Path folder;
    private final int times;
    private final SortedMap<String, String> told = new TreeMap<>();

    private HostileTree(Path folder, int times) {
        this.folder = folder;
        this.times = times;
    }

    /** Writes the tree at full size. */
    public static void main(String[] arguments) throws IOException {
        write(Path.of(arguments[0]), 10).forEach((file, line) -> System.out.println(file + "\t" + line));
    }

    /**
     * Writes a tree.
     *
     * @param times how large the large ones are; 10 is full size
     * @return what must be told of files, by a name or the start of it
     */
    public static SortedMap<String, String> write(Path folder, int times) throws IOException {
        HostileTree tree = new HostileTree(folder, times);
        tree.file("good.yaml", OBJECT.formatted("good") + "data: {a: b}\n", "");
        tree.aliases();
        tree.nests();
        tree.bytes();
        tree.sizes();
        tree.names();
        tree.links();
        return tree.told;
    }

    private void file(String name, String text, String line) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
        if (!line.isEmpty()) {
            told.put(name, line);
        }
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n", "", "\n"));
    }

    private void aliases() throws IOException {
        file(
                "laughs.yaml",
                "a0: &a0 [x, x]\n" + lines(40, i -> "a" + (i + 1) + ": &a" + (i + 1) + " [*a" + i + ", *a" + i + "]"),
                "more than");
        file(
                "merges.yaml",
                "a0: &a0 {x0: 1}\n"
                        + lines(
                                40,
                                i -> "a" + (i + 1) + ": &a" + (i + 1) + " {<<: [*a" + i + ", *a" + i + "], x" + (i + 1)
                                        + ": {<<: *a" + i + "}}"),
                "more than");
        file("recursion.yaml", "a: &a [*a]\n", "has no anchor before it");
        file("twice.yaml", OBJECT.formatted("twice") + "data: {a: b}\ndata: {a: c}\n", "stands twice");
        String key = "k".repeat(1_000);
        String path = lines(100, i -> " ".repeat(i) + key + ":");
        file("paths.yaml", path + " ".repeat(101) + "[" + "1,".repeat(100_000) + "1]\n", "field paths of more than");
    }

    private void nests() throws IOException {
        int deep = 100_000;
        file("deep-block.yaml", "- ".repeat(deep) + "x\n", "nested deeper than 128 levels");
        file("deep-keys.yaml", "? ".repeat(deep) + "x\n", "nested deeper than 128 levels");
        file("deep-flow.yaml", "a: " + "[".repeat(deep) + "]".repeat(deep) + "\n", "nested deeper than 128 levels");
        file(
                "deep-maps.yaml",
                "a: " + "{a: ".repeat(deep) + "1" + "}".repeat(deep) + "\n",
                "nested deeper than 128 levels");
        file("deep.json", "[".repeat(deep) + "]".repeat(deep), "nested deeper than 128 levels");
        file("deep-objects.json", "{\"a\":".repeat(deep) + "1" + "}".repeat(deep), "nested deeper than 128 levels");
        file("open.json", "{\"a\": [1, 2", "");
    }

    private void bytes() throws IOException {
        file("nul.yaml", "a: 1\nb: \0\n", "has NUL bytes");
        Files.write(folder.resolve("latin.yaml"), "a: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        told.put("latin.yaml", "is not valid UTF-8");
        file("tab.yaml", "a: 1\n\tb: 2\n", "tab.yaml:2");
        file("escape.yaml", "a: \u001b[2J\n", "escape.yaml");
    }

    private void sizes() throws IOException {
        try (RandomAccessFile sparse =
                new RandomAccessFile(folder.resolve("sparse.yaml").toFile(), "rw")) {
            sparse.setLength(2L << 30);
        }
        told.put("sparse.yaml", "has 2048 MiB; not read");
        int megabytes = 6 * times;
        file("plain.yaml", OBJECT.formatted("plain") + "data:\n  a: " + "x".repeat(megabytes << 20) + "\n", "");
        file(
                "block.yaml",
                OBJECT.formatted("block") + "data:\n  a: |\n"
                        + ("    " + "y".repeat(99) + "\n").repeat(megabytes * 5_000),
                "");
        file("flow.yaml", "a: [" + "1,".repeat(times << 19) + "1]\n", times < 8 ? "" : "more than 2000000 values");
        file("array.json", "[" + "1,".repeat(times << 19) + "1]", times < 8 ? "" : "more than 2000000 values");
        file("digits.yaml", OBJECT.formatted("digits") + "data: {a: " + "9".repeat(1_000_000) + "}\n", "");
        file("digits.json", "{\"a\": " + "9".repeat(1_000_000) + ", \"b\": 1e99999999999, \"c\": -1E-99999999999}", "");
        file("exponent.yaml", OBJECT.formatted("exponent") + "data: {a: 1e99999999999, b: 1e9999, c: -.5E-9999}\n", "");
        file("documents.yaml", lines(10_000 * times, i -> "---\n" + OBJECT.formatted("d" + i)), "");
        file("markers.yaml", "---\n".repeat(100_000 * times), "");
        file("anchors.yaml", lines(10_000 * times, i -> "a" + i + ": &a" + i + " x"), "");
        file("words.txt", "word ".repeat(1_000_000), "");
        for (int i = 0; i < 10_000 * times; i++) {
            file("many/" + i / 1_000 + "/f" + i + ".txt", "", "");
        }
    }

    private void names() throws IOException {
        file("esc\u001b[31m\u001b]0;title\u0007.yaml", "a: [\n", "esc\u241b[31m\u241b]0;title\u2407.yaml:1");
        file("line\nbreak.yaml", "a: [\n", "line");
        file("turned\u202egnp.yaml", "a: [\n", "turned<202e>gnp.yaml:1");
        file(
                "values.yaml",
                "apiVersion: v1\nkind: \"Service\\e[2J\\u202e\"\nmetadata: {name: \"a\\e[31mb\\r\\nc\"}\n",
                "");
    }

    private void links() throws IOException {
        Path out = Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-outside"));
        Files.writeString(out.resolve("secret.yaml"), OBJECT.formatted("outside"));
        Files.createSymbolicLink(folder.resolve("out.yaml"), out.resolve("secret.yaml"));
        told.put("out.yaml", "is a symbolic link out of the tree");
        Files.createSymbolicLink(folder.resolve("device.yaml"), Path.of("/dev/zero"));
        told.put("device.yaml", "is a symbolic link out of the tree");
        Files.createSymbolicLink(folder.resolve("self.yaml"), Path.of("self.yaml"));
        told.put("self.yaml", "is a loop of symbolic links");
        Files.createSymbolicLink(folder.resolve("many/up"), folder);
        told.put("many/up", "is a loop of symbolic links");
        Process pipe = new ProcessBuilder("mkfifo", folder.resolve("pipe.yaml").toString()).start();
        try {
            if (pipe.waitFor() == 0) {
                told.put("pipe.yaml", "is a pipe");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
