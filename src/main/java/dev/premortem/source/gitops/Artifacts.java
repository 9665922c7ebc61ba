package dev.premortem.source.gitops;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sources of Flux: which folder of this tree a path of a source means, and whether the source is this tree at all. */
final class Artifacts {
    private static final String SOURCES = "source.toolkit.fluxcd.io";

    private final Folders folders;
    private final List<Manifest> generators = new ArrayList<>();
    private final SortedMap<String, String> urls = new TreeMap<>();
    private final SortedSet<String> asked = new TreeSet<>();

    Artifacts(Folders folders, List<Manifest> manifests) {
        this.folders = folders;
        for (Manifest manifest : manifests) {
            if (manifest.kind().equals("ArtifactGenerator")) {
                generators.add(manifest);
            } else if (manifest.of(SOURCES) && manifest.tree().text("spec.url").isPresent()) {
                urls.put(manifest.kind() + "/" + manifest.name(), manifest.text("spec.url"));
            } else if (manifest.of("kustomize.toolkit.fluxcd.io")) {
                asked.add(manifest.text("spec.sourceRef.kind") + "/" + manifest.text("spec.sourceRef.name"));
            }
            if (manifest.kind().equals("FluxInstance")) {
                manifest.tree().text("spec.sync.url").map(Fact::value).ifPresent(url -> {
                    String kind = manifest.text("spec.sync.kind");
                    urls.putIfAbsent((kind.isEmpty() ? "GitRepository" : kind) + "/flux-system", url);
                });
            }
        }
    }

    /** The folder that a path of a {@code sourceRef} is. */
    Optional<String> folder(Tree spec, String path, Manifest asking) {
        String kind = spec.text("sourceRef.kind").map(Fact::value).orElse("");
        String name = spec.text("sourceRef.name").map(Fact::value).orElse("");
        if (kind.equals("ExternalArtifact")) {
            Optional<String> copied = copied(name, path, asking);
            if (copied.isPresent()) {
                return copied;
            }
        }
        return foreign(kind, name) || another(kind, name, path)
                ? Optional.empty()
                : folders.resolve(path, asking.file());
    }

    /** The whole of a source with an address of its own, where others ask for other sources: that is not the tree in which the question stands. */
    private boolean another(String kind, String name, String path) {
        String source = kind + "/" + name;
        return urls.containsKey(source)
                && !urls.containsKey(kind + "/flux-system")
                && asked.size() > 1
                && Folders.join("", path).filter(String::isEmpty).isPresent();
    }

    /** True for a source that the tree declares beside its own: the own one is called as Flux's bootstrap calls it. */
    boolean foreign(String kind, String name) {
        String url = urls.get(kind + "/" + name);
        String own = urls.get(kind + "/flux-system");
        return url != null && own != null && !plain(url).equals(plain(own));
    }

    private static String plain(String url) {
        return url.replaceFirst("^[a-z+]+://", "").replaceFirst("\\.git$", "").replaceFirst("^git@", "");
    }

    /** Undoes what an ArtifactGenerator copies. */
    private Optional<String> copied(String name, String path, Manifest asking) {
        for (Manifest generator : nearest(asking)) {
            for (Tree artifact : generator.tree().items("spec.artifacts")) {
                if (!artifact.text("name").map(Fact::value).equals(Optional.of(name))) {
                    continue;
                }
                for (Tree copy : artifact.items("copy")) {
                    Optional<String> from = copy.text("from").map(Fact::value).flatMap(Artifacts::bare);
                    Optional<String> to = copy.text("to").map(Fact::value).flatMap(Artifacts::bare);
                    Optional<String> wanted = Folders.join("", path);
                    if (from.isEmpty() || to.isEmpty() || wanted.isEmpty() || !Folders.inside(wanted.get(), to.get())) {
                        continue;
                    }
                    String rest = wanted.get().substring(to.get().length());
                    Optional<String> found = folders.resolve(from.get() + "/" + rest, generator.file());
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** Generators of the same folder first: clusters side by side often call theirs the same. */
    private List<Manifest> nearest(Manifest asking) {
        String folder = Folders.folder(asking.file());
        List<Manifest> sorted = new ArrayList<>();
        generators.stream()
                .filter(one -> Folders.folder(one.file()).equals(folder))
                .forEach(sorted::add);
        generators.stream().filter(one -> !sorted.contains(one)).forEach(sorted::add);
        return sorted;
    }

    /** {@code @alias/some/folder/**} without alias and pattern. */
    private static Optional<String> bare(String path) {
        int slash = path.startsWith("@") ? path.indexOf('/') : -1;
        String rest = slash < 0 ? path.startsWith("@") ? "" : path : path.substring(slash + 1);
        int star = rest.indexOf('*');
        return Folders.join("", star < 0 ? rest : rest.substring(0, star));
    }
}
