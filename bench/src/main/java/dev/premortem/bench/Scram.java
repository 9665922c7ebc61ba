package dev.premortem.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The tool SCRAM, asked the same questions. It writes every set into its report; the report is left unread after its head, so that writing it is not
 * counted. CPU seconds are those of the process less those of one that only reads the file. The best of its algorithms counts.
 */
final class Scram {
    /** The head of a report holds the number of sets and the probability. */
    private static final int HEAD = 1 << 14;

    private static final List<List<List<String>>> QUESTIONS = List.of(
            // 0.16.2 wants a value here, later ones refuse it; what is refused answers nothing
            List.of(
                    List.of("--bdd", "--probability=1", "-l", "1"),
                    List.of("--bdd", "--probability", "-l", "1")),
            List.of(List.of("--bdd", "-l", "1000"), List.of("--zbdd", "-l", "1000")),
            List.of(List.of("--bdd", "-l", "4"), List.of("--zbdd", "-l", "4"), List.of("--mocus", "-l", "4")));

    private final Path program;
    private final int limit;
    private final Map<Path, Double> reading = new HashMap<>();

    Scram(Path program, int limit) {
        this.program = program;
        this.limit = limit;
    }

    /** CPU seconds of the best algorithm; empty where none answers within the limit. */
    Optional<Double> seconds(Path file, int question) throws IOException {
        Optional<Double> best = Optional.empty();
        for (List<String> options : QUESTIONS.get(question)) {
            Optional<Double> taken = run(file, options);
            if (taken.isPresent() && taken.get() < best.orElse(Double.MAX_VALUE)) {
                best = taken;
            }
        }
        if (best.isEmpty()) {
            return best;
        }
        if (!reading.containsKey(file)) {
            reading.put(file, run(file, List.of("--validate")).orElse(0.0));
        }
        return Optional.of(Math.max(0, best.get() - reading.get(file)));
    }

    private Optional<Double> run(Path file, List<String> options) throws IOException {
        Path times = Files.createTempFile("scram", ".times");
        try {
            List<String> command = new ArrayList<>(List.of(
                    "/usr/bin/time", "-q", "-o", times.toString(), "-f", "%U %S", "timeout", String.valueOf(limit)));
            command.add(program.toString());
            command.addAll(options);
            if (!options.contains("--validate")) {
                command.addAll(List.of("-o", "/dev/stdout"));
            }
            command.add(file.toString());
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            int read;
            try (InputStream report = process.getInputStream()) {
                read = report.readNBytes(HEAD).length;
            }
            process.waitFor();
            if (read == 0 && !options.contains("--validate")) {
                return Optional.empty();
            }
            String[] parts = Files.readString(times).strip().split("\\s+");
            return Optional.of(Double.parseDouble(parts[0]) + Double.parseDouble(parts[1]));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(times);
        }
    }
}
