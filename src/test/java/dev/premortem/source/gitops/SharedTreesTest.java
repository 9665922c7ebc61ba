package dev.premortem.source.gitops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.Cluster;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.source.Reading;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.ChartSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What must hold for real trees. */
class SharedTreesTest {
    private final FakeRenderers renderers = new FakeRenderers();

    private Reading read(String name) {
        Path tree = Path.of("..", "shared", "estates", name);
        if (!Files.isDirectory(tree)) {
            Assumptions.abort("no ../shared/estates/" + name + " here");
        }
        List<String> namesAndTexts = new ArrayList<>();
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                namesAndTexts.add(tree.relativize(file).toString());
                namesAndTexts.add(Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return FluxTest.read(renderers, namesAndTexts.toArray(String[]::new));
    }

    private static List<String> clusters(Reading reading) {
        return reading.estate().all(Cluster.class).stream().map(Cluster::name).toList();
    }

    private static List<String> reasons(Reading reading, String file) {
        return reading.coverage().notUnderstood().stream()
                .filter(one -> one.file().equals(file))
                .map(one -> one.reason())
                .toList();
    }

    private static long count(Reading reading, String kind) {
        return reading.estate().objects().stream()
                .filter(one -> one.kind().equals(kind))
                .count();
    }

    private static Optional<KubernetesObject> object(Reading reading, String reference) {
        return reading.estate().objects().stream()
                .filter(one -> one.reference().text().equals(reference))
                .findFirst();
    }

    @Test
    void xunholyDeploysWhatItsOverlayLists() {
        Reading reading = read("xunholy-k8s-gitops");
        assertEquals(List.of("default"), clusters(reading));
        for (String idle : List.of(
                "kubernetes/apps/base/observability/loki/app/helmrelease.yaml",
                "kubernetes/apps/base/security-system/kyverno/app/helmrelease.yaml",
                "kubernetes/apps/base/kube-system/tetragon/app/helmrelease.yaml")) {
            if (Files.exists(Path.of("..", "shared", "estates", "xunholy-k8s-gitops", idle))) {
                assertEquals(List.of("no Flux Kustomization reaches this file"), reasons(reading, idle), idle);
            }
        }
        assertTrue(object(reading, "default/network-system/PodDisruptionBudget/external-dns")
                .isPresent());
        ChartJob dex = renderers.chart("dex");
        assertEquals("network-system", dex.namespace());
        assertEquals(
                "kubernetes/apps/base/network-system/dex/app/values.yaml",
                dex.values().getFirst().place().file());
        assertTrue(
                dex.values()
                        .getFirst()
                        .scalars()
                        .anyMatch(scalar -> scalar.value().contains("owncloud.ai")),
                "variables of cluster-config are put in");
        assertTrue(reasons(reading, "kubernetes/apps/base/network-system/dex/ks.yaml").stream()
                .anyMatch(reason -> reason.startsWith("${DEX_GITHUB_CLIENT_ID} is in the Secret")));
        assertTrue(reasons(reading, "kubernetes/clusters/cluster-00/secrets/cluster-secrets.enc.age.yaml").stream()
                .anyMatch(reason -> reason.startsWith("encrypted with SOPS")));
        assertTrue(renderers.charts.size() >= 35, renderers.charts.size() + " charts");
    }

    @Test
    void fluxExampleHasTwoClustersOfOneBase() {
        Reading reading = read("fluxcd-flux2-kustomize-helm-example");
        assertEquals(List.of("production", "staging"), clusters(reading));
        assertEquals(
                2,
                renderers.charts.stream()
                        .filter(job -> job.release().equals("podinfo"))
                        .count());
        ChartJob production = renderers.chart("podinfo");
        assertEquals(
                new ChartSource.Remote("https://stefanprodan.github.io/podinfo", "podinfo", ">=1.0.0"),
                production.source());
        assertEquals(
                List.of("podinfo.production"),
                production.values().getLast().items("httpRoute.hostnames").stream()
                        .flatMap(one -> one.text().stream())
                        .map(one -> one.value())
                        .toList());
        assertTrue(object(reading, "production/ClusterIssuer/letsencrypt")
                .orElseThrow()
                .tree()
                .text("spec.acme.server")
                .orElseThrow()
                .value()
                .contains("acme-v02"));
        assertTrue(object(reading, "staging/ClusterIssuer/letsencrypt")
                .orElseThrow()
                .tree()
                .text("spec.acme.server")
                .orElseThrow()
                .value()
                .contains("acme-staging"));
    }

    @Test
    void billimeksRootIsElsewhereSoAllOfItCounts() {
        Reading reading = read("billimek-k8s-gitops");
        assertEquals(List.of("default"), clusters(reading));
        assertTrue(reasons(reading, "kubernetes/flux-system/flux-instance/flux-instance.yaml").stream()
                        .anyMatch(reason -> reason.contains("setup/flux/cluster"))
                || reading.coverage().notUnderstood().stream()
                        .anyMatch(one -> one.reason().contains("setup/flux/cluster")));
        assertEquals(10, count(reading, "HorizontalPodAutoscaler"), "one for each input of the ResourceSet");
        assertTrue(renderers.charts.stream()
                .anyMatch(job -> job.source()
                        .equals(new ChartSource.Remote("oci://quay.io/cilium/charts", "cilium", "1.20.1"))));
        assertTrue(reading.coverage().notUnderstood().stream()
                .anyMatch(one -> one.reason().contains("alertmanager-webhooks")));
    }

    @Test
    void govukHasTheClustersOfItsRenderedFolders() {
        Reading reading = read("alphagov-govuk-helm-charts");
        assertEquals(List.of("production", "staging"), clusters(reading));
        assertTrue(object(reading, "production/apps/Deployment/router").isPresent()
                || object(reading, "production/default/Deployment/router").isPresent());
        assertTrue(renderers.charts.stream()
                .anyMatch(job -> job.source()
                        .equals(new ChartSource.Remote(
                                "https://kubernetes.github.io/autoscaler", "cluster-autoscaler", "9.59.0"))));
    }

    @Test
    void phalanxPassesTheFilesOfEachEnvironment() {
        Reading reading = read("lsst-sqre-phalanx");
        assertEquals(List.of("idfprod", "roundtable-prod", "summit", "usdfprod"), clusters(reading));
        ChartJob summit = renderers.charts.stream()
                .filter(job -> job.of().text().equals("summit/argocd/Application/gafaelfawr"))
                .findFirst()
                .orElseThrow();
        assertEquals(new ChartSource.Folder("applications/gafaelfawr"), summit.source());
        assertTrue(summit.values().stream()
                .anyMatch(values -> values.place().file().equals("applications/gafaelfawr/values-summit.yaml")));
        assertEquals(List.of(), reasons(reading, "applications/gafaelfawr/values-summit.yaml"));
        assertFalse(reasons(reading, "rendered/summit/rapid-analysis.yaml")
                .contains("no Argo CD Application reaches this file"));
    }

    @Test
    void jenkinsHasAClusterForEachHelmfile() {
        Reading reading = read("jenkins-infra-kubernetes-management");
        assertTrue(
                clusters(reading).containsAll(List.of("privatek8s-sponsored", "publick8s")),
                clusters(reading).toString());
        ChartJob ingress = renderers.charts.stream()
                .filter(job -> job.of().text().equals("publick8s/private-nginx-ingress/Release/private-nginx-ingress"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of("config/private-nginx-ingress__common.yaml", "config/publick8s/private-nginx-ingress.yaml"),
                ingress.values().stream().map(values -> values.place().file()).toList());
        assertTrue(reasons(reading, "clusters/publick8s.yaml").stream()
                .anyMatch(reason -> reason.contains("datadog.yaml.gotmpl is a template")));
    }

    @Test
    void onlineBoutiqueLeavesItsUnusedComponentsOut() {
        Reading reading = read("GoogleCloudPlatform-microservices-demo");
        assertEquals(List.of("default"), clusters(reading));
        assertTrue(reasons(reading, "kustomize/components/network-policies/network-policy-frontend.yaml").stream()
                .allMatch(reason -> reason.startsWith("no kustomization takes the component")));
        assertEquals(12, count(reading, "Deployment"));
    }

    @Test
    void sockShopAndTheRenderedChartsAreReadAsTheyStand() {
        assertEquals(List.of("default"), clusters(read("microservices-demo-microservices-demo")));
        Reading rendered = read("rendered");
        assertEquals(List.of("default"), clusters(rendered));
        assertTrue(count(rendered, "Deployment") > 40, count(rendered, "Deployment") + " Deployments");
    }

    @Test
    void mybinderIsAChartWithoutATool() {
        Reading reading = read("jupyterhub-mybinder.org-deploy");
        assertEquals(1, renderers.charts.size());
        assertEquals(
                new ChartSource.Folder("mybinder"), renderers.charts.getFirst().source());
        assertFalse(reading.nothingRead());
    }
}
