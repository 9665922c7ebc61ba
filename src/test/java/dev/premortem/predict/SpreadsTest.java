package dev.premortem.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.fact.Problem;
import dev.premortem.fact.Spread;
import dev.premortem.outage.Band;
import dev.premortem.source.Reading;
import dev.premortem.source.Sources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** From what is declared of a figure to the band of the minutes. A service that fails once a year for an hour is down 60 minutes of it. */
class SpreadsTest {
    private static final Request REQUEST =
            new Request(Instant.parse("2026-11-24T00:00:00Z"), Duration.ofDays(400), 2, Set.of());

    private static final String SITE = """
            apiVersion: premortem.dev/v1
            kind: Site
            metadata: {name: here}
            spec: {failure: {mtbf: 100000d, mttr: 1s}}
            ---
            """;

    private static final String PRODUCT = """
            ---
            apiVersion: premortem.dev/v1
            kind: Product
            metadata: {name: shop}
            spec: {needs: [NEEDS]}
            """;

    private static String service(String name, String failure) {
        return """
                apiVersion: premortem.dev/v1
                kind: HostedService
                metadata: {name: NAME}
                spec: {site: here, failure: {FAILURE}}
                """.replace("NAME", name).replace("FAILURE", failure);
    }

    private static String one(String failure) {
        return SITE + service("a", failure) + PRODUCT.replace("NEEDS", "hosted-service/a");
    }

    private static String assumptions(String spec) {
        return "---\napiVersion: premortem.dev/v1\nkind: Assumptions\nmetadata: {name: ours}\nspec: {" + spec + "}\n";
    }

    private static Reading read(String text) {
        return Sources.readTexts(new TreeMap<>(Map.of("estate.yaml", text)));
    }

    private static Band minutes(String text) {
        Reading reading = read(text);
        assertEquals(List.of(), reading.coverage().problems());
        return CutStudy.of(reading.estate(), REQUEST)
                .cuts(Optional.of("shop"), new CutStudy.Wish(Optional.empty(), OptionalDouble.empty(), 10))
                .exposure()
                .orElseThrow()
                .minutesPerYear();
    }

    private static void about(double low, double typical, double high, Band band) {
        assertEquals(low, band.low(), low * 0.02);
        assertEquals(typical, band.typical(), typical * 0.01);
        assertEquals(high, band.high(), high * 0.02);
    }

    @Test
    void aMedianWithAnErrorFactorIsLognormal() {
        about(20, 60, 180, minutes(one("mtbf: {median: 365.25d, errorFactor: 3}, mttr: {low: 1h, high: 1h}")));
    }

    @Test
    void anIntervalHoldsItsMiddleNinetyPercentOnALogarithmicScale() {
        // from a quarter to four times: the fifth percentile of what is even between is 4^-0.9
        double part = Math.pow(4, 0.9);
        about(60 / part, 60, 60 * part, minutes(one("mtbf: {low: 91.3125d, high: 1461d}, mttr: {low: 1h, high: 1h}")));
        // the typical value need not be in the middle: below it down to a half, above it up to eight times
        about(
                60 * Math.pow(0.5, 0.9),
                60,
                60 * Math.pow(8, 0.9),
                minutes(one("mtbf: {low: 365.25d, high: 365.25d}, mttr: {low: 30m, typical: 1h, high: 8h}")));
    }

    @Test
    void aSingleValueIsAMeanOfFewEvents() {
        Band band = minutes(one("mtbf: 365.25d, mttr: {low: 1h, high: 1h}"));
        about(60 * Math.pow(0.5, 0.9), 60, 60 * Math.pow(2, 0.9), band);
    }

    @Test
    void failuresThatWereCountedSayWhatTheyAreWorth() {
        // chi-squared of 7 degrees of freedom: 2.167 and 14.067 at 5 and 95 %; by half of that, a gamma of 3.5
        about(
                60 * 2.167 / 2 / 4,
                60 * 0.75,
                60 * 14.067 / 2 / 4,
                minutes(one("failures: 3, during: 4y, mttr: {low: 1h, high: 1h}")));
        // none in four years is not never: one degree of freedom, 0.00393 and 3.841
        Band none = minutes(one("failures: 0, during: 4y, mttr: {low: 1h, high: 1h}"));
        assertEquals(60 * 0.125, none.typical(), 0.1);
        assertEquals(60 * 3.841 / 2 / 4, none.high(), 1);
    }

