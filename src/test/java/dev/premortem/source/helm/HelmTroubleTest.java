package dev.premortem.source.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Problem;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.ChartSource;
import dev.premortem.source.render.Rendered;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Charts that lack something, that are wrong, or that mean harm: each has a clear line, and the others are rendered. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HelmTroubleTest {
    private static final String MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Chart.Name }}\n";

    private final HelmTests tree = new HelmTests();
    private final SortedMap<String, ChartSource> sources = new TreeMap<>();
    private final SortedMap<String, Rendered> results = new TreeMap<>();

    private HelmTests chart(String name, String template) {
        sources.put(name, new ChartSource.Folder(name));
        return tree.chart(name, name).file(name + "/templates/map.yaml", template);
    }

    private static String needing(String name, String... dependencies) {
        return "apiVersion: v2\nname: " + name + "\nversion: 1.0.0\ndependencies:\n" + String.join("", dependencies);
    }

    private static String dependency(String name, String repository) {
        return "  - name: " + name + "\n    version: 1.2.3\n    repository: " + repository + "\n";
    }

    @BeforeAll
    void render() {
        chart("fine", MAP);
        chart("nil", MAP + "data:\n  a: {{ .Values.a.b.c }}\n");
        chart("syntax", MAP + "data:\n  a: {{ if }}\n");
        chart("noyaml", MAP + "data:\n\tx: y\n");
        chart("failing", MAP + "{{ required \"say who\" .Values.who }}\n");
        chart("looping", MAP + "{{ include \"a\" . }}\n")
                .file("looping/templates/_a.tpl", "{{ define \"a\" }}{{ include \"a\" . }}{{ end }}");
        chart("huge", MAP + "data:\n  a: {{ repeat 40000000 \"x\" }}\n");
        chart("endless", MAP + "{{ range until 2000000000 }}x{{ end }}\n");
        chart("lonely", MAP)
                .file("lonely/Chart.yaml", needing("lonely", dependency("redis", "https://charts.example.org")));
        chart("off", MAP)
                .file("off/values.yaml", "redis:\n  enabled: false\n")
                .file(
                        "off/Chart.yaml",
                        needing(
                                "off",
                                dependency("redis", "https://charts.example.org") + "    condition: redis.enabled\n"));
        chart("beside", MAP)
                .file("beside/Chart.yaml", needing("beside", dependency("fine", "file://../fine")))
                .file("fine/templates/nested.yaml", MAP.replace("{{ .Chart.Name }}", "{{ .Values.called }}"))
                .file("fine/values.yaml", "called: nested\n")
                .file("beside/values.yaml", "fine:\n  called: by-parent\n");
        chart("outside", MAP).file("outside/Chart.yaml", needing("outside", dependency("x", "file://../../x")));
        chart("bare", MAP);
        tree.texts.remove("bare/templates/map.yaml");
        chart("old", MAP).file("old/Chart.yaml", "apiVersion: v2\nname: old\nversion: 1.0.0\nkubeVersion: '<1.20.0'\n");
        sources.put("packed", new ChartSource.Archive("packed.tgz"));
        tree.archives.put(
                "packed.tgz",
                new Tar()
                        .file("packed/Chart.yaml", "apiVersion: v2\nname: packed\nversion: 1.0.0\n")
                        .file("packed/templates/map.yaml", MAP + "data:\n  a: {{ .Values.a }}\n")
                        .file("packed/values.yaml", "\na: here\n")
                        .packed());
        chart("vendoring", MAP);
        tree.archives.put("vendoring/charts/packed-1.0.0.tgz", tree.archives.getOrDefault("packed.tgz", new byte[0]));
        sources.put("slip", new ChartSource.Archive("slip.tgz"));
        tree.archives.put("slip.tgz", new Tar().file("../../evil", "x").packed());
        sources.put("no-chart", new ChartSource.Archive("no-chart.tgz"));
        tree.archives.put("no-chart.tgz", new Tar().file("dist/app.js", "x").packed());
        sources.put("remote", new ChartSource.Remote("https://charts.example.org", "redis", "1.2.3"));
        List<ChartJob> jobs = new ArrayList<>();
        sources.values().forEach(source -> jobs.add(tree.job(source)));
        List<Rendered> rendered = HelmTests.charts().render(tree.tree(), jobs);
        for (String name : sources.keySet()) {
            results.put(name, rendered.get(results.size()));
        }
    }

    private Rendered result(String name) {
        return results.getOrDefault(name, Rendered.not("no such chart"));
    }

    private List<String> names(String name) {
        return result(name).objects().stream()
                .flatMap(object -> object.text("metadata.name").stream())
                .map(Fact::value)
                .toList();
    }

    private String problem(String name) {
        return String.join(
                "\n", result(name).problems().stream().map(Problem::text).toList());
    }

    private void tells(String name, String gap, String... parts) {
        assertEquals(gap, result(name).gap().orElse("none"), () -> problem(name));
        for (String part : parts) {
            assertTrue(problem(name).contains(part), () -> name + " said: " + problem(name));
        }
    }

    @Test
    void aChartAmongBadOnesIsRendered() {
        assertEquals(List.of("fine", "nested"), names("fine"));
    }

    @Test
    void errorsNameTheLineOfTheTemplate() {
        tells(
                "nil",
                "Helm refuses the chart",
                "nil/templates/map.yaml:6: ",
                "nil pointer",
                "a value above it is not set");
        tells("syntax", "Helm refuses the chart", "syntax/templates/map.yaml:6: ");
        tells("noyaml", "Helm refuses the chart", "noyaml/templates/map.yaml", "renders to no YAML");
        tells("failing", "Helm refuses the chart", "failing/templates/map.yaml:5: say who");
        tells("old", "Helm refuses the chart", "release.yaml:1: ", "<1.20.0", "v1.33.0");
    }

    @Test
    void harmIsEndedWithAClearLine() {
        tells("looping", "Helm refuses the chart", "looping/templates/");
        assertTrue(result("huge").objects().isEmpty());
        assertTrue(problem("huge").contains("of output"), () -> problem("huge"));
        tells("endless", "the chart's rendering was ended", "was ended");
    }

    @Test
    void aMissingDependencyIsNamedAndTheRestIsRendered() {
        tells(
                "lonely",
                "needs charts that are not in the tree: redis 1.2.3 of https://charts.example.org",
                "lonely/Chart.yaml:5: ");
        assertEquals(List.of("lonely"), names("lonely"));
        tells("outside", "needs charts that are not in the tree: x 1.2.3 of file://../../x");
        tells("off", "none");
        tells("remote", "was not fetched; --fetch gets it");
        tells("bare", "has no templates in the tree");
    }

    @Test
    void aDependencyBesideTheChartIsRenderedWithIt() {
        assertEquals(
                List.of("beside", "by-parent", "fine"),
                names("beside").stream().sorted().toList());
    }

    @Test
    void packedChartsAreRenderedWithPlacesInThem() {
        assertEquals(
                "packed.tgz/packed/values.yaml:2",
                result("packed")
                        .objects()
                        .getFirst()
                        .at("data.a")
                        .orElseThrow()
                        .place()
                        .at());
        assertEquals(
                "vendoring/charts/packed-1.0.0.tgz/packed/values.yaml:2",
                result("vendoring").objects().stream()
                        .flatMap(object -> object.at("data.a").stream())
                        .findFirst()
                        .orElseThrow()
                        .place()
                        .at());
    }

    @Test
    void anArchiveThatClimbsOutIsNotRead() {
        tells("slip", "the packed chart slip.tgz is not read", "slip.tgz: holds a name that leaves its folder");
    }

    @Test
    void anArchiveThatIsNoChartIsNamed() {
        tells("no-chart", "no Chart.yaml in no-chart.tgz", "no-chart.tgz: holds no Chart.yaml");
    }
}
