package dev.premortem.source.gitops;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Finds what of Flux is deployed: a Kustomization that brings itself, the folder that a FluxInstance syncs, and Kustomizations that nobody
 * brings unless they stand among others that somebody brings: those are switched off.
 */
final class FluxRoots {
    static final String GROUP = "kustomize.toolkit.fluxcd.io";

    private final Folders folders;
    private final Walk walk;
    private final Artifacts artifacts;
    private final Ledger ledger;
    private final SortedMap<String, Sync> syncs = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> brings = new TreeMap<>();
    private final List<Sync> instances = new ArrayList<>();

    FluxRoots(Folders folders, Walk walk, Artifacts artifacts, Ledger ledger) {
        this.folders = folders;
        this.walk = walk;
        this.artifacts = artifacts;
        this.ledger = ledger;
    }

    /** The roots, in the order of their places. */
    List<Sync> of(List<Manifest> manifests) {
        boolean whole = manifests.stream().noneMatch(one -> starts(one) && !Samples.is(one.file()));
        for (Manifest manifest : manifests) {
            if (!whole && Samples.is(manifest.file())) {
                continue; // brought by a root it is deployed; it is none itself
            }
            instance(manifest);
            if (starts(manifest) && folders.patch(manifest.file())) {
                patched(manifest).ifPresent(instances::add);
            } else if (starts(manifest) && !open(manifest)) {
                sync(manifest).ifPresent(found -> syncs.put(key(found), found));
            }
        }
        unread();
        syncs.forEach((key, sync) -> brings.put(key, brought(sync.folder())));
        SortedSet<String> reached = new TreeSet<>();
        List<Sync> roots = new ArrayList<>();
        for (Sync instance : instances) {
            roots.add(instance);
            reach(brought(instance.folder()), reached);
        }
        syncs.forEach((key, sync) -> {
            if (!reached.contains(key) && bringsItself(key, sync)) {
                roots.add(sync);
                reached.add(key);
                reach(brings.getOrDefault(key, new TreeSet<>()), reached);
            }
        });
        rest(roots, reached);
        roots.sort((one, other) -> one.place().compareTo(other.place()));
        return roots;
    }

    private static boolean starts(Manifest manifest) {
        return manifest.kind().equals("Kustomization") && manifest.of(GROUP);
    }

    /** True where variables of what brings it say which folder it means. */
    private static boolean open(Manifest manifest) {
        return manifest.text("spec.path").contains("${");
    }

    /** The root of a cluster that is written as a patch: each cluster's own folder says by it that it deploys itself, and with which variables. */
    private Optional<Sync> patched(Manifest patch) {
        Optional<String> folder = Optional.of(patch.text("spec.path"))
                .filter(path -> !path.isEmpty() && !path.contains("${"))
                .flatMap(path -> Folders.join("", path));
        Optional<Manifest> kustomization = folder.flatMap(folders::kustomization);
        if (folder.isEmpty() || kustomization.isEmpty()) {
            return Optional.empty();
        }
        return walk.folder(folder.get()).objects().stream()
                .filter(one -> starts(one)
                        && one.name().equals(patch.name())
                        && Folders.join("", one.text("spec.path")).equals(folder))
                .findFirst()
                .map(one -> new Sync(
                        one.name(),
                        one.namespace(),
                        patch.tree().place(),
                        one.tree()
                                .at("spec")
                                .orElseGet(() -> Grafts.mapping(patch.tree().place())),
                        folder.get(),
                        kustomization.get().file(),
                        ClusterNames.whole(folder.get())));
    }

    private void rest(List<Sync> roots, SortedSet<String> reached) {
        SortedSet<String> byOthers = new TreeSet<>(reached);
        brings.forEach(
                (key, found) -> found.stream().filter(one -> !one.equals(key)).forEach(byOthers::add));
        List<Sync> unreached = new ArrayList<>();
        syncs.forEach((key, sync) -> {
            if (!byOthers.contains(key)) {
                unreached.add(sync);
            }
        });
        List<Sync> sure = List.copyOf(roots);
        SortedSet<String> bringing = new TreeSet<>();
        unreached.stream()
                .filter(sync -> !brings.getOrDefault(key(sync), new TreeSet<>()).isEmpty())
                .forEach(sync -> bringing.add(Folders.folder(sync.anchor())));
        // what only something that is itself switched off brings is not reached either
        for (Sync sync : unreached) {
            // what stands beside one that brings others is applied with it
            boolean leaf = !bringing.contains(Folders.folder(sync.anchor()));
            if (!(leaf && left(sync, sure)) && !off(sync, byOthers)) {
                roots.add(sync);
            }
        }
    }

    /** True for what brings nothing and is brought by nothing in a tree that is bootstrapped, unless it stands in the folder of another cluster. */
    private static boolean left(Sync sync, List<Sync> sure) {
        SortedSet<String> clusters = new TreeSet<>();
        sure.forEach(
                root -> clusters.add(ClusterNames.conventional(root.anchor()).orElse("")));
        return clusters.contains(ClusterNames.conventional(sync.anchor()).orElse(""));
    }

