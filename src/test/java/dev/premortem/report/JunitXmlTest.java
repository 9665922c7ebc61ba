package dev.premortem.report;

import static dev.premortem.report.Golden.assertGolden;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Prediction;
import dev.premortem.outage.Severity;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** JUnit XML: what fails, what is skipped, and that nothing breaks it. */
final class JunitXmlTest {
    private static Document parsed(String xml) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)));
        } catch (SAXException | ParserConfigurationException broken) {
            throw new AssertionError(broken.getMessage() + "\n" + xml, broken);
        }
    }

    private static String junit(Prediction prediction, View view, Basis basis) {
        return Reports.check(prediction, Format.JUNIT, view, basis);
    }

    private static Element test(Document document, String id) {
        for (int i = 0; i < document.getElementsByTagName("testcase").getLength(); i++) {
            Element test = (Element) document.getElementsByTagName("testcase").item(i);
            if (test.getAttribute("name").endsWith("(" + id + ")")) {
                return test;
            }
        }
        throw new AssertionError("no test " + id);
    }

    private static boolean has(Element test, String child) {
        return test.getElementsByTagName(child).getLength() > 0;
    }

    @Test
    void outagesAreTestsAndMechanismsSuites() throws IOException {
        Prediction prediction = Predictions.of(Predictions.all(), Predictions.gaps());
        Basis two = new Basis(
                "1.0.0", SourceNames.PLAIN, Optional.of(Severity.HIGH), Set.of("path-mtu", "capacity", "drain"), false);
        assertGolden("check.junit.xml", junit(prediction, View.PLAIN, two));
    }

    @Test
    void whatIsAtTheThresholdFailsAndWhatIsBornIsSkipped() throws IOException {
        Prediction prediction = Predictions.of(Predictions.all(), Predictions.gaps());
        Document high = parsed(junit(prediction, View.PLAIN, Basis.PLAIN));
        assertTrue(has(test(high, "k7f3a"), "failure"));
        assertTrue(has(test(high, "9be20"), "failure"));
        assertTrue(has(test(high, "acce7"), "skipped"));
        assertTrue(!has(test(high, "c4a11"), "failure") && has(test(high, "c4a11"), "system-out"));
        assertEquals("2", high.getDocumentElement().getAttribute("failures"));
        Basis none = new Basis("1.0.0", SourceNames.PLAIN, Optional.empty(), Set.of(), false);
        assertEquals(
                "0",
                parsed(junit(prediction, View.PLAIN, none)).getDocumentElement().getAttribute("failures"));
        View known = new View(false, false, false, false, "", "", Set.of("k7f3a"));
        Element skipped = test(parsed(junit(prediction, known, Basis.PLAIN)), "k7f3a");
        assertEquals(
                "of the baseline",
                ((Element) skipped.getElementsByTagName("skipped").item(0)).getAttribute("message"));
    }

    @Test
    void countsAddUpAndNoReportIsWithoutTests() throws IOException {
        Document empty = parsed(junit(Predictions.of(List.of(), Predictions.clean()), View.PLAIN, Basis.PLAIN));
        int tests = empty.getElementsByTagName("testcase").getLength();
        assertTrue(tests > 20, "tests: " + tests);
        assertEquals(String.valueOf(tests), empty.getDocumentElement().getAttribute("tests"));
        assertEquals("0", empty.getDocumentElement().getAttribute("skipped"));
        Document gaps = parsed(junit(Predictions.of(List.of(), Predictions.gaps()), View.PLAIN, Basis.PLAIN));
        // two mechanisms lack a fact, and not all was understood
        assertEquals("3", gaps.getDocumentElement().getAttribute("skipped"));
    }

    @Test
    void hostileTextStaysText() throws IOException {
        Document document = parsed(junit(Hostile.prediction(3, 1), View.PLAIN, Basis.PLAIN));
        assertEquals(0, document.getElementsByTagName("script").getLength());
        assertTrue(document.getDocumentElement().getTextContent().contains("<script>alert(1)</script>"));
    }
}
