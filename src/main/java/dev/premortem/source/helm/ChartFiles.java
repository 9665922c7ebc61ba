package dev.premortem.source.helm;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Tree;
import dev.premortem.source.render.AbsentDependency;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The files of one chart with all that is vendored into it, by their path below the chart's folder.
 *
 * @param root where the chart is, for people: a folder of the tree or a packed chart
 * @param absent charts that it depends on and that are nowhere; its {@code Chart.yaml} no longer names them
 * @param off dependencies that are nowhere and that their condition or tags leave out anyhow; they are no longer named either
 * @param parsed what files of charts parsed to
 */
record ChartFiles(
        String root, SortedMap<String, Content> files, List<Absent> absent, List<Tree> off, ParsedFiles parsed) {
    ChartFiles(String root, SortedMap<String, Content> files, ParsedFiles parsed) {
        this(root, files, List.of(), List.of(), parsed);
    }

    /**
     * A chart that is not there.
     *
     * @param why what fetching it said; empty where it is at no address that is fetched from
     */
    record Absent(AbsentDependency dependency, Optional<String> why) {
        /** Its name, version and repository. */
        String what() {
            return dependency.chart()
                    + dependency.version().map(text -> " " + text.value()).orElse("")
                    + dependency.repository().map(text -> " of " + text.value()).orElse("");
        }

        Declared place() {
            return dependency.place();
        }
    }

    /**
     * One file.
     *
     * @param origin its name in the tree; for a file of a packed chart, the archive's name, a slash and the name in it
     * @param inTree whether it is a file of the tree itself, which an edit can change
     */
    record Content(byte[] bytes, String origin, boolean inTree) {
        String text() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    /** A chart in this one: its folder below the root, with a slash at its end, and the keys that lead to its values. */
    record Part(String folder, String valuesPath) {}

    /** The text of a file; empty where there is none. */
    Optional<String> text(String path) {
        Content found = files.get(path);
        return found == null ? Optional.empty() : Optional.of(found.text());
    }

    /** The name of a file in the tree. */
    String origin(String path) {
        Content found = files.get(path);
        return found == null ? root + "/" + path : found.origin();
    }

    /** The parsed first document of a file. */
    Optional<Tree> tree(String path) {
        return text(path).flatMap(text -> parsed.first(origin(path), text));
    }

    /** The chart's own values, where it is a chart of the tree. */
    Optional<Tree> ownValues() {
        Content found = files.get("values.yaml");
        return found != null && found.inTree()
                ? tree("values.yaml").filter(Tree.Mapping.class::isInstance)
                : Optional.empty();
    }

    /** The chart's own file. */
    Optional<Tree> chart(String folder) {
        return tree(folder + "Chart.yaml");
    }

    /** The dependencies that a chart names. */
    List<Tree> dependencies(String folder) {
        List<Tree> named = chart(folder).map(tree -> tree.items("dependencies")).orElse(List.of());
        return named.isEmpty()
                ? tree(folder + "requirements.yaml")
                        .map(tree -> tree.items("dependencies"))
                        .orElse(List.of())
                : named;
    }

    /** The folders below {@code charts/} that hold a chart, by the name that each gives itself. */
    SortedMap<String, String> vendored(String folder) {
        SortedMap<String, String> found = new TreeMap<>();
        String charts = folder + "charts/";
        for (String path : files.tailMap(charts).keySet()) {
            if (!path.startsWith(charts)) {
                break;
            }
            String rest = path.substring(charts.length());
            int slash = rest.indexOf('/');
            if (slash > 0 && rest.substring(slash).equals("/Chart.yaml")) {
                String below = charts + rest.substring(0, slash + 1);
                String name = chart(below)
                        .flatMap(tree -> tree.text("name"))
                        .map(dev.premortem.fact.Fact::value)
                        .orElse(rest.substring(0, slash));
                found.putIfAbsent(name, below);
            }
        }
        return found;
    }

    /** The chart and those in it, by the path that Helm prints before {@code templates/}: {@code web}, {@code web/charts/redis}. */
    SortedMap<String, Part> parts() {
        SortedMap<String, Part> parts = new TreeMap<>();
        String name = chart("")
                .flatMap(tree -> tree.text("name"))
                .map(dev.premortem.fact.Fact::value)
                .orElse("");
        parts(name, new Part("", ""), 0, parts);
        return parts;
    }

    private void parts(String printed, Part part, int depth, SortedMap<String, Part> parts) {
        parts.put(printed, part);
        if (depth > 8) {
            return;
        }
        SortedMap<String, String> vendored = vendored(part.folder());
        SortedMap<String, String> called = new TreeMap<>(vendored);
        for (Tree dependency : dependencies(part.folder())) {
            String name = value(dependency, "name");
            String alias = value(dependency, "alias");
            if (!alias.isEmpty() && vendored.containsKey(name)) {
                called.put(alias, vendored.getOrDefault(name, ""));
            }
        }
        called.forEach((key, folder) -> parts(
                printed + "/charts/" + key,
                new Part(folder, part.valuesPath().isEmpty() ? key : part.valuesPath() + "\n" + key),
                depth + 1,
                parts));
    }

    static String value(Tree tree, String path) {
        return tree.text(path).map(dev.premortem.fact.Fact::value).orElse("");
    }
}
