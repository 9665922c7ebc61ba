package dev.premortem.source.gitops;

import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Kustomizations of a tree in which no tool says which one is deployed: those that no other one takes in. */
final class Overlays {
    private final Folders folders;
    private final Walk walk;
    private final Builder builder;
    private final Ledger ledger;
    private final Function<String, Optional<String>> owners;

    Overlays(Folders folders, Walk walk, Builder builder, Ledger ledger, Function<String, Optional<String>> owners) {
        this.owners = owners;
        this.folders = folders;
        this.walk = walk;
        this.builder = builder;
        this.ledger = ledger;
    }

    /** What the outermost kustomizations make; where none is built and none shares a base, nothing: files stay as they are. */
    List<Manifest> deploy(List<Manifest> manifests) {
        List<Manifest> tops = tops(manifests);
        SortedMap<String, Integer> users = new TreeMap<>();
        for (Manifest top : tops) {
            walk.folder(Folders.folder(top.file())).used().forEach(file -> users.merge(file, 1, Integer::sum));
        }
        List<Sync> syncs = new ArrayList<>();
        SortedMap<String, String> names = names(tops, users);
        for (Manifest top : tops) {
            syncs.add(new Sync(
                    top.file(),
                    "",
                    top.tree().place(),
                    Grafts.mapping(top.tree().place()),
                    Folders.folder(top.file()),
                    top.file(),
                    Optional.ofNullable(names.get(top.file())).or(() -> owners.apply(top.file()))));
        }
        List<Manifest> deployed = new ArrayList<>();
        for (Builder.Attempt attempt : builder.attempt(syncs)) {
            if (attempt.done() || names.containsKey(attempt.sync().anchor())) {
                Built built = builder.told(attempt);
                ledger.used.addAll(built.used());
                built.objects()
                        .forEach(object -> deployed.add(object.in(attempt.sync().cluster())));
            }
        }
        if (!tops.isEmpty()) {
            components(manifests, users);
        }
        return deployed;
    }

    /** Components that nobody takes in are switched off, as the commented-out lines of an overlay say. */
    private void components(List<Manifest> manifests, SortedMap<String, Integer> users) {
        for (Manifest component : manifests) {
            String folder = Folders.folder(component.file());
            if (!Folders.kustomization(component)
                    || !component.kind().equals("Component")
                    || users.containsKey(component.file())) {
                continue;
            }
            for (String file : walk.folder(folder).used()) {
                if (Folders.inside(file, folder) && !users.containsKey(file) && ledger.used.add(file)) {
                    folders.documents(file)
                            .forEach(one -> ledger.aside(
                                    one.tree().place(),
                                    one.kind(),
                                    "no kustomization takes the component " + folder + " in"));
                }
            }
        }
    }

    /** Names for those that share a base with another one. */
    private SortedMap<String, String> names(List<Manifest> tops, SortedMap<String, Integer> users) {
        List<String> sharing = new ArrayList<>();
        for (Manifest top : tops) {
            boolean shares = walk.folder(Folders.folder(top.file())).used().stream()
                    .anyMatch(file -> users.getOrDefault(file, 0) > 1);
            if (shares) {
                sharing.add(top.file());
            }
        }
        SortedMap<String, String> names = ClusterNames.of(sharing);
        SortedSet<String> distinct = new TreeSet<>(names.values());
        if (distinct.size() < sharing.size()) {
            sharing.forEach(file -> names.put(file, Folders.folder(file).replace('/', '-')));
        }
        names.values().removeIf(String::isEmpty);
        return ClusterNames.settle(sharing, names, owners);
    }

    private List<Manifest> tops(List<Manifest> manifests) {
        SortedSet<String> taken = new TreeSet<>();
        List<Manifest> found = new ArrayList<>();
        for (Manifest manifest : manifests) {
            if (!Folders.kustomization(manifest)
                    || manifest.kind().equals("Component")
                    || !folders.kustomization(Folders.folder(manifest.file()))
                            .filter(manifest::equals)
                            .isPresent()) {
                continue;
            }
            found.add(manifest);
            for (String key : List.of("resources", "bases")) {
                for (Tree item : manifest.tree().items(key)) {
                    item.text()
                            .flatMap(path -> Folders.join(Folders.folder(manifest.file()), path.value()))
                            .ifPresent(taken::add);
                }
            }
        }
        List<Manifest> tops = new ArrayList<>();
        for (Manifest manifest : found) {
            String folder = Folders.folder(manifest.file());
            if (Samples.is(manifest.file())) {
                ledger.aside(manifest.tree().place(), "Kustomization", Samples.REASON);
                ledger.used.add(manifest.file());
            } else if (!taken.contains(folder)) {
                tops.add(manifest);
            }
        }
        return tops;
    }
}
