package dev.premortem.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Results and declared kinds hold to the schemas that ship. */
final class SchemasTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static JsonSchema schema(String name) throws IOException {
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
        return factory.getSchema(Files.readString(Path.of("schemas", name)));
    }

    private static List<String> faults(JsonSchema schema, JsonNode node) {
        return schema.validate(node).stream()
                .map(ValidationMessage::getMessage)
                .sorted()
                .toList();
    }

    @Test
    void checkHoldsToItsSchema() throws IOException {
        String json = Reports.check(Predictions.of(Predictions.all(), Predictions.gaps()), Format.JSON, View.PLAIN);
        assertEquals(List.of(), faults(schema("check.schema.json"), JSON.readTree(json)));
    }

    @Test
    void simulateHoldsToItsSchema() throws IOException {
        String json = Reports.simulate(Predictions.saturday(), Format.JSON, View.PLAIN);
        assertEquals(List.of(), faults(schema("simulate.schema.json"), JSON.readTree(json)));
    }

    @Test
    void aRenamedFieldIsNoticed() throws IOException {
        String json = Reports.simulate(Predictions.saturday(), Format.JSON, View.PLAIN)
                .replace("downFor", "down_for");
        assertFalse(faults(schema("simulate.schema.json"), JSON.readTree(json)).isEmpty());
    }

    @Test
    void everyDeclaredDocumentOfTheExamplesIsValid() throws IOException {
        JsonSchema schema = schema("premortem.dev-v1.schema.json");
        List<String> faults = new ArrayList<>();
        TreeSet<String> kinds = new TreeSet<>();
        for (Path file : yamlFiles()) {
            String text = Files.readString(file);
            if (!text.contains("premortem.dev/v1")) {
                continue;
            }
            for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
                if (document instanceof Map<?, ?> map && "premortem.dev/v1".equals(map.get("apiVersion"))) {
                    kinds.add(String.valueOf(map.get("kind")));
                    faults(schema, JSON.valueToTree(document)).forEach(fault -> faults.add(file + ": " + fault));
                }
            }
        }
        assertEquals(List.of(), faults);
        assertTrue(kinds.contains("Link") && kinds.contains("Product"), kinds.toString());
    }

    private static List<Path> yamlFiles() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("examples"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void theSettingsOfThePageHoldToTheirSchema() throws IOException {
        JsonSchema schema = schema("premortem.yaml.schema.json");
        String page = Files.readString(Path.of("docs", "configuration.md"));
        String block = page.substring(page.indexOf("```yaml\n") + 8);
        String text = block.substring(0, block.indexOf("```"));
        assertTrue(text.startsWith("# yaml-language-server: $schema="), text);
        Object document = new Load(LoadSettings.builder().build()).loadFromString(text);
        assertEquals(List.of(), faults(schema, JSON.valueToTree(document)));
        Map<?, ?> map = (Map<?, ?>) document;
        JSON.readTree(Files.readString(Path.of("schemas", "premortem.yaml.schema.json")))
                .path("properties")
                .fieldNames()
                .forEachRemaining(key -> assertTrue(map.containsKey(key), "the page's example lacks " + key));
        String without = text.replaceAll("(?m)^    until: .*$", "");
        assertFalse(faults(
                        schema, JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(without)))
                .isEmpty());
    }

    @Test
    void everyFieldOfADeclaredKindIsDescribed() throws IOException {
        List<String> bare = new ArrayList<>();
        for (String name : List.of("premortem.dev-v1", "premortem.yaml", "cuts", "advise")) {
            describe(name, JSON.readTree(Files.readString(Path.of("schemas", name + ".schema.json"))), bare);
        }
        assertEquals(List.of(), bare);
    }

    private static void describe(String path, JsonNode node, List<String> bare) {
        if (!path.contains("/if")) {
            node.path("properties").properties().forEach(property -> {
                JsonNode value = property.getValue();
                if (!value.has("description") && !value.has("$ref")) {
                    bare.add(path + "/" + property.getKey());
                }
            });
        }
        node.properties().forEach(child -> describe(path + "/" + child.getKey(), child.getValue(), bare));
    }

    @Test
    void schemasArePackedIntoTheProgram() {
        for (String name :
                List.of("advise", "check", "cuts", "simulate", "premortem.dev-v1", "premortem.yaml", "baseline")) {
            assertTrue(SchemasTest.class.getResource("/schemas/" + name + ".schema.json") != null, name);
        }
    }
}
