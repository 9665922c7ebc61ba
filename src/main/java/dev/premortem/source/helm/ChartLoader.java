package dev.premortem.source.helm;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import dev.premortem.source.fetch.Fetched;
import dev.premortem.source.helm.ChartFiles.Absent;
import dev.premortem.source.helm.ChartFiles.Content;
import dev.premortem.source.render.AbsentDependency;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.ChartSource;
import dev.premortem.source.render.FileTree;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Gathers the files of a chart: from a folder of the tree or an archive, with packed and neighbouring charts that it depends on. */
final class ChartLoader {
    private static final int MOST_FILES = 20_000;
    private static final long MOST_BYTES = 128L << 20;
    private static final int MOST_DEPTH = 5;
    private static final List<String> ELSEWHERE = List.of("https://", "http://", "oci://");

    /** A chart that cannot be gathered: the reason for the coverage, and where and what for people. */
    static final class Missing extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Optional<Problem> problem;

        Missing(String gap, Optional<Problem> problem) {
            super(gap);
            this.problem = problem;
        }

        String gap() {
            return String.valueOf(getMessage());
        }

        Optional<Problem> problem() {
            return problem;
        }
    }

    private final FileTree tree;
    private final Function<ChartSource.Remote, Fetched> fetched;
    private final ParsedFiles parsed;
    private final List<Tree> values;
    private final SortedMap<String, Content> files = new TreeMap<>();
    private final List<Absent> absent = new ArrayList<>();
    private final List<Tree> off = new ArrayList<>();
    private long bytes;

    private ChartLoader(
            FileTree tree, Function<ChartSource.Remote, Fetched> fetched, ParsedFiles parsed, List<Tree> values) {
        this.tree = tree;
        this.fetched = fetched;
        this.parsed = parsed;
        this.values = values;
    }

    /** The files of a chart for a job. */
    static ChartFiles load(
            FileTree tree, ChartJob job, Function<ChartSource.Remote, Fetched> fetched, ParsedFiles parsed)
            throws Missing {
        ChartSource source = job.source();
        ChartLoader loader = new ChartLoader(tree, fetched, parsed, job.values());
        String root = switch (source) {
            case ChartSource.Folder folder -> {
                loader.folder(clean(folder.path()), "");
                yield folder.path().isEmpty() ? "." : clean(folder.path());
            }
            case ChartSource.Archive archive -> {
                byte[] packed = tree.archives().get(archive.file());
                if (packed == null) {
                    throw new Missing("the packed chart " + archive.file() + " is not in the tree", Optional.empty());
                }
                loader.archive(packed, archive.file(), "");
                yield archive.file();
            }
            case ChartSource.Remote remote -> {
                String name = remote.repository() + "/" + remote.chart() + "-" + remote.version() + ".tgz";
                switch (fetched.apply(remote)) {
                    case Fetched.Chart chart -> loader.archive(chart.archive(), name, "");
                    case Fetched.Not not -> throw new Missing(not.reason(), Optional.empty());
                }
                yield name;
            }
            case ChartSource.Named named -> throw new Missing(named.why(), Optional.empty());
        };
        if (!loader.files.containsKey("Chart.yaml")) {
            // a folder without one is told where it is named
            throw new Missing(
                    "no Chart.yaml in " + root,
                    source instanceof ChartSource.Archive
                            ? Optional.of(new Problem(
                                    root, 0, "", "holds no Chart.yaml", "a chart packed by Helm (helm package)", ""))
                            : Optional.empty());
        }
        loader.dependencies(
                root,
                "",
                List.of(),
                source instanceof ChartSource.Folder folder ? Optional.of(clean(folder.path())) : Optional.empty(),
                0);
        return new ChartFiles(root, loader.files, List.copyOf(loader.absent), List.copyOf(loader.off), parsed);
    }

    private static String clean(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private void put(String path, byte[] content, String origin, boolean inTree) throws Missing {
        bytes += content.length;
        if (files.size() >= MOST_FILES || bytes > MOST_BYTES) {
            throw new Missing(
                    "the chart has more than " + MOST_FILES + " files or " + (MOST_BYTES >> 20) + " MiB",
                    Optional.of(new Problem(
                            origin,
                            0,
                            "",
                            "is past what is read of one chart",
                            MOST_FILES + " files at most",
                            "a .helmignore leaves some out")));
        }
        if (PackedChart.safe(path)) {
            files.put(path, new Content(content, origin, inTree));
        }
    }

    /** Files below a folder of the tree. Packed charts below {@code charts/} are unpacked beside the others. */
    private void folder(String folder, String below) throws Missing {
        String prefix = folder.isEmpty() ? "" : folder + "/";
        for (var file : tree.texts().tailMap(prefix).entrySet()) {
            if (!file.getKey().startsWith(prefix)) {
                break;
            }
            put(
                    below + file.getKey().substring(prefix.length()),
                    file.getValue().getBytes(StandardCharsets.UTF_8),
                    file.getKey(),
                    true);
        }
        for (var file : tree.archives().tailMap(prefix).entrySet()) {
            if (!file.getKey().startsWith(prefix)) {
                break;
            }
            String path = file.getKey().substring(prefix.length());
            int charts = path.lastIndexOf('/') + 1;
            if (path.substring(0, charts).endsWith("charts/")) {
                archive(file.getValue(), file.getKey(), below + path.substring(0, charts));
            }
        }
    }

    /** Files of a packed chart. With nothing before them the archive's own top folder is left out too. */
    private void archive(byte[] packed, String name, String below) throws Missing {
        SortedMap<String, byte[]> found;
        try {
            found = PackedChart.unpack(packed);
        } catch (PackedChart.Refused e) {
            throw new Missing(
                    "the packed chart " + name + " is not read",
                    Optional.of(new Problem(name, 0, "", e.found(), "a chart packed by Helm", "")));
        }
        for (var file : found.entrySet()) {
            int slash = file.getKey().indexOf('/');
            if (slash < 0) {
                continue; // Helm reads one folder, which holds everything
            }
            String path = below.isEmpty() ? file.getKey().substring(slash + 1) : below + file.getKey();
            boolean nested = path.endsWith(".tgz")
                    && path.substring(0, path.lastIndexOf('/') + 1).endsWith("charts/");
            if (nested && below.length() < 200) {
                archive(file.getValue(), name + "/" + file.getKey(), path.substring(0, path.lastIndexOf('/') + 1));
            } else {
                put(path, file.getValue(), name + "/" + file.getKey(), false);
            }
        }
    }

    /**
     * Adds dependencies that {@code charts/} lacks: neighbours of the tree, and what was fetched. Notes those that are nowhere.
     *
     * @param keys keys that lead to the values of the chart in the folder
     */
    private void dependencies(String root, String folder, List<String> keys, Optional<String> inTree, int depth)
            throws Missing {
        ChartFiles here = new ChartFiles(root, files, parsed);
        SortedMap<String, String> vendored = here.vendored(folder);
        List<Tree> kept = new ArrayList<>();
        List<Tree> named = here.dependencies(folder);
        for (Tree dependency : named) {
            if (vendored.containsKey(ChartFiles.value(dependency, "name"))
                    || beside(here, folder, keys, dependency, inTree, depth)) {
                kept.add(dependency);
                continue;
            }
            // what counts may come from a chart that was added just now
            EffectiveValues effective = EffectiveValues.of(here, values);
            if (Switches.any(dependency) && new Switches(effective).off(dependency, keys)) {
                off.add(dependency);
                continue;
            }
            Optional<Fetched> answer = remote(here, folder, dependency).map(fetched);
            Optional<byte[]> packed = answer.flatMap(Fetched::found);
            if (packed.isPresent() && PackedChart.safe(folder + "charts/" + ChartFiles.value(dependency, "name"))) {
                String origin = ChartFiles.value(dependency, "repository") + "/" + ChartFiles.value(dependency, "name");
                archive(packed.get(), origin + ".tgz", folder + "charts/");
                kept.add(dependency);
            } else {
                absent.add(new Absent(
                        absent(here, folder, keys, dependency, effective),
                        answer.flatMap(
                                one -> one instanceof Fetched.Not not ? Optional.of(not.reason()) : Optional.empty())));
            }
        }
        if (kept.size() < named.size()) {
            named(folder + "Chart.yaml", kept);
            named(folder + "requirements.yaml", kept);
        }
    }

    /** Adds a dependency that is a chart beside this one; false where it is none. */
    private boolean beside(
            ChartFiles here, String folder, List<String> keys, Tree dependency, Optional<String> inTree, int depth)
            throws Missing {
        String name = ChartFiles.value(dependency, "name");
        String below = folder + "charts/" + name + "/";
        Optional<String> neighbour =
                inTree.flatMap(from -> neighbour(from, ChartFiles.value(dependency, "repository")));
        if (neighbour.isEmpty() || depth >= MOST_DEPTH || !PackedChart.safe(folder + "charts/" + name)) {
            return false;
        }
        folder(neighbour.get(), below);
        dependencies(here.root(), below, inner(keys, dependency), neighbour, depth + 1);
        return true;
    }

    private static List<String> inner(List<String> keys, Tree dependency) {
        String alias = ChartFiles.value(dependency, "alias");
        List<String> inner = new ArrayList<>(keys);
        inner.add(alias.isEmpty() ? ChartFiles.value(dependency, "name") : alias);
        return List.copyOf(inner);
    }

    private static AbsentDependency absent(
            ChartFiles here, String folder, List<String> keys, Tree dependency, EffectiveValues effective) {
        List<String> inner = inner(keys, dependency);
        Tree nothing = new Tree.Mapping(dependency.place(), List.of());
        Tree own = effective.at(inner).filter(Tree.Mapping.class::isInstance).orElse(nothing);
        Tree given = effective
                .at(List.of("global"))
                .map(global -> {
                    Tree.Entry entry = new Tree.Entry("global", global.place(), global);
                    return EffectiveValues.over(own, new Tree.Mapping(own.place(), List.of(entry)));
                })
                .orElse(own);
        return new AbsentDependency(
                String.join(".", inner),
                dependency.place(),
                ChartFiles.value(dependency, "name"),
                version(here, folder, dependency),
                dependency.text("repository").filter(text -> !text.value().isBlank()),
                given);
    }

    /** Writes a chart's file anew with some of its dependencies. */
    private void named(String path, List<Tree> kept) {
        Content content = files.get(path);
        Optional<Tree> tree = new ChartFiles("", files, parsed).tree(path);
        if (content == null
                || tree.isEmpty()
                || tree.get().items("dependencies").isEmpty()) {
            return;
        }
        List<Tree.Entry> entries = tree.get().entries().stream()
                .map(entry -> entry.key().equals("dependencies")
                        ? new Tree.Entry(entry.key(), entry.place(), new Tree.Sequence(entry.place(), kept))
                        : entry)
                .toList();
        String text = JsonText.of(new Tree.Mapping(tree.get().place(), entries));
        files.put(path, new Content(text.getBytes(StandardCharsets.UTF_8), content.origin(), content.inTree()));
    }

    /** A dependency as it is fetched. */
    private static Optional<ChartSource.Remote> remote(ChartFiles here, String folder, Tree dependency) {
        String repository = ChartFiles.value(dependency, "repository");
        return ELSEWHERE.stream().anyMatch(repository::startsWith)
                ? Optional.of(new ChartSource.Remote(
                        repository,
                        ChartFiles.value(dependency, "name"),
                        version(here, folder, dependency).map(Fact::value).orElse("")))
                : Optional.empty();
    }

    /** The version that {@code helm dependency update} wrote down, or else the one that is asked for. */
    private static Optional<Fact<String>> version(ChartFiles here, String folder, Tree dependency) {
        String name = ChartFiles.value(dependency, "name");
        return Stream.of("Chart.lock", "requirements.lock")
                .flatMap(lock -> here.tree(folder + lock).stream())
                .flatMap(tree -> tree.items("dependencies").stream())
                .filter(one -> ChartFiles.value(one, "name").equals(name))
                .flatMap(one -> one.text("version").stream())
                .findFirst()
                .or(() -> dependency.text("version"))
                .filter(text -> !text.value().isBlank());
    }

    /** The folder of the tree that a {@code file://} repository means; empty where it leaves the tree or holds no chart. */
    private Optional<String> neighbour(String from, String repository) {
        if (!repository.startsWith("file://") || repository.startsWith("file:///")) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>(from.isEmpty() ? List.of() : List.of(from.split("/", -1)));
        for (String part : repository.substring("file://".length()).split("/", -1)) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return Optional.empty();
                }
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        String folder = String.join("/", parts);
        boolean below = folder.isEmpty() || from.equals(folder) || from.startsWith(folder + "/");
        return !below && tree.texts().containsKey(folder + "/Chart.yaml") ? Optional.of(folder) : Optional.empty();
    }
}
