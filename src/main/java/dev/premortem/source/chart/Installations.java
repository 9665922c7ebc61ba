package dev.premortem.source.chart;

import dev.premortem.estate.Installation;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Release;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Embedded;
import dev.premortem.source.text.Harvest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads which component is installed in which environment with which values, from the layouts that people use: {@code values-<environment>.yaml} beside a chart, a
 * helmfile for each cluster, a folder with one values file for each member of a federation, and releases of several clusters.
 */
public final class Installations {
    private static final Pattern BESIDE = Pattern.compile("values[-_.]([A-Za-z0-9][A-Za-z0-9_.-]*)\\.ya?ml");

    /** Words behind {@code values-} that name no environment. */
    private static final List<String> SHARED_FILES = List.of(
            "common", "default", "defaults", "example", "global", "schema", "secret", "secrets", "shared", "template");

    /** A member's file shares most of its sections with the chart that it configures. */
    private static final double SHARED = 0.7;

    private static final int FEWEST_MEMBERS = 3;
    private static final int MOST_ENVIRONMENTS = 100;

    private final SortedMap<String, Tree> values = new TreeMap<>();
    private final SortedMap<String, Tree> charts = new TreeMap<>();
    private final List<Tree> helmfiles = new ArrayList<>();
    private final SortedMap<String, SortedMap<String, Tree>> applications = new TreeMap<>();
    /** Values in folders that are no chart, by the folder around theirs. */
    private final Map<String, SortedMap<String, Tree>> memberFiles = new HashMap<>();

    private final SortedMap<String, Installation> found = new TreeMap<>();

    private final Set<Declared> ofObjects = new TreeSet<>();

    private Installations() {}

    /** All installations, those of one family each with the layer that is its own. */
    public static List<Installation> of(Collection<Tree> documents, Collection<Release> releases) {
        Installations reader = new Installations();
        documents.forEach(reader::sort);
        reader.values.forEach((file, tree) -> {
            String own = folder(file);
            if (!reader.charts.containsKey(own)) {
                reader.memberFiles
                        .computeIfAbsent(folder(own), _ -> new TreeMap<>())
                        .put(file, tree);
            }
        });
        reader.charts.forEach((folder, chart) -> {
            reader.beside(folder, chart);
            reader.members(folder, chart);
        });
        reader.helmfiles.forEach(reader::helmfile);
        reader.applications.forEach(reader::application);
        releases.forEach(reader::release);
        return reader.sisters();
    }

    private void sort(Tree tree) {
        String file = tree.place().file();
        boolean object =
                tree.text("apiVersion").isPresent() && tree.text("kind").isPresent();
        if (object
                && tree.text("kind")
                        .filter(kind -> kind.value().equals("Application"))
                        .isPresent()) {
            String name = tree.text("metadata.name").map(Fact::value).orElse("");
            applications.computeIfAbsent(name, _ -> new TreeMap<>()).putIfAbsent(file, tree);
        }
        if (!(tree instanceof Tree.Mapping) || object) {
            return;
        }
        if (file.equals("Chart.yaml") || file.endsWith("/Chart.yaml")) {
            charts.put(folder(file), tree);
        } else if (tree.items("releases").stream()
                .anyMatch(release -> release.text("chart").isPresent())) {
            helmfiles.add(tree);
        } else {
            values.putIfAbsent(file, tree);
        }
    }

    static String folder(String file) {
        int slash = file.lastIndexOf('/');
        return slash < 0 ? "" : file.substring(0, slash);
    }

