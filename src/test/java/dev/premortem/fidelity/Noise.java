package dev.premortem.fidelity;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What {@code check} says of repositories that have no list: one row a repository in {@code noise.csv}, one a finding at high or above in
 * {@code noise-high.csv}, whose verdict and reason a person writes.
 */
final class Noise {
    static final Path REPOSITORIES = Path.of("docs/fidelity/noise.csv");
    static final Path FINDINGS = Path.of("docs/fidelity/noise-high.csv");

    private Noise() {}

    /** Rows of {@code noise.csv}. */
    static List<Map<String, String>> repositories() {
        return Csv.read(REPOSITORIES);
    }

    /** Rows of {@code noise-high.csv}. */
    static List<Map<String, String>> findings() {
        return Csv.read(FINDINGS);
    }

    /**
     * Adds what was found in a repository, or puts it in the place of what was found before; verdicts of the same outages stay.
     *
     * @param second what a second run found, which knows the first one's as its baseline
     */
    static void add(String repository, String commit, List<Found> first, List<Found> second, double seconds) {
        Set<String> before = new TreeSet<>();
        first.forEach(outage -> before.add(outage.id()));
        long fresh =
                second.stream().filter(outage -> !before.contains(outage.id())).count();
        Map<String, String> row = new TreeMap<>();
        row.put("repository", repository);
        row.put("commit", commit);
        List.of("critical", "high", "medium").forEach(severity -> row.put(severity, count(first, severity)));
        row.put("new", Long.toString(fresh));
        row.put("seconds", "%.1f".formatted(seconds));
        Csv.write(REPOSITORIES, with(repositories(), repository, List.of(row)));
        Map<String, Map<String, String>> judged = new TreeMap<>();
        findings().stream()
                .filter(old -> repository.equals(old.get("repository")))
                .forEach(old -> judged.put(old.getOrDefault("outage", ""), old));
        List<Map<String, String>> rows = new ArrayList<>();
        first.stream().filter(outage -> outage.shown() && outage.high()).forEach(outage -> {
            Map<String, String> finding = new TreeMap<>(judged.getOrDefault(outage.id(), Map.of()));
            finding.put("repository", repository);
            finding.put("outage", outage.id());
            finding.put("mechanism", outage.mechanism());
            finding.put("severity", outage.severity());
            finding.put("place", place(outage));
            rows.add(finding);
        });
        // what was told wrongly once and is mended is not forgotten
        rows.addAll(judged.values().stream()
                .filter(old -> "mended".equals(old.get("verdict")))
                .filter(old -> rows.stream().noneMatch(now -> Objects.equals(old.get("outage"), now.get("outage"))))
                .toList());
        Csv.write(FINDINGS, with(findings(), repository, rows));
    }

    private static String place(Found outage) {
        return outage.places().isEmpty()
                ? ""
                : outage.places().getFirst().file() + ":"
                        + outage.places().getFirst().line();
    }

    /** Rows of one repository in the place of its old ones, sorted by repository. */
    private static List<Map<String, String>> with(
            List<Map<String, String>> rows, String repository, List<Map<String, String>> fresh) {
        List<Map<String, String>> all = new ArrayList<>(rows);
        all.removeIf(row -> repository.equals(row.get("repository")));
        all.addAll(fresh);
        all.sort(Comparator.comparing(row -> row.getOrDefault("repository", "")));
        return all;
    }

    private static String count(List<Found> found, String severity) {
        return Long.toString(found.stream()
                .filter(outage -> outage.shown() && outage.severity().equals(severity))
                .count());
    }
}
