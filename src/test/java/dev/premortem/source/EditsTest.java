package dev.premortem.source;

import static dev.premortem.source.Readings.thing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.Edit;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EditsTest {
    private static final String APP = """
            # 😀 top
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web   # the name
            spec:
              replicas: 1   # keep me

              # a comment
              template:
                spec:
                  containers:
                  - name: web
                    image: 'nginx:1.25'
                    args:
                    - --a
                    - "--b"
                    resources: {requests: {cpu: 1}}
                  - name: side
                    image: x
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: s}
            """;

    private static String edit(String text, Edit... edits) {
        Edited edited = Edits.apply(Readings.of("a.yaml", text), List.of(edits));
        assertEquals(List.of(), edited.newProblems());
        return edited.reading().texts().getOrDefault("a.yaml", "");
    }

    private static Declared at(int line, String field) {
        return new Declared("a.yaml", line, field);
    }

    @Test
    void anEmptyBlockIsReplacedWithoutSwallowingTheNextKey() {
        assertEquals("c: \"7\"\nl: x\n", edit("c: >\n\rl: x\n", new Edit.SetValue(at(1, "c"), "7")));
        assertEquals(
                "a:\n    b: \"7\"\n    c: 1\n",
                edit("a:\n    b: |\n\n    c: 1\n", new Edit.SetValue(at(2, "a.b"), "7")));
    }

    @Test
    void anAnchorStaysWithItsValue() {
        assertEquals("a: &a 7\nb: *a\n", edit("a: &a 1\nb: *a\n", new Edit.SetValue(at(1, "a"), "7")));
        assertEquals("a: &a 7\nb: *a\n", edit("a: &a 1\nb: *a\n", new Edit.SetValue(at(2, "b"), "7")));
        assertEquals("a: &a 7\nb: *a\n", edit("a: &a\nb: *a\n", new Edit.SetValue(at(1, "a"), "7")));
    }

    @Test
    void namesThatCouldTurnATerminalAreQuotedInPatches() {
        Edited edited = Edits.apply(
                Readings.of("a\u001b[2J\u202e.yaml", "replicas: 1\n"),
                List.of(new Edit.SetValue(new Declared("a\u001b[2J\u202e.yaml", 1, "replicas"), "2")));
        assertTrue(
                edited.patch().startsWith("--- \"a/a\\033[2J\\342\\200\\256.yaml\"\n+++ \"b/a\\033[2J"),
                edited.patch());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void changesOneScalarAndNoOtherByte(String newline) {
        String text = APP.replace("\n", newline);
        assertEquals(
                text.replace("replicas: 1 ", "replicas: 3 "),
                edit(text, new Edit.SetValue(at(7, "spec.replicas"), "3")));
    }

    @Test
    void keepsTheQuotesOfAScalar() {
        String field = "spec.template.spec.containers[0].";
        assertEquals(
                APP.replace("nginx:1.25", "nginx:1.26").replace("\"--b\"", "\"--c \\\"x\\\"\""),
                edit(
                        APP,
                        new Edit.SetValue(at(14, field + "image"), "nginx:1.26"),
                        new Edit.SetValue(at(17, field + "args[1]"), "--c \"x\"")));
    }

    @Test
    void aPatchIsWholeOrNotThere() {
        Reading reading = Readings.of("a.yaml", APP);
        Edited edited = Edits.apply(
                reading,
                List.of(
                        new Edit.SetValue(at(7, "spec.replicas"), "3"),
                        new Edit.AddField(new Declared("chart/templates/a.yaml", 8, "[rendered].spec"), "a", "1")));
        assertEquals("", edited.patch());
        assertEquals(reading.texts(), edited.reading().texts());
        String said = edited.newProblems().getFirst().text();
        assertTrue(said.startsWith("chart/templates/a.yaml:8: spec: made by a template"), said);
    }

    @Test
    void quotesWhatYamlWouldReadOtherwise() {
        assertEquals("a: \"x: y\"\n", edit("a: b\n", new Edit.SetValue(at(1, "a"), "x: y")));
        assertEquals("a: redis://x:1/2?b=c\n", edit("a: b\n", new Edit.SetValue(at(1, "a"), "redis://x:1/2?b=c")));
        assertEquals("a: 3\nb:\n", edit("a:\nb:\n", new Edit.SetValue(at(1, "a"), "3")));
    }

    @Test
    void addsFieldsToBlocksAndBraces() {
        assertEquals(
                APP.replace("        image: x\n", "        image: x\n  strategy:\n    type: Recreate\n")
                        .replace("{name: s}", "{name: s, annotations: {x/y: \"1\"}}"),
                edit(
                        APP,
                        new Edit.AddField(at(7, "spec"), "strategy", "type: Recreate"),
                        new Edit.AddField(at(24, "metadata"), "annotations", "x/y: \"1\"")));
    }

    @Test
    void addsItemsAndMissingParents() {
        String field = "spec.template.spec.containers[0].args";
        assertEquals(
                APP.replace("        - \"--b\"\n", "        - \"--b\"\n        - --c\n"),
                edit(APP, new Edit.AddField(at(16, field), "", "--c")));
        assertEquals(
                APP.replace("  name: web   # the name\n", "  name: web   # the name\n  annotations:\n    a: b\n"),
                edit(APP, new Edit.AddField(at(5, "metadata.annotations"), "a", "b")));
        assertEquals("a:\n  b: 1\nc: 2\n", edit("a:\nc: 2\n", new Edit.AddField(at(1, "a"), "b", "1")));
        assertEquals("a: {b: 1}", edit("a: {}", new Edit.AddField(at(1, "a"), "b", "1")));
        assertEquals("a: 1\nb: 2", edit("a: 1", new Edit.AddField(at(1, ""), "b", "2")));
    }

    @Test
    void replacesAFieldThatIsThere() {
        assertEquals("a: 2\nb: 1\n", edit("a: 1\nb: 1\n", new Edit.AddField(at(1, ""), "a", "2")));
        assertEquals("b: 1\na:\n  - x\n", edit("a:\n- y\nb: 1\n", new Edit.AddField(at(1, ""), "a", "- x")));
    }

    @Test
    void removesFieldsAndItems() {
        String field = "spec.template.spec.containers[0].";
        assertEquals(
                APP.replace("        - --a\n", "").replace("  replicas: 1   # keep me\n", ""),
                edit(APP, new Edit.Remove(at(16, field + "args[0]")), new Edit.Remove(at(7, "spec.replicas"))));
        assertEquals(
                APP.replace("      - name: side\n        image: x\n", ""),
                edit(APP, new Edit.Remove(at(19, "spec.template.spec.containers[1]"))));
        assertEquals("a: {c: 2}\n", edit("a: {b: 1, c: 2}\n", new Edit.Remove(at(1, "a.b"))));
        assertEquals("a: [1]\n", edit("a: [1, 2]\n", new Edit.Remove(at(1, "a[1]"))));
        assertEquals("a:\n  {}\nc: 1\n", edit("a:\n  b: 1\nc: 1\n", new Edit.Remove(at(2, "a.b"))));
        assertEquals("- b: 2\n", edit("- a: 1\n  b: 2\n", new Edit.Remove(at(1, "[0].a"))));
    }

    @Test
    void removesAndAddsDocuments() {
        assertEquals(APP.substring(0, APP.indexOf("---")), edit(APP, new Edit.Remove(at(22, ""))));
        assertEquals(APP + "---\nkind: X\n", edit(APP, new Edit.AddDocument("a.yaml", "kind: X\n")));
    }

    @Test
    void editsBlockScalarsAndJson() {
        assertEquals("a: |\n  x\n  y\nb: 1\n", edit("a: |\n  old\nb: 1\n", new Edit.SetValue(at(1, "a"), "x\ny")));
        assertEquals(
                "{\n  \"a\": \"new\",\n  \"b\": {\"c\": 1, \"d\": \"e\"}\n}\n",
                edit(
                        "{\n  \"a\": \"old\",\n  \"b\": {\"c\": 1}\n}\n",
                        new Edit.SetValue(at(2, "a"), "new"),
                        new Edit.AddField(at(3, "b"), "d", "e")));
    }

    @Test
    void editsYamlInsideOfAString() {
        String text = "a:\n  values: |\n    # c\n    x: 1 # d\n    y: 2\n";
        assertEquals(text.replace("1 #", "3 #"), edit(text, new Edit.SetValue(at(4, "a.values|.x"), "3")));
        assertEquals(text + "    z: 4\n", edit(text, new Edit.AddField(at(3, "a.values|"), "z", "4")));
    }

    @Test
    void givesAPatchAndTheEstateAfterwards() {
        Reading reading = Readings.of("d/a.yaml", APP, "d/b.yaml", "kind: x\n");
        Edited edited = Edits.apply(
                reading,
                List.of(
                        new Edit.SetValue(new Declared("d/a.yaml", 7, "spec.replicas"), "2"),
                        new Edit.AddDocument("d/new.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: n}\n")));
        assertTrue(edited.patch().startsWith("--- a/d/a.yaml\n+++ b/d/a.yaml\n@@ -4,7 +4,7 @@\n"), edited.patch());
        assertTrue(edited.patch().contains("-  replicas: 1   # keep me\n+  replicas: 2   # keep me\n"), edited.patch());
        assertTrue(
                edited.patch().contains("--- /dev/null\n+++ b/d/new.yaml\n@@ -0,0 +1,3 @@\n+apiVersion: v1\n"),
                edited.patch());
        assertEquals(
                2,
                thing(edited.reading().estate(), Workload.class, "default/default/Deployment/web")
                        .replicas()
                        .value());
        assertEquals(4, edited.reading().estate().objects().size() + 1);
        assertEquals(
                1,
                thing(reading.estate(), Workload.class, "default/default/Deployment/web")
                        .replicas()
                        .value());
    }

    @Test
    void saysWhereALastLineHasNoEnd() {
        Edited edited = Edits.apply(Readings.of("a.yaml", "a: 1"), List.of(new Edit.SetValue(at(1, "a"), "2")));
        assertEquals(
                "--- a/a.yaml\n+++ b/a.yaml\n@@ -1,1 +1,1 @@\n-a: 1\n\\ No newline at end of file\n+a: 2\n\\ No newline at end of file\n",
                edited.patch());
    }

    @Test
    void reportsEditsThatPointNowhereAndNewProblems() {
        Reading reading = Readings.of("a.yaml", "apiVersion: premortem.dev/v1\nkind: Site\nmetadata: {name: s}\n");
        assertEquals(
                1,
                Edits.apply(reading, List.of(new Edit.SetValue(at(1, "spec.x"), "1")))
                        .newProblems()
                        .size());
        Edited edited = Edits.apply(reading, List.of(new Edit.AddField(at(1, "spec"), "zonee", "x")));
        assertTrue(edited.newProblems().getFirst().text().contains("zonee"));
    }

    @Test
    void editsEveryScalarOfADocumentInPlace() {
        Tree tree = Readings.of("a.yaml", APP).documents().getFirst().tree();
        tree.scalars().forEach(scalar -> {
            String after = Edits.apply(
                            Readings.of("a.yaml", APP), List.of(new Edit.SetValue(scalar.place(), "changed")))
                    .reading()
                    .texts()
                    .getOrDefault("a.yaml", "");
            Tree changed = Readings.of("a.yaml", after).documents().getFirst().tree();
            assertEquals(
                    1,
                    changed.scalars()
                            .filter(found -> found.value().equals("changed"))
                            .count(),
                    scalar.toString());
            assertEquals(
                    APP.length() - after.length(),
                    APP.lines().toList().get(scalar.place().line() - 1).length()
                            - after.lines()
                                    .toList()
                                    .get(scalar.place().line() - 1)
                                    .length());
        });
    }
}
