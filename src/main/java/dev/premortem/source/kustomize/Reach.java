package dev.premortem.source.kustomize;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.OverlayJob;
import dev.premortem.source.text.Embedded;
import dev.premortem.source.text.Harvest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Follows a kustomization to every file it names and makes the copy that is built. What leads elsewhere (a URL, a path out of the tree, a
 * cycle, a file that is not there, a chart) is left out of the copy and reported, so that the rest can be built. Kustomizations are written
 * anew from what was read, so that the build sees exactly what was looked at here.
 */
final class Reach {
    private static final int MOST_NESTED = 64;
    private static final int MOST_KUSTOMIZATIONS = 5_000;

    /** Fields of built-in plug-ins from which they load files. */
    private static final Pattern LOADED = Pattern.compile("(.*[.|])?(path|paths|files|env|envs)(\\[[0-9]+])?");

    private final SortedMap<String, String> texts;
    private final NavigableSet<String> names;
    private final Documents documents;
    private final SortedMap<String, String> files = new TreeMap<>();
    private final SortedMap<String, String> origins = new TreeMap<>();
    private final SequencedMap<String, Tree.Mapping> kustomizations = new LinkedHashMap<>();
    private final TreeSet<String> done = new TreeSet<>();
    private final List<Problem> problems = new ArrayList<>();

    /** True once something was left out that kustomize would have read. */
    private boolean less;

    private Reach(FileTree files, Documents documents) {
        this.texts = files.texts();
        this.names = new TreeSet<>(texts.keySet());
        this.documents = documents;
    }

    /** The copy for a job, whose folder is known to exist. */
    static Copy of(FileTree files, Documents documents, OverlayJob job) {
        Reach reach = new Reach(files, documents);
        reach.visit(job.folder(), job.place(), List.of());
        Tree.Mapping top = Additions.around(job);
        Tree.Mapping vetted = reach.vetted(new Named(job.folder(), Copy.TOP_FOLDER), top, List.of(job.folder()));
        Tree resources = new Tree.Sequence(job.place(), List.of(Texted.text(job.place(), Paths.fromTop(job.folder()))));
        Tree.Mapping wished = Texted.with(vetted, "buildMetadata", Additions.wish(job.place()));
        reach.kustomizations.put(Copy.TOP, Texted.with(wished, "resources", resources));
        reach.kustomizations.forEach((path, tree) -> reach.files.put(path, Texted.json(tree)));
        return new Copy(reach.files, reach.origins, reach.kustomizations, List.copyOf(reach.problems), reach.less);
    }

    /**
     * A folder by its two names.
     *
     * @param tree the folder from which paths count
     * @param copy the folder of the copy in which the kustomization lies; another one for what a job adds
     */
    private record Named(String tree, String copy) {
        boolean own() {
            return !copy.equals(Copy.TOP_FOLDER);
        }
    }

    private void visit(String folder, Declared asked, List<String> above) {
        if (!done.add(folder)) {
            return;
        }
        if (above.size() >= MOST_NESTED || done.size() > MOST_KUSTOMIZATIONS) {
            problem(
                    asked,
                    "is past the limit of " + MOST_NESTED + " nested or " + MOST_KUSTOMIZATIONS
                            + " kustomizations; not read",
                    "fewer kustomizations");
            return;
        }
        List<String> stack = new ArrayList<>(above);
        stack.add(folder);
        Named named = new Named(folder, Paths.copied(folder));
        Optional<String> file = documents.kustomization(folder);
        String name = file.orElseGet(() -> Paths.in(folder, "kustomization.yaml"));
        Optional<Tree.Mapping> read = file.isPresent()
                ? documents.of(name).stream()
                        .findFirst()
                        .flatMap(tree -> tree instanceof Tree.Mapping mapping ? Optional.of(mapping) : Optional.empty())
                : Optional.of(Additions.collected(folder, texts, documents, this::problem));
        if (read.isEmpty()) {
            problem(new Declared(name, 1, ""), "holds no mapping", "a kustomization");
        }
        String path = named.copy() + "/kustomization.yaml";
        origins.put(path, name);
        Tree.Mapping empty = new Tree.Mapping(asked, List.of());
        kustomizations.put(path, vetted(named, read.orElse(empty), stack));
    }

