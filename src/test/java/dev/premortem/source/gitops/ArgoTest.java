package dev.premortem.source.gitops;

import static dev.premortem.source.gitops.FluxTest.leftOut;
import static dev.premortem.source.gitops.FluxTest.read;
import static dev.premortem.source.gitops.FluxTest.workloads;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import dev.premortem.source.Reading;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.ChartSource;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.OverlayJob;
import dev.premortem.source.render.Rendered;
import dev.premortem.source.render.Renderers;
import dev.premortem.source.text.Embedded;
import dev.premortem.source.text.Harvest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArgoTest {
    private static String application(String name, String spec) {
        return "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: " + name
                + ", namespace: argocd}\nspec:\n  destination: {server: 'https://kubernetes.default.svc', namespace: shop}\n"
                + spec;
    }

    private static String deployment(String name) {
        return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name
                + "}\nspec: {template: {spec: {containers: [{name: a, image: a}]}}}\n";
    }

    @Test
    void aChartOfApplicationsThatAnApplicationNamesIsRenderedAsThatSays() {
        FakeRenderers fake = new FakeRenderers();
        read(
                fake,
                "argo/root.yaml",
                application("root", "  source: {repoURL: x, path: apps, helm: {valueFiles: [values-prod.yaml]}}\n"),
                "apps/Chart.yaml",
                "apiVersion: v2\nname: apps\nversion: 1.0.0\n",
                "apps/values-prod.yaml",
                "env: prod\n",
                "apps/values-stage.yaml",
                "env: stage\n",
                "apps/templates/apps.yaml",
                "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: '{{ .Values.env }}'}\n");
        assertEquals(
                List.of("root"), fake.charts.stream().map(ChartJob::release).toList());
    }

    @Test
    void anApplicationAmongExamplesIsNoRoot() {
        String[] files = {
            "manifests/own.yaml", deployment("own"),
            "app/examples/app.yaml", application("shown", "  source: {repoURL: x, path: app/examples/web}\n"),
            "app/examples/web/web.yaml", deployment("web")
        };
        assertEquals(List.of("default/default/Deployment/own"), workloads(read(Renderers.none(), files)));
        // a tree of nothing else is one's own
        assertEquals(
                List.of("default/shop/Deployment/web"),
                workloads(read(Renderers.none(), files[2], files[3], files[4], files[5])));
    }

    @Test
    void aChartAroundAppTemplateIsReadByItsValues() {
        Reading reading = read(
                Renderers.none(),
                "argo/mqtt.yaml",
                application("mqtt", "  source: {repoURL: x, path: apps/mqtt}\n"),
                "apps/mqtt/Chart.yaml",
                "apiVersion: v2\nname: mqtt\nversion: 1.0.0\ndependencies: [{name: app-template, version: 4.0.1,"
                        + " repository: 'https://bjw-s-labs.github.io/helm-charts'}]\n",
                "apps/mqtt/values.yaml",
                "app-template: {controllers: {mqtt: {replicas: 2, containers: {app: {image: {repository: a, tag: b}}}}}}\n");
        Workload workload = reading.estate().all(Workload.class).getFirst();
        assertEquals("shop/mqtt", workload.namespace() + "/" + workload.name());
        assertEquals(2, workload.replicas().value());
        assertEquals("apps/mqtt/values.yaml", ((Declared) workload.replicas().provenance()).file());
    }

    @Test
    void rootsThatLeadToNoFolderHereSayNothingOfWhatElseIsHere() {
        FakeRenderers fake = new FakeRenderers();
        read(
                fake,
                "argo/root.yaml",
                application("root", "  source: {repoURL: REPLACE, path: REPLACE}\n"),
                "web/kustomization.yaml",
                "resources: [web.yaml]\n",
                "web/web.yaml",
                deployment("web"));
        assertEquals(
                List.of("web"), fake.overlays.stream().map(OverlayJob::folder).toList());
    }

    @Test
    void plainFilesGoToTheDestinationAndWhatNoneReachesIsLeftOut() {
        Reading reading = read(
                Renderers.none(),
                "argo/root.yaml",
                application("root", "  source: {repoURL: x, path: argo/apps}\n"),
                "argo/apps/web.yaml",
                application("web", "  source: {repoURL: x, path: apps/web, directory: {exclude: 'off*'}}\n"),
                "apps/web/a.yaml",
                deployment("a"),
                "apps/web/off.yaml",
                deployment("idle"),
                "apps/web/deeper/b.yaml",
                deployment("b"),
                "apps/other/c.yaml",
                deployment("c"),
                "elsewhere/d.yaml",
                deployment("d"));
        assertEquals(List.of("default/default/Deployment/d", "default/shop/Deployment/a"), workloads(reading));
        assertTrue(
                leftOut(reading).contains("apps/other/c.yaml: no Argo CD Application reaches this file"),
                leftOut(reading).toString());
    }

    private static final String UNKNOWN = """
            apiVersion: argoproj.io/v1alpha1
            kind: ApplicationSet
            metadata: {name: shop, namespace: argocd}
            spec:
              generators:
              - merge:
                  mergeKeys: [nameNormalized]
                  generators:
                  - clusters:
                      selector: {matchLabels: {tenant: 'true'}}
                      values: {root: components/shop, environment: staging, clusterDir: ''}
                  - list: {elements: [{nameNormalized: east, values.clusterDir: east}, {nameNormalized: gone, values.clusterDir: gone}]}
              template:
                metadata: {name: 'shop-{{nameNormalized}}'}
                spec:
                  source: {repoURL: x, path: '{{values.root}}/{{values.environment}}/{{values.clusterDir}}'}
                  destination: {server: '{{server}}', namespace: shop}
            """;

    @Test
    void whatListsSayOfClustersThatSecretsNameIsTaken() {
        Reading reading = read(
                Renderers.none(),
                "components/argo/set.yaml",
                UNKNOWN,
                "components/shop/staging/a.yaml",
                deployment("a"),
                "components/shop/staging/east/b.yaml",
                deployment("b"),
                "components/shop/staging/west/c.yaml",
                deployment("c"));
        assertEquals(List.of("default/shop/Deployment/a", "east/shop/Deployment/b"), workloads(reading));
        String said = leftOut(reading).toString();
        assertTrue(said.contains("which clusters it deploys to is in Secrets"), said);
    }

    @Test
    void foldersThatAPathWithOpenExpressionsMatchesAreDeployedAndNameClusters() {
        String set = UNKNOWN.replace("environment: staging, clusterDir: ''", "ring: one")
                .replace(", {nameNormalized: gone, values.clusterDir: gone}", "")
                .replace("{nameNormalized: east, values.clusterDir: east}", "");
        Reading reading = read(
                Renderers.none(),
                "components/argo/set.yaml",
                set,
                "components/shop/base/kustomization.yaml",
                "resources: [a.yaml]\n",
                "components/shop/base/a.yaml",
                deployment("a"),
                "components/shop/staging/kustomization.yaml",
                "resources: [../base]\n",
                "components/shop/production/kustomization.yaml",
                "resources: [../base]\n",
                "components/shop/production/east/kustomization.yaml",
                "resources: [..]\n",
                "components/shop/notes/deeper/still/c.yaml",
                deployment("c"));
        assertEquals(List.of("east/shop/Deployment/a", "staging/shop/Deployment/a"), workloads(reading));
        String said = leftOut(reading).toString();
        assertTrue(
                said.contains("still/c.yaml: the ApplicationSet at components/argo/set.yaml:14 may deploy it"), said);
        assertTrue(!said.contains("no Argo CD Application reaches"), said);
    }

    @Test
    void kustomizationsAroundRootsChangeThemAndAreEnvironments() {
        String patch =
                "resources: [../base]\npatches:\n- target: {kind: Application}\n  patch: |-\n    - {op: replace, path: /spec/source/path, value: apps/";
        Reading reading = read(
                Renderers.none(),
                "roots/base/kustomization.yaml",
                "resources: [root.yaml]\n",
                "roots/base/root.yaml",
                application("root", "  source: {repoURL: x, path: apps/nowhere}\n"),
                "roots/one/kustomization.yaml",
                patch + "one}\n",
                "roots/two/kustomization.yaml",
                patch + "two}\n",
                "apps/one/a.yaml",
                deployment("a"),
                "apps/two/a.yaml",
                deployment("a"));
        assertEquals(List.of("one/shop/Deployment/a", "two/shop/Deployment/a"), workloads(reading));
    }

    @Test
    void theSameApplicationsInFoldersBesideEachOtherAreEnvironments() {
        String remote = "  source: {repoURL: 'https://charts.example.com', chart: web, targetRevision: 1.2.3}\n";
        Reading reading = read(
                Renderers.none(),
                "made/production/apps.yaml",
                application("web", remote),
                "made/staging/apps.yaml",
                application("web", remote));
        String said = leftOut(reading).toString();
        assertTrue(said.contains("made/production/apps.yaml"), said);
        assertTrue(said.contains("made/staging/apps.yaml"), said);
        assertEquals(
                List.of("production", "staging"),
                reading.estate().all(dev.premortem.estate.Cluster.class).stream()
                        .map(dev.premortem.estate.Cluster::name)
                        .sorted()
                        .toList());
    }

    @Test
    void chartsOfKustomizationsAreReleases() {
        FakeRenderers renderers = new FakeRenderers();
        Reading reading = read(
                renderers,
                "apps/web.yaml",
                application("web", "  source: {repoURL: x, path: apps/web}\n"),
                "apps/web/kustomization.yaml",
                "namespace: edge\nhelmCharts:\n- {name: traefik, repo: 'https://charts.example.com', version: 1.2.3, releaseName: front, valuesFile: values.yaml, valuesInline: {replicas: 3}}\n",
                "apps/web/values.yaml",
                "replicas: 2\nname: a\n");
        ChartJob job = renderers.charts.getFirst();
        assertEquals(new ChartSource.Remote("https://charts.example.com", "traefik", "1.2.3"), job.source());
        assertEquals("front", job.release());
        assertEquals("edge", job.namespace());
        assertEquals("3", job.values().getFirst().text("replicas").orElseThrow().value());
        assertEquals("a", job.values().getFirst().text("name").orElseThrow().value());
        assertTrue(reading.coverage().problems().isEmpty());
    }

    @Test
    void chartsTakeValueFilesOfOtherSourcesAndParametersWin() {
        FakeRenderers renderers = new FakeRenderers();
        Reading reading = read(
                renderers,
                "apps/web.yaml",
                application(
                        "web",
                        "  sources:\n  - {repoURL: 'https://charts.example.com', chart: web, targetRevision: 1.2.3, helm: {releaseName: shop, valueFiles: ['$values/values/web.yaml'], valuesObject: {replicas: 3}}}\n"
                                + "  - {repoURL: x, ref: values}\n"),
                "apps/own.yaml",
                application(
                        "own",
                        "  source: {repoURL: x, path: charts/own, helm: {valueFiles: [values.yaml, values-prod.yaml], parameters: [{name: replicas, value: '7'}]}}\n"),
                "values/web.yaml",
                "replicas: 2\n",
                "charts/own/Chart.yaml",
                "apiVersion: v2\nname: own\nversion: 1.0.0\n",
                "charts/own/templates/a.yaml",
                "kind: {{ .Values.kind }}\n",
                "charts/own/values.yaml",
                "replicas: 1\n",
                "charts/own/values-prod.yaml",
                "replicas: 4\n");
        assertEquals(
                new ChartSource.Remote("https://charts.example.com", "web", "1.2.3"),
                renderers.chart("shop").source());
        ChartJob own = renderers.chart("own");
        assertEquals(new ChartSource.Folder("charts/own"), own.source());
        assertEquals("shop", own.namespace());
        assertEquals(
                List.of(7, 3),
                reading.estate().all(Workload.class).stream()
                        .map(one -> one.replicas().value())
                        .toList());
        assertEquals(
                "apps/own.yaml:6",
                reading.estate().all(Workload.class).getFirst().replicas().provenance() instanceof Declared place
                        ? place.at()
                        : "");
        assertTrue(
                leftOut(reading).stream().noneMatch(text -> text.contains("charts/own")),
                leftOut(reading).toString());
    }

    @Test
    void aKustomizationIsBuiltWithTheFieldsOfItsSource() {
        Reading reading = read(
                Renderers.none(),
                "web.yaml",
                application(
                        "web",
                        "  source: {repoURL: x, path: web, kustomize: {images: ['a=b:2'], replicas: [{name: a, count: 4}]}}\n"),
                "web/kustomization.yaml",
                "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [a.yaml]\n",
                "web/a.yaml",
                deployment("a"));
        Workload workload = reading.estate().all(Workload.class).getFirst();
        assertEquals("default/shop/Deployment/a", workload.reference().text());
        assertEquals("b:2", workload.containers().getFirst().image().value());
        assertEquals(4, workload.replicas().value());
    }

    /** Renders a chart of Applications to one Application for the environment that its values name. */
    private static final class Environments implements Renderers {
        @Override
        public List<Rendered> charts(FileTree files, List<ChartJob> jobs) {
            return jobs.stream().map(Environments::one).toList();
        }

        private static Rendered one(ChartJob job) {
            if (!job.source().equals(new ChartSource.Folder("environments"))) {
                return new FakeRenderers().charts(FileTree.EMPTY, List.of(job)).getFirst();
            }
            String name = job.values().getFirst().text("name").orElseThrow().value();
            Tree text = Grafts.text(
                    job.place(),
                    application(
                            "web",
                            "  source: {repoURL: x, path: web, helm: {valueFiles: [values-" + name + ".yaml]}}\n"));
            return new Rendered(
                    List.of(Embedded.read(text, new Harvest()).orElseThrow()),
                    Optional.of("fake"),
                    Optional.empty(),
                    List.of());
        }

        @Override
        public List<Rendered> overlays(FileTree files, List<OverlayJob> jobs) {
            return Renderers.none().overlays(files, jobs);
        }
    }

    @Test
    void aChartOfApplicationsIsRenderedForEachEnvironmentBesideIt() {
        Reading reading = read(
                new Environments(),
                "environments/Chart.yaml",
                "apiVersion: v2\nname: all\nversion: 1.0.0\n",
                "environments/templates/apps.yaml",
                "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: {{ .Values.name }}}\n",
                "environments/values-east.yaml",
                "name: east\n",
                "environments/values-west.yaml",
                "name: west\n",
                "web/Chart.yaml",
                "apiVersion: v2\nname: web\nversion: 1.0.0\n",
                "web/templates/a.yaml",
                "kind: {{ .Values.kind }}\n",
                "web/values-east.yaml",
                "replicas: 3\n",
                "web/values-west.yaml",
                "replicas: 2\n");
        assertEquals(List.of("east/shop/Deployment/web", "west/shop/Deployment/web"), workloads(reading));
        assertEquals(
                List.of(3, 2),
                reading.estate().all(Workload.class).stream()
                        .map(one -> one.replicas().value())
                        .toList());
        assertEquals(
                List.of(),
                leftOut(reading).stream()
                        .filter(text -> !text.contains("no reader knows this kind"))
                        .toList());
    }

    @Test
    void destinationsAreClusters() {
        Reading reading = read(
                Renderers.none(),
                "a.yaml",
                application("a", "  source: {repoURL: x, path: web}\n")
                        .replace("server: 'https://kubernetes.default.svc'", "name: east"),
                "b.yaml",
                application("b", "  source: {repoURL: x, path: web}\n")
                        .replace("https://kubernetes.default.svc", "https://west.example.com:6443"),
                "web/a.yaml",
                deployment("a"));
        assertEquals(List.of("east/shop/Deployment/a", "west.example.com/shop/Deployment/a"), workloads(reading));
    }

    @Test
    void setsGenerateFromListsFoldersAndTheirMatrix() {
        String set =
                "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: all, namespace: argocd}\nspec:\n"
                        + "  generators:\n  - matrix:\n      generators:\n"
                        + "      - git: {repoURL: x, directories: [{path: 'apps/*'}, {path: apps/off, exclude: true}]}\n"
                        + "      - list: {elements: [{cluster: east}, {cluster: west}]}\n"
                        + "  template:\n    metadata: {name: '{{cluster}}-{{path.basename}}'}\n    spec:\n"
                        + "      source: {repoURL: x, path: '{{path}}'}\n      destination: {name: '{{cluster}}', namespace: '{{path[1]}}'}\n";
        Reading reading = read(
                Renderers.none(),
                "set.yaml",
                set,
                "apps/one/a.yaml",
                deployment("a"),
                "apps/off/b.yaml",
                deployment("b"));
        assertEquals(List.of("east/one/Deployment/a", "west/one/Deployment/a"), workloads(reading));
    }

    @Test
    void goTemplatesAreResolvedWhereTheyAreSimpleAndNamedOtherwise() {
        String set =
                "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: all, namespace: argocd}\nspec:\n"
                        + "  goTemplate: true\n  generators:\n  - git: {repoURL: x, files: [{path: 'clusters/*.json'}]}\n"
                        + "  template:\n    metadata: {name: '{{ .cluster.name }}', annotations: {a: '{{ .cluster.name | upper }}'}}\n    spec:\n"
                        + "      source: {repoURL: x, path: apps}\n      destination: {name: '{{ .cluster.name }}', namespace: '{{ index .path.segments 0 }}'}\n";
        Reading reading = read(
                Renderers.none(),
                "set.yaml",
                set,
                "clusters/east.json",
                "{\"cluster\": {\"name\": \"east\"}}",
                "apps/a.yaml",
                deployment("a"));
        assertEquals(List.of("east/clusters/Deployment/a"), workloads(reading));
        assertTrue(
                leftOut(reading)
                        .contains("set.yaml: the expression {{ .cluster.name | upper }} cannot be resolved here"),
                leftOut(reading).toString());
    }

    @Test
    void environmentsSideBySideDoNotShadowEachOther() {
        Reading reading = read(
                Renderers.none(),
                "environments/production/web.yaml",
                deployment("web"),
                "environments/staging/web.yaml",
                deployment("web"),
                "environments/staging/more.yaml",
                deployment("more"));
        assertEquals(
                List.of(
                        "production/default/Deployment/web",
                        "staging/default/Deployment/more",
                        "staging/default/Deployment/web"),
                workloads(reading));
    }

    @Test
    void overlaysOfOneBaseAreClusters() {
        String kustomize = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [";
        Reading reading = read(
                Renderers.none(),
                "base/kustomization.yaml",
                kustomize + "web.yaml]\n",
                "base/web.yaml",
                deployment("web"),
                "overlays/production/kustomization.yaml",
                kustomize + "../../base]\nnamespace: prod\nreplicas: [{name: web, count: 3}]\n",
                "overlays/staging/kustomization.yaml",
                kustomize + "../../base]\n");
        assertEquals(List.of("production/prod/Deployment/web", "staging/default/Deployment/web"), workloads(reading));
    }
}
