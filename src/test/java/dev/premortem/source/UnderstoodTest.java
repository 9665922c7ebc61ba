package dev.premortem.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.outage.Coverage;
import dev.premortem.source.render.Rendered;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The share that was understood, per kind. */
final class UnderstoodTest {
    private static final String CLAIM = "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: %s}\n";

    private static List<Coverage.Kind> kinds(String... namesAndTexts) {
        return Readings.of(namesAndTexts).coverage().kinds();
    }

    @Test
    void everyKindIsCountedWithWhatWasUnderstood() {
        assertEquals(
                List.of(new Coverage.Kind("PersistentVolumeClaim", 2, 2), new Coverage.Kind("Widget", 1, 0)),
                kinds(
                        "a.yaml",
                        CLAIM.formatted("a") + "---\n" + CLAIM.formatted("b"),
                        "b.yaml",
                        "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\n"));
    }

    @Test
    void objectsOfOneLineAreCountedOneByOne() {
        String item = "{\"apiVersion\":\"example.com/v1\",\"kind\":\"Widget\",\"metadata\":{\"name\":\"%s\"}}";
        String list = "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":["
                + item.formatted("a") + "," + item.formatted("b")
                + ",{\"apiVersion\":\"v1\",\"kind\":\"Namespace\",\"metadata\":{\"name\":\"n\"}}]}";
        int read = kinds("a.json", list).stream().mapToInt(Coverage.Kind::read).sum();
        int understood = kinds("a.json", list).stream()
                .mapToInt(Coverage.Kind::understood)
                .sum();
        assertEquals(3, read);
        assertEquals(1, understood);
    }

    @Test
    void templatesAndFilesWithoutKindAreCountedToo() {
        assertEquals(
                List.of(
                        new Coverage.Kind("Chart", 1, 0),
                        new Coverage.Kind("no kind", 1, 0, 1),
                        new Coverage.Kind("template", 1, 0)),
                kinds(
                        "chart/Chart.yaml",
                        "name: web\nversion: 1.0.0\n",
                        "chart/templates/web.yaml",
                        "kind: {{ .Values.kind }}\n",
                        "notes.yaml",
                        "some: thing\n"));
    }

    @Test
    void theShareIsOfEverythingThatWasRead() {
        Coverage coverage = Readings.of(
                        "a.yaml",
                        CLAIM.formatted("a"),
                        "b.yaml",
                        "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\n")
                .coverage();
        assertEquals(0.5, coverage.share());
    }

    @Test
    void releasesThatWereNotRenderedAreCountedByReason() {
        Rendered done = new Rendered(List.of(), Optional.of("helm 3.21.0"), Optional.empty(), List.of());
        Coverage.Rendering rendering = Understood.rendering(
                List.of(done, Rendered.not("is remote"), Rendered.not("is remote"), Rendered.not("is broken"), done),
                List.of("kustomize 5.5.0"));
        assertEquals(2, rendering.rendered());
        assertEquals(
                List.of(new Coverage.Rendering.Gap("is remote", 2), new Coverage.Rendering.Gap("is broken", 1)),
                rendering.gaps());
        assertEquals(List.of("helm 3.21.0", "kustomize 5.5.0"), rendering.by());
    }
}
