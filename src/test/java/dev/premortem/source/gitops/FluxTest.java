package dev.premortem.source.gitops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.Cluster;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.outage.Coverage;
import dev.premortem.outage.Coverage.NotUnderstood;
import dev.premortem.source.Means;
import dev.premortem.source.Reading;
import dev.premortem.source.Sources;
import dev.premortem.source.render.ChartSource;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.Renderers;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FluxTest {
    static final String KUSTOMIZE = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n";

    static Reading read(Renderers renderers, String... namesAndTexts) {
        SortedMap<String, String> texts = new TreeMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            texts.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return Sources.readTexts(texts, Means.PLAIN.rendering(renderers));
    }

    static String sync(String name, String path, String more) {
        return "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: " + name
                + ", namespace: flux-system}\nspec:\n  path: " + path
                + "\n  sourceRef: {kind: GitRepository, name: flux-system}\n" + more;
    }

    static String deployment(String name) {
        return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name
                + "}\nspec:\n  replicas: 2\n  template: {spec: {containers: [{name: a, image: a}]}}\n";
    }

    static List<String> workloads(Reading reading) {
        return reading.estate().all(Workload.class).stream()
                .map(one -> one.reference().text())
                .toList();
    }

    static List<String> leftOut(Reading reading) {
        return reading.coverage().notUnderstood().stream()
                .map(one -> one.file() + ": " + one.reason())
                .toList();
    }

    static List<String> reasons(Reading reading, String file) {
        return reading.coverage().notUnderstood().stream()
                .filter(one -> one.file().equals(file))
                .map(NotUnderstood::reason)
                .toList();
    }

    static String release(String name, String chart, String source) {
        return "---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: " + name
                + ", namespace: a}\nspec: {chart: {spec: {chart: " + chart + ", sourceRef: {kind: " + source + "}}}}\n";
    }

    @Test
    void aDefaultMayNameAnotherVariable() {
        Reading reading = read(
                Renderers.none(),
                "sync.yaml",
                sync("a", "./a", "  postBuild: {substitute: {APP: shop}}\n"),
                "a/a.yaml",
                deployment("'${NAME:=${APP}}-${OTHER:-x${APP}y}'"));
        assertEquals(List.of("default/default/Deployment/shop-xshopy"), workloads(reading));
    }

    @Test
    void theWholeOfAnotherRepositoryIsNotThisTree() {
        String other =
                "apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: {name: plugin, namespace: flux-system}\n"
                        + "spec: {url: 'https://example.com/plugin.git'}\n---\n"
                        + "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: plugin, namespace: flux-system}\n"
                        + "spec: {sourceRef: {kind: GitRepository, name: plugin}}\n";
        Reading reading = read(
                Renderers.none(),
                "clusters/main/flux-system/sync.yaml",
                sync("apps", "./apps", ""),
                "apps/a.yaml",
                deployment("a"),
                "apps/plugin.yaml",
                other,
                ".tasks/debug.yaml",
                deployment("debug"));
        assertEquals(
                List.of(".tasks/debug.yaml: no Flux Kustomization reaches this file"),
                leftOut(reading).stream()
                        .filter(one -> one.startsWith(".tasks"))
                        .toList());
    }

    @Test
    void whichReleasesAreRenderedAndByWhatIsCounted() {
        String chart = "apiVersion: v2\nname: edge\nversion: 1.0.0\n";
        String releases = release("edge", "./charts/edge", "GitRepository, name: flux-system")
                + release("far", "far", "HelmRepository, name: nowhere");
        Reading reading = read(
                new FakeRenderers(),
                "charts/edge/Chart.yaml",
                chart,
                "charts/edge/templates/a.yaml",
                "kind: Deployment\n",
                "releases.yaml",
                releases);
        Coverage.Rendering rendering = reading.coverage().rendering();
        assertEquals(2, rendering.releases());
        assertEquals(List.of(), reasons(reading, "charts/edge/Chart.yaml"));
        assertEquals(1, rendering.rendered());
        assertEquals(List.of("fake 1"), rendering.by());
    }

    @Test
    void aPackedChartOfTheTreeIsRendered() {
        SortedMap<String, String> texts = new TreeMap<>();
        texts.put("release.yaml", release("edge", "./charts/edge-1.0.0.tgz", "GitRepository, name: flux-system"));
        SortedMap<String, byte[]> archives = new TreeMap<>();
        archives.put("charts/edge-1.0.0.tgz", new byte[] {1});
        FakeRenderers fake = new FakeRenderers();
        List<Manifest> manifests = Sources.readTexts(texts).documents().stream()
                .map(one -> Manifest.parsed(one.file(), one.index(), one.tree()))
                .toList();
        Deployment.of(manifests, new FileTree(texts, archives), fake, _ -> Optional.empty());
        assertEquals(
                new ChartSource.Archive("charts/edge-1.0.0.tgz"),
                fake.chart("edge").source());
    }

    @Test
    void aFolderOfPackedChartsRendersTheNewestOfEach() {
        SortedMap<String, byte[]> archives = new TreeMap<>();
        for (String file : List.of("edge-1.10.0.tgz", "edge-1.9.0.tgz", "web-2.0.0-rc.1.tgz")) {
            archives.put(file, new byte[] {1});
        }
        FakeRenderers fake = new FakeRenderers();
        Deployed deployed =
                Deployment.of(List.of(), new FileTree(new TreeMap<>(), archives), fake, _ -> Optional.empty());
        assertEquals(
                List.of("edge-1.10.0.tgz", "web-2.0.0-rc.1.tgz"),
                fake.charts.stream()
                        .map(job -> ((ChartSource.Archive) job.source()).file())
                        .toList());
        assertEquals(2, deployed.manifests().size());
        assertEquals(
                List.of("another version of the chart, edge-1.10.0.tgz, counts"),
                deployed.leftOut().stream().map(Coverage.NotUnderstood::reason).toList());
    }

    @Test
    void aPackedChartThatIsNotRenderedIsNamed() {
        SortedMap<String, byte[]> archives = new TreeMap<>();
        archives.put("traefik-30.0.0.tgz", new byte[] {1});
        Deployed deployed = Deployment.of(
                List.of(), new FileTree(new TreeMap<>(), archives), Renderers.none(), _ -> Optional.empty());
        assertEquals(
                List.of("traefik-30.0.0.tgz:1"),
                deployed.leftOut().stream()
                        .map(one -> one.file() + ":" + one.line())
                        .toList());
    }

    @Test
    void variablesComeFromConfigMapsAndWhatIsEncryptedIsNamed() {
        Reading reading = read(
                Renderers.none(),
                "clusters/main/ks.yaml",
                sync(
                        "cluster",
                        "./clusters/main",
                        "  postBuild:\n    substitute: {NAME: shop}\n    substituteFrom:\n"
                                + "    - {kind: ConfigMap, name: config}\n    - {kind: Secret, name: secrets}\n"),
                "clusters/main/config.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: config, namespace: flux-system}\ndata:\n  NAME: other\n  COPIES: '3'\n",
                "clusters/main/secrets.yaml",
                "apiVersion: v1\nkind: Secret\nmetadata: {name: secrets, namespace: flux-system}\nstringData:\n"
                        + "  TOKEN: ENC[AES256_GCM,data:x,iv:x,tag:x,type:str]\nsops:\n  mac: x\n  lastmodified: x\n",
                "clusters/main/deployment.yaml",
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: '${NAME}', annotations: {a: '${TOKEN}'}}\nspec:\n"
                        + "  replicas: ${COPIES}\n  template: {spec: {containers: [{name: a, image: '${IMAGE:=nginx}'}]}}\n");
        Workload workload = reading.estate().all(Workload.class).getFirst();
        assertEquals("default/default/Deployment/shop", workload.reference().text());
        assertEquals(3, workload.replicas().value());
        assertEquals(
                "clusters/main/config.yaml:6",
                workload.replicas().provenance() instanceof Declared place ? place.at() : "");
        assertEquals("nginx", workload.containers().getFirst().image().value());
        assertTrue(
                reasons(reading, "clusters/main/ks.yaml").stream()
                        .anyMatch(
                                reason -> reason.startsWith("${TOKEN} is in the Secret secrets, encrypted with SOPS")),
                leftOut(reading).toString());
        KubernetesObject object = reading.estate().objects().stream()
                .filter(one -> one.kind().equals("Deployment"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                "${TOKEN}",
                java.util.Objects.requireNonNull(object.annotations().get("a")).value());
    }

    /** What a later source overrides is a default only, for tests of the repository. */
    @Test
    void aLaterSecretHidesWhatItSaysThatItHas() {
        String made =
                "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: real, namespace: flux-system}\n"
                        + "spec: {target: {template: {data: {NAME: '{{ .NAME }}'}}}}\n";
        String[] tree = {
            "clusters/main/ks.yaml",
            sync(
                    "cluster",
                    "./clusters/main",
                    "  postBuild: {substituteFrom: [{kind: ConfigMap, name: sham}, {kind: Secret, name: real}]}\n"),
            "clusters/main/sham.yaml",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: sham, namespace: flux-system}\ndata: {NAME: sham}\n",
            "clusters/main/real.yaml",
            made,
            "clusters/main/deployment.yaml",
            deployment("'a${NAME}'")
        };
        assertEquals(List.of("default/default/Deployment/a${NAME}"), workloads(read(Renderers.none(), tree)));
        tree[5] = made.replace("{NAME:", "{OTHER:");
        assertEquals(List.of("default/default/Deployment/asham"), workloads(read(Renderers.none(), tree)));
    }

    @Test
    void theSettingsOfAnotherClusterAreNotTaken() {
        String all = "  postBuild: {substituteFrom: [{kind: ConfigMap, name: settings}]}\n";
        String settings =
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: x}\ndata: {NAME: b}\n";
        String[] tree = {
            "clusters/a/ks.yaml", sync("a", "./apps", all),
            "apps/a.yaml", deployment("'a${NAME}'"),
            "other/b/settings.yaml", settings
        };
        assertEquals(List.of("default/default/Deployment/ab"), workloads(read(Renderers.none(), tree)));
        String[] two = java.util.Arrays.copyOf(tree, 8);
        two[6] = "other/c/settings.yaml";
        two[7] = settings.replace("NAME: b", "NAME: c");
        assertEquals(List.of("default/default/Deployment/a${NAME}"), workloads(read(Renderers.none(), two)));
    }

    @Test
    void aChildWithoutPostBuildTakesWhatIsKnownAboveAndLeavesTheRest() {
        Reading reading = read(
                Renderers.none(),
                "clusters/main/ks.yaml",
                sync("cluster", "./apps/all", "  postBuild: {substitute: {NAME: shop}}\n"),
                "apps/all/ks.yaml",
                sync("child", "./apps/child", "") + "---\n"
                        + sync("own", "./apps/own", "  postBuild: {substitute: {OTHER: x}}\n"),
                "apps/child/a.yaml",
                deployment("'${NAME}-${HOME}'"),
                "apps/own/a.yaml",
                deployment("'${NAME}-${OTHER}${NOTHING}'"));
        assertEquals(
                List.of("default/default/Deployment/shop-${HOME}", "default/default/Deployment/shop-x"),
                workloads(reading));
    }

    @Test
    void aReleaseIsRenderedWithTheValuesOfAGeneratorInTheirOwnPlaces() {
        FakeRenderers renderers = new FakeRenderers();
        Reading reading = read(
                renderers,
                "ks.yaml",
                sync("apps", "./apps", "  targetNamespace: auth\n"),
                "apps/kustomization.yaml",
                KUSTOMIZE
                        + "resources: [release.yaml, repository.yaml]\nconfigMapGenerator:\n- name: dex-values\n  files: [values.yaml=./values.yaml]\n",
                "apps/values.yaml",
                "# values\nreplicas: 3\nfoo: bar\n",
                "apps/repository.yaml",
                "apiVersion: source.toolkit.fluxcd.io/v1\nkind: HelmRepository\nmetadata: {name: dex}\nspec: {url: 'https://charts.example.com'}\n",
                "apps/release.yaml",
                "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: dex}\nspec:\n"
                        + "  chart: {spec: {chart: dex, version: 1.2.3, sourceRef: {kind: HelmRepository, name: dex}}}\n"
                        + "  valuesFrom: [{kind: ConfigMap, name: dex-values}]\n  values: {foo: baz}\n");
        assertEquals(
                new ChartSource.Remote("https://charts.example.com", "dex", "1.2.3"),
                renderers.chart("dex").source());
        assertEquals("auth", renderers.chart("dex").namespace());
        assertEquals(2, renderers.chart("dex").values().size());
        Workload workload = reading.estate().all(Workload.class).getFirst();
        assertEquals("default/auth/Deployment/dex", workload.reference().text());
        assertEquals(
                "apps/values.yaml:2", workload.replicas().provenance() instanceof Declared place ? place.at() : "");
        assertTrue(
                leftOut(reading).stream().noneMatch(text -> text.contains("chart dex")),
                leftOut(reading).toString());
    }

    @Test
    void aChartOfTheTreeIsAFolderOfItAndIsUsedUp() {
        FakeRenderers renderers = new FakeRenderers();
        Reading reading = read(
                renderers,
                "ks.yaml",
                sync("apps", "./apps", ""),
                "apps/release.yaml",
                "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web, namespace: shop}\nspec:\n"
                        + "  chart: {spec: {chart: ./charts/web, sourceRef: {kind: GitRepository, name: flux-system}}}\n",
                "charts/web/Chart.yaml",
                "apiVersion: v2\nname: web\nversion: 1.0.0\n",
                "charts/web/values.yaml",
                "replicas: 1\n",
                "charts/web/templates/a.yaml",
                "kind: {{ .Values.kind }}\n");
        assertEquals(
                new ChartSource.Folder("charts/web"), renderers.chart("web").source());
        assertEquals(List.of("default/shop/Deployment/web"), workloads(reading));
        assertTrue(
                leftOut(reading).stream().noneMatch(text -> text.startsWith("charts/")),
                leftOut(reading).toString());
    }

    @Test
    void aReleaseWithHiddenValuesIsNotRenderedAndSaysWhy() {
        FakeRenderers renderers = new FakeRenderers();
        Reading reading = read(
                renderers,
                "release.yaml",
                "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: a, namespace: x}\nspec:\n"
                        + "  chartRef: {kind: OCIRepository, name: a}\n  valuesFrom: [{kind: Secret, name: hidden}]\n---\n"
                        + "apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: a, namespace: x}\n"
                        + "spec: {url: 'oci://r.example.com/charts/a', ref: {tag: 1.0.0}}\n---\n"
                        + "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: b, namespace: x}\nspec:\n"
                        + "  chartRef: {kind: OCIRepository, name: a}\n");
        assertEquals(
                new ChartSource.Remote("oci://r.example.com/charts", "a", "1.0.0"),
                renderers.chart("b").source());
        assertEquals(1, renderers.charts.size());
        assertTrue(
                leftOut(reading).stream().anyMatch(text -> text.contains("its values come from the Secret hidden")),
                leftOut(reading).toString());
        assertEquals(List.of("default/x/Deployment/b"), workloads(reading));
    }

    @Test
    void twoRootsAreTwoClustersAndPatchesAreApplied() {
        Reading reading = read(
                Renderers.none(),
                "clusters/production/apps.yaml",
                sync("apps", "./apps/production", ""),
                "clusters/staging/apps.yaml",
                sync(
                        "apps",
                        "./apps/staging",
                        "  patches:\n  - patch: |\n      - op: replace\n        path: /spec/replicas\n        value: 1\n    target: {kind: Deployment}\n"),
                "apps/base/kustomization.yaml",
                KUSTOMIZE + "resources: [deployment.yaml]\n",
                "apps/base/deployment.yaml",
                deployment("web"),
                "apps/production/kustomization.yaml",
                KUSTOMIZE + "resources: [../base]\npatches:\n- path: more.yaml\nimages: [{name: a, newTag: '7'}]\n",
                "apps/production/more.yaml",
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: 5}\n",
                "apps/staging/kustomization.yaml",
                KUSTOMIZE + "resources: [../base]\n");
        assertEquals(
                List.of("production", "staging"),
                reading.estate().all(Cluster.class).stream().map(Cluster::name).toList());
        List<Workload> workloads = reading.estate().all(Workload.class);
        assertEquals(
                List.of("production/default/Deployment/web", "staging/default/Deployment/web"), workloads(reading));
        assertEquals(5, workloads.get(0).replicas().value());
        assertEquals("a:7", workloads.get(0).containers().getFirst().image().value());
        assertEquals(1, workloads.get(1).replicas().value());
    }

    @Test
    void aKubeConfigLeadsToAnotherClusterAndPostRenderersApply() {
        FakeRenderers renderers = new FakeRenderers();
        Reading reading = read(
                renderers,
                "ks.yaml",
                sync("hub", "./hub", ""),
                "hub/ks.yaml",
                sync("edge", "./edge", "  suspend: true\n  kubeConfig: {secretRef: {name: edge-kubeconfig}}\n"),
                "edge/deployment.yaml",
                deployment("a"),
                "edge/release.yaml",
                "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: b, namespace: x}\nspec:\n"
                        + "  chartRef: {kind: OCIRepository, name: b}\n  postRenderers:\n  - kustomize:\n      patches:\n"
                        + "      - target: {kind: Deployment}\n        patch: |\n          - op: add\n            path: /spec\n            value: {replicas: 6}\n---\n"
                        + "apiVersion: source.toolkit.fluxcd.io/v1\nkind: OCIRepository\nmetadata: {name: b, namespace: x}\n"
                        + "spec: {url: 'oci://r.example.com/charts/b', ref: {tag: 1.0.0}}\n");
        assertEquals(List.of("edge/default/Deployment/a", "edge/x/Deployment/b"), workloads(reading));
        assertEquals(6, reading.estate().all(Workload.class).get(1).replicas().value());
        assertTrue(
                leftOut(reading).contains("hub/ks.yaml: edge is suspended: what runs may differ from its files"),
                leftOut(reading).toString());
    }

    @Test
    void aKustomizationOfAnotherSourceIsNamed() {
        Reading reading = read(
                Renderers.none(),
                "ks.yaml",
                sync("apps", "./nowhere", "") + "---\n" + sync("here", "./here", ""),
                "here/deployment.yaml",
                deployment("a"));
        assertTrue(
                reasons(reading, "ks.yaml").stream().anyMatch(reason -> reason.contains("no folder ./nowhere")),
                leftOut(reading).toString());
    }
}
