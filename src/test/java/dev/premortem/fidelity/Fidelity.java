package dev.premortem.fidelity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs {@code check} over estates with known hazards and writes {@code docs/fidelity.md}; with {@code --noise FOLDER} it runs over fetched
 * repositories, folders called {@code owner+name}, and adds the rows that a person then judges.
 */
public final class Fidelity {
    private static final String NOW = "2026-11-24T00:00:00Z";
    /** The exit code of an internal failure. */
    private static final int BUG = 3;

    private static final Path PAGE = Path.of("docs/fidelity.md");

    private Fidelity() {}

    /** Arguments: the folder of estates, or {@code --noise FOLDER [FILE of "owner+name commit" lines]}. */
    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        if (!words.isEmpty() && words.getFirst().equals("--noise")) {
            noise(Path.of(words.get(1)), words.size() > 2 ? commits(Path.of(words.get(2))) : new TreeMap<>());
            return;
        }
        Path estates = Path.of(words.isEmpty() ? "../shared/estates" : words.getFirst());
        if (!Files.isDirectory(estates)) {
            throw new IllegalArgumentException("no folder " + estates + "; expected estates with known-hazards.csv");
        }
        Map<String, Double> seconds = new TreeMap<>();
        KnownHazards hazards = KnownHazards.score(estates, tree -> {
            long start = System.nanoTime();
            String json = check(tree, List.of());
            seconds.put(String.valueOf(tree.getFileName()), (System.nanoTime() - start) / 1e9);
            return json;
        });
        Files.writeString(PAGE, new Page(hazards, seconds).text());
    }

    private static void noise(Path folder, Map<String, String> commits) throws IOException {
        List<Path> repositories;
        try (Stream<Path> inside = Files.list(folder)) {
            repositories = inside.filter(Files::isDirectory).sorted().toList();
        }
        for (Path repository : repositories) {
            String name = String.valueOf(repository.getFileName());
            Path baseline = Files.createTempFile("fidelity", ".json");
            long start = System.nanoTime();
            List<Found> first;
            try {
                first = Found.of(check(repository, List.of("--write-baseline", baseline.toString())));
            } catch (NothingRead nothing) { // no repository for this table
                System.err.println(nothing.getMessage() + "; left out");
                Files.delete(baseline);
                continue;
            }
            double took = (System.nanoTime() - start) / 1e9;
            List<Found> second = Found.of(check(repository, List.of("--baseline", baseline.toString())));
            Files.delete(baseline);
            Noise.add(
                    name.replaceFirst("\\+", "/"),
                    commits.getOrDefault(
                            name,
                            run(List.of("git", "-C", repository.toString(), "rev-parse", "HEAD"))
                                    .out()),
                    first,
                    second,
                    took);
        }
    }

    private static Map<String, String> commits(Path file) throws IOException {
        Map<String, String> commits = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.split("\\s+");
            commits.put(words[0], words.length > 1 ? words[1] : "");
        }
        return commits;
    }

    private static String check(Path tree, List<String> more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx4g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.premortem.cli.Main",
                "check",
                tree.toString(),
                "--now",
                NOW,
                "--format",
                "json",
                "--fail-on",
                "none"));
        command.addAll(more);
        Ran ran = run(command);
        if (ran.code() == BUG) {
            throw new IllegalStateException(
                    "check of " + tree + " failed: a bug of ours, which no table may leave out");
        }
        if (ran.out().isEmpty()) {
            throw new NothingRead("check of " + tree + " printed nothing");
        }
        return ran.out();
    }

    private static Ran run(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            try (InputStream out = process.getInputStream()) {
                String text = new String(out.readAllBytes(), StandardCharsets.UTF_8).strip();
                return new Ran(text, process.waitFor());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private record Ran(String out, int code) {}

    /** There is nothing in a tree that check reads. */
    private static final class NothingRead extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        NothingRead(String message) {
            super(message);
        }
    }
}
