package dev.premortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Risks that are accepted, in the objects and from outside, and settings of a repository, as a user sees them. */
final class AcceptanceTest {
    private static final String ID = "9cpg97x";

    @TempDir
    private Path folder;

    private Ran check(String... more) {
        return Ran.run(Stream.concat(Stream.of("check", folder.toString()), Stream.of(more))
                .toArray(String[]::new));
    }

    private void settings(String text) throws IOException {
        Files.writeString(folder.resolve(".premortem.yaml"), text);
    }

    @BeforeEach
    void aCopyOfAnExample() throws IOException {
        Path example = Path.of("examples", "crosslink");
        try (Stream<Path> files = Files.walk(example)) {
            for (Path file : files.sorted().toList()) {
                Path copy = folder.resolve(example.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        Files.createDirectories(folder.resolve(".git"));
    }

    @Test
    void anOutageAcceptedFromOutsideDoesNotFailAndIsCounted() throws IOException {
        settings("accept:\n  - {outage: " + ID + ", until: 2026-02-01, reason: soon mended}\n");
        Ran ran = check();
        assertEquals(0, ran.code(), ran.out());
        assertEquals("", ran.err());
        assertTrue(ran.out().contains("1 accepted"), ran.out());
        Ran json = check("--format", "json");
        assertTrue(json.out().contains("\"accepted\" : 1"), json.out());
        assertTrue(json.out().contains("\"state\" : \"holds\""), json.out());
        assertEquals(1, check("--no-accept").code());
        assertEquals(1, check("--now", "2026-02-02T00:00:00Z").code());
    }

    @Test
    void pastItsEndTheOutageIsBackAndTheTextSaysSo() throws IOException {
        settings("accept:\n  - {outage: " + ID + ", until: 2026-01-31, reason: soon mended}\n");
        Ran ran = check();
        assertEquals(1, ran.code());
        assertTrue(ran.out().replaceAll("\\s+", " ").contains("Accepted until 2026-01-31, which has passed: " + ID));
        assertTrue(check("--format", "json").out().contains("\"state\" : \"ended\""));
    }

    @Test
    void aMechanismIsAcceptedWhereAllItsPlacesAreMeant() throws IOException {
        settings("accept:\n  - {mechanism: path-mtu, of: link/*, until: 2027-01-31, reason: r}\n");
        assertEquals(0, check().code(), check().out());
        settings("accept:\n  - {mechanism: path-mtu, paths: [clusters/, premortem/], until: 2027-01-31, reason: r}\n");
        assertEquals(0, check().code(), check().out());
        settings("accept:\n  - {mechanism: path-mtu, paths: clusters/main, until: 2027-01-31, reason: r}\n");
        assertEquals(1, check().code());
    }

    @Test
    void whatIsMendedIsStale() throws IOException {
        settings("accept:\n  - {outage: gone123, until: 2027-01-31, reason: r}\n");
        Ran ran = check("--fail-on", "none");
        assertEquals(1, ran.err().lines().count(), ran.err());
        assertTrue(ran.err().contains("not found any more: gone123 ("), ran.err());
        assertEquals("", check("--fail-on", "none", "--mechanism", "path-mtu").err());
    }

    @Test
    void anAnnotationWithoutReasonOrEndDoesNotCount() throws IOException {
        Path links = folder.resolve("premortem/links.yaml");
        String text = Files.readString(links);
        for (String bad : List.of("until=2027-01-01", "reason=r", "until=soon; reason=r")) {
            Files.writeString(links, annotated(text, ID + "; " + bad));
            Ran ran = check();
            assertEquals(1, ran.code(), bad);
            assertTrue(ran.err().contains("it does not count"), ran.err());
            assertTrue(ran.err().contains("links.yaml:"), ran.err());
        }
        Files.writeString(links, annotated(text, ID + "; until=2027-01-01; reason=r"));
        assertEquals(0, check().code(), check().out());
        Files.writeString(links, annotated(text, ID + "; until=2026-01-01; reason=r"));
        assertTrue(check().out().contains("Accepted until 2026-01-01"), check().out());
    }

    private static String annotated(String text, String accept) {
        return text.replaceFirst(
                "metadata:\n", "metadata:\n  annotations: {premortem.dev/accept: \"" + accept + "\"}\n");
    }

    @Test
    void settingsStandBehindTheCommandLine() throws IOException {
        settings("failOn: none\nformat: json\n");
        Ran ran = check();
        assertEquals(0, ran.code());
        assertTrue(ran.out().startsWith("{"), ran.out());
        assertEquals(1, check("--fail-on", "high").code());
        assertFalse(Ran.run("fix", ID, "--in", folder.toString()).out().startsWith("{"));
    }

    @Test
    void settingsAreNoDocumentOfTheEstate() throws IOException {
        String before = check("--format", "json").out();
        settings("horizon: 400d\n");
        assertEquals(before, check("--format", "json").out());
    }

    @Test
    void whatIsIgnoredIsNotRead() throws IOException {
        Files.writeString(folder.resolve("broken.yaml"), "a: [1,\nb: }\n");
        assertFalse(check("--fail-on", "none").err().isEmpty());
        settings("ignore: [broken.yaml]\n");
        assertEquals("", check("--fail-on", "none").err());
    }

    @Test
    void mistakesInSettingsAreToldAndCounted() throws IOException {
        settings("failOn: noone\n");
        Ran ran = check("--format", "json");
        assertEquals(1, ran.code());
        assertEquals(1, ran.err().lines().count(), ran.err());
        assertTrue(ran.err().contains(".premortem.yaml:1: failOn: \"noone\"; expected one of"), ran.err());
        assertTrue(ran.out().contains("failOn: \\\"noone\\\""), ran.out());
    }

    @Test
    void theBaselineBesideTheSettingsIsUsed() throws IOException {
        settings("baseline: .premortem-baseline.json\n");
        assertEquals(2, check().code());
        assertTrue(check().err().contains("to begin one"), check().err());
        Path known = folder.resolve(".premortem-baseline.json");
        check("--write-baseline", known.toString());
        Ran ran = check();
        assertEquals(0, ran.code(), ran.out());
        assertEquals("", ran.err());
        assertTrue(ran.out().contains(" of the baseline"), ran.out());
    }

    @Test
    void aKnownOutageThatGrewCountsAgain() throws IOException {
        Path known = folder.resolve("known.json");
        check("--write-baseline", known.toString());
        String text = Files.readString(known);
        int ours = text.indexOf(ID);
        Files.writeString(known, text.substring(0, ours) + text.substring(ours).replaceFirst("\\s*\"explorer\",", ""));
        Ran ran = check("--baseline", known.toString());
        assertEquals(1, ran.code(), ran.out());
        assertTrue(ran.out().contains("grew    since the baseline: now also explorer"), ran.out());
        Ran json = check("--baseline", known.toString(), "--format", "json");
        assertTrue(json.out().replaceAll("\\s+", "").contains("\"grown\":[\"" + ID + "\"]"), json.out());
    }

    @Test
    void growthOfAQuarterOrLessStaysKnownAndAHigherSeverityDoesNot() throws IOException {
        Path known = folder.resolve("known.json");
        check("--write-baseline", known.toString());
        String text = Files.readString(known);
        String more = text.replaceFirst("(\"products\" : \\[\\s*)\"explorer\"", "$1\"a\", \"b\", \"c\", \"d\"");
        Files.writeString(known, more);
        assertEquals(0, check("--baseline", known.toString()).code(), "one new product beside four and more");
        Files.writeString(
                known,
                text.replace("\"severity\" : \"critical\"", "\"severity\" : \"medium\"")
                        .replace("\"severity\" : \"high\"", "\"severity\" : \"medium\""));
        Ran ran = check("--baseline", known.toString());
        assertEquals(1, ran.code(), ran.out());
        assertTrue(ran.out().replaceAll("\\s+", " ").contains("before medium"), ran.out());
    }

    @Test
    void whatTheBaselineKnowsAndIsGoneIsTold() throws IOException {
        Path known = folder.resolve("known.json");
        Files.writeString(known, "{\"schemaVersion\":1,\"outages\":[{\"id\":\"" + ID + "\"},{\"id\":\"gone123\"}]}");
        Ran ran = check("--baseline", known.toString());
        assertEquals(0, ran.code(), ran.out());
        assertTrue(ran.err().contains("not found any more: gone123;"), ran.err());
        assertEquals(1, ran.err().lines().count(), ran.err());
        Files.writeString(known, "[1, 2]");
        assertEquals(2, check("--baseline", known.toString()).code());
    }

    @Test
    void theBaselineHoldsToItsSchema() throws IOException {
        Path known = folder.resolve("known.json");
        check("--write-baseline", known.toString());
        var schema = com.networknt.schema.JsonSchemaFactory.getInstance(
                        com.networknt.schema.SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("schemas", "baseline.schema.json")));
        var faults =
                schema.validate(new com.fasterxml.jackson.databind.ObjectMapper().readTree(Files.readString(known)));
        assertTrue(faults.isEmpty(), faults.toString());
    }

    @Test
    void idsThatAFileBringsMoveNoCursor() throws IOException {
        Path known = folder.resolve("known.json");
        Files.writeString(known, "{\"schemaVersion\":1,\"outages\":[{\"id\":\"x\\u001b[31m\"}]}");
        Files.writeString(
                folder.resolve(".premortem.yaml"),
                "accept: [{outage: \"y\\e[31m\", until: 2027-01-01, reason: why}]\n");
        Ran ran = check("--baseline", known.toString());
        assertTrue(ran.err().contains("x\u241b[31m") && ran.err().contains("y\u241b[31m"), ran.err());
        assertTrue(ran.err().indexOf('\u001b') < 0, ran.err());
    }
}
