package dev.premortem.source.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.fact.Problem;
import dev.premortem.predict.OutsideAcceptance;
import dev.premortem.testing.Rounds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found upwards, how it is merged, and what is said about mistakes. */
final class SettingsTest {
    @TempDir
    private Path folder;

    private Path inner;

    @BeforeEach
    void aRepositoryInAFolder() throws IOException {
        Files.createDirectories(folder.resolve("repository/.git"));
        inner = Files.createDirectories(folder.resolve("repository/clusters/prod"));
        Files.writeString(folder.resolve(Settings.NAME), "order: 3\n");
    }

    private void outer(String text) throws IOException {
        Files.writeString(folder.resolve("repository").resolve(Settings.NAME), text);
    }

    private void near(String text) throws IOException {
        Files.writeString(inner.resolve(Settings.NAME), text);
    }

    private Settings settings() {
        return Settings.of(List.of(inner));
    }

    private static String option(Settings settings, String name) {
        Setting setting = settings.options().get(name);
        return setting == null ? "not set" : setting.value();
    }

    private static String problems(Settings settings) {
        return settings.problems().stream().map(Problem::text).collect(Collectors.joining("\n"));
    }

    @Test
    void theNearerFileWinsAndTheRootOfTheRepositoryIsTheLast() throws IOException {
        outer("failOn: low\nhorizon: 30d\n");
        near("failOn: medium\n");
        Settings settings = settings();
        assertEquals(
                List.of("fail-on", "horizon"), List.copyOf(settings.options().keySet()));
        assertEquals("medium", option(settings, "fail-on"));
        assertEquals("", problems(settings));
    }

    @Test
    void listsThatLeaveOutAddUp() throws IOException {
        outer("notMechanisms: [path-mtu]\nignore: vendor/\nmechanisms: [capacity]\n");
        near("notMechanisms: dns-cache\nignore: ['*.bak.yaml']\nmechanisms: [dns-cache]\n");
        Settings settings = settings();
        assertEquals("dns-cache,path-mtu", option(settings, "not-mechanism"));
        assertEquals("dns-cache", option(settings, "mechanism"));
        assertTrue(settings.ignored().test("apps/old.bak.yaml"));
        assertTrue(settings.ignored().test("vendor/chart/values.yaml"));
        assertFalse(settings.ignored().test("apps/vendors.yaml"));
    }

    @Test
    void patternsCountFromTheFolderOfTheirFile() throws IOException {
        outer("ignore: [clusters/prod/secret, clusters/*/x.yaml, other/y.yaml]\n");
        Settings settings = settings();
        assertTrue(settings.ignored().test("secret/a.yaml"));
        assertTrue(settings.ignored().test("x.yaml"));
        assertFalse(settings.ignored().test("y.yaml"));
    }

    @Test
    void mistakesNameLineFieldAndTheNearest() throws IOException {
        near("""
                horizn: 3d
                order: 4
                failOn: loud
                mechanisms: [path-mut]
                horizon: soon
                kubeVersion: ftp
                all: maybe
                """);
        String told = problems(settings());
        for (String part : List.of(
                ":1: horizn: no such field",
                "Maybe you meant horizon",
                ":2: order: \"4\"; expected 1, 2 or 3",
                ":3: failOn: \"loud\"; expected one of critical",
                ":4: mechanisms[0]: no mechanism is called \"path-mut\"",
                "Maybe you meant path-mtu",
                ":5: horizon: \"soon\"; expected a duration",
                ":6: kubeVersion:",
                ":7: all: \"maybe\"; expected true or false")) {
            assertTrue(told.contains(part), part + " is missing in\n" + told);
        }
        assertEquals(List.of(), List.copyOf(settings().options().keySet()));
    }

    @Test
    void noFileMakesUsConnectOrRunAProgram() throws IOException {
        outer("prometheus: https://prometheus.example.com\n");
        near("live: [main]\nfetch: true\nhelm: helm\n");
        assertEquals(List.of(), List.copyOf(settings().options().keySet()));
        String told = problems(settings());
        for (String part : List.of(
                "clusters/prod/.premortem.yaml:1: live: opens connections with your credentials, which no file may make"
                        + " it do; not done; expected --live on the command line, or the variable PREMORTEM_LIVE",
                ":2: fetch: opens connections, which",
                ":3: helm: runs a program, which",
                "repository/.premortem.yaml:1: prometheus: opens connections with")) {
            assertTrue(told.contains(part), part + " is missing in\n" + told);
        }
    }

    @Test
    void whatIsSaidOfRenderingCounts() throws IOException {
        near("noRender: true\nnoCache: true\nkubeVersion: 1.31.2\n");
        assertEquals("true", option(settings(), "no-render"));
        assertEquals("true", option(settings(), "no-cache"));
        assertEquals("1.31.2", option(settings(), "kube-version"));
        near("kubeVersion: newest\n");
        assertTrue(problems(settings()).contains(":1: kubeVersion: \"newest\"; expected a version such as 1.33.0"));
    }