    private Tree.Mapping vetted(Named folder, Tree.Mapping tree, List<String> stack) {
        List<Tree.Entry> entries = new ArrayList<>();
        for (Tree.Entry entry : tree.values()) {
            vetted(folder, entry, stack)
                    .ifPresent(value -> entries.add(new Tree.Entry(entry.key(), entry.place(), value)));
        }
        return new Tree.Mapping(tree.place(), List.copyOf(entries));
    }

    private Optional<Tree> vetted(Named folder, Tree.Entry entry, List<String> stack) {
        Tree value = entry.value();
        return switch (entry.key()) {
            case "resources", "bases", "components" -> each(value, item -> resource(folder, item, stack));
            case "crds", "configurations" -> each(value, item -> file(folder, item));
            case "patchesStrategicMerge" -> each(value, item -> inline(item) ? Optional.of(item) : file(folder, item));
            case "generators", "transformers", "validators" -> each(value, item -> plugin(folder, item, stack));
            case "patches", "patchesJson6902", "replacements" -> each(value, item -> path(folder, item));
            case "openapi" -> path(folder, value);
            case "configMapGenerator", "secretGenerator" -> each(value, item -> generator(folder, item));
            case "helmCharts", "helmChartInflationGenerator" -> {
                // who asks for the build orders these as releases
                less = true;
                yield Optional.empty();
            }
            case "helmGlobals", "buildMetadata" -> Optional.empty();
            default -> Optional.of(value);
        };
    }

    private static Optional<Tree> each(Tree list, Function<Tree, Optional<Tree>> item) {
        return list instanceof Tree.Sequence sequence
                ? Optional.of(new Tree.Sequence(
                        sequence.place(),
                        sequence.values().stream()
                                .flatMap(one -> item.apply(one).stream())
                                .toList()))
                : Optional.of(list);
    }

    private static boolean inline(Tree item) {
        return item.text()
                .filter(text -> text.value().contains("\n") || text.value().startsWith("{"))
                .isPresent();
    }

    private Optional<Tree> resource(Named folder, Tree item, List<String> stack) {
        Optional<String> path = inside(folder, item);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        if (texts.containsKey(path.get())) {
            return file(folder, item);
        }
        if (!exists(path.get())) {
            return missing(item, "a file or folder of the tree");
        }
        return base(folder, item, path.get(), stack);
    }

    private Optional<Tree> base(Named folder, Tree item, String path, List<String> stack) {
        if (stack.contains(path)) {
            problem(item.place(), "leads back to \"" + path + "\", which is being read; left out", "no cycle");
            return Optional.empty();
        }
        if (documents.kustomization(path).isEmpty()) {
            problem(
                    item.place(),
                    "\"" + path + "\" is a folder without a kustomization.yaml; left out",
                    "a folder with a kustomization.yaml, or its files by name");
            return Optional.empty();
        }
        visit(path, item.place(), stack);
        return Optional.of(folder.own() ? item : Texted.text(item.place(), Paths.fromTop(path)));
    }

    private boolean exists(String folder) {
        String first = names.ceiling(folder + "/");
        return folder.isEmpty() || (first != null && first.startsWith(folder + "/"));
    }

    /** What a path means; empty, and told, where it is no text, leads elsewhere or out of the tree. */
    private Optional<String> inside(Named folder, Tree item) {
        String text = item.text().map(fact -> fact.value().strip()).orElse("");
        if (text.isEmpty()) {
            problem(item.place(), "is no path; left out", "a path in the tree");
            return Optional.empty();
        }
        Optional<String> path = Paths.resolve(folder.tree(), text);
        boolean here =
                path.filter(found -> texts.containsKey(found) || exists(found)).isPresent();
        if (text.contains("://") || (!here && Paths.elsewhere(text))) {
            // no mistake of the user: who asks for the build names it as a gap
            less = true;
            return Optional.empty();
        }
        if (path.isEmpty()) {
            problem(item.place(), "\"" + text + "\" leads out of the tree; not read", "a path in the tree");
        }
        return path;
    }

    private Optional<Tree> missing(Tree item, String expected) {
        String text = item.text().map(fact -> fact.value()).orElse("");
        problem(item.place(), "\"" + text + "\" is not among the files that were read; left out", expected);
        return Optional.empty();
    }

    /** A file that kustomize reads from its kustomization's folder. One from beside or above it is laid there under another name. */
    private Optional<Tree> file(Named folder, Tree item) {
        Optional<String> path = inside(folder, item);
        if (path.isEmpty()) {
            return Optional.empty();
        }
        if (!texts.containsKey(path.get())) {
            return missing(item, "a file of the tree");
        }
        return Optional.of(Texted.text(item.place(), laid(folder, path.get())));
    }

