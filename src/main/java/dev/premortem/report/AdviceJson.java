package dev.premortem.report;

import dev.premortem.outage.Advice;
import java.util.Optional;

/** {@code advise} as JSON. */
final class AdviceJson {
    private AdviceJson() {}

    static String render(Advice advice) {
        return Json.document(json -> {
            json.number("schemaVersion", 1);
            json.objects("picked", advice.picked(), pick -> {
                json.text("remedy", pick.remedy().title());
                json.strings("outages", pick.outages());
                json.number("cost", pick.cost());
                json.number("minutesSavedPerYear", pick.saved().typical());
                json.band("minutesSavedPerYearBand", Optional.of(pick.saved()));
                json.number("cumulative", pick.cumulative().typical());
                json.flag("ratesAssumed", pick.assumed());
                json.text("patch", pick.remedy().patch());
            });
            json.number("upperBound", advice.upperBound());
            json.flag("optimal", advice.optimal());
            json.number("considered", advice.considered());
            json.number(
                    "cost",
                    advice.picked().stream().mapToDouble(Advice.Pick::cost).sum());
            json.flag("priced", advice.priced());
            json.band("minutesPerYearBefore", Optional.of(advice.before()));
            json.band("minutesPerYearLeft", Optional.of(advice.left()));
            json.strings("remarks", advice.remarks());
        });
    }
}
