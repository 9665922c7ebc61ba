package dev.premortem.report;

import static dev.premortem.report.Golden.assertGolden;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Confidence;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Prediction;
import dev.premortem.outage.Severity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The comment on a pull request: its shape, its budget, and that texts of others stay texts. */
final class CheckMarkdownTest {
    private static String markdown(Prediction prediction) {
        return Reports.check(prediction, Format.MARKDOWN, View.PLAIN);
    }

    @Test
    void verdictTableDetailsAndCoverageInThatOrder() throws IOException {
        String text = markdown(Predictions.of(Predictions.all(), Predictions.gaps()));
        assertTrue(text.startsWith(CheckMarkdown.MARKER), text);
        assertGolden("check.md", text);
    }

    @Test
    void allWellIsShort() throws IOException {
        String text = markdown(Predictions.of(List.of(), Predictions.clean()));
        assertTrue(text.contains("**All well until"), text);
        assertFalse(text.contains("| severity |"), text);
        assertGolden("check-well.md", text);
    }

    @Test
    void theTableHasTenAndTheRestIsListed() {
        List<Outage> outages = new ArrayList<>();
        IntStream.range(0, 14)
                .forEach(i -> outages.add(Predictions.plain(
                        "id" + (100 + i), Severity.HIGH, OutageClass.C, Confidence.SURE, "number " + i + " stops")));
        String text = markdown(Predictions.of(outages, Predictions.clean()));
        assertEquals(
                10, text.lines().filter(line -> line.startsWith("| high |")).count(), text);
        assertTrue(text.contains("<summary>4 more</summary>"), text);
        assertTrue(outages.stream().allMatch(outage -> text.contains("`" + outage.id() + "`")), text);
    }

    @Test
    void noCommentIsLongerThanForgesTake() {
        for (int times : List.of(1, 10, 1_000)) {
            for (int outages : List.of(0, 1, 12, 3_000 / times + 20)) {
                String text = markdown(Hostile.prediction(outages, times));
                assertTrue(text.length() <= CheckMarkdown.BUDGET, times + " × " + outages + ": " + text.length());
                assertTrue(text.contains("not understood"), text);
                assertBalanced(text);
            }
        }
    }

    @Test
    void whatMarksMakeLongerFitsToo() {
        List<Outage> outages = new ArrayList<>();
        IntStream.range(0, 40)
                .forEach(i -> outages.add(Predictions.plain(
                        "id" + (100 + i), Severity.HIGH, OutageClass.C, Confidence.SURE, "#".repeat(5_000))));
        String text = markdown(Predictions.of(outages, Predictions.gaps()));
        assertTrue(text.length() <= CheckMarkdown.BUDGET, "" + text.length());
        assertTrue(text.contains("CephCluster"), text);
    }

    private static String outsidePatches(String text) {
        return text.replaceAll("(?s)\n(`{3,})diff\n.*?\n\\1\n", "\n");
    }

    private static void assertBalanced(String whole) {
        String text = outsidePatches(whole);
        assertEquals(text.split("<details>", -1).length, text.split("</details>", -1).length, text);
    }

    @Test
    void hostileTextStaysText() {
        String text = markdown(Hostile.prediction(1, 1));
        String outside = outsidePatches(text);
        assertFalse(outside.contains("<script>"), outside);
        assertFalse(outside.contains("@octocat"), outside);
        assertFalse(outside.replace("\\]", "").contains("](http"), outside);
        assertFalse(outside.contains("http://"), outside);
        assertFalse(outside.contains("\n# head") || outside.contains("\n- item"), outside);
        assertFalse(text.contains("\u001b") || text.contains("\u202e"), text);
        long cells = outside.lines()
                .filter(line -> line.startsWith("| high |"))
                .map(line -> line.replaceAll("\\\\.", ""))
                .mapToLong(line -> line.chars().filter(c -> c == '|').count())
                .sum();
        assertEquals(6, cells, outside);
        // the fence is longer than the longest run of backticks in the patch
        assertTrue(text.contains("\n````diff\n"), text);
    }
}
