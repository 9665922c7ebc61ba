package dev.premortem.report;

import dev.premortem.fact.Assumption;
import dev.premortem.outage.NextFact;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code advise --facts}: what to measure next, as text and as JSON. */
final class NextFactsReport {
    private static final int MOST = 10;
    private static final int INDENT = 4;

    private NextFactsReport() {}

    static String text(List<NextFact> facts) {
        List<String> lines = new ArrayList<>();
        if (facts.isEmpty()) {
            lines.add("No assumption would move the predicted minutes.");
        }
        for (NextFact fact : facts.subList(0, Math.min(MOST, facts.size()))) {
            if (!lines.isEmpty()) {
                lines.add("");
            }
            lines.addAll(Words.wrap(head(fact), Sheet.WIDTH));
            below(lines, "measure it: " + fact.assumption().measure());
            below(lines, "declare it: Assumptions, spec.defaults: " + fact.id());
        }
        if (facts.size() > MOST) {
            lines.add("");
            lines.add("and " + (facts.size() - MOST) + " more (--format json)");
        }
        return String.join("\n", lines) + "\n";
    }

    private static void below(List<String> lines, String text) {
        Words.wrap(text, Sheet.WIDTH - INDENT).forEach(line -> lines.add(" ".repeat(INDENT) + line));
    }

    private static String head(NextFact fact) {
        Assumption<?> assumption = fact.assumption();
        String head = fact.id() + ", assumed " + said(assumption.value()) + ": " + Words.figure(fact.atLow())
                + " min a year at " + said(assumption.low()) + ", " + Words.figure(fact.now()) + " now, "
                + Words.figure(fact.atHigh()) + " at " + said(assumption.high());
        if (fact.worth() > 0) {
            head += "; it decides what to mend first, so knowing it is worth " + Words.figure(fact.worth())
                    + " min a year";
        }
        return head;
    }

    private static String said(Object value) {
        return value instanceof Duration length ? Words.duration(length) : String.valueOf(value);
    }

    static String json(List<NextFact> facts) {
        return Json.document(json -> {
            json.number("schemaVersion", 1);
            json.objects("facts", facts, fact -> {
                json.text("assumption", fact.id());
                json.text("value", String.valueOf(fact.assumption().value()));
                json.text("low", String.valueOf(fact.assumption().low()));
                json.text("high", String.valueOf(fact.assumption().high()));
                json.number("minutesAtLow", fact.atLow());
                json.number("minutesNow", fact.now());
                json.number("minutesAtHigh", fact.atHigh());
                json.number("swing", fact.swing());
                json.flag("changesWorst", fact.worst());
                json.number("worth", fact.worth());
                json.text("measure", fact.assumption().measure());
                json.text("how", "Assumptions, spec.defaults: " + fact.id());
                json.text("source", fact.assumption().source());
            });
        });
    }
}
