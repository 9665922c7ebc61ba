package dev.premortem.source.gitops;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.gitops.Built.Gap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Follows kustomizations without the program: which files they reach, and what can be applied without knowing schemas. */
final class Walk {
    /** More objects than this are no deployment of anybody; overlays of overlays could double them without end. */
    static final int MOST = 100_000;

    private static final List<String> UNKNOWN = List.of("replacements", "vars", "transformers", "generators");

    private static final String REMOTE = "the remote resource ";

    private final Folders folders;
    private final SortedMap<String, Built> known = new TreeMap<>();
    private final SortedSet<String> open = new TreeSet<>();

    Walk(Folders folders) {
        this.folders = folders;
    }

    /** What a folder deploys: its kustomization or, where it has none, every object in it and below, as Flux takes it. */
    Built folder(String folder) {
        Built before = known.get(folder);
        if (before != null) {
            return before;
        }
        Collecting into = new Collecting();
        if (!open.add(folder)) {
            return into.built();
        }
        Optional<Manifest> kustomization = folders.kustomization(folder);
        if (kustomization.isPresent()) {
            read(kustomization.get(), folder, into);
        } else {
            plain(folder, into);
        }
        open.remove(folder);
        Built built = into.built();
        known.put(folder, built);
        return built;
    }

    /** True for what no program could read either: nothing is fetched. */
    static boolean remote(Gap gap) {
        return gap.reason().startsWith(REMOTE);
    }

    /** A folder with the fields of a kustomization around it, as a Flux Kustomization or an Argo CD source adds. */
    Built around(String folder, Tree additions) {
        Collecting into = new Collecting();
        into.add(folder(folder));
        for (Tree item : additions.items("components")) {
            item.text().ifPresent(path -> resource(path, item, folder, "components", into));
        }
        transform(additions, folder, into);
        return into.built();
    }

    /** The files and folders that Flux lists in the kustomization that it makes for a folder without one. */
    List<String> listed(String folder) {
        List<String> paths = new ArrayList<>();
        SortedSet<String> bases = new TreeSet<>();
        for (String file : folders.below(folder)) {
            String base = Folders.folder(file);
            while (base.length() > folder.length()
                    && folders.kustomization(base).isEmpty()) {
                base = Folders.folder(base);
            }
            if (base.length() > folder.length()) {
                // the topmost folder with a kustomization takes all below it
                String top = base;
                for (String up = Folders.folder(base); up.length() > folder.length(); up = Folders.folder(up)) {
                    top = folders.kustomization(up).isPresent() ? up : top;
                }
                if (bases.add(top)) {
                    paths.add(top);
                }
            } else if ((file.endsWith(".yaml") || file.endsWith(".yml"))
                    && folders.documents(file).stream().anyMatch(Manifest::object)) {
                paths.add(file);
            }
        }
        return paths;
    }

    private void plain(String folder, Collecting into) {
        for (String path : listed(folder)) {
            if (folders.file(path)) {
                file(path, into);
            } else {
                into.add(folder(path));
            }
        }
    }

    private void file(String file, Collecting into) {
        into.used.add(file);
        for (Manifest manifest : folders.documents(file)) {
            if (manifest.object() && !Folders.kustomization(manifest)) {
                into.objects.add(manifest);
            }
        }
    }

    private void read(Manifest kustomization, String folder, Collecting into) {
        into.used.add(kustomization.file());
        Tree tree = kustomization.tree();
        for (String key : List.of("resources", "bases", "components")) {
            for (Tree item : tree.items(key)) {
                item.text().ifPresent(path -> resource(path, item, folder, key, into));
            }
        }
        for (String key : List.of("configurations", "crds")) {
            Application.texts(tree, key)
                    .forEach(path -> Folders.join(folder, path.value()).ifPresent(into.used::add));
        }
        generators(tree, folder, into);
        into.objects.addAll(Inflation.of(kustomization, folders, into.used));
        transform(tree, folder, into);
    }

    private void resource(Fact<String> path, Tree item, String folder, String key, Collecting into) {
        Optional<String> target = Folders.join(folder, path.value());
        if (remote(path.value())) {
            into.gaps.add(new Gap(item.place(), "Kustomization", REMOTE + path.value() + " is not read"));
        } else if (target.isEmpty()) {
            into.gaps.add(new Gap(item.place(), "Kustomization", path.value() + " leads out of the tree"));
        } else if (folders.file(target.get())) {
            file(target.get(), into);
        } else if (key.equals("components")
                && folders.kustomization(target.get()).isPresent()) {
            into.component(target.get(), this);
        } else if (folders.holds(target.get())) {
            into.add(folder(target.get()));
        } else {
            into.gaps.add(new Gap(item.place(), "Kustomization", "nothing is called " + path.value()));
        }
    }

