package dev.premortem.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Confidence;
import dev.premortem.outage.Coverage;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Prediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rules 8 and 10 of the ranking, as the text of a first run shows them. */
class SilenceRuleTest {
    private static Outage like(Outage outage, String id, OutageClass outageClass, Confidence confidence) {
        return like(outage, id, outageClass, confidence, outage.pivot(), outage.products());
    }

    private static Outage like(
            Outage outage,
            String id,
            OutageClass outageClass,
            Confidence confidence,
            String pivot,
            List<String> products) {
        return new Outage(
                id,
                outage.mechanism(),
                outage.severity(),
                "title of " + id,
                outage.trigger(),
                pivot,
                outageClass,
                confidence,
                outage.instances(),
                products,
                outage.services(),
                outage.lives(),
                outage.starts(),
                outage.duration(),
                outage.durationRange(),
                outage.durationSetBy(),
                outage.endsByItself(),
                outage.attended(),
                outage.recurs(),
                outage.alsoBy(),
                outage.shareDown(),
                outage.minutesPerYear(),
                false,
                outage.chain(),
                List.of(),
                outage.assumptions(),
                false,
                Optional.empty());
    }

    private static List<Outage> many(int count, OutageClass outageClass, Confidence confidence) {
        List<Outage> outages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id =
                    "%s%02d%s".formatted(outageClass.name().toLowerCase(java.util.Locale.ROOT), i, confidence.word());
            outages.add(like(Predictions.crosslink(), id, outageClass, confidence));
        }
        return outages;
    }

    private static String text(List<Outage> outages, Coverage coverage) {
        Prediction prediction = Predictions.of(outages, coverage);
        return new CheckText(prediction, View.PLAIN).render();
    }

    private static int shown(String text, String start) {
        int count = 0;
        for (int at = text.indexOf("title of " + start); at >= 0; at = text.indexOf("title of " + start, at + 1)) {
            count++;
        }
        return count;
    }

    @Test
    void rule10TenAreShownAndThreeThatWereChosen() {
        List<Outage> outages = many(14, OutageClass.A, Confidence.SURE);
        outages.addAll(many(5, OutageClass.F, Confidence.SURE));
        String text = text(outages, Predictions.clean());
        assertEquals(10, shown(text, "a"), text);
        assertEquals(3, shown(text, "f"), text);
        assertTrue(text.contains("4 more"), text);
        assertTrue(text.contains("and 2 more (--all)"), text);
    }

    @Test
    void rule1WhatHaltsInManyClustersIsToldOnceWithTheirNumber() {
        List<Outage> outages = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            outages.add(like(
                    Predictions.crosslink(),
                    "x%02d".formatted(i),
                    OutageClass.A,
                    Confidence.SURE,
                    "cluster/c" + i + "#" + (i < 3 ? "drain" : "act" + i),
                    List.of()));
        }
        String text = text(outages, Predictions.clean());
        assertTrue(text.startsWith("12 outages wait here"), text);
        assertTrue(text.contains("in 2 more clusters: c1 (x01), c2 (x02)"), text);
        assertTrue(text.contains("2 more (--all)"), text);
        assertEquals(1, shown(text, "x00"));
        assertEquals(0, shown(text, "x01"));
        assertEquals(1, shown(text, "x11"), text);
    }

    @Test
    void rule3WhatRestsOnAGuessIsNeverAmongTheTen() {
        List<Outage> outages = many(2, OutageClass.A, Confidence.POSSIBLE);
        String text = text(outages, Predictions.clean());
        assertEquals(0, shown(text, "a"), text);
        assertTrue(text.contains("2 that rest on a guess"), text);
    }

    @Test
    void rule8MinutesAreToldOnlyWhereARateIsKnown() {
        assertTrue(text(many(1, OutageClass.A, Confidence.SURE), Predictions.clean())
                .contains("No minutes a year: no failure rate is known here."));
    }

    @Test
    void rule10UnrenderedReleasesAreSaidBeforeAnyFinding() {
        Coverage few = Predictions.clean()
                .rendered(new Coverage.Rendering(
                        10, List.of(new Coverage.Rendering.Gap("are not in the tree", 3)), List.of("helm")));
        String text = text(many(1, OutageClass.A, Confidence.SURE), few);
        int said = text.indexOf("7 of 10 releases");
        assertTrue(said >= 0 && said < text.indexOf("title of"), text);
        Coverage enough = Predictions.clean()
                .rendered(new Coverage.Rendering(
                        10, List.of(new Coverage.Rendering.Gap("are not in the tree", 2)), List.of("helm")));
        assertFalse(text(many(1, OutageClass.A, Confidence.SURE), enough).contains("could be rendered"));
    }

    @Test
    void rule10AllIsNotCalledWellWhereSomethingWasNotRendered() {
        Coverage few = Predictions.clean()
                .rendered(new Coverage.Rendering(
                        10, List.of(new Coverage.Rendering.Gap("are not in the tree", 1)), List.of("helm")));
        assertFalse(text(List.of(), few).contains("All well"));
        assertTrue(text(List.of(), Predictions.clean()).contains("All well"));
    }
}
