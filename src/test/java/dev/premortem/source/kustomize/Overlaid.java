package dev.premortem.source.kustomize;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.OverlayJob;
import dev.premortem.source.render.Rendered;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;

/** Small trees with kustomizations, built by the program of this machine. */
final class Overlaid {
    private Overlaid() {}

    /** The machine's search path; the test is aborted where no kustomize is on it. */
    static String searchPath() {
        String path = System.getenv().getOrDefault("PATH", "");
        if (Program.find(path).isEmpty()) {
            Assumptions.abort("neither kustomize nor kubectl is on the PATH");
        }
        return path;
    }

    static FileTree files(String... namesAndTexts) {
        SortedMap<String, String> texts = new TreeMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            texts.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return new FileTree(texts, Collections.emptySortedMap());
    }

    static OverlayJob job(String folder) {
        return job(folder, List.of());
    }

    static OverlayJob job(String folder, List<Tree.Entry> additions) {
        return new OverlayJob(new Declared("flux.yaml", 3, "spec.path"), folder, additions);
    }

    static Rendered build(FileTree files, String folder) {
        return build(files, job(folder));
    }

    static Rendered build(FileTree files, OverlayJob job) {
        return new Kustomizations(searchPath(), ContentCache.none())
                .build(files, List.of(job))
                .getFirst();
    }

    static Tree object(Rendered rendered, String kind, String name) {
        return rendered.objects().stream()
                .filter(one ->
                        one.text("kind").map(Fact::value).filter(kind::equals).isPresent())
                .filter(one -> one.text("metadata.name")
                        .map(Fact::value)
                        .filter(name::equals)
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in " + rendered));
    }

    /** {@code file:line field = value} of a scalar. */
    static String at(Tree tree, String path) {
        Tree found = tree.at(path).orElseThrow(() -> new AssertionError("no " + path + " in " + tree));
        String value = found instanceof Tree.Scalar scalar ? scalar.value() : "?";
        return found.place().at() + " " + found.place().field() + " = " + value;
    }
}
