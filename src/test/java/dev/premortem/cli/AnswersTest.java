package dev.premortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A second run takes the answer of the first where nothing changed, and never where anything did. */
class AnswersTest {
    private static final String BUDGET = """
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: web, namespace: shop}
            spec:
              maxUnavailable: 0
              selector: {matchLabels: {app: web}}
            """;

    @TempDir
    private Path tree;

    @TempDir
    private Path folder;

    private Instant clock = Instant.parse("2031-02-01T00:00:00Z");

    private String program = "1";

    private boolean terminal;

    @BeforeEach
    void aShop() throws IOException {
        write("web.yaml", """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: shop}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      containers: [{name: web, image: "registry.example.org/web:1"}]
                """);
        write("broken.yaml", "a: [1,\nb: }\n");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(tree.resolve(name), text);
    }

    private Ran run(String command, String... more) {
        List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of(more));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings around = new Surroundings(
                () -> clock,
                Map.of("PREMORTEM_CACHE", folder.toString()),
                Optional.of(program),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                terminal);
        int code = Main.run(words.toArray(String[]::new), around);
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Ran check(String... more) {
        List<String> words = new ArrayList<>(List.of(tree.toString(), "--all", "--format", "json"));
        words.addAll(List.of(more));
        return run("check", words.toArray(String[]::new));
    }

