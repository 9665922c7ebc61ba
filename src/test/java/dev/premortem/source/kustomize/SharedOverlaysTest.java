package dev.premortem.source.kustomize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.fact.Declared;
import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.OverlayJob;
import dev.premortem.source.render.Rendered;
import dev.premortem.source.text.FileTexts;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Limits;
import dev.premortem.source.text.TreeWalk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Every kustomization of real repositories is built, or says what is in its way. */
class SharedOverlaysTest {
    @Test
    void everyKustomizationOfTheSharedEstatesIsBuiltOrSaysWhyNot() throws IOException {
        Path shared = Path.of("..", "shared", "estates");
        if (!Files.isDirectory(shared)) {
            Assumptions.abort("no ../shared/estates here");
        }
        Kustomizations kustomizations = new Kustomizations(Overlaid.searchPath(), ContentCache.none());
        List<Path> trees;
        try (Stream<Path> folders = Files.list(shared)) {
            trees = folders.filter(Files::isDirectory).sorted().toList();
        }
        List<String> silent = new ArrayList<>();
        for (Path tree : trees) {
            FileTree files = files(tree);
            List<OverlayJob> jobs = files.texts().keySet().stream()
                    .filter(file -> Paths.last(file).equals("kustomization.yaml"))
                    .map(file -> new OverlayJob(new Declared(file, 1, ""), Paths.folder(file), List.of()))
                    .toList();
            List<Rendered> results = kustomizations.build(files, jobs);
            assertEquals(jobs.size(), results.size());
            for (int i = 0; i < jobs.size(); i++) {
                Rendered result = results.get(i);
                if (!result.done() && result.gap().orElse("").isBlank()) {
                    silent.add(jobs.get(i).folder());
                }
            }
        }
        assertEquals(List.of(), silent);
    }

    private static FileTree files(Path tree) {
        Harvest harvest = new Harvest();
        FileTexts.Found found =
                FileTexts.read(TreeWalk.list(tree, "", Limits.DEFAULT, harvest, _ -> false, false), harvest, false);
        return new FileTree(found.texts(), found.archives());
    }
}
