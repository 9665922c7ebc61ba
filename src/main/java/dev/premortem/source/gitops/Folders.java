package dev.premortem.source.gitops;

import dev.premortem.fact.Tree;
import dev.premortem.source.render.FileTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of a tree by folder, with their documents. */
final class Folders {
    private static final List<String> NAMES = List.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    private static final Pattern PATCH = Pattern.compile("(.*[-_.])?patch(es)?([-_.].*)?\\.ya?ml");

    final FileTree tree;
    private final NavigableSet<String> files = new TreeSet<>();
    private final SortedSet<String> all = new TreeSet<>();
    private final Map<String, List<Manifest>> byFile = new HashMap<>();
    private final SortedSet<String> patches = new TreeSet<>();

    Folders(List<Manifest> manifests, FileTree tree) {
        this.tree = tree;
        files.addAll(tree.texts().keySet());
        files.addAll(tree.archives().keySet());
        for (Manifest manifest : manifests) {
            byFile.computeIfAbsent(manifest.file(), _ -> new ArrayList<>()).add(manifest);
        }
        byFile.keySet().stream().filter(file -> !tree.texts().containsKey(file)).forEach(files::add);
        String before = "";
        for (String file : files) {
            String own = folder(file);
            if (!own.equals(before)) { // neighbours share their folder
                for (String folder = own; !folder.isEmpty() && all.add(folder); folder = folder(folder)) {}
            }
            before = own;
        }
        manifests.stream().filter(one -> one.of("kustomize.config.k8s.io")).forEach(this::patches);
    }

    private void patches(Manifest kustomization) {
        Stream<Tree> listed = Stream.of("patches", "patchesJson6902")
                .flatMap(key -> kustomization.tree().items(key).stream())
                .flatMap(item -> item.at("path").stream());
        Stream.concat(listed, kustomization.tree().items("patchesStrategicMerge").stream())
                .flatMap(item -> item.text().stream())
                .flatMap(path -> join(folder(kustomization.file()), path.value()).stream())
                .forEach(patches::add);
    }

    /** True for a file that a kustomization or a component names as a patch: what it says is part of other objects and none of its own. */
    boolean patch(String file) {
        return patches.contains(file);
    }

    /** True for a file that is called a patch, in a folder whose kustomization says what is taken in: one that is switched off. */
    boolean idlePatch(String file) {
        return file.contains("patch")
                && PATCH.matcher(last(file)).matches()
                && kustomization(folder(file))
                        .flatMap(owner -> Optional.ofNullable(tree.texts().get(owner.file())))
                        .filter(text -> text.lines()
                                .noneMatch(line -> line.contains(last(file))
                                        && !line.stripLeading().startsWith("#")))
                        .isPresent();
    }

    static String folder(String file) {
        int slash = file.lastIndexOf('/');
        return slash < 0 ? "" : file.substring(0, slash);
    }

    static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    static boolean inside(String path, String folder) {
        return folder.isEmpty() || path.equals(folder) || path.startsWith(folder + "/");
    }

    /** A path as written in a folder; empty where it leads out of the tree. */
    static Optional<String> join(String folder, String path) {
        List<String> parts = new ArrayList<>();
        for (String part : (folder + "/" + path).split("/", -1)) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    return Optional.empty();
                }
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return Optional.of(String.join("/", parts));
    }

    boolean file(String path) {
        return files.contains(path);
    }

    /** True where a file stands below the path. */
    boolean holds(String path) {
        if (path.isEmpty()) {
            return !files.isEmpty();
        }
        String below = files.ceiling(path + "/");
        return below != null && below.startsWith(path + "/");
    }

    List<Manifest> documents(String file) {
        return byFile.getOrDefault(file, List.of());
    }

    /** All files in a folder and below it, in order. */
    NavigableSet<String> below(String folder) {
        return folder.isEmpty() ? files : files.subSet(folder + "/", true, folder + "0", false);
    }

    /** All folders in order, without the root. */
    SortedSet<String> folders() {
        return all;
    }

    /** The kustomization of a folder. */
    Optional<Manifest> kustomization(String folder) {
        for (String name : NAMES) {
            List<Manifest> found = documents(folder.isEmpty() ? name : folder + "/" + name);
            if (!found.isEmpty()) {
                return Optional.of(found.getFirst());
            }
        }
        return Optional.empty();
    }

    static boolean isKustomization(String file) {
        return NAMES.contains(last(file));
    }

    static boolean kustomization(Manifest manifest) {
        return isKustomization(manifest.file())
                && (manifest.text("apiVersion").isEmpty() || manifest.of("kustomize.config.k8s.io"));
    }

    /** A packed chart of the tree, as the root of a source means its path. */
    Optional<String> packed(String path, String near) {
        return path.endsWith(".tgz")
                ? resolve(folder(path), near)
                        .map(found -> ChartFolders.join(found, last(path)))
                        .filter(tree.archives()::containsKey)
                : Optional.empty();
    }

    /**
     * A folder as the root of a source means it: the tree may be the source itself, a part of it, or hold it in a folder.
     *
     * @param near a file of the source; folders above it are tried as the source's root
     */
    Optional<String> resolve(String path, String near) {
        List<String> bases = new ArrayList<>();
        String above = folder(near);
        while (!above.isEmpty()) {
            bases.addFirst(above);
            above = folder(above);
        }
        bases.addFirst("");
        for (String base : bases) {
            Optional<String> found = join(base, path).filter(this::holds);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }
}
