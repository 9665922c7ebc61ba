package dev.premortem.source.kustomize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.Rendered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkplaceTest {
    private static SortedMap<String, String> held(Path folder) throws IOException {
        SortedMap<String, String> held = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.filter(Files::isRegularFile).toList()) {
                held.put(folder.relativize(path).toString().replace('\\', '/'), Files.readString(path));
            }
        }
        return held;
    }

    /** Names of which some are folders of others, at different times. */
    private static SortedMap<String, String> files(Random random) {
        SortedMap<String, String> files = new TreeMap<>();
        for (String top : List.of("a", "b", "c")) {
            switch (random.nextInt(4)) {
                case 0 -> files.put(top, "file " + random.nextInt(2));
                case 1 -> files.put(top + "/x", "x " + random.nextInt(2));
                case 2 -> {
                    files.put(top + "/x/y", "y " + random.nextInt(2));
                    files.put(top + "/z", "z " + random.nextInt(2));
                }
                default -> {}
            }
        }
        return files;
    }

    @Test
    void holdsWhatWasLaidLastAndNothingElse() throws IOException {
        Random random = new Random(26);
        Workplace place = Workplace.make();
        try {
            for (int round = 0; round < 300; round++) {
                SortedMap<String, String> files = files(random);
                place.lay(files);
                assertEquals(files, held(place.folder()));
            }
        } finally {
            place.remove();
        }
        assertFalse(Files.exists(place.folder()));
    }

    @Test
    void laysNothingOutside() throws IOException {
        Workplace place = Workplace.make();
        try {
            SortedMap<String, String> out = new TreeMap<>();
            out.put("../out", "x");
            assertThrows(IllegalStateException.class, () -> place.lay(out));
        } finally {
            place.remove();
        }
    }

    /** A hundred files and more are laid once, and then only what differs. */
    @Test
    void aLargeOverlayIsBuiltAgainAsIfForTheFirstTime() {
        Kustomizations kept = new Kustomizations(Overlaid.searchPath(), ContentCache.none());
        for (String change : List.of("", "edited", "removed", "added", "")) {
            SortedMap<String, String> texts = new TreeMap<>();
            StringBuilder resources = new StringBuilder("resources:\n");
            for (int i = 0; i < (change.equals("added") ? 151 : 150); i++) {
                if (!change.equals("removed") || i != 7) {
                    String web = KustomizationsTest.WEB.replace("name: web", "name: web" + i);
                    texts.put("base/web" + i + ".yaml", change.equals("edited") ? web.replace("web:1", "web:2") : web);
                    resources.append("- web").append(i).append(".yaml\n");
                }
            }
            texts.put("base/kustomization.yaml", resources.toString());
            texts.put("prod/kustomization.yaml", "resources: [../base]\nnamePrefix: prod-\n");
            FileTree files = new FileTree(texts, Collections.emptySortedMap());
            Rendered again = kept.build(files, List.of(Overlaid.job("prod"))).getFirst();
            assertEquals(List.of(), KustomizationsTest.problems(again));
            assertEquals(Overlaid.build(files, "prod").objects(), again.objects());
        }
    }
}
