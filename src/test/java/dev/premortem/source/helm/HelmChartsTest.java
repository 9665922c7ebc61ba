package dev.premortem.source.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.fact.Tree;
import dev.premortem.source.render.Rendered;
import org.junit.jupiter.api.Test;

/** Charts of the tree come out as objects. */
final class HelmChartsTest {
    private static HelmTests web() {
        return new HelmTests()
                .chart("web", "web")
                .file("web/values.yaml", "replicas: 1\nimage: nginx:1\n")
                .file("web/templates/deployment.yaml", """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata:
                          name: {{ .Release.Name }}
                        spec:
                          replicas: {{ .Values.replicas }}
                          strategy:
                            type: Recreate
                        """);
    }

    @Test
    void aChartOfTheTreeIsRendered() {
        Rendered rendered = web().render("web");
        assertEquals(
                "Optional.empty",
                rendered.gap().toString(),
                () -> rendered.problems().toString());
        Tree object = rendered.objects().getFirst();
        assertEquals("web", object.text("metadata.name").orElseThrow().value());
        assertEquals("1", object.text("spec.replicas").orElseThrow().value());
    }

    @Test
    void whatTheTemplateSaysHasTheTemplatesLine() {
        Tree object = web().render("web").objects().getFirst();
        assertEquals(
                "web/templates/deployment.yaml:8",
                object.at("spec.strategy.type").orElseThrow().place().at());
    }

    @Test
    void whatAValueSetHasTheLineOfTheValue() {
        Tree object = web().file("mine.yaml", "# mine\nreplicas: 2\n")
                .render("web", "mine.yaml")
                .objects()
                .getFirst();
        assertEquals(
                "mine.yaml:2", object.at("spec.replicas").orElseThrow().place().at());
        assertEquals(
                "replicas", object.at("spec.replicas").orElseThrow().place().field());
    }
}
