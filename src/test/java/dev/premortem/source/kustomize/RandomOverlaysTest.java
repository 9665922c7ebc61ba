package dev.premortem.source.kustomize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.Edit;
import dev.premortem.fact.Tree;
import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.Rendered;
import dev.premortem.source.text.EditedText;
import dev.premortem.testing.Rounds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Overlays upon overlays that set the same few fields to the same few values, so that most places are ambiguous: an edit at a value's place
 * still changes that value, or is refused.
 */
class RandomOverlaysTest {
    private static final int ROUNDS = 4;
    private static final int EDITS = 8;

    private final Kustomizations kustomizations = new Kustomizations(Overlaid.searchPath(), ContentCache.none());

    @Test
    void anEditChangesWhatItIsAimedAtOrIsRefused() {
        Rounds.run(ROUNDS, seed -> {
            Random random = new Random(seed);
            FileTree files = new FileTree(tree(random), Collections.emptySortedMap());
            Rendered before = build(files);
            assertTrue(before.done(), () -> before.problems() + "\n" + files.texts());
            List<Tree.Scalar> scalars =
                    before.objects().stream().flatMap(Tree::scalars).toList();
            List<Integer> places = new ArrayList<>();
            for (int i = 0; i < scalars.size(); i++) {
                Tree.Scalar scalar = scalars.get(i);
                boolean name = scalar.place().field().matches(".*(kind|apiVersion|name)(\\[built])?");
                if (!name && !Placement.made(scalar.place())) {
                    places.add(i);
                }
            }
            Collections.shuffle(places, random);
            places.stream().limit(EDITS).forEach(index -> edit(files, scalars, index));
        });
    }

    private Rendered build(FileTree files) {
        return kustomizations.build(files, List.of(Overlaid.job("top"))).getFirst();
    }

    private void edit(FileTree files, List<Tree.Scalar> scalars, int index) {
        Tree.Scalar old = scalars.get(index);
        String value = old.kind() == Tree.Scalar.Kind.INTEGER ? "77" : "changed";
        String file = old.place().file();
        EditedText text = EditedText.of(
                files.texts().getOrDefault(file, ""), List.of(new Edit.SetValue(old.place(), value)), 100);
        assertEquals(List.of(), text.failed(), () -> old + "\n" + files.texts());
        SortedMap<String, String> changed = new TreeMap<>();
        changed.put(file, text.text());
        Rendered after = build(files.with(changed));
        assertTrue(after.done(), () -> old + ": " + after.problems());
        List<Tree.Scalar> now = after.objects().stream().flatMap(Tree::scalars).toList();
        assertEquals(value, now.get(index).value(), () -> old + "\n" + files.texts());
    }

    private static SortedMap<String, String> tree(Random random) {
        SortedMap<String, String> texts = new TreeMap<>();
        texts.put("base/web.yaml", deployment(random, true));
        texts.put("base/kustomization.yaml", "resources: [web.yaml]\n" + fields(random));
        texts.put("middle/kustomization.yaml", "resources: [../base]\ncomponents: [../part]\n" + fields(random));
        texts.put(
                "part/kustomization.yaml",
                "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n" + fields(random));
        texts.put("top/kustomization.yaml", "resources: [../middle]\n" + fields(random));
        return texts;
    }

    private static String fields(Random random) {
        StringBuilder out = new StringBuilder();
        if (random.nextInt(3) == 0) {
            out.append("replicas: [{name: web, count: ").append(number(random)).append("}]\n");
        }
        if (random.nextInt(3) == 0) {
            out.append("images: [{name: one, newTag: \"").append(number(random)).append("\"}]\n");
        }
        if (random.nextInt(3) == 0) {
            out.append("labels: [{pairs: {tier: ")
                    .append(word(random))
                    .append("}, includeTemplates: ")
                    .append(random.nextBoolean())
                    .append("}]\n");
        }
        if (random.nextInt(3) == 0) {
            out.append("commonAnnotations: {note: ").append(word(random)).append("}\n");
        }
        out.append("patches:\n");
        for (int i = random.nextInt(3); i >= 0; i--) {
            if (random.nextBoolean()) {
                out.append("- patch: |\n").append(deployment(random, false).indent(4));
            } else {
                out.append("- target: {kind: Deployment}\n  patch: |\n")
                        .append(operations(random).indent(4));
            }
        }
        return out.toString();
    }

    private static String operations(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "- {op: add, path: /spec/minReadySeconds, value: " + number(random) + "}\n";
            case 1 -> "- op: replace\n  path: /spec/replicas\n  value: " + number(random) + "\n";
            case 2 -> "- op: add\n  path: /spec/template/spec/containers/0/args/-\n  value: " + word(random) + "\n";
            default ->
                "- op: replace\n  path: /spec/template/spec/containers/0/env\n  value: [{name: A, value: "
                        + word(random) + "}]\n";
        };
    }

    private static String deployment(Random random, boolean whole) {
        StringBuilder out = new StringBuilder("apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n");
        if (whole || random.nextBoolean()) {
            out.append("  labels: {tier: ").append(word(random)).append("}\n");
        }
        out.append("spec:\n  progressDeadlineSeconds: ").append(number(random)).append('\n');
        if (whole || random.nextBoolean()) {
            out.append("  replicas: ").append(number(random)).append('\n');
        }
        out.append("  template:\n    metadata:\n      labels: {tier: ")
                .append(word(random))
                .append("}\n")
                .append("    spec:\n      containers:\n");
        for (String name :
                whole ? List.of("one", "two") : random.nextBoolean() ? List.of("two", "one") : List.of("new", "one")) {
            out.append("      - name: ")
                    .append(name)
                    .append("\n        image: ")
                    .append(name)
                    .append(":1\n")
                    .append("        args: [")
                    .append(word(random))
                    .append(", ")
                    .append(word(random))
                    .append("]\n")
                    .append("        env: [{name: A, value: ")
                    .append(word(random))
                    .append("}, {name: ")
                    .append(random.nextBoolean() ? "A" : "B")
                    .append("2, value: ")
                    .append(word(random))
                    .append("}]\n");
        }
        return out.toString();
    }

    private static int number(Random random) {
        return 1 + random.nextInt(2);
    }

    private static String word(Random random) {
        return random.nextBoolean() ? "red" : "blue";
    }
}