    private static String key(Sync sync) {
        return sync.place().at();
    }

    private SortedSet<String> brought(String folder) {
        SortedSet<String> found = new TreeSet<>();
        for (Manifest object : walk.folder(folder).objects()) {
            if (starts(object)) {
                found.add(object.tree().place().at());
            }
        }
        return found;
    }

    private void reach(SortedSet<String> from, SortedSet<String> reached) {
        for (String key : from) {
            if (reached.add(key)) {
                reach(brings.getOrDefault(key, new TreeSet<>()), reached);
            }
        }
    }

    /** The sync that {@code flux bootstrap} writes is called as its source and stands in the folder that it deploys. */
    private boolean bringsItself(String key, Sync sync) {
        SortedSet<String> found = brings.getOrDefault(key, new TreeSet<>());
        boolean bootstrapped =
                sync.spec().text("sourceRef.name").map(Fact::value).equals(Optional.of(sync.name()));
        // applied once by hand or by the bootstrap, its folder may list all but itself
        return found.contains(key) ? found.size() > 1 || bootstrapped : found.size() > 1 && bootstrapped;
    }

    /** True where it stands beside others that are brought, below a folder in which nothing brings others. */
    private boolean off(Sync sync, SortedSet<String> reached) {
        SortedSet<String> own = new TreeSet<>();
        reach(brings.getOrDefault(key(sync), new TreeSet<>()), own);
        for (String above = Folders.folder(sync.anchor()); !above.isEmpty(); above = Folders.folder(above)) {
            boolean among = false;
            for (Sync other : syncs.values()) {
                if (!Folders.inside(other.anchor(), above) || other.equals(sync)) {
                    continue;
                }
                SortedSet<String> found = brings.getOrDefault(key(other), new TreeSet<>());
                if (found.size() > (found.contains(key(other)) ? 1 : 0)) {
                    return false;
                }
                // what it brings itself says nothing about it
                among |= reached.contains(key(other)) && !own.contains(key(other));
            }
            if (among) {
                return true;
            }
        }
        return false;
    }

    /** The folder of a Kustomization; empty, and said, where it is not in this tree. */
    Optional<Sync> sync(Manifest manifest) {
        Tree spec = manifest.tree()
                .at("spec")
                .orElseGet(() -> Grafts.mapping(manifest.tree().place()));
        String path = spec.text("path").map(Fact::value).orElse("./");
        Declared place = manifest.tree().place();
        Optional<String> folder = artifacts.folder(spec, path, manifest);
        if (folder.isEmpty()) {
            ledger.leftOut(
                    place,
                    "Kustomization",
                    "what " + manifest.name() + " deploys is not in this tree: no folder " + path + " of its source");
        }
        return folder.map(found -> new Sync(
                manifest.name(), manifest.namespace(), place, spec, found, manifest.file(), manifest.cluster()));
    }

    /** Where {@code flux bootstrap} left a file that says nothing, the folder that its own stands in is what Flux starts from. */
    private void unread() {
        for (String file : folders.below("")) {
            String folder = Folders.folder(file);
            if (Folders.last(file).equals("gotk-sync.yaml")
                    && Folders.last(folder).equals("flux-system")
                    && folders.documents(file).isEmpty()) {
                Declared place = new Declared(file, 1, "");
                instances.add(new Sync(
                        "flux-system",
                        "flux-system",
                        place,
                        Grafts.mapping(place),
                        Folders.folder(folder),
                        file,
                        Optional.empty()));
            }
        }
    }

    /** A FluxInstance, or the values of the chart that makes one. */
    private void instance(Manifest manifest) {
        Tree tree = manifest.tree();
        Optional<Tree> sync = manifest.kind().equals("FluxInstance")
                ? tree.at("spec.sync")
                : manifest.kind().equals("HelmRelease")
                        ? tree.at("spec.values.instance.sync")
                        : tree.at("apiVersion").isEmpty() ? tree.at("instance.sync") : Optional.empty();
        Optional<String> path = sync.flatMap(found -> found.text("path")).map(Fact::value);
        if (path.isEmpty() || sync.isEmpty()) {
            return;
        }
        Optional<String> folder = folders.resolve(path.get(), manifest.file());
        if (folder.isEmpty()) {
            ledger.leftOut(
                    sync.get().place(),
                    "FluxInstance",
                    "the folder " + path.get() + " that Flux starts from is not in this tree");
            return;
        }
        Sync found = new Sync(
                "flux-system",
                "flux-system",
                sync.get().place(),
                Grafts.mapping(sync.get().place()),
                folder.get(),
                folder.get() + "/flux-system",
                Optional.empty());
        if (instances.stream().noneMatch(one -> one.folder().equals(found.folder()))) {
            instances.add(found);
        }
    }
}
