package dev.premortem.source.gitops;

import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The Applications that somebody applies by hand: those that no other one brings, as the kustomizations around them make them. Kustomizations beside
 * each other over the same Applications are environments.
 */
final class ArgoRoots {
    private final Folders folders;
    private final Builder builder;
    private final Ledger ledger;
    private final Function<String, Optional<String>> owners;

    ArgoRoots(Folders folders, Builder builder, Ledger ledger, Function<String, Optional<String>> owners) {
        this.folders = folders;
        this.builder = builder;
        this.ledger = ledger;
        this.owners = owners;
    }

    /**
     * What stands at the beginning.
     *
     * @param beside what the same kustomizations hold besides
     */
    record Found(List<Manifest> applications, List<Manifest> beside) {}

    Found of(List<Manifest> manifests) {
        List<Manifest> roots = roots(manifests);
        List<Manifest> applications = new ArrayList<>();
        List<Manifest> beside = new ArrayList<>();
        SortedSet<String> made = new TreeSet<>();
        List<Sync> syncs = tops(manifests, roots);
        List<Built> built = builder.build(syncs);
        SortedSet<String> brought = new TreeSet<>();
        for (int i = 0; i < syncs.size(); i++) {
            String own = syncs.get(i).folder();
            built.get(i).objects().stream()
                    .filter(Deployment::argos)
                    .flatMap(one -> targets(one).stream())
                    .filter(folder -> !folder.equals(own))
                    .forEach(brought::add);
        }
        boolean ring = syncs.stream().allMatch(sync -> brought.contains(sync.folder()));
        List<Integer> chosen = new ArrayList<>();
        for (int i = 0; i < syncs.size(); i++) {
            if (ring || !brought.contains(syncs.get(i).folder())) {
                chosen.add(i);
            }
            made.addAll(built.get(i).used());
        }
        List<String> anchors = chosen.stream().map(i -> syncs.get(i).anchor()).toList();
        SortedMap<String, String> names = ClusterNames.settle(anchors, ClusterNames.of(anchors), owners);
        for (int i : chosen) {
            Optional<String> cluster =
                    Optional.ofNullable(names.get(syncs.get(i).anchor()));
            ledger.used.addAll(built.get(i).used());
            for (Manifest one : built.get(i).objects()) {
                (Deployment.argos(one) ? applications : beside).add(one.in(cluster));
            }
        }
        roots.stream()
                .filter(one -> !made.contains(one.file()))
                .forEach(one -> applications.add(one.in(owners.apply(one.file()))));
        return new Found(applications, beside);
    }

    /** Applications that no other one brings; of a ring, all. */
    private List<Manifest> roots(List<Manifest> manifests) {
        boolean whole = manifests.stream().noneMatch(one -> one.object() && !Samples.is(one.file()));
        // an example shows what one may deploy; a tree of nothing else is one's own
        List<Manifest> all = manifests.stream()
                .filter(Deployment::argos)
                .filter(one -> whole || !Samples.is(one.file()))
                .toList();
        SortedSet<String> brought = new TreeSet<>();
        for (Manifest one : all) {
            for (String folder : targets(one)) {
                if (!folders.file(folder + "/Chart.yaml")) {
                    all.stream()
                            .filter(other -> !other.file().equals(one.file()) && Folders.inside(other.file(), folder))
                            .forEach(other -> brought.add(other.file()));
                }
            }
        }
        List<Manifest> roots =
                all.stream().filter(one -> !brought.contains(one.file())).toList();
        return roots.isEmpty() ? all : roots;
    }

    private List<String> targets(Manifest one) {
        List<String> found = new ArrayList<>();
        for (Tree source : new Application(one).sources()) {
            source.text("path")
                    .flatMap(path -> folders.resolve(path.value(), one.file()))
                    .ifPresent(found::add);
        }
        return found;
    }

    /** Outermost kustomizations that take in a root. */
    private List<Sync> tops(List<Manifest> manifests, List<Manifest> roots) {
        SortedSet<String> files = new TreeSet<>();
        roots.forEach(root -> files.add(root.file()));
        SortedSet<String> inner = new TreeSet<>();
        List<Manifest> holders = new ArrayList<>();
        for (Manifest manifest : manifests) {
            String folder = Folders.folder(manifest.file());
            if (files.isEmpty()
                    || !Folders.kustomization(manifest)
                    || !folders.kustomization(folder).filter(manifest::equals).isPresent()) {
                continue;
            }
            SortedSet<String> used = builder.walk().folder(folder).used();
            if (used.stream().anyMatch(files::contains)) {
                used.stream().filter(file -> !file.equals(manifest.file())).forEach(inner::add);
                if (!manifest.kind().equals("Component")) {
                    holders.add(manifest);
                }
            }
        }
        return holders.stream()
                .filter(one -> !inner.contains(one.file()))
                .map(one -> new Sync(
                        one.file(),
                        "",
                        one.tree().place(),
                        Grafts.mapping(one.tree().place()),
                        Folders.folder(one.file()),
                        one.file(),
                        Optional.empty()))
                .toList();
    }
}