    @Test
    void theBaselineIsNamedFromTheFile() throws IOException {
        outer("baseline: .premortem-baseline.json\n");
        assertEquals(
                folder.toAbsolutePath()
                        .resolve("repository/.premortem-baseline.json")
                        .toString(),
                option(settings(), "baseline"));
    }

    @Test
    void anAcceptanceNeedsAnEndAReasonAndAPlace() throws IOException {
        near("""
                accept:
                  - {outage: abc, reason: why}
                  - {outage: abc, until: 2027-01-31}
                  - {outage: abc, until: soon, reason: why}
                  - {until: 2027-01-31, reason: why}
                  - {outage: abc, mechanism: path-mtu, until: 2027-01-31, reason: why}
                  - {mechanism: path-mtu, until: 2027-01-31, reason: why}
                  - {mechanism: path-mtu, of: main/**, until: 2027-01-31, reason: why, untl: x}
                """);
        String told = problems(settings());
        for (String part : List.of(
                ":2: accept[0]: has no end",
                ":3: accept[1]: has no reason",
                ":4: accept[2].until: \"soon\" is no date",
                ":5: accept[3]: names neither",
                ":6: accept[4]: names an outage and a mechanism",
                ":7: accept[5]: accepts a mechanism everywhere",
                "Maybe you meant until")) {
            assertTrue(told.contains(part), part + " is missing in\n" + told);
        }
        List<OutsideAcceptance> accepted = settings().accepted();
        assertEquals(1, accepted.size());
        assertTrue(accepted.getFirst().of().test("main/shop/Deployment/cart#pending"));
        assertFalse(accepted.getFirst().of().test("east/shop/Deployment/cart"));
        assertEquals("2027-02-01T00:00:00Z", accepted.getFirst().until().toString());
    }

    @Test
    void aLinkAListAndBadYamlAreProblems() throws IOException {
        near("- a\n");
        assertTrue(problems(settings()).contains("expected a mapping"), problems(settings()));
        near("a: [\n");
        assertFalse(problems(settings()).isEmpty());
        Files.delete(inner.resolve(Settings.NAME));
        Files.createSymbolicLink(inner.resolve(Settings.NAME), folder.resolve(Settings.NAME));
        assertTrue(problems(settings()).contains("is no plain file"), problems(settings()));
    }

    @Test
    void damagedSettingsNeverThrow() {
        String whole = """
                horizon: 400d
                order: 2
                mechanisms: [path-mtu, 'x']
                baseline: "a\\0b"
                format: [text, json]
                ignore: [vendor/, "**/*.bak.yaml", '!x', '?']
                accept:
                  - {outage: abc, until: 2027-01-31, reason: why}
                  - {mechanism: path-mtu, of: [main/**], paths: a, until: 2027-01-31, reason: why}
                """;
        Rounds.run(300, seed -> {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(whole);
            for (int i = 0; i < random.nextInt(8); i++) {
                int at = random.nextInt(text.length());
                text.replace(
                        at,
                        Math.min(text.length(), at + random.nextInt(12)),
                        "\n :-[]{}'\"&*!#".substring(0, random.nextInt(14)));
            }
            try {
                near(text.toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            Settings settings = settings();
            assertFalse(settings.ignored().test(""), "nothing has no name");
            settings.accepted().forEach(one -> assertFalse(one.name().isEmpty()));
        });
    }

    @Test
    void aListOfPatternsEnds() throws IOException {
        near("ignore: [" + "a, ".repeat(300) + "b]\n");
        assertTrue(problems(settings()).contains("expected at most 200 patterns"), problems(settings()));
        near("ignore: [" + "a".repeat(201) + "]\n");
        assertTrue(problems(settings()).contains("of at most 200 letters"), problems(settings()));
    }

    @Test
    void globsMatchAsInGitignore() {
        assertTrue(Glob.files("*.yaml").covers("a/b.yaml"));
        assertFalse(Glob.files("a/*.yaml").covers("a/b/c.yaml"));
        assertTrue(Glob.files("a/**/c.yaml").covers("a/c.yaml"));
        assertTrue(Glob.files("a/**").covers("a/b/c.yaml"));
        assertTrue(Glob.files("/a").covers("a/b"));
        assertFalse(Glob.files("/a").covers("b/a"));
        assertTrue(Glob.files("?.yaml").covers("x.yaml"));
        assertFalse(Glob.files("?.yaml").covers("xy.yaml"));
        assertTrue(Glob.anchored("*/shop").covers("main/shop/Deployment/cart"));
        assertFalse(Glob.anchored("shop").covers("main/shop"));
        String many = "**/a*".repeat(200);
        assertFalse(Glob.files(many).covers("b/".repeat(2000) + "a"));
    }
}
