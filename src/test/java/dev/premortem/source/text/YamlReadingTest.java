package dev.premortem.source.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.fact.Tree;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReadingTest {
    private final Harvest harvest = new Harvest();

    private List<Texts.Parsed> read(String text) {
        return Texts.read("a.yaml", text, folder -> false, Limits.DEFAULT, harvest);
    }

    private Tree one(String text) {
        return read(text).getFirst().tree();
    }

    @ParameterizedTest
    @CsvSource({
        "yes,BOOLEAN,true",
        "on,BOOLEAN,true",
        "Y,BOOLEAN,true",
        "Off,BOOLEAN,false",
        "true,BOOLEAN,true",
        "017,INTEGER,15",
        "0o17,INTEGER,15",
        "0b11,INTEGER,3",
        "1_000,INTEGER,1000",
        "0x1F,INTEGER,31",
        "-7,INTEGER,-7",
        "1e3,NUMBER,1000",
        "1.10,NUMBER,1.1",
        ".5,NUMBER,0.5",
        "12:30:45,STRING,12:30:45",
        "2026-01-01,STRING,2026-01-01",
        "08,NUMBER,8",
        "y,BOOLEAN,true",
        "n,BOOLEAN,false",
        "1_0.5,NUMBER,10.5",
        "+5,INTEGER,5",
        "~,NULL,''",
        "null,NULL,''",
        "'\"yes\"',STRING,yes",
        "v1.2,STRING,v1.2",
        "1.2.3,STRING,1.2.3"
    })
    void readsScalarsAsKubernetesDoes(String written, Tree.Scalar.Kind kind, String value) {
        Tree.Scalar scalar = (Tree.Scalar) one("a: " + written + "\n").at("a").orElseThrow();
        assertEquals(kind, scalar.kind());
        assertEquals(value, scalar.value());
    }

    @Test
    void givesEveryValueItsLineAndFieldPath() {
        Tree image = one("# top\nspec:\n  containers:\n  - name: a\n    image: x\n")
                .at("spec")
                .orElseThrow()
                .items("containers")
                .getFirst()
                .at("image")
                .orElseThrow();
        assertEquals("a.yaml:5", image.place().at());
        assertEquals("spec.containers[0].image", image.place().field());
    }

    @Test
    void putsKeysWithDotsInBrackets() {
        Tree value = one("annotations:\n  a.b/c: x\n")
                .entries("annotations")
                .getFirst()
                .value();
        assertEquals("annotations[a.b/c]", value.place().field());
    }

    @Test
    void mergesAnchorsAndKeepsOwnKeys() {
        Tree merged =
                one("base: &b {x: 1, z: 2}\nuse:\n  <<: *b\n  z: 3\n").at("use").orElseThrow();
        assertEquals("1", merged.text("x").orElseThrow().value());
        assertEquals("3", merged.text("z").orElseThrow().value());
    }

    @Test
    void takesTheLastOfDuplicateKeysAndSaysSo() {
        assertEquals("2", one("a: 1\na: 2\n").text("a").orElseThrow().value());
        assertTrue(harvest.problems.getFirst().text().startsWith("a.yaml:2: a: stands twice"));
    }

    @Test
    void goesOnAfterABadDocument() {
        List<Texts.Parsed> parsed = read("a: 1\n---\na: [1,\nb: }\n---\nc: |\n  ---\n  x\n---\nd: 4\n");
        assertEquals(3, parsed.size());
        assertEquals("d", parsed.getLast().tree().entries().getFirst().key());
        assertEquals(10, parsed.getLast().tree().place().line());
        assertEquals(1, harvest.problems.size());
        assertEquals(4, harvest.problems.getFirst().line());
    }

    @Test
    void readsByteOrderMarksAndWindowsLineEnds() {
        Tree tree = one("\uFEFFa: 1\r\nb:\r\n  c: x\r\n");
        assertEquals("x", tree.text("b.c").orElseThrow().value());
        assertEquals(3, tree.at("b.c").orElseThrow().place().line());
    }

    @Test
    void readsJsonWithLines() {
        Tree tree = one("{\n \"a\": [1,\n  {\"b\": \"yes\"}]\n}\n");
        Tree.Scalar value = (Tree.Scalar) tree.items("a").get(1).at("b").orElseThrow();
        assertEquals(Tree.Scalar.Kind.STRING, value.kind());
        assertEquals("a.yaml:3 a[1].b", value.place().at() + " " + value.place().field());
    }

    @Test
    void boundsNestingInYamlAndJson() {
        assertTrue(read("a: " + "{a: ".repeat(100_000)).isEmpty());
        assertTrue(read("[".repeat(100_000)).isEmpty());
        assertEquals(2, harvest.problems.size());
        harvest.problems.forEach(problem -> assertTrue(problem.text().contains("nested deeper than"), problem.text()));
    }

    @Test
    void boundsAliasesOfAliases() {
        StringBuilder bomb = new StringBuilder("a: &a [x,x,x,x,x,x,x,x,x]\n");
        for (char c = 'b'; c < 'o'; c++) {
            char last = (char) (c - 1);
            bomb.append(c)
                    .append(": &")
                    .append(c)
                    .append(" [")
                    .append(("*" + last + ",").repeat(9))
                    .append("]\n");
        }
        assertTrue(read(bomb.toString()).isEmpty());
        assertTrue(harvest.problems.getFirst().text().contains("aliases"));
    }

    @Test
    void refusesAnAnchorInsideOfItself() {
        assertTrue(read("a: &a [*a]\n").isEmpty());
        assertEquals(1, harvest.problems.size());
    }

    @Test
    void callsATemplateATemplate() {
        List<Texts.Parsed> parsed =
                Texts.read("c/templates/x.yaml", "a: {{ .Values.x }}\n", "c"::equals, Limits.DEFAULT, harvest);
        assertTrue(parsed.isEmpty());
        assertTrue(harvest.problems.isEmpty());
        assertEquals("template, not YAML", harvest.notUnderstood.getFirst().reason());
    }

    @ParameterizedTest
    @CsvSource({"90s,PT1M30S", "5m,PT5M", "4h,PT4H", "30d,PT720H", "1h30m,PT1H30M", "PT2H,PT2H", "1.5h,PT1H30M"})
    void readsDurations(String text, String expected) {
        assertEquals(expected, Values.duration(text).orElseThrow().toString());
    }

    @ParameterizedTest
    @CsvSource({"128Mi,134217728", "2G,2000000000", "1Ki,1024", "1e3,1000", "500m,1", "1k,1000"})
    void readsQuantities(String text, long expected) {
        assertEquals(expected, Values.whole(text).orElseThrow());
    }

    @Test
    void readsCpuInThousandths() {
        assertEquals(250, Values.thousandths("250m").orElseThrow());
        assertEquals(1500, Values.thousandths("1.5").orElseThrow());
        assertTrue(Values.thousandths("lots").isEmpty());
        assertTrue(Values.duration("soon").isEmpty());
    }
}
