package dev.premortem.source;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;

/** What kustomizations say without being rendered: which files are patches, and which namespace a folder's objects get. */
final class Overlays {
    private final Set<String> patches = new HashSet<>();
    private final Map<String, String> namespaces = new HashMap<>();

    Overlays(List<Document> documents, NavigableSet<String> files) {
        for (Document document : documents) {
            if (is(document.tree())) {
                read(document, files);
            }
        }
    }

    static boolean is(Tree tree) {
        return tree.text("apiVersion")
                .filter(version -> version.value().startsWith("kustomize.config.k8s.io/"))
                .isPresent();
    }

    private void read(Document document, NavigableSet<String> files) {
        String folder = Ownership.folder(document.file());
        document.tree()
                .items("patchesStrategicMerge")
                .forEach(item ->
                        item.text().ifPresent(path -> patches.add(Ownership.resolve(folder, path.value(), files))));
        for (String key : List.of("patches", "patchesJson6902")) {
            document.tree()
                    .items(key)
                    .forEach(item -> item.text("path")
                            .ifPresent(path -> patches.add(Ownership.resolve(folder, path.value(), files))));
        }
        document.tree().text("namespace").map(Fact::value).ifPresent(namespace -> {
            namespaces.put(folder, namespace);
            document.tree()
                    .items("resources")
                    .forEach(item -> item.text().ifPresent(path -> {
                        String resource = Ownership.resolve(folder, path.value(), files);
                        if (files.contains(resource)) {
                            namespaces.put(resource, namespace);
                        }
                    }));
        });
    }

    boolean patch(String file) {
        return patches.contains(file);
    }

    Optional<String> namespace(String file) {
        return Optional.ofNullable(namespaces.get(file))
                .or(() -> Optional.ofNullable(namespaces.get(Ownership.folder(file))));
    }
}
