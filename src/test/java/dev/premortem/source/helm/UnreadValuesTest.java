package dev.premortem.source.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.source.render.Unread;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A value is unread where nothing of its chart could read it, and nothing is said where something could. */
final class UnreadValuesTest {
    private static final String DEPLOYMENT = """
            {{/* .Values.commented tells nothing */}}
            replicas: {{ .Values.replicas }}
            image: {{ .Values.image.repository }}:{{ $.Values.image.tag }}
            name: {{ index .Values "the-name" "first" }}
            {{- if hasKey .Values "asked" }}
            {{- toYaml .Values.resources }}
            {{- range .Values.ports }}{{ .port }}{{ end }}
            {{- end }}
            """;

    private static List<String> found(HelmTests tree, String values) throws ChartLoader.Missing {
        var job = tree.file("mine.yaml", values).job("web", "mine.yaml");
        ChartFiles chart = ChartLoader.load(
                tree.tree(), job, _ -> new dev.premortem.source.fetch.Fetched.Not("no"), new ParsedFiles());
        return UnreadValues.of(chart, job.values()).stream()
                .map(UnreadValuesTest::text)
                .toList();
    }

    private static String text(Unread unread) {
        return unread.place().line() + " " + unread.path()
                + unread.instead().map(path -> " > " + path).orElse("");
    }

    private static HelmTests web(String template) {
        return new HelmTests()
                .chart("web", "web")
                .file("web/values.yaml", "known: 1\n")
                .file("web/templates/web.yaml", template);
    }

    @Test
    void whatNoTemplateReadsIsToldWithWhatIsMeant() throws ChartLoader.Missing {
        String values = """
                replicaCount: 2
                tag: v2
                image:
                  Repository: web
                  pullSecret: one
                commented: yes
                podDisruptionBudget:
                  minAvailable: 1
                """;
        assertEquals(
                List.of(
                        "1 replicaCount > replicas",
                        "2 tag > image.tag",
                        "4 image.Repository > image.repository",
                        "5 image.pullSecret",
                        "6 commented",
                        "7 podDisruptionBudget"),
                found(web(DEPLOYMENT), values));
    }

    @Test
    void whatMayBeReadIsNotTold() throws ChartLoader.Missing {
        String values = """
                replicas: 2
                known: 2
                gone: null
                x-limits: {cpu: 1}
                global: {region: a}
                tags: {database: false}
                asked: {anything: 1}
                the-name: {first: {any: 1}}
                resources: {limits: {memory: 1Gi}}
                ports: [{port: 80, protocol: TCP}]
                image: {tag: v2, repository: web}
                """;
        assertEquals(List.of(), found(web(DEPLOYMENT), values));
    }

    @Test
    void whatReadsAllValuesSilencesAll() throws ChartLoader.Missing {
        for (String whole : List.of(
                "{{ toYaml .Values }}",
                "{{ $values := .Values }}",
                "{{ range $key, $value := .Values }}{{ end }}",
                "{{ index .Values $key }}",
                "{{ include \"web.all\" (dict \"values\" $.Values) }}",
                "{{ merge .Values (dict) }}",
                "{{ get (index . \"Values\") $key }}",
                "{{ toJson $ }}",
                "{{ $name := \"Values\" }}{{ include \"web.all\" $name }}",
                "{{ .Subcharts.db.Values.any }}")) {
            assertEquals(List.of(), found(web(DEPLOYMENT + whole), "replicaCount: 2\n"), whole);
        }
    }

    @Test
    void valuesThatArePassedOnUnderTheirNameAreReadByThatName() throws ChartLoader.Missing {
        HelmTests tree = web(DEPLOYMENT
                + "{{ include \"web.more\" (dict \"Values\" .Values \"more\" 1) }}{{ define \"web.more\" }}{{ .Values.more }}{{ end }}"
                + "{{ $part := index .Values \"part\" }}{{ include \"web.more\" (dict \"Values\" $part) }}");
        assertEquals(List.of("3 less"), found(tree, "more: 1\npart: {more: 2}\nless: 1\n"));
    }

    @Test
    void textsThatAreTemplatesRead() throws ChartLoader.Missing {
        String values = "host: example.com\nurl: https://{{ .Values.host }}/\n";
        assertEquals(List.of("2 url"), found(web(DEPLOYMENT), values));
        HelmTests files = web(DEPLOYMENT).file("web/files/app.conf", "host = {{ .Values.host }}\n");
        assertEquals(List.of(), found(files, "host: example.com\n"));
        HelmTests own = web(DEPLOYMENT).file("web/values.yaml", "url: '{{ .Values.host }}'\n");
        assertEquals(List.of(), found(own, "host: example.com\n"));
    }

