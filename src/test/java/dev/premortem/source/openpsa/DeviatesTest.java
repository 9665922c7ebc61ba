package dev.premortem.source.openpsa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The band that distributions leave, against what can be worked out by hand. */
final class DeviatesTest {
    private static final String UNIFORM =
            "<uniform-deviate><float value=\"0.1\"/><float value=\"0.3\"/></uniform-deviate>";

    @TempDir
    private Path folder;

    private double[] band(String formula, String... definitions) throws IOException {
        Path file = Files.writeString(
                folder.resolve("tree.xml"),
                "<opsa-mef><define-fault-tree name=\"t\"><define-gate name=\"top\">" + formula + "</define-gate>"
                        + "</define-fault-tree><model-data>" + String.join("", definitions)
                        + "</model-data></opsa-mef>");
        Ran ran = Ran.run("cuts", "--open-psa", file.toString(), "--format", "json");
        assertEquals(0, ran.code(), ran.err());
        return new double[] {number(ran.out(), "low"), number(ran.out(), "exact"), number(ran.out(), "high")};
    }

    private static double number(String json, String name) {
        String found = json.replaceFirst("(?s).*\"" + name + "\" : ([-0-9.eE]+|null).*", "$1");
        return found.equals("null") ? Double.NaN : Double.parseDouble(found);
    }

    private static String event(String name, String expression) {
        return "<define-basic-event name=\"" + name + "\">" + expression + "</define-basic-event>";
    }

    @Test
    void oneUniformEventHasTheUniformsBand() throws IOException {
        double[] band = band("<or><basic-event name=\"a\"/></or>", event("a", UNIFORM));
        assertEquals(0.11, band[0], 1e-3);
        assertEquals(0.2, band[1], 1e-12);
        assertEquals(0.29, band[2], 1e-3);
    }

    @Test
    void aLognormalIsSaidByItsMeanErrorFactorAndLevel() throws IOException {
        double[] band = band(
                "<or><basic-event name=\"a\"/></or>",
                event(
                        "a",
                        "<lognormal-deviate><float value=\"0.001\"/><float value=\"3\"/><float value=\"0.95\"/>"
                                + "</lognormal-deviate>"));
        double deviation = Math.log(3) / 1.6448536269514722;
        double median = 0.001 * Math.exp(-deviation * deviation / 2);
        assertEquals(0.001, band[1], 1e-15);
        assertEquals(median / 3, band[0], median / 3 * 0.02);
        assertEquals(median * 3, band[2], median * 3 * 0.02);
    }

    @Test
    void gammaAndBetaHaveTheirOwnQuantiles() throws IOException {
        // one failure of mean 0.01: exponential, quantiles -0.01 ln(1 - p)
        double[] gamma = band(
                "<or><basic-event name=\"a\"/></or>",
                event("a", "<gamma-deviate><float value=\"1\"/><float value=\"0.01\"/></gamma-deviate>"));
        assertEquals(-0.01 * Math.log(0.95), gamma[0], 2e-5);
        assertEquals(0.01, gamma[1], 1e-15);
        assertEquals(-0.01 * Math.log(0.05), gamma[2], 6e-4);
        // shapes 2 and 1: distribution function x squared
        double[] beta = band(
                "<or><basic-event name=\"a\"/></or>",
                event("a", "<beta-deviate><float value=\"2\"/><float value=\"1\"/></beta-deviate>"));
        assertEquals(Math.sqrt(0.05), beta[0], 4e-3);
        assertEquals(2.0 / 3, beta[1], 1e-15);
        assertEquals(Math.sqrt(0.95), beta[2], 2e-3);
    }

    @Test
    void aHistogramChoosesAmongExpressionsByTheLengthOfTheirIntervals() throws IOException {
        // 2.0d, 5.4: nine tenths of the length 0.1, one tenth 0.2
        String bins = "<histogram><float value=\"100\"/>"
                + "<bin><float value=\"190\"/><float value=\"0.1\"/></bin>"
                + "<bin><float value=\"200\"/><float value=\"0.2\"/></bin></histogram>";
        double[] band = band("<or><basic-event name=\"a\"/></or>", event("a", bins));
        assertEquals(0.11, band[1], 1e-12);
        assertEquals(0.1, band[0], 1e-12);
        assertEquals(0.2, band[2], 1e-12);
        double[] nested = band(
                "<or><basic-event name=\"a\"/></or>",
                event(
                        "a",
                        "<histogram><float value=\"0\"/><bin><float value=\"1\"/>" + UNIFORM + "</bin></histogram>"));
        assertEquals(0.11, nested[0], 1e-3);
        assertEquals(0.29, nested[2], 1e-3);
    }

    @Test
    void whatNoDistributionCanBeIsTold() throws IOException {
        Path file = Files.writeString(
                folder.resolve("wrong.xml"),
                "<opsa-mef><define-fault-tree name=\"t\"><define-gate name=\"top\"><or><event name=\"a\"/></or></define-gate>"
                        + event("a", "<gamma-deviate><float value=\"0\"/><float value=\"0.01\"/></gamma-deviate>")
                        + "</define-fault-tree></opsa-mef>");
        String told = Ran.run("cuts", "--open-psa", file.toString()).err();
        assertTrue(told.contains("wrong.xml:1: <gamma-deviate> of [0.0, 0.01]; expected both above 0"), told);
        Files.writeString(
                file,
                "<opsa-mef><define-fault-tree name=\"t\"><define-gate name=\"top\"><or><event name=\"a\"/></or></define-gate>"
                        + event("a", "<histogram><float value=\"1\"/><float value=\"2\"/></histogram>")
                        + "</define-fault-tree></opsa-mef>");
        told = Ran.run("cuts", "--open-psa", file.toString()).err();
        assertTrue(told.contains("<histogram>; expected a lower bound, then <bin> with upper bound and value"), told);
    }

    @Test
    void whatTwoEventsShareIsOneUnknown() throws IOException {
        String both = "<and><basic-event name=\"a\"/><basic-event name=\"b\"/></and>";
        double[] shared = band(
                both,
                "<define-parameter name=\"p\">" + UNIFORM + "</define-parameter>",
                event("a", "<parameter name=\"p\"/>"),
                event("b", "<parameter name=\"p\"/>"));
        assertEquals(0.11 * 0.11, shared[0], 1e-3);
        assertEquals(0.29 * 0.29, shared[2], 1e-3);
        double[] apart = band(both, event("a", UNIFORM), event("b", UNIFORM));
        assertTrue(apart[0] > shared[0] + 1e-3 && apart[2] < shared[2] - 1e-3, "two unknowns even out");
    }

    @Test
    void singleValuesHaveNoBand() throws IOException {
        double[] band = band("<or><basic-event name=\"a\"/></or>", event("a", "<float value=\"0.1\"/>"));
        assertTrue(Double.isNaN(band[0]) && Double.isNaN(band[2]));
    }

    @Test
    void theTextSaysTheBand() throws IOException {
        band("<or><basic-event name=\"a\"/></or>", event("a", UNIFORM));
        String text = Ran.run("cuts", "--open-psa", folder.resolve("tree.xml").toString())
                .out();
        assertTrue(text.startsWith("top fails with probability 0.200000 (90 %: 0.110"), text);
    }
}