    @Test
    void whatRestsOnOneDefaultIsOneUnknown() {
        String spread = "{median: 365.25d, errorFactor: 4}, mttr: {low: 1h, high: 1h}";
        String needs = PRODUCT.replace("NEEDS", "hosted-service/a, hosted-service/b");
        Band apart =
                minutes(SITE + service("a", "mtbf: " + spread) + "---\n" + service("b", "mtbf: " + spread) + needs);
        Band together = minutes(SITE
                + service("a", "mttr: {low: 1h, high: 1h}")
                + "---\n"
                + service("b", "mttr: {low: 1h, high: 1h}")
                + needs
                + assumptions("defaults: {hosted-service.failures-per-year: {median: 1, errorFactor: 4}}"));
        about(30, 120, 480, together);
        assertEquals(120, apart.typical(), 1);
        assertTrue(apart.low() > 1.1 * together.low() && apart.high() < 0.9 * together.high(), apart + " " + together);
    }

    @Test
    void whatTheOwnerSetsOfOneThingIsWhatCounts() {
        String declared = one("mtbf: 365.25d, mttr: 1h");
        about(
                120,
                120,
                120,
                minutes(declared
                        + assumptions("set: [{of: hosted-service/a, fact: mttr, value: {low: 2h, high: 2h}},"
                                + " {of: hosted-service/a, fact: failures-per-year, value: {low: 1, high: 1}}]")));
        about(
                5,
                20,
                80,
                minutes(declared
                        + assumptions(
                                "set: [{of: hosted-service/a, fact: mtbf, value: {median: 1095.75d, errorFactor: 4}},"
                                        + " {of: hosted-service/a, fact: repair, value: {low: 1h, high: 1h}}]")));
        String duct = SITE.replace("spec: {", "spec: {causes: [power], ")
                + service("a", "mtbf: 100000d, mttr: 1s")
                + PRODUCT.replace("NEEDS", "hosted-service/a");
        about(
                300,
                300,
                300,
                minutes(duct
                        + assumptions("set: [{of: cause/power, fact: failures-per-year, value: {low: 0.5, high: 0.5}},"
                                + " {of: cause/power, fact: repair, value: {low: 10h, high: 10h}}]")));
    }

    @Test
    void whatIsSetAndReadByNothingIsTold() {
        String text = one("mtbf: 365.25d")
                + assumptions("set: [{of: hosted-service/b, fact: mttr, value: 2h},"
                        + " {of: link/none, fact: failover-fails, value: 0.1},"
                        + " {of: hosted-service/a, fact: repairs, value: 2h}]");
        Reading reading = read(text);
        List<Problem> read = reading.coverage().problems();
        assertEquals(1, read.size(), read.toString());
        assertTrue(read.getFirst().text().contains("it is called repair"), read.toString());
        List<String> unheard = Model.of(reading.estate(), REQUEST).problems().stream()
                .map(Problem::text)
                .toList();
        assertEquals(2, unheard.size(), unheard.toString());
        assertTrue(unheard.getFirst().contains("nothing asks for repair of hosted-service/b"), unheard.toString());
        assertTrue(unheard.get(1).contains("nothing asks for failover-fails of link/none"), unheard.toString());
    }

    @Test
    void whatIsNoFigureIsToldWithWhatIsExpected() {
        assertProblem("low, typical and high out of order", "mtbf: {low: 2d, high: 1d}");
        assertProblem("spec.failure.mtbf.high: is missing", "mtbf: {low: 2d}");
        assertProblem("no such field", "mtbf: {low: 2d, high: 3d, hgih: 4d}");
        assertProblem("errorFactor of at least 1", "mtbf: {median: 2d, errorFactor: 0.5}");
        assertProblem("{median: …, errorFactor: …}", "mtbf: often");
        assertProblem("say a rate together", "failures: 3");
        assertProblem("a duration above 0", "mtbf: 0s");
    }

    private static void assertProblem(String expected, String failure) {
        List<Problem> problems = read(one(failure)).coverage().problems();
        assertTrue(problems.stream().anyMatch(problem -> problem.text().contains(expected)), problems.toString());
    }

    @Test
    void theInverseOfAMeanTimeIsARate() {
        assertEquals(new Spread.Even(0.25, 2), new Spread.Even(0.5, 4).inverse());
        assertEquals(new Spread.Lognormal(3), new Spread.Lognormal(3).inverse());
    }
}
