package dev.premortem.report;

import dev.premortem.outage.Band;
import dev.premortem.outage.Cuts;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** {@code cuts} for programs. Names are a contract. */
final class CutsJson {
    private CutsJson() {}

    private static OptionalDouble end(Cuts.Probability probability, ToDoubleFunction<Band> of) {
        return probability
                .band()
                .map(band -> OptionalDouble.of(of.applyAsDouble(band)))
                .orElse(OptionalDouble.empty());
    }

    static String render(Cuts cuts) {
        return Json.document(json -> {
            json.number("schemaVersion", 1);
            json.text("top", cuts.top());
            json.text("minimalCutSets", cuts.count());
            json.object("byOrder", byOrder -> {
                for (var entry : cuts.byOrder().entrySet()) {
                    byOrder.text(String.valueOf(entry.getKey()), entry.getValue());
                }
            });
            if (cuts.order().isPresent()) {
                json.number("order", cuts.order().get());
            } else {
                json.nothing("order");
            }
            json.precise("cutOff", cuts.cutOff());
            json.flag("truncated", cuts.truncated());
            json.objects("cutSets", cuts.sets(), set -> {
                json.strings("conditions", set.conditions());
                json.precise("probability", set.probability());
            });
            Cuts.Probability probability = cuts.probability();
            json.object("probability", part -> {
                part.precise("exact", probability.exact());
                part.precise("rareEvent", probability.rareEvent());
                part.precise("minCutUpperBound", probability.minCutUpperBound());
                part.precise("leftOut", probability.leftOut());
                part.precise("low", end(probability, Band::low));
                part.precise("high", end(probability, Band::high));
            });
            Optional<Cuts.Exposure> exposure = cuts.exposure();
            if (exposure.isPresent()) {
                json.number("minutesPerYear", exposure.get().minutesPerYear().typical());
            } else {
                json.nothing("minutesPerYear");
            }
            json.band("minutesPerYearBand", exposure.map(Cuts.Exposure::minutesPerYear));
            if (exposure.isPresent()) {
                json.number("timesPerYear", exposure.get().timesPerYear());
                json.number("ratesDeclared", exposure.get().declared());
                json.number("ratesAssumed", exposure.get().assumed());
            }
            json.objects("importance", cuts.importance(), one -> {
                json.text("condition", one.condition());
                json.number("probability", one.probability());
                json.number("birnbaum", one.birnbaum());
                json.number("criticality", one.criticality());
                json.number("fussellVesely", one.fussellVesely());
                json.number("raw", one.raw());
                if (one.rrw().isPresent()) {
                    json.number("rrw", one.rrw().getAsDouble());
                } else {
                    json.nothing("rrw");
                }
            });
            json.objects("products", cuts.products(), product -> {
                json.text("product", product.product());
                json.precise("minutesPerYear", product.minutesPerYear());
            });
            json.strings("remarks", cuts.remarks());
        });
    }
}