    private List<Path> kept() throws IOException {
        Path answers = folder.resolve("answers");
        if (!Files.exists(answers)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(answers)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** The same with and without what is kept. */
    private Ran told(String... more) {
        List<String> plain = new ArrayList<>(List.of(more));
        plain.add("--no-cache");
        Ran fresh = check(plain.toArray(String[]::new));
        assertEquals(fresh, check(more));
        assertEquals(fresh, check(more));
        return fresh;
    }

    private String moment(Ran ran) {
        return ran.out()
                .lines()
                .filter(line -> line.contains("\"now\""))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatChangesIsToldAndWhatReturnsIsToldAgain() throws IOException {
        Ran first = told();
        write("budget.yaml", BUDGET);
        Ran more = told();
        assertNotEquals(first.out(), more.out());
        write("budget.yaml", BUDGET.replace("maxUnavailable: 0", "maxUnavailable: 1"));
        assertNotEquals(more.out(), told().out());
        Files.delete(tree.resolve("budget.yaml"));
        assertEquals(first, told());
        assertTrue(first.err().contains("broken.yaml:2"), first.err());
    }

    @Test
    void aFileThatChangedInPlaceAndKeptItsTimeIsSeen() throws IOException {
        write("budget.yaml", BUDGET);
        Ran strict = told();
        Path file = tree.resolve("budget.yaml");
        FileTime written = Files.getLastModifiedTime(file);
        write("budget.yaml", BUDGET.replace("maxUnavailable: 0", "maxUnavailable: 1"));
        Files.setLastModifiedTime(file, written);
        assertNotEquals(strict.out(), told().out());
    }

    @Test
    void aFileThatWasTouchedHasTheSameAnswer() throws IOException {
        Ran first = check();
        clock = clock.plusSeconds(60);
        Files.setLastModifiedTime(tree.resolve("web.yaml"), FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
        assertEquals(first, check());
    }

    @Test
    void theAnswerOfTheClockHoldsAQuarterOfAnHourAndSaysItsMoment() {
        Ran first = check();
        clock = clock.plus(Answers.HOLDS).minusSeconds(1);
        assertEquals(first, check());
        clock = clock.plusSeconds(1);
        assertNotEquals(moment(first), moment(check()));
        clock = clock.minus(Duration.ofDays(1));
        assertNotEquals(moment(first), moment(check()));
    }

    @Test
    void aMomentThatIsNamedHasItsOwnAnswer() {
        Ran first = check("--now", "2026-01-01T00:00:00Z");
        Ran other = check("--now", "2026-06-01T00:00:00Z");
        assertNotEquals(moment(first), moment(other));
        clock = clock.plus(Duration.ofDays(100));
        assertEquals(first, check("--now", "2026-01-01T00:00:00Z"));
    }

    @Test
    void anAnswerWithADateThatIsNearIsMadeAnew() throws IOException {
        write(
                "web.yaml",
                Files.readString(tree.resolve("web.yaml"))
                        .replace(
                                "namespace: shop}",
                                "namespace: shop, annotations: {premortem.dev/accept: "
                                        + "\"drain; until=2031-02-01; reason=until the move\"}}"));
        write("budget.yaml", BUDGET);
        Ran first = check();
        clock = clock.plusSeconds(60);
        assertNotEquals(moment(first), moment(check()));
    }

    @Test
    void whatIsAskedDecides() {
        Ran first = check();
        assertNotEquals(first.out(), check("--horizon", "30d").out());
        assertNotEquals(first.out(), check("--mechanism", "drain").out());
        assertEquals(check("--order", "1", "--no-cache"), check("--order", "1"));
        assertEquals(first, check());
    }

    @Test
    void settingsDecide() throws IOException {
        write("budget.yaml", BUDGET);
        Ran first = told();
        write(".premortem.yaml", "ignore: [budget.yaml]\n");
        assertNotEquals(first.out(), told().out());
        write(".premortem.yaml", "ignore: [7]\nnonsense: true\n");
        assertTrue(told().err().contains("nonsense"));
        Files.delete(tree.resolve(".premortem.yaml"));
        assertEquals(first, told());
    }

    @Test
    void anotherProgramBelievesNothing() throws IOException {
        check();
        int before = kept().size();
        program = "2";
        check();
        assertTrue(kept().size() > before);
    }

    @Test
    void fixAndExplainTakeTheAnswerOfCheck() throws IOException {
        write("budget.yaml", BUDGET);
        String text = run("check", tree.toString(), "--all").out();
        String id = text.lines()
                .filter(line -> line.startsWith("MEDIUM"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElseThrow(() -> new AssertionError(text));
        int before = kept().size();
        for (String command : List.of("fix", "explain")) {
            Ran plain = run(command, id, "--in", tree.toString(), "--no-cache");
            assertEquals(plain, run(command, id, "--in", tree.toString()));
        }
        assertEquals(before, kept().size(), "they predicted for themselves");
    }

    @Test
    void onATerminalItIsSaid() {
        terminal = true;
        assertFalse(check().err().contains("nothing changed"));
        clock = clock.plusSeconds(60);
        assertTrue(check().err().contains("nothing changed since 2031-02-01T00:00:00Z"), check().err());
        assertFalse(check("--quiet").err().contains("nothing changed"));
    }

    @Test
    void nothingOfASecretIsKept() throws IOException {
        write(
                "budget.yaml",
                "apiVersion: v1\nkind: Secret\nmetadata: {name: s, namespace: shop}\nstringData: {k: hidden-word}\n---\n"
                        + BUDGET);
        assertTrue(told().out().contains("drain"));
        for (Path file : kept()) {
            assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains("hidden-word"));
            assertTrue(Files.size(file) == 64, "an answer whose patch shows lines beside a Secret was kept");
        }
    }

    /** Where a service for builds keeps caches it often has to be inside of the checkout. */
    @Test
    void aCacheInTheTreeIsNotRead() throws IOException {
        folder = tree.resolve(".cache");
        Ran first = check();
        assertTrue(Files.exists(folder.resolve("CACHEDIR.TAG")));
        write(".cache/left", BUDGET);
        Ran second = check();
        assertFalse(second.out().contains("drain"), second.out());
        assertTrue(second.out().contains("tagged as a cache"), second.out());
        clock = clock.plusSeconds(60);
        assertEquals(second, check());
        assertEquals(first.err(), second.err());
        write(".cache/CACHEDIR.TAG", "Signature: of something else");
        assertTrue(check().out().contains("drain"));
    }

    @Test
    void whatIsDamagedIsPredictedAnew() throws IOException {
        Ran first = check();
        for (Path file : kept()) {
            Files.writeString(file, "nonsense");
        }
        assertEquals(first, check());
    }
}
