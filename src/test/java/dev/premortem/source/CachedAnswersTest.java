package dev.premortem.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Prediction;
import dev.premortem.predict.Editor;
import dev.premortem.predict.Predictor;
import dev.premortem.predict.Request;
import dev.premortem.report.Format;
import dev.premortem.report.Reports;
import dev.premortem.report.View;
import dev.premortem.source.cache.ContentCache;
import dev.premortem.testing.RandomEstates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the cache knows changes no byte of an answer, whatever was done to the files in between. */
class CachedAnswersTest {
    private static final Request REQUEST =
            new Request(Instant.parse("2026-02-01T00:00:00Z"), Duration.ofDays(90), 2, Set.of());
    private static final View ALL = new View(true, true, false, false, "", "", Set.of());

    private static final String ADDED = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: added-web, namespace: added}
            spec:
              replicas: 2
              selector: {matchLabels: {app: added-web}}
              template:
                metadata: {labels: {app: added-web}}
                spec:
                  containers: [{name: web, image: "registry.example.org/web:1"}]
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: added-web, namespace: added}
            spec:
              maxUnavailable: 0
              selector: {matchLabels: {app: added-web}}
            """;

    @TempDir
    private Path tree;

    @TempDir
    private Path folder;

    /** Below a size nothing is kept: examples alone would try nothing. */
    @BeforeEach
    void aTreeThatIsWorthIt() throws IOException {
        for (int i = 0; i < 50; i++) {
            Files.writeString(
                    tree.resolve("filler-" + i + ".yaml"),
                    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: filler-" + i
                            + ", namespace: filler}\ndata:\n  text: |\n    " + "a line ".repeat(1_500) + "\n");
        }
    }

    private String answer(TreeCache cache) {
        Reading reading = Sources.read(List.of(tree), Means.PLAIN.remembering(cache));
        Prediction prediction = Predictor.predict(reading.estate(), reading.coverage(), REQUEST, edits -> {
            Edited edited = Edits.apply(reading, edits);
            return new Editor.Edited(edited.reading().estate(), edited.patch(), edited.newProblems());
        });
        return Reports.check(prediction, Format.JSON, ALL);
    }

    /** The answer without a cache; what knows an older state of the tree, and then this one, has to give the same. */
    private String told() throws IOException {
        TreeCache cache = TreeCache.in(ContentCache.in(folder), "test");
        String plain = answer(TreeCache.none());
        assertEquals(plain, answer(cache));
        try (Stream<Path> kept = Files.walk(folder)) {
            assertTrue(kept.anyMatch(Files::isRegularFile), "nothing was kept, so nothing is tried");
        }
        assertEquals(plain, answer(cache));
        return plain;
    }

    private void changesAreTold(String place) throws IOException {
        String first = told();
        Path added = tree.resolve(place);
        Files.writeString(added, ADDED);
        String more = told();
        assertTrue(more.contains("added-web"));
        Files.writeString(added, ADDED.replace("maxUnavailable: 0", "maxUnavailable: 1"));
        assertNotEquals(more, told());
        Files.writeString(added, ADDED.replace("\n---\n", "\n# moves what follows\n---\n"));
        assertNotEquals(more, told());
        Files.delete(added);
        assertEquals(first, told());
    }

    @ParameterizedTest
    @CsvSource({
        "saturday, of/clusters/prod/apps/added.yaml",
        "single-site, of/clusters/fra/apps/added.yaml",
        "which-first, added.yaml"
    })
    void ofExamples(String example, String place) throws IOException {
        Path from = Path.of("examples", example);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = tree.resolve("of/" + from.relativize(file));
                Files.createDirectories(to.resolveSibling(""));
                Files.copy(file, to);
            }
        }
        changesAreTold(place);
    }

    @Test
    void ofAnEstateMadeUp() throws IOException {
        for (Map.Entry<String, String> file : RandomEstates.of(7).entrySet()) {
            Path to = tree.resolve("of/" + file.getKey());
            Files.createDirectories(to.resolveSibling(""));
            Files.writeString(to, file.getValue());
        }
        changesAreTold("added.yaml");
    }
}
