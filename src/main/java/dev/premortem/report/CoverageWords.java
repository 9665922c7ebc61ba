package dev.premortem.report;

import dev.premortem.outage.Coverage;
import dev.premortem.outage.Prediction;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was read and understood, in words and in the order of every format. */
record CoverageWords(Prediction prediction) {
    /** So many reasons why releases were not rendered are told where there is more to see elsewhere. */
    private static final int GAPS = 3;

    private static final String UNKNOWN = ": unknown here, not fine";

    private Coverage coverage() {
        return prediction.coverage();
    }

    /**
     * {@code Read 96 objects in 31 files; 2 not understood.} and how many assumptions there are.
     *
     * @param where problems are to be found, such as {@code on stderr}; empty to say nothing of that
     * @param hint after what is left out, such as {@code  (--coverage)}; empty where the list follows
     */
    String read(String where, String hint) {
        Coverage coverage = coverage();
        int left = coverage.gaps().size();
        int aside = coverage.asides().size();
        int wrong = coverage.problems().size();
        StringBuilder line = new StringBuilder("Read ")
                .append(Words.of(coverage.objects(), "object"))
                .append(" in ")
                .append(coverage.files() == 0 ? "running clusters" : Words.of(coverage.files(), "file"))
                .append("; ")
                .append(left > 0 ? Words.count(left) + " not understood" : wrong > 0 ? "" : "all understood")
                .append(left > 0 && wrong > 0 ? ", " : "")
                .append(wrong > 0 ? Words.of(wrong, "problem") + where : "")
                .append(aside > 0 ? ", " + Words.count(aside) + " left aside" : "")
                .append(left == 0 && aside == 0 ? "." : hint + ".");
        if (!prediction.assumptions().isEmpty()) {
            line.append(' ').append(Words.of(prediction.assumptions().size(), "assumption"));
            line.append(prediction.assumptions().size() == 1 ? " stands in for a fact." : " stand in for facts.");
        }
        return line.toString();
    }

    /** What became of releases, and what rendered; empty where there is nothing to say. */
    Optional<String> rendered() {
        Coverage.Rendering rendering = coverage().rendering();
        String by = rendering.by().isEmpty() ? "" : " Rendered by " + String.join(", ", rendering.by()) + ".";
        if (rendering.releases() == 0) {
            return by.isEmpty() ? Optional.empty() : Optional.of(by.strip());
        }
        StringBuilder line = new StringBuilder("rendered ")
                .append(Words.count(rendering.rendered()))
                .append(" of ")
                .append(Words.of(rendering.releases(), "release"));
        List<Coverage.Rendering.Gap> gaps = rendering.gaps();
        gaps.stream()
                .limit(GAPS)
                .forEach(gap -> line.append("; ")
                        .append(Words.count(gap.releases()))
                        .append(" not: ")
                        .append(gap.reason()));
        int more = gaps.stream()
                .skip(GAPS)
                .mapToInt(Coverage.Rendering.Gap::releases)
                .sum();
        if (more > 0) {
            line.append("; ").append(Words.count(more)).append(" for other reasons (--coverage)");
        }
        boolean said = gaps.isEmpty() || more == 0 && gaps.getLast().reason().endsWith(UNKNOWN);
        return Optional.of(line + (said ? "." : UNKNOWN + ".") + by);
    }

    /** {@code understood 97 % of what was read and not left aside}, without a stop. */
    String share() {
        long percent = (long) Math.floor(100 * coverage().share());
        int unknown = coverage().rendering().releases() - coverage().rendering().rendered();
        return "understood " + percent + " % of what was read and not left aside"
                + (unknown == 0
                        ? ""
                        : "; what " + Words.of(unknown, "release") + (unknown == 1 ? " makes" : " make")
                                + " is not counted, because nobody saw it");
    }

    /** Kinds with gaps first, then by name. */
    List<Coverage.Kind> kinds() {
        return coverage().kinds().stream()
                .sorted(Comparator.comparing((Coverage.Kind kind) -> kind.understood() + kind.aside() - kind.read())
                        .thenComparing(Coverage.Kind::kind))
                .toList();
    }

    /** What was left out by kind and reason, in the order of these. */
    static SortedMap<String, List<Coverage.NotUnderstood>> byReason(List<Coverage.NotUnderstood> left) {
        SortedMap<String, List<Coverage.NotUnderstood>> byReason = new TreeMap<>();
        left.forEach(gap -> byReason.computeIfAbsent(
                        (gap.kind().isEmpty() ? "" : gap.kind() + ": ") + gap.reason(), reason -> new ArrayList<>())
                .add(gap));
        return Collections.unmodifiableSortedMap(byReason);
    }

    /** Mechanisms that lack a fact; empty where none does. */
    Optional<String> notRun() {
        if (coverage().notRun().isEmpty()) {
            return Optional.empty();
        }
        List<String> names = coverage().notRun().stream()
                .map(idle -> idle.mechanism() + " (" + idle.lacks() + ")")
                .toList();
        return Optional.of("not run: " + String.join(", ", names));
    }
}