    /** A component sees what was gathered before it, so it is read into the same collection. */
    private void component(String folder, Collecting into) {
        Optional<Manifest> component = folders.kustomization(folder);
        if (component.isPresent() && open.add(folder + "#component")) {
            read(component.get(), folder, into);
            open.remove(folder + "#component");
        }
    }

    private static boolean remote(String path) {
        return path.contains("://")
                || path.startsWith("git@")
                || path.contains("?ref=")
                || path.startsWith("github.com/")
                || path.contains("//");
    }

    /** ConfigMaps and Secrets that are made of files and literals; their names carry no hash here, so references hold. */
    private void generators(Tree tree, String folder, Collecting into) {
        for (String kind : List.of("ConfigMap", "Secret")) {
            String key = kind.equals("ConfigMap") ? "configMapGenerator" : "secretGenerator";
            for (Tree item : tree.items(key)) {
                Optional<Fact<String>> name = item.text("name");
                if (name.isEmpty()) {
                    continue;
                }
                SortedMap<String, String> files = new TreeMap<>();
                for (Tree file : item.items("files")) {
                    file.text().ifPresent(text -> {
                        int equals = text.value().indexOf('=');
                        String path = text.value().substring(equals + 1);
                        String as =
                                equals < 0 ? Folders.last(path) : text.value().substring(0, equals);
                        Folders.join(folder, path).ifPresent(found -> files.put(as, found));
                    });
                }
                into.used.addAll(files.values());
                into.made.put(kind + "/" + name.get().value(), files);
                if (kind.equals("ConfigMap")) {
                    into.objects.add(new Manifest(
                            item.place().file(),
                            0,
                            configMap(item, name.get(), files),
                            Optional.empty(),
                            Optional.empty()));
                }
            }
        }
    }

    private Tree configMap(Tree item, Fact<String> name, SortedMap<String, String> files) {
        Tree made = Grafts.mapping(item.place());
        made = Grafts.put(made, List.of("apiVersion"), Grafts.text(item.place(), "v1"));
        made = Grafts.put(made, List.of("kind"), Grafts.text(item.place(), "ConfigMap"));
        made = Grafts.put(made, List.of("metadata", "name"), Grafts.text(item.place(), name.value()));
        Optional<Tree> namespace = item.at("namespace");
        if (namespace.isPresent()) {
            made = Grafts.put(made, List.of("metadata", "namespace"), namespace.get());
        }
        for (Tree literal : item.items("literals")) {
            String text = literal.text().map(Fact::value).orElse("");
            int equals = text.indexOf('=');
            if (equals > 0) {
                Tree value = Grafts.text(literal.place(), text.substring(equals + 1));
                made = Grafts.put(made, List.of("data", text.substring(0, equals)), value);
            }
        }
        for (var file : files.entrySet()) {
            String text = folders.tree.texts().get(file.getValue());
            if (text != null) {
                Tree value = Grafts.text(new dev.premortem.fact.Declared(file.getValue(), 1, ""), text);
                made = Grafts.put(made, List.of("data", file.getKey()), value);
            }
        }
        return made;
    }

    private void transform(Tree tree, String folder, Collecting into) {
        Transforms transforms = new Transforms(folders, folder, into);
        transforms.apply(tree);
        for (String key : UNKNOWN) {
            tree.at(key)
                    .filter(_ -> !key.equals("generators") || !Inflation.all(tree, folder, folders))
                    .ifPresent(found -> into.gaps.add(
                            new Gap(found.place(), "Kustomization", key + " is not applied without kustomize")));
        }
    }

    /** What a kustomization gathers while it is read. */
    static final class Collecting {
        final List<Manifest> objects = new ArrayList<>();
        final SortedSet<String> used = new TreeSet<>();
        final SortedMap<String, SortedMap<String, String>> made = new TreeMap<>();
        final List<Gap> gaps = new ArrayList<>();

        void add(Built built) {
            if (objects.size() + built.objects().size() > MOST) {
                if (!built.objects().isEmpty()) {
                    gaps.add(new Gap(
                            built.objects().getFirst().tree().place(),
                            "Kustomization",
                            "more than " + MOST + " objects; the rest is not read"));
                }
                return;
            }
            objects.addAll(built.objects());
            used.addAll(built.used());
            made.putAll(built.made());
            gaps.addAll(built.gaps());
        }

        private void component(String folder, Walk walk) {
            walk.component(folder, this);
        }

        Built built() {
            return new Built(
                    List.copyOf(objects),
                    Collections.unmodifiableSortedSet(used),
                    Collections.unmodifiableSortedMap(made),
                    List.copyOf(gaps));
        }
    }
}