    private static HelmTests withDatabase() {
        return web(DEPLOYMENT)
                .file("web/Chart.yaml", """
                        apiVersion: v2
                        name: web
                        version: 1.0.0
                        dependencies:
                          - {name: db, version: 1.0.0, alias: store, condition: store.enabled}
                        """)
                .chart("web/charts/db", "db")
                .file("web/charts/db/values.yaml", "size: 1\n")
                .file("web/charts/db/templates/db.yaml", "count: {{ .Values.primary.count }}\n");
    }

    @Test
    void aChartInTheChartReadsBelowItsAlias() throws ChartLoader.Missing {
        String values = """
                store:
                  enabled: true
                  size: 2
                  count: 3
                  primary: {count: 1}
                  global: {region: a}
                primary: {count: 2}
                """;
        assertEquals(List.of("4 store.count", "7 primary"), found(withDatabase(), values));
        HelmTests plain = withDatabase();
        plain.texts.computeIfPresent("web/Chart.yaml", (_, text) -> text.replace(", alias: store", ""));
        assertEquals(
                List.of("2 db.count", "3 primary > db.primary"),
                found(plain, "db:\n  count: 3\nprimary: {count: 2}\n"));
    }

    /** A chart sets values for the charts in it as a user does; what it says to itself only, and what the inner chart knows, is not judged. */
    @Test
    void whatAChartHandsOnIsJudgedAsAUsers() throws ChartLoader.Missing {
        HelmTests tree = withDatabase().file("web/values.yaml", """
                known: 1
                store:
                  enabled: true
                  size: 2
                  count: 3
                  primary: {count: 1, Count: 2}
                  used: 1
                """);
        assertEquals(
                List.of("5 store.count", "6 store.primary.Count > store.primary.count", "7 store.used"),
                found(tree, "known: 2\n"));
        tree.file("web/templates/more.yaml", "{{ .Values.store.used }}\n");
        assertEquals(
                List.of("5 store.count", "6 store.primary.Count > store.primary.count"), found(tree, "known: 2\n"));
        tree.file("web/templates/more.yaml", "{{ .Values.store }}\n");
        assertEquals(List.of(), found(tree, "known: 2\n"));
    }

    /** A packed chart from elsewhere is not the user's to mend. */
    @Test
    void whatAPackedChartHandsOnIsNotJudged() throws Exception {
        HelmTests tree = withDatabase().file("web/values.yaml", "store: {count: 3}\n");
        ChartFiles chart = ChartLoader.load(
                tree.tree(), tree.job("web"), _ -> new dev.premortem.source.fetch.Fetched.Not("no"), new ParsedFiles());
        assertEquals(1, UnreadValues.of(chart, List.of()).size());
        java.util.TreeMap<String, ChartFiles.Content> packed = new java.util.TreeMap<>();
        chart.files()
                .forEach((path, content) ->
                        packed.put(path, new ChartFiles.Content(content.bytes(), content.origin(), false)));
        assertEquals(List.of(), UnreadValues.of(new ChartFiles("web.tgz", packed, new ParsedFiles()), List.of()));
    }

    @Test
    void aNamedTemplateReadsTheValuesOfWhoIncludesIt() throws ChartLoader.Missing {
        HelmTests tree = withDatabase()
                .file("web/charts/db/templates/_names.tpl", "{{ define \"db.name\" }}{{ .Values.nameOfAll }}{{ end }}");
        assertEquals(List.of(), found(tree, "nameOfAll: a\nstore: {nameOfAll: b}\n"));
        HelmTests whole = withDatabase()
                .file("web/charts/db/templates/_names.tpl", "{{ define \"db.all\" }}{{ toYaml .Values }}{{ end }}");
        assertEquals(List.of(), found(whole, "nothing: a\n"));
    }

    @Test
    void aChartThatIsNotThereMayReadAll() throws ChartLoader.Missing {
        HelmTests tree = withDatabase();
        tree.texts.keySet().removeIf(file -> file.startsWith("web/charts/"));
        assertEquals(List.of(), found(tree, "store: {enabled: true, count: 3}\nother: 1\n"));
        assertEquals(List.of("2 other"), found(tree, "store: {enabled: false, count: 3}\nother: 1\n"));
    }

    @Test
    void importedValuesMayBeReadAnywhere() throws ChartLoader.Missing {
        HelmTests tree = withDatabase();
        tree.texts.computeIfPresent(
                "web/Chart.yaml", (_, text) -> text.replace("store.enabled}", "store.enabled, import-values: [data]}"));
        assertEquals(List.of(), found(tree, "other: 1\n"));
    }
}
