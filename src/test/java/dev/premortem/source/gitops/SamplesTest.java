package dev.premortem.source.gitops;

import static dev.premortem.source.gitops.FluxTest.leftOut;
import static dev.premortem.source.gitops.FluxTest.read;
import static dev.premortem.source.gitops.FluxTest.workloads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.source.Reading;
import dev.premortem.source.render.Renderers;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
    private static String deployment(String name) {
        return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name
                + "}\nspec: {template: {spec: {containers: [{name: a, image: a}]}}}\n";
    }

    @Test
    void whatStandsInFoldersOfExamplesAndDocumentationIsCountedAndNotJudged() {
        Reading reading = read(
                Renderers.none(),
                "deploy/a.yaml",
                deployment("a"),
                "website/docs/broken.yaml",
                deployment("b"),
                "examples/c.yaml",
                deployment("c"));
        assertEquals(List.of("default/default/Deployment/a"), workloads(reading));
        assertTrue(
                leftOut(reading)
                        .contains(
                                "examples/c.yaml: an example, a test, documentation or put away, which no root deploys"),
                leftOut(reading).toString());
    }

    @Test
    void aTreeOfExamplesOnlyIsJudgedAsItStands() {
        Reading reading = read(Renderers.none(), "examples/c.yaml", deployment("c"));
        assertEquals(List.of("default/default/Deployment/c"), workloads(reading));
    }

    @Test
    void anExampleThatARootDeploysIsDeployed() {
        Reading reading = read(
                Renderers.none(),
                "argo/root.yaml",
                "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: root, namespace: argocd}\nspec:\n"
                        + "  destination: {server: 'https://kubernetes.default.svc', namespace: shop}\n"
                        + "  source: {repoURL: x, path: examples/shop}\n",
                "examples/shop/a.yaml",
                deployment("a"),
                "examples/other/b.yaml",
                deployment("b"));
        assertEquals(List.of("default/shop/Deployment/a"), workloads(reading));
    }

    @Test
    void testIsAnEnvironmentBelowOverlaysAndAFolderOfTestsElsewhere() {
        assertFalse(Samples.is("overlays/test/a.yaml"));
        assertFalse(Samples.is("clusters/test/flux-system/a.yaml"));
        assertTrue(Samples.is("test/a.yaml"));
        assertTrue(Samples.is("charts/shop/test/a.yaml"));
        assertFalse(Samples.is("docs.yaml"));
    }

    @Test
    void anArchiveIsNoRootOfFlux() {
        String sync =
                "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a, namespace: f}\n"
                        + "spec: {path: ./app, sourceRef: {kind: GitRepository, name: f}}\n";
        String[] tree = {
            "main/ks.yaml", sync,
            "app/a.yaml", deployment("a"),
            ".archive/main/ks.yaml", sync.replace("name: a,", "name: b,").replace("./app", "./.archive/app"),
            ".archive/app/b.yaml", deployment("b")
        };
        assertEquals(List.of("default/default/Deployment/a"), workloads(read(Renderers.none(), tree)));
        tree[4] = "second/main/ks.yaml";
        assertEquals(2, workloads(read(Renderers.none(), tree)).size());
    }

    @Test
    void aTemplateIsRecognisedByItsNameWhateverItsMarksAre() {
        Reading reading = read(
                Renderers.none(),
                "a.yaml",
                deployment("a"),
                "templates/b.yaml.j2",
                deployment("b").replace("image: a", "image: '#{ image }#'"));
        assertEquals(List.of("default/default/Deployment/a"), workloads(reading));
        assertTrue(
                leftOut(reading).contains("templates/b.yaml.j2: a template of another tool; render it first"),
                leftOut(reading).toString());
    }
}
