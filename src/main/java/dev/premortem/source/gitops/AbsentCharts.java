package dev.premortem.source.gitops;

import dev.premortem.estate.AbsentChart;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.text.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The charts that a chart of the tree takes in from elsewhere and that nobody put beside it, with the values that they would get. */
final class AbsentCharts {
    private static final List<String> ELSEWHERE = List.of("https://", "http://", "oci://");

    private final Folders folders;

    AbsentCharts(Folders folders) {
        this.folders = folders;
    }

    /** Those of the chart in a folder, as a job would render it. */
    List<AbsentChart> of(ChartJob job, String folder) {
        Tree values = document(folder, "values.yaml")
                .flatMap(own -> job.values().stream().reduce(Grafts::merge).map(user -> Grafts.merge(own, user)))
                .or(() -> document(folder, "values.yaml"))
                .or(() -> job.values().stream().reduce(Grafts::merge))
                .orElseGet(() -> Grafts.mapping(job.place()));
        List<AbsentChart> absent = new ArrayList<>();
        for (String file : List.of("Chart.yaml", "requirements.yaml")) {
            for (Tree dependency : document(folder, file)
                    .map(tree -> tree.items("dependencies"))
                    .orElse(List.of())) {
                absent(job, folder, dependency, values).ifPresent(absent::add);
            }
        }
        return absent;
    }

    private Optional<Tree> document(String folder, String name) {
        return folders.documents(ChartFolders.join(folder, name)).stream()
                .findFirst()
                .map(Manifest::tree)
                .filter(Tree.Mapping.class::isInstance);
    }

    private Optional<AbsentChart> absent(ChartJob job, String folder, Tree dependency, Tree values) {
        String name = Application.text(dependency, "name");
        Optional<Fact<String>> repository =
                dependency.text("repository").filter(url -> ELSEWHERE.stream().anyMatch(url.value()::startsWith));
        Optional<Fact<String>> version = locked(folder, name).or(() -> dependency.text("version"));
        if (name.isEmpty()
                || repository.isEmpty()
                || version.isEmpty()
                || beside(folder, name)
                || off(dependency, values)) {
            return Optional.empty();
        }
        String alias = Application.text(dependency, "alias");
        String key = alias.isEmpty() ? name : alias;
        Tree own = Grafts.get(values, key)
                .filter(Tree.Mapping.class::isInstance)
                .orElseGet(() -> Grafts.mapping(dependency.place()));
        Tree given = Grafts.get(values, "global")
                .map(global -> Grafts.put(own, List.of("global"), global))
                .orElse(own);
        return Optional.of(new AbsentChart(
                new Reference(job.of().text() + "/dependency/" + key),
                dependency.place(),
                job.namespace(),
                job.release(),
                name,
                version.get(),
                repository.get(),
                given));
    }

    /** The version that {@code helm dependency update} wrote down. */
    private Optional<Fact<String>> locked(String folder, String name) {
        return List.of("Chart.lock", "requirements.lock").stream()
                .flatMap(file -> Optional.ofNullable(folders.tree.texts().get(ChartFolders.join(folder, file))).stream()
                        .flatMap(text -> Texts.yaml(ChartFolders.join(folder, file), text).stream()))
                .map(Texts.Parsed::tree)
                .flatMap(lock -> lock.items("dependencies").stream())
                .filter(one -> Application.text(one, "name").equals(name))
                .flatMap(one -> one.text("version").stream())
                .findFirst();
    }

    /** True where it is vendored, as a folder or packed. */
    private boolean beside(String folder, String name) {
        String charts = ChartFolders.join(folder, "charts/");
        return folders.holds(charts + name)
                || folders.tree.archives().tailMap(charts).keySet().stream()
                        .takeWhile(file -> file.startsWith(charts))
                        .anyMatch(file -> file.startsWith(charts + name + "-"));
    }

    /** True where a condition or a tag leaves it out. */
    private static boolean off(Tree dependency, Tree values) {
        for (String path : Application.text(dependency, "condition").split("\\s*,\\s*", -1)) {
            Optional<String> set = path.isEmpty() ? Optional.empty() : bool(values, path);
            if (set.isPresent()) {
                return set.get().equals("false"); // the first path that is there decides, before any tag
            }
        }
        List<String> tags = dependency.items("tags").stream()
                .flatMap(tag -> tag.text().stream())
                .flatMap(tag -> bool(values, "tags." + tag.value()).stream())
                .toList();
        return !tags.isEmpty() && !tags.contains("true");
    }

    private static Optional<String> bool(Tree values, String path) {
        Optional<Tree> here = Optional.of(values);
        for (String key : path.split("\\.", -1)) {
            here = here.flatMap(tree -> Grafts.get(tree, key));
        }
        return here.flatMap(Tree::text).map(Fact::value).filter(text -> text.equals("true") || text.equals("false"));
    }
}
