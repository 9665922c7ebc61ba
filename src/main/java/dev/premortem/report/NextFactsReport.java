package dev.premortem.report;

import dev.premortem.outage.NextFact;
import java.util.ArrayList;
import java.util.List;

/** {@code advise --facts}: what to measure next, as text and as JSON. */
final class NextFactsReport {
    private static final int MOST = 10;

    private NextFactsReport() {}

    static String text(List<NextFact> facts) {
        List<String> lines = new ArrayList<>();
        if (facts.isEmpty()) {
            lines.add("No assumption would move the predicted minutes.");
        }
        for (NextFact fact : facts.subList(0, Math.min(MOST, facts.size()))) {
            lines.addAll(Words.wrap(
                    fact.id() + ", assumed " + fact.value() + ": " + Words.figure(fact.atLow()) + " min a year at "
                            + fact.low() + ", " + Words.figure(fact.now()) + " now, " + Words.figure(fact.atHigh())
                            + " at " + fact.high() + (fact.worst() ? "; another outage would be the worst" : ""),
                    Sheet.WIDTH));
            Words.wrap("declare it: " + fact.how(), Sheet.WIDTH - 4).forEach(line -> lines.add("    " + line));
        }
        if (facts.size() > MOST) {
            lines.add("and " + (facts.size() - MOST) + " more (--format json)");
        }
        return String.join("\n", lines) + "\n";
    }

    static String json(List<NextFact> facts) {
        return Json.document(json -> {
            json.number("schemaVersion", 1);
            json.objects("facts", facts, fact -> {
                json.text("assumption", fact.id());
                json.text("value", fact.value());
                json.text("low", fact.low());
                json.text("high", fact.high());
                json.number("minutesAtLow", fact.atLow());
                json.number("minutesNow", fact.now());
                json.number("minutesAtHigh", fact.atHigh());
                json.number("swing", fact.swing());
                json.flag("changesWorst", fact.worst());
                json.text("how", fact.how());
                json.text("source", fact.source());
            });
        });
    }
}