    private String laid(Named folder, String path) {
        boolean own = folder.own() && Paths.below(path, folder.tree());
        String relative = own
                ? folder.tree().isEmpty() ? path : path.substring(folder.tree().length() + 1)
                : "%beside/" + Paths.copied(path);
        String copy = folder.copy() + "/" + relative;
        files.put(copy, texts.getOrDefault(path, ""));
        origins.put(copy, path);
        return relative;
    }

    private Optional<Tree> path(Named folder, Tree item) {
        if (!(item instanceof Tree.Mapping mapping) || mapping.get("path").isEmpty()) {
            return Optional.of(item);
        }
        return file(folder, mapping.get("path").get()).map(path -> Texted.with(mapping, "path", path));
    }

    /** The configuration of a plug-in: kustomize runs built-in ones only, and of these none stays that names something elsewhere. */
    private Optional<Tree> plugin(Named folder, Tree item, List<String> stack) {
        if (inline(item)) {
            return Optional.of(item)
                    .filter(_ -> tame(
                            item, Embedded.read(item, new Harvest()).stream().toList()));
        }
        Optional<Tree> kept = resource(folder, item, stack);
        Optional<String> path = item.text().flatMap(text -> Paths.resolve(folder.tree(), text.value()));
        if (kept.isEmpty() || path.isEmpty() || !texts.containsKey(path.get())) {
            return kept;
        }
        List<Tree> read = documents.of(path.get());
        if (read.stream().anyMatch(Reach::inflates)) {
            less = true;
            return Optional.empty();
        }
        if (!tame(item, read)) {
            return Optional.empty();
        }
        read.stream().flatMap(Tree::scalars).forEach(scalar -> {
            String named = scalar.value().substring(scalar.value().indexOf('=') + 1);
            Paths.resolve(folder.tree(), named)
                    .filter(texts::containsKey)
                    .filter(found -> folder.own() && Paths.below(found, folder.tree()))
                    .ifPresent(found -> laid(folder, found));
        });
        return kept;
    }

    /** True for the plug-in that renders a chart; who asks for the build orders these as releases. */
    private static boolean inflates(Tree tree) {
        return tree.text("kind")
                .filter(kind -> kind.value().equals("HelmChartInflationGenerator"))
                .isPresent();
    }

    private boolean tame(Tree item, List<Tree> read) {
        boolean wild = read.stream()
                .flatMap(Tree::scalars)
                .anyMatch(scalar -> LOADED.matcher(scalar.place().field()).matches()
                        && scalar.value().contains("://"));
        if (wild) {
            problem(
                    item.place(),
                    "is a plug-in that loads something from elsewhere; left out",
                    "a plug-in without URLs");
        }
        return !wild;
    }

    private Optional<Tree> generator(Named folder, Tree item) {
        if (!(item instanceof Tree.Mapping mapping)) {
            return Optional.of(item);
        }
        Tree.Mapping kept = mapping;
        for (String key : List.of("files", "envs", "env")) {
            Optional<Tree> value = mapping.get(key);
            if (value.isPresent()) {
                boolean keyed = key.equals("files");
                Tree replaced = value.get() instanceof Tree.Sequence sequence
                        ? new Tree.Sequence(
                                sequence.place(),
                                sequence.values().stream()
                                        .flatMap(one -> content(folder, one, keyed).stream())
                                        .toList())
                        : content(folder, value.get(), keyed).orElse(value.get());
                kept = Texted.with(kept, key, replaced);
            }
        }
        return Optional.of(kept);
    }

    /** A file whose content becomes a value. It may be binary, secret or made elsewhere: then the value is left out, and that is told. */
    private Optional<Tree> content(Named folder, Tree item, boolean keyed) {
        String text = item.text().map(fact -> fact.value()).orElse("");
        int equals = keyed ? text.indexOf('=') : -1;
        String name = equals < 0 ? Paths.last(text) : text.substring(0, equals);
        return file(folder, Texted.text(item.place(), text.substring(equals + 1)))
                .flatMap(Tree::text)
                .map(path -> Texted.text(item.place(), keyed ? name + "=" + path.value() : path.value()));
    }

    private void problem(Declared place, String found, String expected) {
        problems.add(new Problem(place.file(), place.line(), place.field(), found, expected, ""));
    }
}
