package dev.premortem.report;

import dev.premortem.outage.Coverage;
import dev.premortem.outage.Prediction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was read and understood, for people: one line, and what was left out where that is asked for. */
final class CoverageText {
    /** So many reasons why releases were not rendered are told; the list of what was not understood has all. */
    private static final int GAPS = 3;

    private static final String UNKNOWN = ": unknown here, not fine";

    private final Sheet sheet;
    private final View view;
    private final Prediction prediction;

    CoverageText(Sheet sheet, View view, Prediction prediction) {
        this.sheet = sheet;
        this.view = view;
        this.prediction = prediction;
    }

    void print() {
        Coverage coverage = prediction.coverage();
        rendering(coverage.rendering());
        StringBuilder line = new StringBuilder("Read ")
                .append(Words.of(coverage.objects(), "object"))
                .append(" in ")
                .append(coverage.files() == 0 ? "running clusters" : Words.of(coverage.files(), "file"));
        int left = coverage.gaps().size();
        int aside = coverage.asides().size();
        int wrong = coverage.problems().size();
        line.append("; ")
                .append(left > 0 ? Words.count(left) + " not understood" : wrong > 0 ? "" : "all understood")
                .append(left > 0 && wrong > 0 ? ", " : "")
                .append(wrong > 0 ? Words.of(wrong, "problem") + " on stderr" : "")
                .append(aside > 0 ? ", " + Words.count(aside) + " left aside" : "")
                .append((left == 0 && aside == 0) || view.coverage() ? "." : " (--coverage).");
        if (!prediction.assumptions().isEmpty()) {
            line.append(' ').append(Words.of(prediction.assumptions().size(), "assumption"));
            line.append(prediction.assumptions().size() == 1 ? " stands in for a fact." : " stand in for facts.");
        }
        sheet.paragraph(line.toString());
        if (view.coverage()) {
            kinds(coverage);
            leftOut("not understood:", coverage.gaps());
            leftOut("left aside, which is no gap:", coverage.asides());
        }
        if (!coverage.notRun().isEmpty()) {
            List<String> names = coverage.notRun().stream()
                    .map(idle -> idle.mechanism() + " (" + idle.lacks() + ")")
                    .toList();
            sheet.paragraph("not run: " + String.join(", ", names));
        }
    }

    private void rendering(Coverage.Rendering rendering) {
        String by = rendering.by().isEmpty() ? "" : " Rendered by " + String.join(", ", rendering.by()) + ".";
        if (rendering.releases() == 0) {
            if (!by.isEmpty()) {
                sheet.paragraph(by.strip());
            }
            return;
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
        sheet.paragraph(line + (said ? "." : UNKNOWN + ".") + by);
    }

    /** Kinds with gaps first, then by name. */
    private void kinds(Coverage coverage) {
        if (coverage.kinds().isEmpty()) {
            return;
        }
        long percent = (long) Math.floor(100 * coverage.share());
        int unknown = coverage.rendering().releases() - coverage.rendering().rendered();
        sheet.paragraph("understood " + percent + " % of what was read and not left aside"
                + (unknown == 0
                        ? ":"
                        : "; what " + Words.of(unknown, "release") + (unknown == 1 ? " makes" : " make")
                                + " is not counted, because nobody saw it:"));
        sheet.line("    " + column("read", 8) + column("understood", 12) + column("aside", 8) + "  kind");
        coverage.kinds().stream()
                .sorted(Comparator.comparing((Coverage.Kind kind) -> kind.understood() + kind.aside() - kind.read())
                        .thenComparing(Coverage.Kind::kind))
                .forEach(kind -> sheet.line("    " + column(Words.count(kind.read()), 8)
                        + column(Words.count(kind.understood()), 12) + column(Words.count(kind.aside()), 8) + "  "
                        + kind.kind()));
    }

    private static String column(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    private void leftOut(String heading, List<Coverage.NotUnderstood> left) {
        if (left.isEmpty()) {
            return;
        }
        sheet.line(heading);
        Map<String, List<Coverage.NotUnderstood>> byReason = new TreeMap<>();
        left.forEach(gap -> byReason.computeIfAbsent(
                        (gap.kind().isEmpty() ? "" : gap.kind() + ": ") + gap.reason(), reason -> new ArrayList<>())
                .add(gap));
        byReason.forEach((reason, gaps) -> {
            sheet.paragraph("- " + reason);
            gaps.forEach(gap -> sheet.line("      " + new Places(view.prefix()).at(gap.file(), gap.line())));
        });
    }
}
