package dev.premortem.source.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.estate.Workload;
import dev.premortem.source.Means;
import dev.premortem.source.Reading;
import dev.premortem.source.Sources;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Go templates of ApplicationSets with more than names in them: Helm says what they come to. */
final class ApplicationSetTemplatesTest {
    private static final String SET = """
            apiVersion: argoproj.io/v1alpha1
            kind: ApplicationSet
            metadata: {name: apps, namespace: argocd}
            spec:
              goTemplate: true
              generators:
                - git:
                    repoURL: https://example.com/repo.git
                    files: [{path: "apps/*/app.yaml"}]
                    values: {branch: main}
                  selector:
                    matchExpressions: [{key: enabled, operator: NotIn, values: ["false"]}]
              template:
                metadata: {name: '{{ normalize .path.basename }}'}
                spec:
                  destination:
                    server: https://kubernetes.default.svc
                    namespace: '{{ if hasKey . "namespace" }}{{ .namespace }}{{ else }}{{ .path.basenameNormalized }}{{ end }}'
                  source:
                    repoURL: https://example.com/repo.git
                    targetRevision: '{{ .values.branch }}'
                    path: '{{ dig "from" "path" (printf "%s/manifests" .path.path) . }}'
              templatePatch: |
                {{- if .gone }}
                spec: {source: {path: nowhere}}
                {{- end }}
            """;

    private static String deployment(String name) {
        return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + name
                + "}\nspec: {template: {spec: {containers: [{name: a, image: a}]}}}\n";
    }

    @Test
    void functionsConditionsAndPatchesAreFollowed() {
        SortedMap<String, String> texts = new TreeMap<>();
        texts.put("set.yaml", SET);
        texts.put("apps/One_App/app.yaml", "from: {path: elsewhere}\n");
        texts.put("elsewhere/one.yaml", deployment("one"));
        texts.put("apps/two/app.yaml", "namespace: shop\n");
        texts.put("apps/two/manifests/two.yaml", deployment("two"));
        texts.put("apps/three/app.yaml", "gone: true\n");
        texts.put("apps/three/manifests/three.yaml", deployment("three"));
        texts.put(
                "apps/many/app.yaml",
                "- {enabled: 'false', namespace: many}\n- {namespace: many, from: {path: more}}\n");
        texts.put("apps/many/manifests/off.yaml", deployment("off"));
        texts.put("more/more.yaml", deployment("more"));
        Reading reading = Sources.readTexts(texts, Means.PLAIN.rendering(HelmTests.renderers()));
        assertEquals(List.of(), reading.coverage().problems());
        assertEquals(
                List.of("many/more", "one-app/one", "shop/two"),
                reading.estate().all(Workload.class).stream()
                        .map(workload -> workload.namespace() + "/" + workload.name())
                        .sorted()
                        .toList());
    }
}
