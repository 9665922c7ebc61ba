package dev.premortem.source.gitops;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/** Charts that a kustomization asks for with {@code helmCharts}, as the objects of k3s that say the same, so that they go the way of other releases. */
final class Inflation {
    private static final List<String> KEYS = List.of("helmCharts", "helmChartInflationGenerator");

    private Inflation() {}

    /** True for an object that stands for a chart of a kustomization. */
    static boolean is(Manifest manifest) {
        return manifest.kind().equals("HelmChart")
                && manifest.tree().at("spec.inflated").isPresent();
    }

    /** The charts of a kustomization. */
    static List<Manifest> of(Manifest kustomization, Folders folders, SortedSet<String> used) {
        List<Manifest> charts = new ArrayList<>();
        for (String key : KEYS) {
            for (Tree item : kustomization.tree().items(key)) {
                chart(kustomization, item, folders, used).ifPresent(charts::add);
            }
        }
        for (Tree item : kustomization.tree().items("generators")) {
            Optional<String> file = item.text()
                    .flatMap(path -> Folders.join(Folders.folder(kustomization.file()), path.value()))
                    .filter(folders::file);
            for (Manifest plugin : file.map(folders::documents).orElse(List.of())) {
                if (plugin.kind().equals("HelmChartInflationGenerator")) {
                    used.add(plugin.file());
                    chart(kustomization, plugin.tree(), folders, used).ifPresent(charts::add);
                }
            }
        }
        return charts;
    }

    /** True where all generators of a kustomization are charts. */
    static boolean all(Tree kustomization, String folder, Folders folders) {
        return kustomization.items("generators").stream()
                .allMatch(item -> item.text()
                        .flatMap(path -> Folders.join(folder, path.value()))
                        .filter(file -> folders.documents(file).stream()
                                .anyMatch(one -> one.kind().equals("HelmChartInflationGenerator")))
                        .isPresent());
    }

    private static Optional<Manifest> chart(
            Manifest kustomization, Tree item, Folders folders, SortedSet<String> used) {
        Tree tree = kustomization.tree();
        String name = first(item, "name", "chartName");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String folder = Folders.folder(kustomization.file());
        String home = Application.text(tree, "helmGlobals.chartHome");
        Optional<String> local = Folders.join(folder, (home.isEmpty() ? "charts" : home) + "/" + name)
                .filter(found -> folders.file(found + "/Chart.yaml"));
        String namespace = Application.text(item, "namespace");
        String target = namespace.isEmpty() ? Application.text(tree, "namespace") : namespace;
        Tree made = Grafts.mapping(item.place());
        made = text(made, item, "helm.cattle.io/v1", "apiVersion");
        made = text(made, item, "HelmChart", "kind");
        String release = Application.text(item, "releaseName");
        made = text(made, item, release.isEmpty() ? name : release, "metadata", "name");
        made = text(made, item, target, "metadata", "namespace");
        made = text(made, item, target, "spec", "targetNamespace");
        made = text(made, item, name, "spec", "chart");
        made = text(made, item, first(item, "repo", "chartRepo"), "spec", "repo");
        made = text(made, item, first(item, "version", "chartVersion"), "spec", "version");
        made = text(made, item, local.orElse(""), "spec", "folder");
        made = text(made, item, kustomization.file(), "spec", "inflated");
        made = text(made, item, String.valueOf(Application.isTrue(item, "includeCRDs")), "spec", "includeCRDs");
        Optional<Tree> values = values(item, folder, folders, used);
        if (values.isPresent()) {
            made = Grafts.put(made, List.of("spec", "values"), values.get());
        }
        Tree around = Grafts.put(Grafts.mapping(item.place()), List.of("kustomize"), tree);
        made = Grafts.put(made, List.of("spec", "postRenderers"), new Tree.Sequence(item.place(), List.of(around)));
        return Optional.of(Manifest.parsed(kustomization.file(), kustomization.index(), made));
    }

    private static Optional<Tree> values(Tree item, String folder, Folders folders, SortedSet<String> used) {
        List<Tree> values = new ArrayList<>();
        List<String> files = new ArrayList<>();
        files.add(first(item, "valuesFile", "values"));
        Application.texts(item, "additionalValuesFiles").map(Fact::value).forEach(files::add);
        for (String file : files) {
            Optional<String> path = Folders.join(folder, file).filter(folders::file);
            path.ifPresent(used::add);
            path.map(folders::documents).ifPresent(found -> found.forEach(one -> values.add(one.tree())));
        }
        item.at("valuesInline").ifPresent(inline -> {
            if (Application.text(item, "valuesMerge").equals("merge")) {
                values.addFirst(inline);
            } else {
                values.add(inline);
            }
        });
        return values.stream().reduce(Grafts::merge);
    }

    private static String first(Tree item, String key, String old) {
        String text = Application.text(item, key);
        return text.isEmpty() ? Application.text(item, old) : text;
    }

    private static Tree text(Tree tree, Tree item, String value, String... path) {
        return value.isEmpty() ? tree : Grafts.put(tree, List.of(path), Grafts.text(item.place(), value));
    }
}
