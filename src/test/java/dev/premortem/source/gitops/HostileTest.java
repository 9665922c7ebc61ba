package dev.premortem.source.gitops;

import static dev.premortem.source.gitops.FluxTest.leftOut;
import static dev.premortem.source.gitops.FluxTest.read;
import static dev.premortem.source.gitops.FluxTest.workloads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.source.Reading;
import dev.premortem.source.render.Renderers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostileTest {
    private static final String KUSTOMIZE = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n";
    private static final String WEB =
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {containers: [{name: a, image: a}]}}}\n";
    private static final String FLUX =
            "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: %s, namespace: flux-system}\nspec: {path: %s}\n";

    @Test
    void kustomizationsThatTakeEachOtherInEnd() {
        Reading reading = read(
                Renderers.none(),
                "ks.yaml",
                FLUX.formatted("a", "./a"),
                "a/kustomization.yaml",
                KUSTOMIZE + "resources: [../b, web.yaml]\ncomponents: [../c]\n",
                "a/web.yaml",
                WEB,
                "b/kustomization.yaml",
                KUSTOMIZE + "resources: [../a]\n",
                "c/kustomization.yaml",
                "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\ncomponents: [../c]\n");
        assertEquals(List.of("default/default/Deployment/web"), workloads(reading));
    }

    @Test
    void fluxKustomizationsThatBringEachOtherEnd() {
        Reading reading = read(
                Renderers.none(),
                "a/ks.yaml",
                FLUX.formatted("b", "./b"),
                "b/ks.yaml",
                FLUX.formatted("a", "./a"),
                "b/web.yaml",
                WEB);
        assertEquals(List.of("default/default/Deployment/web"), workloads(reading));
    }

    @Test
    void overlaysThatDoubleThemselvesAreCut() {
        List<String> files = new ArrayList<>(List.of("ks.yaml", FLUX.formatted("a", "./o40"), "o0/web.yaml", WEB));
        files.add("o0/kustomization.yaml");
        files.add(KUSTOMIZE + "resources: [web.yaml]\n");
        for (int i = 1; i <= 40; i++) {
            files.add("o" + i + "/kustomization.yaml");
            files.add(KUSTOMIZE + "resources: [../o" + (i - 1) + ", ../o" + (i - 1) + "]\n");
        }
        Reading reading = assertTimeoutPreemptively(
                Duration.ofSeconds(30), () -> read(Renderers.none(), files.toArray(String[]::new)));
        assertTrue(
                leftOut(reading).stream().anyMatch(text -> text.contains("more than " + Walk.MOST + " objects")),
                () -> leftOut(reading).toString());
    }

    @Test
    void aPatchWithAnEndlessExpressionEnds() {
        Reading reading = assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> read(
                        Renderers.none(),
                        "ks.yaml",
                        FLUX.formatted("a", "./a"),
                        "a/kustomization.yaml",
                        KUSTOMIZE
                                + "resources: [web.yaml]\npatches:\n- target: {name: '(a+)+b'}\n  patch: |\n    - op: remove\n      path: /spec\n",
                        "a/web.yaml",
                        WEB.replace("name: web", "name: " + "a".repeat(60))));
        assertEquals(1, workloads(reading).size());
    }

    @Test
    void pathsOutOfTheTreeAreNotFollowed() {
        Reading reading = read(
                Renderers.none(),
                "ks.yaml",
                FLUX.formatted("a", "./a"),
                "a/kustomization.yaml",
                KUSTOMIZE + "resources: [../../../etc/passwd, 'https://example.com/x.yaml', web.yaml]\n",
                "a/web.yaml",
                WEB);
        assertEquals(1, workloads(reading).size());
        assertTrue(leftOut(reading).contains("a/kustomization.yaml: ../../../etc/passwd leads out of the tree"));
        assertTrue(leftOut(reading)
                .contains("a/kustomization.yaml: the remote resource https://example.com/x.yaml is not read"));
    }

    @Test
    void applicationsThatMakeThemselvesEnd() {
        String application =
                "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: %s, namespace: argocd}\nspec: {source: {path: %s}, destination: {namespace: x}}\n";
        Reading reading = read(
                Renderers.none(),
                "a/x.yaml",
                application.formatted("b", "b"),
                "b/y.yaml",
                application.formatted("a", "a"));
        assertEquals(
                2,
                reading.estate().objects().stream()
                        .filter(one -> one.kind().equals("Application"))
                        .count());
    }
}
