package dev.premortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The question of the seed: which components do we replicate between the sites first? */
final class AdviseTest {
    private static final Path EXAMPLE = Path.of("examples", "which-first");
    private static final String AUTH = "run identity/auth in cluster east too, and let its callers there use it";
    private static final String BOTH =
            "run identity/auth and trade/prices in cluster east too, and let their callers there use them";
    private static final String GEO = "run maps/geo in cluster east too, and let its callers there use it";

    @TempDir
    private Path folder;

    private static JsonNode advise(Path tree, String budget) throws IOException {
        Ran ran = Ran.run("advise", tree.toString(), "--budget", budget, "--format", "json");
        assertEquals("", ran.err());
        JsonNode json = new ObjectMapper().readTree(ran.out());
        assertEquals(
                Set.of(),
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(Files.readString(Path.of("schemas", "advise.schema.json")))
                        .validate(json));
        return json;
    }

    private static List<String> picked(JsonNode json) {
        return json.findValuesAsText("remedy");
    }

    private Path unpriced() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLE)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(EXAMPLE.relativize(file));
                Files.createDirectories(copy.getParent());
                if (!file.endsWith("costs.yaml")) {
                    Files.copy(file, copy);
                }
            }
        }
        return folder;
    }

    @Test
    void twoThatHelpOnlyTogetherAreFoundWhenTheBudgetAllowsThem() throws IOException {
        JsonNode ten = advise(EXAMPLE, "10");
        assertEquals(List.of(AUTH, GEO), picked(ten));
        assertEquals(10, ten.get("cost").asDouble());
        JsonNode thirteen = advise(EXAMPLE, "13");
        assertEquals(List.of(BOTH), picked(thirteen));
        assertEquals(13, thirteen.get("cost").asDouble());
        assertTrue(thirteen.get("optimal").asBoolean());
        double more = thirteen.get("picked").get(0).get("cumulative").asDouble();
        double less = ten.get("picked").get(1).get("cumulative").asDouble();
        assertTrue(more > 1.5 * less, less + " and then " + more);
        assertEquals(List.of(BOTH, GEO), picked(advise(EXAMPLE, "15")));
    }

    @Test
    void theFactsToMeasureSayHowAndHoldToTheirSchema() throws IOException {
        Ran ran = Ran.run("advise", EXAMPLE.toString(), "--facts", "--format", "json");
        JsonNode json = new ObjectMapper().readTree(ran.out());
        assertEquals(
                Set.of(),
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(Files.readString(Path.of("schemas", "facts.schema.json")))
                        .validate(json));
        assertTrue(json.get("facts").size() > 1, ran.out());
        String text = Ran.run("advise", EXAMPLE.toString(), "--facts").out();
        assertTrue(text.contains("measure it: ") && text.contains("spec.defaults: "), text);
        assertFalse(text.contains("PT"), text);
    }

    @Test
    void whatIsReplacedByAnotherOutageOfTheSameFaultIsNotPrevented() {
        String text = Ran.run("advise", EXAMPLE.toString(), "--budget", "8").out();
        assertTrue(text.contains("prevents: account stops when cluster/main is lost"), text);
        assertFalse(text.contains("prevents: shop stops"), text);
    }

    @Test
    void theFixThatIsNamedIsTheOneOfTheRemedy() {
        String text = Ran.run("advise", EXAMPLE.toString(), "--budget", "13").out();
        String id = text.replaceFirst("(?s).*premortem fix (\\w+) .*", "$1");
        Ran fix = Ran.run("fix", id, "--in", EXAMPLE.toString());
        assertEquals(0, fix.code(), fix.err());
        assertTrue(fix.out().contains("clusters/east/trade-prices.yaml"), fix.out());
        assertTrue(fix.out().contains("east/identity/Service/auth, east/trade/Service/prices"), fix.out());
    }

    @Test
    void withoutCostsTheBudgetIsANumberOfComponents() throws IOException {
        Path tree = unpriced();
        assertEquals(List.of(AUTH), picked(advise(tree, "1")));
        assertEquals(List.of(BOTH), picked(advise(tree, "2")));
        assertEquals(List.of(BOTH, GEO), picked(advise(tree, "3")));
        assertTrue(Ran.run("advise", tree.toString(), "--budget", "2").out().contains(", counts as 2"));
    }

    @Test
    void theIdOfAnOutagePricesAllItsRemediesAlsoOneMadeOfSeveral() throws IOException {
        Path tree = unpriced();
        String id = advise(tree, "2").get("picked").get(0).get("outages").get(0).asText();
        Files.writeString(
                tree.resolve("costs.yaml"),
                "apiVersion: premortem.dev/v1\nkind: Assumptions\nmetadata: {name: costs}\n"
                        + "spec: {costs: [{remedy: " + id + ", cost: 0.5}]}\n");
        assertEquals(List.of(BOTH), picked(advise(tree, "0.5")));
    }

    @Test
    void anAcceptedOutageIsInNeitherWhatIsNorWhatRemains() throws IOException {
        Path tree = unpriced();
        double before =
                advise(tree, "1").get("minutesPerYearBefore").get("typical").asDouble();
        String id = Ran.run("check", tree.toString(), "--all", "--fail-on", "none")
                .out()
                .replaceFirst("(?s).*account stops when cluster/main is lost +(\\w+).*", "$1");
        Files.writeString(
                tree.resolve(".premortem.yaml"), "accept: [{outage: " + id + ", until: 2026-12-31, reason: known}]\n");
        JsonNode accepted = advise(tree, "1");
        assertTrue(
                accepted.get("minutesPerYearBefore").get("typical").asDouble() < before * 0.9,
                accepted.toString() + before);
    }

    @Test
    void aCostThatCannotBeIsTold() throws IOException {
        Path tree = unpriced();
        Files.writeString(tree.resolve("costs.yaml"), """
                apiVersion: premortem.dev/v1
                kind: Assumptions
                metadata: {name: costs}
                spec:
                  costs:
                    - {remedy: "run *", cost: -1}
                    - {remedy: "run *"}
                """);
        String err = Ran.run("advise", tree.toString()).err();
        assertTrue(err.contains("spec.costs[0].cost: \"-1\"; expected a number of at least 0"), err);
        assertTrue(err.contains("spec.costs[1].cost: is missing; expected a number such as 3"), err);
        assertEquals(2, err.lines().count(), err);
    }

    @Test
    void aBudgetOfNothingIsWrongUsage() {
        assertEquals(2, Ran.run("advise", EXAMPLE.toString(), "--budget", "0").code());
    }
}
