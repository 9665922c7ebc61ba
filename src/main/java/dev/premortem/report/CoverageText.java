package dev.premortem.report;

import dev.premortem.outage.Coverage;
import dev.premortem.outage.Prediction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was read and understood, for people: one line, and what was left out where that is asked for. */
final class CoverageText {
    private final Sheet sheet;
    private final View view;
    private final Prediction prediction;
    private final CoverageWords words;

    CoverageText(Sheet sheet, View view, Prediction prediction) {
        this.sheet = sheet;
        this.view = view;
        this.prediction = prediction;
        this.words = new CoverageWords(prediction);
    }

    void print() {
        words.rendered().ifPresent(sheet::paragraph);
        sheet.paragraph(words.read(" on stderr", view.coverage() ? "" : " (--coverage)"));
        if (view.coverage()) {
            list();
        }
        words.notRun().ifPresent(sheet::paragraph);
    }

    /** What was understood of each kind, and everything that was not. */
    void list() {
        kinds();
        leftOut("not understood:", prediction.coverage().gaps());
        leftOut("left aside, which is no gap:", prediction.coverage().asides());
    }

    private void kinds() {
        if (prediction.coverage().kinds().isEmpty()) {
            return;
        }
        sheet.paragraph(words.share() + ":");
        sheet.line("    " + column("read", 8) + column("understood", 12) + column("aside", 8) + "  kind");
        words.kinds()
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
        CoverageWords.byReason(left).forEach((reason, gaps) -> {
            sheet.paragraph("- " + reason);
            // a line that each of several clusters deploys is one line
            Map<String, Integer> times = new LinkedHashMap<>();
            gaps.forEach(gap -> times.merge(new Places(view.prefix()).at(gap.file(), gap.line()), 1, Integer::sum));
            times.forEach((place, count) ->
                    sheet.line("      " + place + (count > 1 ? " (" + Words.count(count) + " times)" : "")));
        });
    }
}
