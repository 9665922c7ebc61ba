package dev.premortem.source.kustomize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.Edit;
import dev.premortem.fact.Tree;
import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.Rendered;
import dev.premortem.source.text.EditedText;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** An edit at the place of a built value changes that value, or it is refused. */
class EditableTest {
    private static final FileTree FILES = Overlaid.files(
            "base/web.yaml", """
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata:
                      name: web
                      labels: {app: web, tier: front}
                    spec:
                      replicas: 1
                      minReadySeconds: 1
                      selector: {matchLabels: {app: web}}
                      template:
                        metadata: {labels: {app: web, tier: back, zone: a}}
                        spec:
                          terminationGracePeriodSeconds: 10
                          containers:
                          - name: web
                            image: web:1
                            args: [one, two]
                            ports: [{containerPort: 80}, {containerPort: 81, name: more}]
                            env: [{name: A, value: a}, {name: B, value: b}]
                            envFrom: [{configMapRef: {name: map}}]
                            resources: {limits: {cpu: "1", memory: 1Gi}}
                          - name: side
                            image: side:1
                            args: [three]
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata: {name: web}
                    spec:
                      type: ClusterIP
                      ports: [{port: 80, name: web}]
                    """,
            "base/rollout.yaml", """
                    apiVersion: example.org/v1
                    kind: Rollout
                    metadata: {name: web, annotations: {owner: you}}
                    spec:
                      replicas: 3
                      selector: {zone: a}
                      image: side:2
                      template: {annotations: {owner: me}}
                    """,
            "base/kustomization.yaml", """
                    resources: [web.yaml, rollout.yaml]
                    configMapGenerator:
                    - name: map
                      literals: [A=b]
                    """,
            "prod/kustomization.yaml", """
                    resources: [../base]
                    nameSuffix: -prod
                    namespace: shop
                    commonAnnotations: {owner: me}
                    labels:
                    - pairs: {tier: back}
                    commonLabels: {zone: a}
                    images: [{name: side, newTag: "2"}]
                    replicas: [{name: web, count: 3}]
                    patches:
                    - patch: |-
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: web}
                        spec:
                          minReadySeconds: 1
                          template:
                            spec:
                              containers:
                              - name: first
                                image: first:1
                                args: [one]
                              - name: web
                                env: [{name: B, value: bb}, {name: C, value: c}]
                    - path: operations.yaml
                      target: {kind: Deployment, name: web}
                    - patch: '[{"op": "replace", "path": "/spec/type", "value": "NodePort"}]'
                      target: {kind: Service}
                    """,
            "prod/operations.yaml", """
                    - op: replace
                      path: /spec/template/spec/terminationGracePeriodSeconds
                      value: 10
                    - op: add
                      path: /spec/template/spec/containers/-
                      value: {name: last, image: last, args: [x]}
                    """);

    @Test
    void anEditChangesTheValueAtWhosePlaceItIsMadeOrIsRefused() {
        Kustomizations kustomizations = new Kustomizations(Overlaid.searchPath(), ContentCache.none());
        Rendered before =
                kustomizations.build(FILES, List.of(Overlaid.job("prod"))).getFirst();
        List<String> edited = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (int object = 0; object < before.objects().size(); object++) {
            List<Tree.Scalar> scalars = before.objects().get(object).scalars().toList();
            for (int i = 0; i < scalars.size(); i++) {
                Tree.Scalar scalar = scalars.get(i);
                // A name or a kind is what an object is found by; another one makes another object.
                if (!scalar.place().field().matches(".*(kind|apiVersion|metadata\\.name|containers\\[.\\]\\.name)")) {
                    boolean made = edited(kustomizations, before, object, i);
                    (made ? edited : refused)
                            .add(scalar.place().file() + " " + scalar.place().field());
                }
            }
        }
        assertTrue(edited.size() > 25, edited.toString());
        assertTrue(
                refused.stream().allMatch(place -> place.endsWith("[built]")),
                () -> refused.stream()
                        .filter(place -> !place.endsWith("[built]"))
                        .toList()
                        .toString());
        assertTrue(edited.contains("prod/kustomization.yaml patches[0].patch|.spec.minReadySeconds"));
        assertTrue(edited.contains("prod/operations.yaml [0].value"));
        assertTrue(edited.contains("prod/kustomization.yaml patches[2].patch|[0].value"));
    }

    private static boolean edited(Kustomizations kustomizations, Rendered before, int object, int index) {
        Tree.Scalar old = before.objects().get(object).scalars().toList().get(index);
        String value = old.kind() == Tree.Scalar.Kind.INTEGER ? "77" : "changed";
        String file = old.place().file();
        EditedText text = EditedText.of(
                FILES.texts().getOrDefault(file, ""), List.of(new Edit.SetValue(old.place(), value)), 100);
        if (!text.failed().isEmpty()) {
            return false;
        }
        SortedMap<String, String> changed = new TreeMap<>();
        changed.put(file, text.text());
        Rendered after = kustomizations
                .build(FILES.with(changed), List.of(Overlaid.job("prod")))
                .getFirst();
        assertTrue(after.done(), () -> old + ": " + after.problems());
        Tree.Scalar now = after.objects().get(object).scalars().toList().get(index);
        assertEquals(value, now.value(), old.toString());
        return true;
    }
}
