package dev.premortem.source.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.fetch.Fetched;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.ChartSource;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.Rendered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What renders sees nothing of the user's, reaches nothing, is bounded, and runs only where it must. */
final class WorkerTest {
    private static final String LOOKS = """
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: looks
            data:
              one: {{ lookup "v1" "Secret" "kube-system" "token" | toJson | quote }}
              all: {{ lookup "v1" "Node" "" "" | toJson | quote }}
              other: {{ lookup "apps/v1" "Deployment" "shop" "cart" | toJson | quote }}
              list: {{ (lookup "argoproj.io/v1alpha1" "Rollout" "shop" "").items | toJson | quote }}
              home: {{ env "HOME" | default "no function" | quote }}
            """;

    private static Path chart(Surroundings around, String template) throws IOException {
        Path folder = Files.createDirectory(around.folder().resolve("chart"));
        HelmTests tree = new HelmTests().chart("c", "c").file("c/templates/a.yaml", template);
        Workshop.write(
                JobInput.of(
                                tree.tree(),
                                tree.job("c"),
                                HelmTests.settings(),
                                _ -> new Fetched.Not("was not fetched; --fetch gets it"),
                                new ParsedFiles())
                        .chart(),
                folder,
                "2001-02-03");
        return folder;
    }

    private static Engine.Request request(Path chart) {
        return new Engine.Request(chart, "web", "shop", "1.33.0", List.of());
    }

    @Test
    void lookupsReachTheSilentClusterAndNothingElse() throws IOException {
        String template = LOOKS.replaceAll("  home: .*\n", "");
        try (Surroundings around = new Surroundings(Set.of("Rollout"));
                WorkerProcess worker = new WorkerProcess(
                        HelmTests.settings(), around, around.folder().resolve("said"))) {
            Engine.Answer answer =
                    worker.render(request(chart(around, template)), new Allowance(Duration.ofSeconds(30)));
            String text = answer instanceof Engine.Answer.Text found ? found.text() : answer.toString();
            assertTrue(text.contains("one: \"{}\""), text);
            assertTrue(text.contains("all: \"{}\""), text);
            assertTrue(text.contains("other: \"{}\""), text);
            assertTrue(text.contains("list: \"null\""), text);
            List<String> asked = around.cluster().asked();
            assertTrue(asked.contains("/api/v1/namespaces/kube-system/secrets/token"), asked.toString());
            assertTrue(asked.contains("/api/v1/nodes"), asked.toString());
        }
    }

    @Test
    void templatesCannotReadTheEnvironment() throws IOException {
        try (Surroundings around = new Surroundings(Set.of("Rollout"));
                WorkerProcess worker = new WorkerProcess(
                        HelmTests.settings(), around, around.folder().resolve("said"))) {
            Engine.Answer answer = worker.render(request(chart(around, LOOKS)), new Allowance(Duration.ofSeconds(30)));
            assertTrue(
                    answer instanceof Engine.Answer.Refused refused
                            && refused.message().contains("function \"env\" not defined"),
                    answer.toString());
        }
    }

    @Test
    void programsGetAnEnvironmentOfOursOnly() throws IOException {
        Path folder;
        try (Surroundings around = new Surroundings(Set.of("Rollout"))) {
            folder = around.folder();
            ProcessBuilder program = around.program(List.of("any"));
            assertEquals(
                    List.of("GOMEMLIMIT", "HOME", "KUBECONFIG", "LC_ALL", "TMPDIR", "USERPROFILE"),
                    program.environment().keySet().stream().sorted().toList());
            for (String key : List.of("HOME", "KUBECONFIG", "TMPDIR", "USERPROFILE")) {
                String value = program.environment().getOrDefault(key, "");
                assertTrue(value.startsWith(folder.toString()), key + "=" + value);
            }
            try (Stream<Path> home = Files.list(Path.of(program.environment().getOrDefault("HOME", "")))) {
                assertEquals(0, home.count());
            }
            String kubeconfig = Files.readString(Path.of(program.environment().getOrDefault("KUBECONFIG", "")));
            assertEquals(
                    1,
                    kubeconfig.lines().filter(line -> line.contains("server:")).count());
            assertTrue(kubeconfig.contains("http://127.0.0.1:") || kubeconfig.contains("http://[::1]:"), kubeconfig);
        }
        assertFalse(Files.exists(folder));
    }

    @Test
    void aRenderingPastItsTimeIsEndedAndTheNextOneRuns() throws IOException {
        HelmSettings usual = HelmTests.settings();
        HelmSettings hasty = new HelmSettings(
                usual.java(),
                usual.classPath(),
                Optional.empty(),
                usual.kubernetes(),
                new HelmSettings.Bounds(Duration.ofSeconds(3), 1L << 30, 1 << 20));
        try (Surroundings around = new Surroundings(Set.of("Rollout"));
                WorkerProcess worker =
                        new WorkerProcess(hasty, around, around.folder().resolve("said"))) {
            Path chart = chart(around, "{{ range until 1000000 }}{{ range until 1000000 }}{{ end }}{{ end }}");
            assertEquals(
                    new Engine.Answer.Broken("took longer than 3 s and was ended; a template may loop"),
                    worker.render(request(chart), new Allowance(Duration.ofSeconds(3))));
            Files.writeString(chart.resolve("templates/a.yaml"), "a: 1\n");
            assertTrue(
                    worker.render(request(chart), new Allowance(Duration.ofSeconds(30))) instanceof Engine.Answer.Text);
        }
    }

