package dev.premortem.source;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.chart.Releases;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;

/** What other files say about values files: helmfile, kustomize's {@code helmCharts}, and the Chart.yaml beside them. */
final class Hints {
    private final Map<String, Releases.Hint> hints = new HashMap<>();
    private final Set<String> defaults = new HashSet<>();
    private final Map<String, String> namespaces = new HashMap<>();

    Hints(List<Document> documents, NavigableSet<String> files) {
        for (Document document : documents) {
            Tree tree = document.tree();
            String file = document.file();
            String folder = Ownership.folder(file);
            if (file.equals("Chart.yaml") || file.endsWith("/Chart.yaml")) {
                chart(tree, folder);
            }
            tree.items("releases")
                    .forEach(release -> release.items("values")
                            .forEach(item -> item.text()
                                    .ifPresent(path -> add(
                                            Ownership.resolve(folder, path.value(), files),
                                            release,
                                            "chart",
                                            "name"))));
            tree.items("helmCharts")
                    .forEach(chart -> chart.text("valuesFile")
                            .ifPresent(path ->
                                    add(Ownership.resolve(folder, path.value(), files), chart, "name", "releaseName")));
            namespace(tree, folder);
        }
    }

    /** The namespace of a folder: the one Namespace object in it, or the one that its objects name. */
    private void namespace(Tree tree, String folder) {
        boolean namespace = tree.text("kind")
                .filter(kind -> kind.value().equals("Namespace"))
                .isPresent();
        Optional<String> named = namespace
                ? tree.text("metadata.name").map(Fact::value)
                : tree.text("metadata.namespace")
                        .or(() -> tree.text("namespace"))
                        .map(Fact::value);
        named.ifPresent(name -> namespaces.merge(folder, name, (first, second) -> first.equals(second) ? first : ""));
    }

    private void chart(Tree tree, String folder) {
        String values = folder.isEmpty() ? "values.yaml" : folder + "/values.yaml";
        List<Tree> dependencies = tree.items("dependencies");
        boolean umbrella = false;
        for (Tree dependency : dependencies) {
            Optional<String> name = dependency.text("name").map(Fact::value);
            if (name.filter(found -> found.equals("traefik") || found.equals("cilium"))
                    .isPresent()) {
                hints.put(
                        values,
                        new Releases.Hint(name.get(), Optional.empty(), Optional.empty(), dependency.text("version")));
                umbrella = true;
            }
        }
        if (!umbrella) {
            defaults.add(values);
        }
    }

    private void add(String file, Tree entry, String chartKey, String nameKey) {
        Optional<String> chart = entry.text(chartKey).map(Fact::value);
        chart.ifPresent(found -> hints.putIfAbsent(
                file,
                new Releases.Hint(
                        found.substring(found.lastIndexOf('/') + 1),
                        entry.text(nameKey).or(() -> entry.text("name")).map(Fact::value),
                        entry.text("namespace").map(Fact::value),
                        entry.text("version"))));
    }

    /** The hint for a values file; empty and to be left alone where it holds only a chart's own defaults. */
    Optional<Releases.Hint> of(Declared place) {
        return Optional.ofNullable(hints.get(place.file()));
    }

    /** True for the defaults that a chart in the tree brings: no release. */
    boolean chartDefaults(String file) {
        return defaults.contains(file);
    }

    /** The namespace that all objects of a file's folder share. */
    Optional<String> namespace(String file) {
        return Optional.ofNullable(namespaces.get(Ownership.folder(file))).filter(name -> !name.isEmpty());
    }
}