    private static String bare(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        int dot = name.indexOf(".yaml") > 0 ? name.indexOf(".yaml") : name.indexOf(".yml");
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static String in(String folder, String name) {
        return folder.isEmpty() ? name : folder + "/" + name;
    }

    /** {@code values-<environment>.yaml} in the folder of a chart, over its {@code values.yaml}. */
    private void beside(String folder, Tree chart) {
        String name = chart.text("name").map(Fact::value).orElse(folder);
        Optional<Tree> defaults = Optional.ofNullable(values.get(in(folder, "values.yaml")));
        String from = in(folder, "values");
        for (Map.Entry<String, Tree> each : values.tailMap(from).entrySet()) {
            if (!each.getKey().startsWith(from)) {
                break;
            }
            Matcher matcher =
                    BESIDE.matcher(each.getKey().substring(in(folder, "").length()));
            if (matcher.matches() && !SHARED_FILES.contains(matcher.group(1))) {
                add(matcher.group(1), name, name, Optional.empty(), layers(defaults, each.getValue()), true);
            }
        }
    }

    private static List<Tree> layers(Optional<Tree> defaults, Tree own) {
        List<Tree> layers = new ArrayList<>();
        defaults.ifPresent(layers::add);
        layers.add(own);
        return List.copyOf(layers);
    }

    /** A folder with one values file for each member; the chart that all of them configure stands elsewhere in the tree. */
    private void members(String folder, Tree chart) {
        TreeSet<String> sections = new TreeSet<>();
        Optional<Tree> defaults = Optional.ofNullable(values.get(in(folder, "values.yaml")));
        defaults.ifPresent(tree -> tree.entries().forEach(entry -> sections.add(entry.key())));
        chart.items("dependencies")
                .forEach(dependency -> dependency
                        .text("alias")
                        .or(() -> dependency.text("name"))
                        .ifPresent(name -> sections.add(name.value())));
        SortedMap<String, List<Tree>> folders = new TreeMap<>();
        memberFiles.getOrDefault(folder(folder), Collections.emptySortedMap()).forEach((file, tree) -> {
            if (shares(tree, sections)) {
                folders.computeIfAbsent(folder(file), _ -> new ArrayList<>()).add(tree);
            }
        });
        String name = chart.text("name").map(Fact::value).orElse(folder);
        folders.values().stream()
                .filter(each -> each.size() >= FEWEST_MEMBERS)
                .forEach(each -> each.forEach(tree ->
                        add(bare(tree.place().file()), name, name, Optional.empty(), layers(defaults, tree), true)));
    }

    private static boolean shares(Tree tree, TreeSet<String> sections) {
        long shared = tree.entries().stream()
                .filter(entry -> sections.contains(entry.key()))
                .count();
        return shared >= 2 && shared >= SHARED * tree.entries().size();
    }

    /** A helmfile speaks for the cluster that it is called after, or whose folder it stands in. */
    private void helmfile(Tree helmfile) {
        String file = helmfile.place().file();
        String named = bare(file);
        String environment = named.startsWith("helmfile")
                ? folder(file).substring(folder(file).lastIndexOf('/') + 1)
                : named;
        for (Tree release : helmfile.items("releases")) {
            Optional<String> chart = release.text("chart").map(Fact::value);
            Optional<String> name = release.text("name").map(Fact::value);
            boolean off = release.text("installed")
                    .filter(text -> text.value().equals("false"))
                    .isPresent();
            if (chart.isEmpty() || name.isEmpty() || off || environment.isEmpty()) {
                continue;
            }
            List<Tree> layers = new ArrayList<>();
            boolean whole = true;
            for (Tree item : release.items("values")) {
                Optional<Tree> layer = item instanceof Tree.Mapping
                        ? Optional.of(item)
                        : item.text().flatMap(path -> Optional.ofNullable(values.get(resolve(file, path.value()))));
                layer.ifPresent(layers::add);
                whole &= layer.isPresent();
            }
            String last = chart.get().substring(chart.get().lastIndexOf('/') + 1);
            add(
                    new Asked(environment, last, name.get(), release.place()),
                    release.text("version"),
                    List.copyOf(layers),
                    whole);
        }
    }

    private static String resolve(String file, String path) {
        List<String> parts = new ArrayList<>(List.of(in(folder(file), path).split("/", -1)));
        List<String> normal = new ArrayList<>();
        for (String part : parts) {
            if (part.equals("..") && !normal.isEmpty()) {
                normal.removeLast();
            } else if (!part.isEmpty() && !part.equals(".") && !part.equals("..")) {
                normal.add(part);
            }
        }
        return String.join("/", normal);
    }

    /** One Application of Argo CD in files whose paths differ in one folder: that folder is the environment. */
    private void application(String name, SortedMap<String, Tree> byFile) {
        if (byFile.size() < 2 || byFile.size() > MOST_ENVIRONMENTS) {
            return;
        }
        byFile.forEach((file, tree) -> byFile.keySet().stream()
                .flatMap(other -> differing(file, other).stream())
                .findFirst()
                .ifPresent(environment -> {
                    List<Tree> layers = new ArrayList<>();
                    tree.at("metadata.annotations").ifPresent(layers::add);
                    tree.at("spec.source.helm.valuesObject")
                            .or(() -> tree.at("spec.source.helm.values")
                                    .flatMap(text -> Embedded.read(text, new Harvest())))
                            .ifPresent(layers::add);
                    add(
                            new Asked(environment, "Application", name, tree.place()),
                            Optional.empty(),
                            List.copyOf(layers),
                            false);
                }));
    }

    /** The folder of a file that is the only part in which its path differs from another's. */
    private static Optional<String> differing(String file, String other) {
        String[] mine = file.split("/", -1);
        String[] theirs = other.split("/", -1);
        Optional<String> found = Optional.empty();
        for (int i = 0; i < mine.length && mine.length == theirs.length; i++) {
            if (!mine[i].equals(theirs[i])) {
                if (found.isPresent() || i == mine.length - 1) {
                    return Optional.empty();
                }
                found = Optional.of(mine[i]);
            }
        }
        return found;
    }

    /** A release that another reader found; what other files add to its values is not known here. */
    private void release(Release release) {
        ofObjects.add(release.place());
        add(
                new Asked(release.cluster(), release.chart(), release.name(), release.place()),
                release.version(),
                List.of(release.values()),
                false);
    }

    private record Asked(String environment, String chart, String name, Declared place) {}

    private void add(
            String environment,
            String chart,
            String name,
            Optional<Fact<String>> version,
            List<Tree> layers,
            boolean whole) {
        add(new Asked(environment, chart, name, layers.getLast().place()), version, layers, whole);
    }

    private void add(Asked asked, Optional<Fact<String>> version, List<Tree> layers, boolean whole) {
        String family = asked.chart().equals(asked.name()) ? asked.name() : asked.chart() + "/" + asked.name();
        Reference reference = new Reference("installation/" + asked.environment() + "/" + family);
        found.putIfAbsent(
                reference.text(),
                new Installation(
                        reference,
                        asked.place(),
                        asked.environment(),
                        family,
                        asked.name(),
                        version,
                        layers,
                        Optional.empty(),
                        whole));
    }

    /** Those of families of two and more have each the layer that is its own. */
    private List<Installation> sisters() {
        SortedMap<String, List<Installation>> families = new TreeMap<>();
        found.values()
                .forEach(each -> families.computeIfAbsent(each.family(), _ -> new ArrayList<>())
                        .add(each));
        List<Installation> sisters = new ArrayList<>();
        // a lone release of an object is a thing of its own already
        families.values()
                .removeIf(family -> family.size() == 1
                        && ofObjects.contains(family.getFirst().place()));
        families.values().forEach(family -> {
            SortedMap<String, Integer> readers = new TreeMap<>();
            family.forEach(each ->
                    each.layers().forEach(layer -> readers.merge(layer.place().at(), 1, Integer::sum)));
            family.forEach(each -> sisters.add(owning(each, readers)));
        });
        return sisters;
    }

    private static Installation owning(Installation each, SortedMap<String, Integer> readers) {
        Optional<Tree> own = each.layers().stream()
                .filter(layer -> readers.getOrDefault(layer.place().at(), 0) == 1)
                .reduce((first, second) -> second);
        return new Installation(
                each.reference(),
                each.place(),
                each.environment(),
                each.family(),
                each.name(),
                each.version(),
                each.layers(),
                own,
                each.whole());
    }
}
