package dev.premortem.report;

import static dev.premortem.report.Golden.assertGolden;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Sighting;
import dev.premortem.outage.AcceptedRisk;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Prediction;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** SARIF on results made by hand: the published schema, places, chains, what is suppressed. */
public final class SarifTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What breaks the published schema of SARIF 2.1.0. */
    public static List<String> faults(String sarif) throws IOException {
        try (InputStream text =
                Objects.requireNonNull(SarifTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json"))) {
            JsonSchema schema =
                    JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(text);
            return schema.validate(JSON.readTree(sarif)).stream()
                    .map(ValidationMessage::getMessage)
                    .sorted()
                    .toList();
        }
    }

    private static Prediction prediction() {
        Prediction plain = Predictions.of(Predictions.all(), Predictions.gaps());
        return new Prediction(
                plain.now(),
                plain.horizon(),
                plain.estate(),
                plain.coverage(),
                plain.outages(),
                plain.assumptions(),
                List.of(new AcceptedRisk(
                        "acce7",
                        new Declared("mail.yaml", 4, ""),
                        Instant.parse("2026-06-01T00:00:00Z"),
                        "the quota grows in May",
                        AcceptedRisk.State.HOLDS,
                        List.of("acce7"))));
    }

    private static String sarif(Prediction prediction, View view, Basis basis) {
        return Reports.check(prediction, Format.SARIF, view, basis);
    }

    private static JsonNode run(String sarif) throws IOException {
        return JSON.readTree(sarif).path("runs").path(0);
    }

    private static JsonNode result(JsonNode run, String id) {
        for (JsonNode result : run.path("results")) {
            if (result.path("partialFingerprints").path("premortem/v1").asText().equals(id)) {
                return result;
            }
        }
        throw new AssertionError("no result " + id);
    }

    @Test
    void itHoldsToThePublishedSchema() throws IOException {
        String sarif = sarif(prediction(), View.PLAIN, Basis.PLAIN);
        assertEquals(List.of(), faults(sarif));
        assertFalse(faults(sarif.replace("\"ruleId\"", "\"rule_id\"")).isEmpty());
        assertFalse(faults(sarif.replace("\"level\" : \"error\"", "\"level\" : \"severe\""))
                .isEmpty());
    }

    @Test
    void resultsInvocationsAndPropertiesAreAsCommitted() throws IOException {
        // without the rules, which are the pages of the mechanisms
        String sarif = sarif(prediction(), View.PLAIN, Basis.PLAIN);
        assertGolden("check.sarif", sarif.substring(sarif.indexOf("\"taxonomies\"")));
    }

    @Test
    void everyMechanismIsARuleWithinGithubsLimits() throws IOException {
        JsonNode rules = run(sarif(prediction(), View.PLAIN, Basis.PLAIN))
                .path("tool")
                .path("driver")
                .path("rules");
        assertTrue(rules.size() > 20, "rules: " + rules.size());
        for (JsonNode rule : rules) {
            String id = rule.path("id").asText();
            String title = rule.path("shortDescription").path("text").asText();
            assertTrue(
                    title.endsWith(".") && title.length() <= 120, id + " needs a sentence below its heading: " + title);
            assertTrue(rule.path("fullDescription").path("text").asText().length() <= 1024, id);
            assertTrue(rule.path("help").path("markdown").asText().startsWith("# " + id), id);
            assertTrue(rule.path("help").path("text").asText().contains("premortem explain " + id), id);
        }
    }

    @Test
    void aResultStandsAtTheLineThatTheRemedyEditsAndShowsItsChain() throws IOException {
        JsonNode result = result(run(sarif(prediction(), View.PLAIN, Basis.PLAIN)), "k7f3a");
        JsonNode place = result.path("locations").path(0).path("physicalLocation");
        assertEquals(
                "main/cilium/values.yaml",
                place.path("artifactLocation").path("uri").asText());
        assertEquals(31, place.path("region").path("startLine").asInt());
        assertEquals("error", result.path("level").asText());
        JsonNode flow =
                result.path("codeFlows").path(0).path("threadFlows").path(0).path("locations");
        assertEquals(2, flow.size(), flow.toString());
        String first =
                flow.path(0).path("location").path("message").path("text").asText();
        assertTrue(first.startsWith("link/primary fails → traffic") && first.endsWith("answers hang"), first);
        JsonNode replacement = result.path("fixes")
                .path(0)
                .path("artifactChanges")
                .path(0)
                .path("replacements")
                .path(0);
        assertEquals(31, replacement.path("deletedRegion").path("startLine").asInt());
        assertEquals(32, replacement.path("deletedRegion").path("endLine").asInt());
        assertEquals(
                "MTU: 1350\n", replacement.path("insertedContent").path("text").asText());
        assertTrue(
                result.path("rank").asDouble() > 40 && result.path("rank").asDouble() < 60, result.path("rank") + "");
    }

    @Test
    void whatIsAcceptedIsSuppressedAndWhatIsNotJudgedIsANote() throws IOException {
        JsonNode run = run(sarif(prediction(), View.PLAIN, Basis.PLAIN));
        JsonNode suppression = result(run, "acce7").path("suppressions").path(0);
        assertEquals("inSource", suppression.path("kind").asText());
        assertTrue(suppression.path("justification").asText().contains("the quota grows in May"));
        assertEquals("note", result(run, "77a3c").path("level").asText());
        assertEquals("note", result(run, "c4a11").path("level").asText());
        assertTrue(result(run, "k7f3a").path("suppressions").isMissingNode());
        assertTrue(result(run, "k7f3a").path("baselineState").isMissingNode());
    }

    @Test
    void aBaselineMarksEveryResult() throws IOException {
        Known known = new Known(
                new TreeSet<>(Set.of("k7f3a")), new TreeMap<>(Map.of("9be20", "now also x")), List.of("gone1"));
        View view = new View(false, false, false, false, "", "", known);
        Basis basis = new Basis("1.0.0", SourceNames.PLAIN, Basis.PLAIN.failOn(), Set.of(), true);
        JsonNode run = run(sarif(prediction(), view, basis));
        assertEquals("unchanged", result(run, "k7f3a").path("baselineState").asText());
        assertEquals("updated", result(run, "9be20").path("baselineState").asText());
        assertEquals("new", result(run, "77a3c").path("baselineState").asText());
        assertEquals("gone1", run.path("properties").path("gone").path(0).asText());
    }

    @Test
    void whatNoFileTellsHasNoLineAndIsCounted() throws IOException {
        String seen = new Sighting(Predictions.NOW, "prod/shop/Deployment/cart").file();
        String sarif = sarif(prediction(), View.PLAIN, Basis.PLAIN);
        JsonNode run = run(sarif);
        assertTrue(SourceNames.PLAIN.uri(seen).isEmpty());
        assertTrue(SourceNames.PLAIN.uri("-").isEmpty());
        assertTrue(SourceNames.PLAIN.uri("oci://charts.example/x").isEmpty());
        JsonNode location = result(run, "77a3c").path("locations").path(0);
        assertTrue(location.path("physicalLocation").isMissingNode(), location.toString());
        assertEquals(
                "main/shop/Deployment/search",
                location.path("logicalLocations")
                        .path(0)
                        .path("fullyQualifiedName")
                        .asText());
        assertEquals(3, run.path("properties").path("withoutPlace").asInt());
    }

    @Test
    void gapsProblemsAndIdleMechanismsAreNotifications() throws IOException {
        JsonNode notes = run(sarif(prediction(), View.PLAIN, Basis.PLAIN))
                .path("invocations")
                .path(0)
                .path("toolExecutionNotifications");
        List<String> ids = new ArrayList<>();
        notes.forEach(note -> ids.add(note.path("descriptor").path("id").asText()));
        assertEquals(List.of("coverage", "problem", "not-rendered", "not-understood", "not-run", "not-run"), ids);
        assertEquals(2, notes.path(3).path("locations").size());
        assertEquals("capacity", notes.path(4).path("associatedRule").path("id").asText());
    }

    @Test
    void resultsBeyondTheLimitAreCounted() throws IOException {
        String sarif = Sarif.render(prediction(), View.PLAIN, Basis.PLAIN, 2);
        assertEquals(2, run(sarif).path("results").size());
        assertTrue(sarif.contains("3 outages beyond the first 2 not written"), sarif);
        assertEquals(List.of(), faults(sarif));
    }

    @Test
    void namesAreUrisFromTheRootOfTheRepository() {
        SourceNames names = new SourceNames(new TreeMap<>(Map.of("", "apps/", "other/", "infra/other/")));
        assertEquals("apps/a%20b/c%23d%3Ae.yaml", names.uri("a b/c#d:e.yaml").orElseThrow());
        assertEquals("infra/other/%E2%82%AC.yaml", names.uri("other/€.yaml").orElseThrow());
    }

    @Test
    void hostileTextNeitherBreaksJsonNorBecomesALink() throws IOException {
        Outage outage = Predictions.plain(
                "e7111",
                dev.premortem.outage.Severity.HIGH,
                dev.premortem.outage.OutageClass.A,
                dev.premortem.outage.Confidence.SURE,
                "[shop](http://evil) \u0000\u001b[31m\u202e \"x\" stops");
        String sarif = sarif(Predictions.of(List.of(outage), Predictions.clean()), View.PLAIN, Basis.PLAIN);
        assertEquals(List.of(), faults(sarif));
        String message =
                run(sarif).path("results").path(0).path("message").path("text").asText();
        assertTrue(message.startsWith("\\[shop\\](http://evil) ␀␛\\[31m<202e> \"x\" stops."), message);
    }
}
