package dev.premortem.report;

import static dev.premortem.report.Golden.assertGolden;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Prediction;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The page: it needs nothing else, its policy forbids all else, and texts of others stay texts. */
final class CheckHtmlTest {
    private static String html(Prediction prediction) {
        return Reports.check(prediction, Format.HTML, View.PLAIN);
    }

    /** Pages are well-formed XML too, so that a plain parser can judge them. */
    private static Document parsed(String html) throws IOException {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(html.replace("<!DOCTYPE html>", ""))));
        } catch (SAXException | ParserConfigurationException broken) {
            throw new AssertionError(broken.getMessage(), broken);
        }
    }

    @Test
    void everyOutageIsThereWithItsChainAndItsRemedies() throws IOException {
        String html = html(Predictions.of(Predictions.all(), Predictions.gaps()));
        parsed(html);
        Predictions.all().forEach(outage -> assertTrue(html.contains("<details id=\"" + outage.id() + "\""), html));
        assertGolden("check.html", html);
    }

    @Test
    void itsPolicyAllowsItsOwnStyleAndNothingElse() throws NoSuchAlgorithmException {
        String html = html(Predictions.of(List.of(), Predictions.clean()));
        String style = html.substring(html.indexOf("<style>") + 7, html.indexOf("</style>"));
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8)));
        assertTrue(html.contains("default-src &#39;none&#39;; style-src &#39;sha256-" + hash + "&#39;"), html);
        for (String outside : List.of("<script", "<link", "<img", "src=", "href=", "url(", "style=")) {
            assertFalse(html.substring(html.indexOf("</style>")).contains(outside), outside);
        }
        assertFalse(html.contains("<script") || html.contains("http://") || html.contains("https://"), html);
    }

    @Test
    void hostileTextStaysText() throws IOException {
        Document document = parsed(html(Hostile.prediction(3, 1)));
        assertEquals(0, document.getElementsByTagName("script").getLength());
        assertEquals(3, document.getElementsByTagName("pre").getLength());
        assertTrue(document.getDocumentElement().getTextContent().contains("<script>alert(1)</script>"));
    }
}
