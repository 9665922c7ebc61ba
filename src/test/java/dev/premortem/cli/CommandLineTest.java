package dev.premortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exit codes, streams and messages of the contract. */
final class CommandLineTest {
    private static final String FRIDAY = "2022-03-04T18:00:00Z";
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: nginx}]}
            """;

    @TempDir
    private Path folder;

    private static Ran run(String... arguments) {
        return Ran.run(arguments);
    }

    private static Ran runWith(String stdin, String... arguments) {
        return Ran.with(Map.of(), stdin, arguments);
    }

    private static void assertOneLine(int code, String part, Ran ran) {
        assertEquals(code, ran.code(), ran.err());
        assertEquals(1, ran.err().lines().count(), ran.err());
        assertTrue(ran.err().contains(part), ran.err());
        assertEquals("", ran.out());
    }

    @Test
    void anOutageAtTheThresholdExitsWithOneAndDisplayNeverChangesThat() {
        assertEquals(1, run("check", "examples/crosslink").code());
        assertEquals(1, run("check", "examples/crosslink", "--quiet").code());
        assertEquals(0, run("check", "examples/crosslink", "--fail-on", "none").code());
    }

    @Test
    void theBaselineOfTodayPassesToday() {
        String known = folder.resolve("known.json").toString();
        Ran first = run("check", "examples/crosslink", "--write-baseline", known);
        assertEquals(1, first.code());
        Ran second = run("check", "examples/crosslink", "--baseline", known);
        assertEquals(0, second.code(), second.out());
        assertTrue(second.out().contains("of the baseline"), second.out());
    }

    @Test
    void stdinIsRead() {
        Ran ran = runWith(DEPLOYMENT, "check", "-", "--format", "json");
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("\"workloads\" : 1"), ran.out());
    }

    @Test
    void theResultGoesToAFileWhereAsked() throws IOException {
        Path file = folder.resolve("out.txt");
        Ran ran = run("check", "examples/crosslink-fixed", "--fail-on", "none", "--output", file.toString());
        assertEquals("", ran.out());
        assertTrue(Files.readString(file).contains("Read "));
        assertOneLine(2, "cannot write", run("check", "examples/crosslink-fixed", "--output", folder + "/no/where"));
    }

    @Test
    void wrongUsageIsOneLineThatNamesTheNearest() {
        assertOneLine(2, "did you mean check?", run("chek"));
        assertOneLine(2, "did you mean --horizon?", run("check", "--horizn", "3d"));
        assertOneLine(2, "expected a duration", run("check", "--horizon", "soon"));
        assertOneLine(2, "did you mean path-mtu?", run("check", "examples/crosslink", "--mechanism", "path-mtuu"));
        assertOneLine(
                2,
                "no such file or folder",
                run("check", folder.resolve("nowhere").toString()));
        assertOneLine(2, "no outage zzzzzzz", run("fix", "zzzzzzz", "--in", "examples/crosslink"));
        assertOneLine(2, "did you mean path-mtu?", run("explain", "path-mut"));
        assertOneLine(2, "near it: link/primary", run("simulate", "examples/crosslink", "--fail", "link/primry"));
        assertOneLine(2, "is no moment", run("simulate", "examples/crosslink", "--fail", "link/primary@soon"));
    }

    @Test
    void nothingToReadIsWrongUsage() {
        Ran ran = run("check", folder.toString());
        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("nothing that could be read"), ran.err());
    }

    @Test
    void aBrokenFileIsNamedAndTheRestIsJudged() throws IOException {
        Files.writeString(folder.resolve("web.yaml"), DEPLOYMENT);
        Files.writeString(folder.resolve("broken.yaml"), "a: [1,\nb: }\n");
        Ran ran = run("check", folder.toString());
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.err().contains("broken.yaml:"), ran.err());
        assertTrue(ran.out().contains("Read 1 object"), ran.out());
    }

    @Test
    void explainAndFixFindTheOutageThatCheckNamed() {
        String id = run("check", "examples/crosslink", "--quiet")
                .out()
                .lines()
                .findFirst()
                .orElseThrow()
                .strip();
        String last = id.substring(id.lastIndexOf(' ') + 1);
        Ran explain = run("explain", last, "--in", "examples/crosslink");
        assertTrue(explain.out().contains("pivot"), explain.out() + explain.err());
        Ran fix = run("fix", last, "--in", "examples/crosslink");
        assertEquals(0, fix.code(), fix.err());
        assertTrue(fix.out().contains("\n--- "), fix.out());
    }

    @Test
    void whyNotSaysWhatCarriesOrWhatIsMissing() {
        Ran ran = run("explain", "--why-not", "link/backup", "--in", "examples/crosslink");
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("takes no product down"), ran.out());
        assertOneLine(2, "near it", run("explain", "--why-not", "link/bakup", "--in", "examples/crosslink"));
    }

    @Test
    void simulateTellsTheHurriedRepair() {
        Ran ran = run(
                "simulate", "examples/saturday", "--now", FRIDAY, "--change", "examples/saturday-fix", "--for", "3h");
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("down for"), ran.out());
    }

    @Test
    void helpNamesEveryOptionOfTheContract() {
        String help = run("check", "--help").out();
        for (String option : new String[] {
            "--horizon",
            "--order",
            "--all",
            "--coverage",
            "--fail-on",
            "--baseline",
            "--mechanism",
            "--format",
            "--output",
            "--now",
            "--quiet",
            "--no-color"
        }) {
            assertTrue(help.contains(option), option);
        }
        assertTrue(run("--help").out().contains("Examples:"));
        assertTrue(run("--version").out().startsWith("premortem "));
    }

    @Test
    void completionIsAScriptThatKnowsTheCommands() {
        Ran ran = run("completion");
        assertEquals(0, ran.code());
        assertTrue(ran.out().contains("simulate") && ran.out().contains("--write-baseline"));
    }

    @Test
    void theSameEstateGivesTheSameBytes() {
        String first = run("check", "examples/saturday", "--now", FRIDAY, "--format", "json")
                .out();
        assertEquals(
                first,
                run("check", "examples/saturday", "--now", FRIDAY, "--format", "json")
                        .out());
        assertFalse(first.isEmpty());
    }
}
