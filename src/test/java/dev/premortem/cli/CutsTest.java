package dev.premortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code cuts} as a user runs it: the worked example of its page, fault trees, what is told where a question cannot be answered. */
class CutsTest {
    private static final String TREE = """
            <opsa-mef>
             <define-fault-tree name="pumps">
              <define-gate name="top"><or><basic-event name="tank"/><gate name="both"/></or></define-gate>
              <define-gate name="both"><and><basic-event name="left"/><basic-event name="right"/></and></define-gate>
             </define-fault-tree>
             <model-data>
              <define-basic-event name="tank"><float value="0.01"/></define-basic-event>
              <define-basic-event name="left"><float value="0.1"/></define-basic-event>
              <define-basic-event name="right"><float value="0.2"/></define-basic-event>
             </model-data>
            </opsa-mef>
            """;

    @TempDir
    private Path folder;

    @Test
    void theWorkedExampleOfThePageIsWhatTheCommandSays() throws IOException {
        Path estate = folder.resolve("estate.yaml");
        Files.writeString(estate, between("```yaml\n", "```"));
        String page = between("    $ premortem cuts estate.yaml --product shop\n\n", "\n## ");
        String expected = page.lines()
                .map(line -> line.isEmpty() ? line : line.substring(4))
                .collect(Collectors.joining("\n"));
        Ran ran = Ran.run("cuts", estate.toString(), "--product", "shop");
        assertEquals(0, ran.code(), ran.err());
        assertEquals(expected.strip(), ran.out().strip());
    }

    @Test
    void theNumbersOfTheWorkedExampleAreThoseOfTheHand() throws IOException {
        Path estate = folder.resolve("estate.yaml");
        Files.writeString(estate, between("```yaml\n", "```"));
        String json = Ran.run("cuts", estate.toString(), "--product", "shop", "--format", "json")
                .out();
        double site = 0.8 / 8766.8;
        double telco = 0.6 / 8766.6;
        double blue = 12 / 8778.0;
        double green = 6 / 8772.0;
        double spared = (1 - site) * (1 - site) * (1 - telco);
        double exact = 1 - spared * (1 - blue * green);
        assertEquals(exact, number(json, "exact"), 1e-15);
        assertEquals(2 * site + telco + blue * green, number(json, "rareEvent"), 1e-15);
        assertEquals(exact, number(json, "minCutUpperBound"), 1e-15);
        assertEquals(exact * 525_960, number(json, "minutesPerYear"), 1e-3);
        double down = spared * (1 - blue * green);
        double times = down * (0.1 + 0.1 + 0.05) + spared * ((1 - green) * blue + (1 - blue) * green);
        assertEquals(times, number(json, "timesPerYear"), 1e-4);
        String ofGreen = json.substring(json.indexOf("\"link/green\"", json.indexOf("\"importance\"")));
        assertEquals(spared * blue, number(ofGreen, "birnbaum"), 1e-8);
        assertEquals(spared * blue * green / exact, number(ofGreen, "criticality"), 1e-8);
        double lost = 1 - spared * (1 - blue);
        assertEquals(lost / exact, number(ofGreen, "raw"), 1e-4);
        assertEquals(exact / (1 - spared), number(ofGreen, "rrw"), 1e-5);
    }

    @Test
    void twoLinksOfOneProviderAreSeenToBeOne() throws IOException {
        String text = between("```yaml\n", "```");
        Path shared = folder.resolve("shared.yaml");
        Files.writeString(shared, text);
        Path apart = folder.resolve("apart.yaml");
        Files.writeString(apart, text.replaceFirst("provider: telco", "provider: other"));
        assertTrue(singles(shared).contains("cause/telco"), singles(shared).toString());
        assertEquals(List.of("cause/undeclared:blue+green", "site/east", "site/west"), singles(apart));
        Path known = folder.resolve("known.yaml");
        Files.writeString(known, text.replaceFirst("provider: telco", "provider: other") + """
                        ---
                        apiVersion: premortem.dev/v1
                        kind: Assumptions
                        metadata: {name: ours}
                        spec: {defaults: {link.common-cause: 0}}
                        """);
        assertEquals(List.of("site/east", "site/west"), singles(known));
    }

