package dev.premortem.report;

import static dev.premortem.report.Golden.assertGolden;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.fact.Problem;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Coverage;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Prediction;
import dev.premortem.outage.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What people and programs see, byte for byte. */
final class ReportsGoldenTest {
    private static final View HERE = new View(false, false, false, false, "examples/x/", " --in examples/x", Set.of());

    private static String check(View view) {
        return Reports.check(Predictions.of(Predictions.all(), Predictions.gaps()), Format.TEXT, view);
    }

    @Test
    void outagesAreSentencesWithWhenWhyAndFix() throws IOException {
        assertGolden("check.txt", check(View.PLAIN));
    }

    @Test
    void allShowsWhatIsFoldedAcceptedChosenAndGuessed() throws IOException {
        assertGolden("check-all.txt", check(new View(true, true, false, false, "", "", Set.of())));
    }

    @Test
    void placesAndCommandsAreRelativeToTheReader() throws IOException {
        assertGolden("check-elsewhere.txt", check(HERE));
    }

    @Test
    void quietIsOneLineAnOutage() throws IOException {
        assertGolden("check-quiet.txt", check(new View(false, false, true, false, "", "", Set.of())));
    }

    @Test
    void allWellTakesThreeLines() throws IOException {
        String text = Reports.check(Predictions.of(List.of(), Predictions.clean()), Format.TEXT, View.PLAIN);
        assertEquals(3, text.lines().count(), text);
        assertGolden("check-well.txt", text);
    }

    @Test
    void tooManyGapsForbidAllWell() {
        Coverage blind = new Coverage(
                4,
                2,
                List.of(
                        new Coverage.NotUnderstood("a.yaml", 1, "X", "kind not known"),
                        new Coverage.NotUnderstood("b.yaml", 1, "X", "kind not known")),
                List.of(),
                List.of());
        String text = Reports.check(Predictions.of(List.of(), blind), Format.TEXT, View.PLAIN);
        assertFalse(text.contains("All well"), text);
    }

    @Test
    void aBrokenFileIsNotAllUnderstood() {
        Coverage broken = Predictions.clean().with(List.of(new Problem("a.yaml", 1, "", "is broken", "YAML", "")));
        String text = Reports.check(Predictions.of(List.of(), broken), Format.TEXT, View.PLAIN);
        assertFalse(text.contains("all understood"), text);
        assertTrue(text.contains("Read 96 objects in 31 files; 1 problem on stderr."), text);
    }

    @Test
    void whatWasNotRenderedIsNotFine() {
        Coverage coverage = Predictions.clean()
                .rendered(new Coverage.Rendering(
                        2, List.of(new Coverage.Rendering.Gap("need values that are encrypted", 1)), List.of()));
        String text = Reports.check(Predictions.of(List.of(), coverage), Format.TEXT, View.PLAIN);
        assertFalse(text.contains("All well"), text);
        assertTrue(
                text.contains("rendered 1 of 2 releases; 1 not: need values that are encrypted: unknown here"), text);
    }

    @Test
    void atMostTenOutagesAndThreeChosenAreShown() {
        List<Outage> outages = new ArrayList<>();
        IntStream.range(0, 14)
                .forEach(i -> outages.add(Predictions.plain(
                        "id" + (100 + i), Severity.HIGH, OutageClass.C, Confidence.SURE, "number " + i + " stops")));
        IntStream.range(0, 5).forEach(i -> outages.add(Predictions.chosen("f" + i, "n" + i)));
        String text = Reports.check(Predictions.of(outages, Predictions.clean()), Format.TEXT, View.PLAIN);
        assertEquals(10, text.lines().filter(line -> line.startsWith("HIGH")).count());
        assertTrue(text.contains("Not shown: 4 more (--all)."), text);
        assertTrue(text.contains("and 2 more (--all)"), text);
    }

    @Test
    void knownOutagesOfTheBaselineAreCountedOnly() {
        String text = check(new View(false, false, false, false, "", "", new TreeSet<>(List.of("k7f3a"))));
        assertFalse(text.contains("link/primary fails"), text);
        assertTrue(text.contains("1 of the baseline"), text);
    }

    @Test
    void linesFitEightyColumnsUnlessOneWordDoesNot() {
        for (View view : List.of(View.PLAIN, View.PLAIN.everything())) {
            check(view).lines().forEach(line -> assertTrue(line.codePointCount(0, line.length()) <= 80, line));
        }
    }

    @Test
    void colourAddsNothingThatWordsDoNotSay() {
        View colour = new View(false, false, false, true, "", "", Set.of());
        String plain = check(colour).replaceAll("\u001b\\[[0-9;]*m", "");
        assertEquals(check(View.PLAIN), plain);
        assertTrue(check(colour).contains("\u001b["));
    }

    @Test
    void jsonCarriesEveryOutage() throws IOException {
        Prediction prediction = Predictions.of(Predictions.all(), Predictions.gaps());
        String json = Reports.check(prediction, Format.JSON, View.PLAIN);
        assertGolden("check.json", json);
        Matcher ids = Pattern.compile("(?m)^      \"id\" : \"(\\w+)\"").matcher(json);
        assertEquals(
                prediction.outages().stream().map(Outage::id).toList(),
                ids.results().map(found -> found.group(1)).toList());
    }

    @Test
    void simulationIsAListOfChangesAndABarEach() throws IOException {
        assertGolden("simulate.txt", Reports.simulate(Predictions.saturday(), Format.TEXT, View.PLAIN));
        assertGolden("simulate.json", Reports.simulate(Predictions.saturday(), Format.JSON, View.PLAIN));
    }

    @Test
    void explainTellsEverythingAboutOne() throws IOException {
        assertGolden("explain.txt", ExplainText.outage(Predictions.crosslink(), Predictions.NOW, View.PLAIN));
        assertGolden("explain-date.txt", ExplainText.outage(Predictions.expiry(), Predictions.NOW, View.PLAIN));
    }

    @Test
    void fixIsAPatchOrTheStepsOfAnAct() throws IOException {
        Outage patch = Predictions.crosslink();
        assertGolden("fix.patch", FixText.render(patch, FixText.best(patch).orElseThrow()));
        Outage act = Predictions.expiry();
        assertGolden("fix-act.txt", FixText.render(act, FixText.best(act).orElseThrow()));
    }
}
