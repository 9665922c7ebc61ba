package dev.premortem.source.gitops;

import static dev.premortem.source.gitops.FluxTest.leftOut;
import static dev.premortem.source.gitops.FluxTest.read;
import static dev.premortem.source.gitops.FluxTest.workloads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.Cluster;
import dev.premortem.estate.Workload;
import dev.premortem.source.Reading;
import dev.premortem.source.render.ChartSource;
import dev.premortem.source.render.Renderers;
import java.util.List;
import org.junit.jupiter.api.Test;

class HelmfilesTest {
    private static String helmfile(String release) {
        return "repositories:\n- {name: jetstack, url: 'https://charts.example.com'}\nreleases:\n" + release;
    }

    @Test
    void chartsBesideAHelmfileThatIsATemplateAreNotDeployedAsTheirDefaultsAre() {
        FakeRenderers fake = new FakeRenderers();
        FluxTest.read(
                fake,
                "helmfile.d/state.yaml.gotmpl",
                "releases:\n{{ range .Values.all }}\n- name: {{ . }}\n{{ end }}\n",
                "helmfile.d/upstream/edge/Chart.yaml",
                "apiVersion: v2\nname: edge\nversion: 1.0.0\n",
                "helmfile.d/upstream/edge/templates/a.yaml",
                "kind: Deployment\n");
        assertEquals(List.of(), fake.charts);
    }

    @Test
    void laterValuesFilesWinAndEachHelmfileIsACluster() {
        FakeRenderers renderers = new FakeRenderers();
        String release =
                "- name: web\n  namespace: shop\n  chart: jetstack/web\n  version: 1.0.0\n  values: [../config/common.yaml%s]\n";
        Reading reading = read(
                renderers,
                "clusters/east.yaml",
                helmfile(release.formatted(", ../config/east.yaml")),
                "clusters/west.yaml",
                helmfile(release.formatted("")),
                "config/common.yaml",
                "replicas: 1\n",
                "config/east.yaml",
                "replicas: 2\n");
        assertEquals(
                new ChartSource.Remote("https://charts.example.com", "web", "1.0.0"),
                renderers.charts.getFirst().source());
        assertEquals(List.of("east/shop/Deployment/web", "west/shop/Deployment/web"), workloads(reading));
        assertEquals(
                List.of(2, 1),
                reading.estate().all(Workload.class).stream()
                        .map(one -> one.replicas().value())
                        .toList());
        assertEquals(
                List.of("east", "west"),
                reading.estate().all(Cluster.class).stream().map(Cluster::name).toList());
        assertEquals(List.of(), leftOut(reading));
    }

    @Test
    void templatesAreNamedAndNotExecuted() {
        FakeRenderers renderers = new FakeRenderers();
        Reading reading = read(
                renderers,
                "helmfile.yaml",
                helmfile("- {name: a, chart: jetstack/a, values: [a.yaml.gotmpl]}\n"
                        + "- {name: b, chart: jetstack/b, installed: false}\n- {name: c, chart: nowhere/c}\n"));
        assertEquals(List.of(), renderers.charts);
        assertTrue(
                leftOut(reading).contains("helmfile.yaml: b is not installed"),
                leftOut(reading).toString());
        assertTrue(
                leftOut(reading).contains("helmfile.yaml: a.yaml.gotmpl is a template, which is not executed"),
                leftOut(reading).toString());
        assertTrue(
                leftOut(reading).stream().anyMatch(text -> text.contains("nowhere/c is in no repository")),
                leftOut(reading).toString());
    }

    @Test
    void withoutARendererKnownChartsAreReadFromTheirValues() {
        Reading reading = read(
                Renderers.none(),
                "helmfile.yaml",
                helmfile(
                        "- {name: edge, namespace: ingress, chart: traefik/traefik, version: 10.19.4, values: [edge.yaml]}\n"),
                "edge.yaml",
                "deployment: {replicas: 2}\npersistence: {enabled: false}\nadditionalArguments: [--log]\n");
        assertTrue(
                workloads(reading).contains("default/ingress/Deployment/edge-traefik")
                        || workloads(reading).contains("default/ingress/Deployment/edge"),
                workloads(reading).toString());
    }
}
