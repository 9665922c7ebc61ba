package dev.premortem.source.kustomize;

import static dev.premortem.source.kustomize.Overlaid.job;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.Rendered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KustomizationsTest {
    static final String WEB = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
            spec:
              replicas: 1
              template:
                spec:
                  containers:
                  - name: web
                    image: example.org/web:1
            """;

    @TempDir
    private Path folder;

    static List<String> problems(Rendered rendered) {
        return rendered.problems().stream().map(Problem::text).toList();
    }

    private static String at(Tree tree, String path) {
        return Overlaid.at(tree, path);
    }

    @Test
    void saysWhatIsNeededWithoutAProgram() {
        Kustomizations none = new Kustomizations("relative:" + folder, ContentCache.none());
        Rendered rendered =
                none.build(Overlaid.files("web.yaml", WEB), List.of(job(""))).getFirst();
        assertFalse(rendered.done());
        assertTrue(rendered.gap().orElseThrow().startsWith("needs kubectl or kustomize on the PATH"));
    }

    @Test
    void anOverlayIsBuiltOnItsBase() {
        FileTree files = Overlaid.files(
                "base/web.yaml", WEB,
                "base/kustomization.yaml", "resources: [web.yaml]\n",
                "prod/kustomization.yaml", """
                        resources: [../base]
                        namePrefix: prod-
                        namespace: shop
                        replicas:
                        - name: web
                          count: 3
                        images:
                        - name: example.org/web
                          newTag: "2"
                        """);
        Rendered rendered = Overlaid.build(files, "prod");
        assertEquals(List.of(), problems(rendered));
        assertTrue(rendered.by().orElseThrow().contains("kustomize"));
        Tree web = Overlaid.object(rendered, "Deployment", "prod-web");
        assertEquals("prod/kustomization.yaml:3 namespace = shop", at(web, "metadata.namespace"));
        assertEquals("prod/kustomization.yaml:6 replicas[0].count = 3", at(web, "spec.replicas"));
        assertEquals("prod/kustomization.yaml:2 metadata.name[built] = prod-web", at(web, "metadata.name"));
        Tree container = web.items("spec.template.spec.containers").getFirst();
        assertEquals(
                "prod/kustomization.yaml:9 spec.template.spec.containers[0].image[built] = example.org/web:2",
                at(container, "image"));
        assertEquals("base/web.yaml:10 spec.template.spec.containers[0].name = web", at(container, "name"));
        assertEquals("base/web.yaml:1 ", web.place().at() + " " + web.place().field());
        assertTrue(web.at("metadata.annotations").isEmpty());
    }

    @Test
    void patchesOfBothKindsAreFoundAtTheirLines() {
        FileTree files = Overlaid.files(
                "web.yaml", WEB,
                "kustomization.yaml", """
                        resources: [web.yaml]
                        patches:
                        - path: merge.yaml
                        - target: {kind: Deployment}
                          patch: |
                            - op: add
                              path: /spec/revisionHistoryLimit
                              value: 4
                        - path: operations.json
                          target:
                            name: w.b
                        """,
                "merge.yaml", """
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata:
                          name: web
                        spec:
                          template:
                            spec:
                              containers:
                              - name: side
                                image: side:1
                              - name: web
                                env:
                                - name: MODE
                                  value: calm
                        """,
                "operations.json", """
                        [{"op": "replace", "path": "/spec/replicas", "value": 5}]
                        """);
        Tree web = Overlaid.object(Overlaid.build(files, ""), "Deployment", "web");
        assertEquals("kustomization.yaml:8 patches[1].patch|[0].value = 4", at(web, "spec.revisionHistoryLimit"));
        assertEquals("operations.json:1 [0].value = 5", at(web, "spec.replicas"));
        List<Tree> containers = web.items("spec.template.spec.containers");
        Tree side = containers.stream()
                .filter(one -> one.text("name").orElseThrow().value().equals("side"))
                .findFirst()
                .orElseThrow();
        assertEquals("merge.yaml:10 spec.template.spec.containers[0].image = side:1", at(side, "image"));
        Tree own = containers.stream()
                .filter(one -> one.text("name").orElseThrow().value().equals("web"))
                .findFirst()
                .orElseThrow();
        assertEquals("web.yaml:11 spec.template.spec.containers[0].image = example.org/web:1", at(own, "image"));
        assertEquals(
                "merge.yaml:14 spec.template.spec.containers[1].env[0].value = calm",
                at(own.items("env").getFirst(), "value"));
    }

    @Test
    void aComponentPatchesWhatItsOverlayHolds() {
        FileTree files = Overlaid.files(
                "web.yaml", WEB,
                "kustomization.yaml", "resources: [web.yaml]\ncomponents: [calm]\n",
                "calm/kustomization.yaml", """
                        apiVersion: kustomize.config.k8s.io/v1alpha1
                        kind: Component
                        labels:
                        - pairs: {team: shop}
                        patches:
                        - patch: |-
                            apiVersion: apps/v1
                            kind: Deployment
                            metadata:
                              name: web
                            spec:
                              minReadySeconds: 9
                        """);
        Tree web = Overlaid.object(Overlaid.build(files, ""), "Deployment", "web");
        assertEquals(
                "calm/kustomization.yaml:12 patches[0].patch|.spec.minReadySeconds = 9",
                at(web, "spec.minReadySeconds"));
        assertEquals("calm/kustomization.yaml:4 labels[0].pairs.team = shop", at(web, "metadata.labels.team"));
        assertEquals("web.yaml", web.at("metadata.labels").orElseThrow().place().file());
        Rendered alone = Overlaid.build(files, "calm");
        assertFalse(alone.done());
    }

    @Test
    void generatedMapsPointAtTheirFiles() {
        FileTree files = Overlaid.files(
                "kustomization.yaml", """
                        configMapGenerator:
                        - name: web
                          literals:
                          - MODE=calm
                          files:
                          - conf/app.conf
                          envs: [more.env]
                        secretGenerator:
                        - name: secret
                          literals: [password=hunter2]
                        """,
                "conf/app.conf", "one\ntwo\n",
                "more.env", "# more\nLEVEL=3\n");
        Rendered rendered = Overlaid.build(files, "");
        Tree map = rendered.objects().stream()
                .filter(one -> one.text("kind").orElseThrow().value().equals("ConfigMap"))
                .findFirst()
                .orElseThrow();
        assertTrue(map.text("metadata.name").orElseThrow().value().matches("web-[a-z0-9]{10}"));
        assertEquals("kustomization.yaml:4 configMapGenerator[0].literals[0][built] = calm", at(map, "data.MODE"));
        assertEquals("more.env:2 data[built] = 3", at(map, "data.LEVEL"));
        Tree.Mapping data = (Tree.Mapping) map.at("data").orElseThrow();
        assertEquals("conf/app.conf", data.get("app.conf").orElseThrow().place().file());
        assertTrue(rendered.objects().stream()
                .flatMap(Tree::scalars)
                .noneMatch(one -> one.value().contains("aHVudGVyMg")));
    }

    @Test
    void whatCannotBeHadIsNamedAndTheRestIsBuilt() {
        FileTree files = Overlaid.files(
                "apps/web.yaml", WEB,
                "apps/kustomization.yaml", """
                        resources:
                        - web.yaml
                        - https://example.org/remote.yaml
                        - github.com/example/base?ref=v1
                        - missing.yaml
                        - ../../../etc/passwd
                        - /etc/passwd
                        - loop
                        patches:
                        - path: https://example.org/patch.yaml
                        helmCharts:
                        - name: redis
                        configMapGenerator:
                        - name: key
                          files: [tls.key]
                        """,
                "apps/loop/kustomization.yaml", "resources: [..]\n");
        Rendered rendered = Overlaid.build(files, "apps");
        assertTrue(rendered.done());
        Overlaid.object(rendered, "Deployment", "web");
        List<String> found = problems(rendered);
        // what is elsewhere, and charts, are no mistakes: the deployment names them as gaps
        assertEquals(5, found.size(), String.join("\n", found));
        assertTrue(found.get(0).contains("is not among the files"));
        assertTrue(found.get(1).contains("leads out of the tree"));
        assertTrue(found.get(2).contains("leads out of the tree"));
        assertTrue(
                found.get(3).startsWith("apps/loop/kustomization.yaml:1: resources[0]: leads back to \"apps\""),
                found.get(3));
        assertTrue(found.get(4).contains("tls.key"));
    }

    @Test
    void aFileFromBesideTheFolderIsReadAndKeepsItsPlace() {
        FileTree files =
                Overlaid.files("shared/web.yaml", WEB, "prod/kustomization.yaml", "resources: [../shared/web.yaml]\n");
        Tree web = Overlaid.object(Overlaid.build(files, "prod"), "Deployment", "web");
        assertEquals("shared/web.yaml:6 spec.replicas = 1", at(web, "spec.replicas"));
    }

    @Test
    void aFolderWithoutAKustomizationIsTakenWhole() {
        FileTree files = Overlaid.files(
                "apps/web.yaml", WEB,
                "apps/values.yaml", "a: b\n",
                "apps/sub/other/map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\n",
                "apps/sub/base/kustomization.yaml", "resources: [map.yaml]\nnamePrefix: x-\n",
                "apps/sub/base/map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\n");
        Rendered rendered = Overlaid.build(files, "apps");
        assertEquals(3, rendered.objects().size());
        Overlaid.object(rendered, "ConfigMap", "x-map");
        assertEquals(1, rendered.problems().size());
    }

    @Test
    void whatAJobAddsIsBuiltAroundTheFolder() {
        FileTree files = Overlaid.files(
                "apps/web.yaml", WEB, "apps/kustomization.yaml", "resources: [web.yaml]\n", "flux.yaml", """
                        spec:
                          targetNamespace: shop
                          commonMetadata:
                            labels: {team: a}
                          images:
                          - name: example.org/web
                            newTag: v3
                          patches:
                          - patch: |
                              - op: replace
                                path: /spec/replicas
                                value: 7
                            target: {kind: Deployment}
                        """);
        Tree flux = new Documents(files.texts()).of("flux.yaml").getFirst();
        Rendered rendered = Overlaid.build(files, Overlaid.job("apps", flux.entries("spec")));
        Tree web = Overlaid.object(rendered, "Deployment", "web");
        assertEquals("flux.yaml:12 spec.patches[0].patch|[0].value = 7", at(web, "spec.replicas"));
        assertEquals("flux.yaml:2 spec.targetNamespace = shop", at(web, "metadata.namespace"));
        assertEquals("flux.yaml:4 spec.commonMetadata.labels.team = a", at(web, "metadata.labels.team"));
    }

    @Test
    void theLastClauseOfAComplaintIsTheCause() {
        FileTree files = Overlaid.files(
                "base/web.yaml", WEB,
                "base/kustomization.yaml", "resources: [web.yaml]\n",
                "prod/kustomization.yaml", """
                        resources: [../base]
                        patches:
                        - patch: |
                            apiVersion: apps/v1
                            kind: Deployment
                            metadata: {name: nope}
                        """);
        Rendered rendered = Overlaid.build(files, "prod");
        assertFalse(rendered.done());
        String problem = rendered.problems().getFirst().text();
        assertTrue(
                problem.startsWith(
                        "prod/kustomization.yaml:1: kustomize says: no resource matches strategic merge patch"),
                problem);

        FileTree broken =
                Overlaid.files("apps/kustomization.yaml", "resources: [bad.yaml]\n", "apps/bad.yaml", "a: b\n c: d\n");
        String bad = Overlaid.build(broken, "apps").problems().getFirst().text();
        assertTrue(bad.startsWith("apps/bad.yaml:2: kustomize says: "), bad);
        FileTree unknown = Overlaid.files("apps/kustomization.yaml", "resourcez: [bad.yaml]\n");
        String field = Overlaid.build(unknown, "apps").problems().getFirst().text();
        assertTrue(
                field.startsWith(
                        "apps/kustomization.yaml:1: kustomize says: invalid Kustomization: json: unknown field \"resourcez\""),
                field);
        FileTree plugin = Overlaid.files("kustomization.yaml", """
                transformers:
                - |
                  apiVersion: x.y/v1
                  kind: Foo
                  metadata:
                    name: x
                    annotations:
                      config.kubernetes.io/function: |
                        exec: {path: /bin/ls}
                """);
        assertTrue(Overlaid.build(plugin, "").gap().orElseThrow().contains("external plugins disabled"));
    }

    @Test
    void theSameTreeGivesTheSameBytesAlsoFromTheCache() throws IOException {
        Path cached = folder.resolve("cache");
        FileTree files =
                Overlaid.files("web.yaml", WEB, "kustomization.yaml", "resources: [web.yaml]\nnamespace: shop\n");
        Kustomizations first = new Kustomizations(Overlaid.searchPath(), ContentCache.in(cached));
        Kustomizations second = new Kustomizations(Overlaid.searchPath(), ContentCache.in(cached));
        List<Rendered> fresh = first.build(files, List.of(job(""), job("")));
        assertEquals(fresh, second.build(files, List.of(job(""), job(""))));
        try (Stream<Path> kept = Files.walk(cached)) {
            assertEquals(2, kept.filter(Files::isRegularFile).count(), "the version and one build");
        }
    }

    @Test
    void aFolderThatIsNotThereIsAProblemOfTheJob() {
        Rendered rendered = Overlaid.build(Overlaid.files("web.yaml", WEB), "nowhere");
        assertEquals(
                "flux.yaml:3: spec.path: \"nowhere\" is no folder of the tree; expected a folder with manifests",
                rendered.problems().getFirst().text());
    }

    @Test
    void whatNamesAGeneratedMapStaysAtItsLine() {
        FileTree files = Overlaid.files(
                "kustomization.yaml",
                        "resources: [release.yaml]\nconfigMapGenerator: [{name: web, literals: [a=b]}]\n"
                                + "configurations: [names.yaml]\n",
                "names.yaml", """
                        nameReference:
                        - kind: ConfigMap
                          fieldSpecs:
                          - {kind: Release, path: spec/from/name}
                        """,
                "release.yaml", """
                        apiVersion: example.org/v1
                        kind: Release
                        metadata:
                          name: web
                        spec:
                          from:
                          - name: web
                            optional: true
                        """);
        Tree from = Overlaid.object(Overlaid.build(files, ""), "Release", "web")
                .items("spec.from")
                .getFirst();
        assertTrue(at(from, "name").startsWith("release.yaml:7 spec.from[0].name[built] = web-"), at(from, "name"));
        assertEquals("release.yaml:8 spec.from[0].optional = true", at(from, "optional"));
    }

    private String script(String build) throws IOException {
        Path program = folder.resolve("kustomize");
        Files.writeString(program, "#!/bin/sh\nif [ \"$1\" = version ]; then echo v9.1.0; exit 0; fi\n" + build);
        if (!program.toFile().setExecutable(true)) {
            Assumptions.abort("no files can be made executable here");
        }
        return folder.toString();
    }

    @Test
    void theProgramSeesNothingOfTheUsersEnvironmentAndItsFolderIsRemoved() throws IOException {
        String path = script("echo \"kind: A\nhome: $HOME\nuser: '$USER'\ncopy: $2\"\n");
        Rendered rendered = new Kustomizations(path, ContentCache.none())
                .build(Overlaid.files("web.yaml", WEB), List.of(job("")))
                .getFirst();
        assertEquals("kustomize 9.1.0", rendered.by().orElseThrow());
        Tree seen = rendered.objects().getFirst();
        String home = seen.text("home").orElseThrow().value();
        assertTrue(home.contains("premortem-kustomize-"), home);
        assertEquals("", seen.text("user").orElseThrow().value());
        assertFalse(Files.exists(Path.of(home)));
        assertFalse(Files.exists(Path.of(seen.text("copy").orElseThrow().value())));
    }

    @Test
    void aProgramThatDoesNotEndIsEnded() throws IOException {
        String path = script("while :; do :; done\n");
        Rendered rendered = new Kustomizations(path, ContentCache.none(), Duration.ofMillis(200))
                .build(Overlaid.files("web.yaml", WEB), List.of(job("")))
                .getFirst();
        assertTrue(rendered.gap().orElseThrow().contains("takes longer than the limit"), rendered.toString());
    }

    @Test
    void aProgramThatPrintsWithoutEndIsEnded() throws IOException {
        String line = "x".repeat(60_000);
        String path = script("while :; do echo " + line + "; done\n");
        Rendered rendered = new Kustomizations(path, ContentCache.none())
                .build(Overlaid.files("web.yaml", WEB), List.of(job("")))
                .getFirst();
        assertTrue(rendered.gap().orElseThrow().contains("more than the limit of 64 MiB"), rendered.toString());
    }

    @Test
    void componentsAndImagesOfAJobCountFromItsFolder() {
        FileTree files = Overlaid.files(
                "apps/web.yaml", WEB,
                "parts/calm/kustomization.yaml", """
                        apiVersion: kustomize.config.k8s.io/v1alpha1
                        kind: Component
                        commonAnnotations: {calm: very}
                        """,
                "argo.yaml", """
                        components: [../parts/calm]
                        images: ["example.org/web=other.example/web:7"]
                        """);
        Tree argo = new Documents(files.texts()).of("argo.yaml").getFirst();
        Rendered rendered = Overlaid.build(files, Overlaid.job("./apps/", argo.entries()));
        assertEquals(List.of(), problems(rendered));
        Tree web = Overlaid.object(rendered, "Deployment", "web");
        assertEquals(
                "parts/calm/kustomization.yaml:3 commonAnnotations.calm = very", at(web, "metadata.annotations.calm"));
        Tree container = web.items("spec.template.spec.containers").getFirst();
        assertEquals(
                "argo.yaml:2 spec.template.spec.containers[0].image[built] = other.example/web:7",
                at(container, "image"));
    }

    @Test
    void aPlugInThatLoadsFromElsewhereIsLeftOut() {
        FileTree files = Overlaid.files(
                "web.yaml", WEB,
                "kustomization.yaml", """
                        resources: [web.yaml]
                        transformers:
                        - |
                          apiVersion: builtin
                          kind: PatchTransformer
                          metadata: {name: x}
                          path: http://127.0.0.1:1/patch.yaml
                        - named.yaml
                        - local.yaml
                        """,
                "named.yaml", """
                        apiVersion: builtin
                        kind: PatchTransformer
                        metadata: {name: y}
                        path: https://example.org/patch.yaml
                        """,
                "local.yaml", """
                        apiVersion: builtin
                        kind: PatchTransformer
                        metadata: {name: z}
                        path: patch.yaml
                        target: {kind: Deployment}
                        """,
                "patch.yaml", "- op: replace\n  path: /spec/replicas\n  value: 8\n");
        Rendered rendered = Overlaid.build(files, "");
        assertTrue(rendered.done(), rendered.toString());
        assertEquals(2, rendered.problems().size(), problems(rendered).toString());
        Tree web = Overlaid.object(rendered, "Deployment", "web");
        assertEquals("web.yaml:6 spec.replicas[built] = 8", at(web, "spec.replicas"));
    }
}