    @Test
    void aRenderingPastItsMemoryIsEnded() throws IOException {
        HelmSettings usual = HelmTests.settings();
        HelmSettings small = new HelmSettings(
                usual.java(),
                usual.classPath(),
                Optional.empty(),
                usual.kubernetes(),
                new HelmSettings.Bounds(Duration.ofSeconds(30), 400L << 20, 1 << 20));
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.exists(Path.of("/proc/self/statm")), "this system does not tell what a process takes");
        try (Surroundings around = new Surroundings(Set.of("Rollout"));
                WorkerProcess worker =
                        new WorkerProcess(small, around, around.folder().resolve("said"))) {
            String hungry =
                    "{{ $all := list }}{{ range until 100000 }}{{ $all = append $all (repeat 1000000 \"x\") }}{{ end }}";
            assertEquals(
                    new Engine.Answer.Broken("took more than 400 MiB of memory and was ended"),
                    worker.render(request(chart(around, hungry)), new Allowance(Duration.ofSeconds(30))));
        }
    }

    @Test
    void whatTheCacheHoldsNeedsNoProcess(@TempDir Path folder) {
        ContentCache cache = ContentCache.in(folder.resolve("cache"));
        HelmTests tree = GateChart.add(new HelmTests(), "gate").file("mine.yaml", GateChart.MINE);
        List<ChartJob> jobs = List.of(tree.job("gate", "mine.yaml"));
        Rendered first = new HelmCharts(
                        HelmTests.settings(), cache, _ -> new Fetched.Not("was not fetched; --fetch gets it"))
                .render(tree.tree(), jobs)
                .getFirst();
        assertEquals(Optional.empty(), first.gap());
        HelmSettings none = HelmSettings.of(folder.resolve("no-java"), "nothing");
        HelmCharts without = new HelmCharts(none, cache, _ -> new Fetched.Not("was not fetched; --fetch gets it"));
        assertEquals(first, without.render(tree.tree(), jobs).getFirst());
        assertEquals(List.of(), without.render(tree.tree(), List.of()));
        tree.file("mine.yaml", GateChart.MINE.replace("replicas: 2", "replicas: 3"));
        Rendered other = without.render(tree.tree(), List.of(tree.job("gate", "mine.yaml")))
                .getFirst();
        assertTrue(other.gap().orElse("").contains("ended"), other.toString());
        assertTrue(
                other.problems().getFirst().found().contains("did not start"),
                other.problems().toString());
    }

    @Test
    void resultsStandInTheOrderOfTheJobs() {
        HelmTests tree = new HelmTests();
        List<ChartJob> jobs = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String name = "chart" + i;
            tree.chart(name, name)
                    .file(name + "/templates/a.yaml", "kind: ConfigMap\nmetadata:\n  name: {{ .Chart.Name }}\n");
            jobs.add(tree.job(name));
        }
        List<Rendered> rendered = HelmTests.charts().render(tree.tree(), jobs);
        for (int i = 0; i < 6; i++) {
            assertEquals(
                    "chart" + i,
                    rendered.get(i)
                            .objects()
                            .getFirst()
                            .text("metadata.name")
                            .orElseThrow()
                            .value());
        }
    }

    @Test
    void aBinaryRendersWithTheSameEnvironment(@TempDir Path folder) throws IOException {
        Path helm = Files.writeString(folder.resolve("helm"), """
                #!/bin/sh
                if [ "$1" = version ]; then echo v3.99.1+gabc; exit 0; fi
                echo "---"
                echo "# Source: c/templates/a.yaml"
                echo "kind: ConfigMap"
                echo "data:"
                echo "  arguments: $1 $2 $4 $5 $6 $7"
                echo "  home: $HOME"
                echo "  path: '$USER$HTTPS_PROXY'"
                """);
        org.junit.jupiter.api.Assumptions.assumeTrue(
                helm.toFile().setExecutable(true) && Files.exists(Path.of("/bin/sh")), "no shell on this system");
        HelmSettings usual = HelmTests.settings();
        HelmSettings settings = new HelmSettings(
                usual.java(), usual.classPath(), Optional.of(helm), usual.kubernetes(), usual.bounds());
        HelmTests tree = new HelmTests().chart("c", "c").file("c/templates/a.yaml", "kind: ConfigMap\n");
        Rendered rendered = new HelmCharts(
                        settings, ContentCache.none(), _ -> new Fetched.Not("was not fetched; --fetch gets it"))
                .render(tree.tree(), List.of(tree.job(new ChartSource.Folder("c"))))
                .getFirst();
        assertEquals(Optional.of("helm 3.99.1 (helm)"), rendered.by());
        var object = rendered.objects().getFirst();
        assertEquals(
                "template web --namespace apps --kube-version 1.33.0",
                object.text("data.arguments").orElseThrow().value());
        assertTrue(object.text("data.home").orElseThrow().value().endsWith("/home"));
        assertEquals("", object.text("data.path").orElseThrow().value());
    }

    @Test
    void noChartsNeedNothing() {
        HelmSettings none = HelmSettings.of(Path.of("no-java"), "nothing");
        assertEquals(
                List.of(),
                new HelmCharts(none, ContentCache.none(), _ -> new Fetched.Not("was not fetched; --fetch gets it"))
                        .render(FileTree.EMPTY, List.of()));
    }
}