    private static List<String> singles(Path estate) throws IOException {
        String json = Ran.run("cuts", estate.toString(), "--product", "shop", "--order", "1", "--format", "json")
                .out();
        List<String> found = new ArrayList<>();
        try (JsonParser parser = new JsonFactory().createParser(json)) {
            boolean inside = false;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    inside = parser.currentName().equals("conditions");
                } else if (inside && token == JsonToken.VALUE_STRING) {
                    found.add(parser.getText());
                }
            }
        }
        return found;
    }

    @Test
    void aFaultTreeIsCountedAndCutOffAsAsked() throws IOException {
        Path tree = Files.writeString(folder.resolve("tree.xml"), TREE);
        String all = Ran.run("cuts", "--open-psa", tree.toString(), "--format", "json")
                .out();
        assertEquals(0.0298, number(all, "exact"), 1e-15);
        assertTrue(all.contains("\"minimalCutSets\" : \"2\""), all);
        assertTrue(all.contains("\"minutesPerYear\" : null"), all);
        String one = Ran.run("cuts", "--open-psa", tree.toString(), "--order", "1", "--format", "json")
                .out();
        assertTrue(one.contains("\"minimalCutSets\" : \"1\"") && one.contains("\"truncated\" : false"), one);
        String none = Ran.run("cuts", "--open-psa", tree.toString(), "--limit", "1", "--format", "json")
                .out();
        assertTrue(none.contains("\"minimalCutSets\" : \"2\"") && none.contains("\"truncated\" : true"), none);
        String both = Ran.run("cuts", "--open-psa", tree.toString(), "--top", "both", "--format", "json")
                .out();
        assertEquals(0.02, number(both, "exact"), 1e-15);
    }

    @Test
    void whatIsWrittenForProgramsHoldsToItsSchema() throws IOException {
        Path tree = Files.writeString(folder.resolve("tree.xml"), TREE);
        Path bare = Files.writeString(folder.resolve("bare.xml"), TREE.replaceAll("<float value=.0.2./>", ""));
        Path estate = Files.writeString(folder.resolve("estate.yaml"), between("```yaml\n", "```"));
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("schemas", "cuts.schema.json")));
        List<List<String>> questions = List.of(
                List.of("--open-psa", tree.toString()),
                List.of("--open-psa", bare.toString()),
                List.of("--open-psa", tree.toString(), "--order", "1", "--cut-off", "1e-3"),
                List.of("--open-psa", tree.toString(), "--top", "both", "--limit", "0"),
                List.of(estate.toString()),
                List.of(estate.toString(), "--product", "shop", "--order", "1"));
        for (List<String> question : questions) {
            List<String> words = new ArrayList<>(List.of("cuts", "--format", "json"));
            words.addAll(question);
            Ran ran = Ran.run(words.toArray(String[]::new));
            assertEquals(0, ran.code(), ran.err());
            assertEquals(Set.of(), schema.validate(new ObjectMapper().readTree(ran.out())), question + ran.out());
        }
    }

    @Test
    void aCutOffLeavesOutWhatIsLessProbableAndBoundsIt() throws IOException {
        Path tree = Files.writeString(folder.resolve("tree.xml"), TREE);
        Ran json = Ran.run("cuts", "--open-psa", tree.toString(), "--cut-off", "0.015", "--format", "json");
        assertTrue(json.out().contains("\"minimalCutSets\" : \"1\""), json.out());
        assertEquals(0.015, number(json.out(), "cutOff"));
        assertEquals(0.0298, number(json.out(), "exact"), 1e-15);
        assertEquals(0.02, number(json.out(), "rareEvent"), 1e-15);
        assertEquals(0.01, number(json.out(), "leftOut"), 1e-12);
        String text = Ran.run("cuts", "--open-psa", tree.toString(), "--cut-off", "0.015")
                .out();
        assertTrue(text.contains("1 minimal cut set of probability 0.015 or more: 1 of 2 conditions."), text);
        assertTrue(text.replaceAll("\\s+", " ").contains("what they leave out adds no more than 0.0100000."), text);
        // the set of both has exactly this probability, in decimals
        String met = Ran.run("cuts", "--open-psa", tree.toString(), "--cut-off", "0.02", "--format", "json")
                .out();
        assertTrue(met.contains("\"minimalCutSets\" : \"1\""), met);
        Path estate = Files.writeString(folder.resolve("estate.yaml"), between("```yaml\n", "```"));
        String shop = Ran.run("cuts", estate.toString(), "--product", "shop", "--cut-off", "8e-5")
                .out();
        assertTrue(shop.contains("2 minimal cut sets of probability 8e-05 (42 min a year) or more"), shop);
        assertTrue(shop.contains("leave out adds no more than"), shop);
    }

    @Test
    void whatCannotBeAnsweredIsWrongUsageInOneLine() throws IOException {
        Path estate = folder.resolve("estate.yaml");
        Files.writeString(estate, between("```yaml\n", "```"));
        refused("did you mean shop?", "cuts", estate.toString(), "--product", "shap");
        refused(
                "no such file",
                "cuts",
                "--open-psa",
                folder.resolve("absent.xml").toString());
        refused("--open-psa stands alone", "cuts", estate.toString(), "--open-psa", estate.toString());
        refused("--top goes with --open-psa", "cuts", estate.toString(), "--top", "x");
        refused("expected 1 or more", "cuts", estate.toString(), "--order", "0");
        refused("--cut-off 1.5; expected a probability above 0, up to 1", "cuts", "--cut-off", "1.5");
        refused("--cut-off NaN", "cuts", "--cut-off", "NaN");
        Path bare = Files.writeString(
                folder.resolve("bare.xml"),
                TREE.replace(
                        "<define-basic-event name=\"tank\"><float value=\"0.01\"/>" + "</define-basic-event>",
                        "<define-basic-event name=\"tank\"/>"));
        refused("and tank has none", "cuts", "--open-psa", bare.toString(), "--cut-off", "1e-3");
        Path wrong = Files.writeString(folder.resolve("wrong.xml"), "<opsa-mef>\n<define-fault-tree/></opsa-mef>");
        refused("wrong.xml:2: a define-fault-tree without a name", "cuts", "--open-psa", wrong.toString());
    }

    private static void refused(String part, String... arguments) {
        Ran ran = Ran.run(arguments);
        assertEquals(2, ran.code(), ran.err());
        assertTrue(ran.err().contains(part), ran.err());
        assertEquals(1, ran.err().lines().count(), ran.err());
        assertEquals("", ran.out());
    }

    @Test
    void whereNoFaultIsKnownItSaysSoAndNotZeroMinutes() throws IOException {
        Path estate = Files.writeString(folder.resolve("estate.yaml"), """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: web, namespace: web}
                spec:
                  rules:
                    - host: web.example.com
                      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
                """);
        Ran ran = Ran.run("cuts", estate.toString());
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().startsWith("No fault that is known here takes a product down."), ran.out());
    }

    private static String between(String start, String end) throws IOException {
        String page = Files.readString(Path.of("docs", "analysis.md"));
        int from = page.indexOf(start) + start.length();
        return page.substring(from, page.indexOf(end, from));
    }

    /** The first number of this name. */
    private static double number(String json, String name) {
        int from = json.indexOf("\"" + name + "\" : ") + name.length() + 5;
        int to = from;
        while ("+-.eE0123456789".indexOf(json.charAt(to)) >= 0) {
            to++;
        }
        return Double.parseDouble(json.substring(from, to));
    }
}
