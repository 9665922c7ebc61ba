package dev.premortem.source.gitops;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Names clusters by the folders that are deployed to them. */
final class ClusterNames {
    /** Folders whose sub-folders are called as clusters or environments. */
    static final List<String> PARENTS =
            List.of("clusters", "cluster", "environments", "envs", "env", "overlays", "stages", "fleet", "rendered");

    private ClusterNames() {}

    /**
     * The name of each path's cluster. With one name in all there is one cluster, which needs none.
     *
     * @param paths files or folders
     */
    static SortedMap<String, String> of(List<String> paths) {
        SortedMap<String, String> named = new TreeMap<>();
        SortedSet<String> names = new TreeSet<>();
        List<String> rest = new ArrayList<>();
        for (String path : paths) {
            Optional<String> name = conventional(path);
            name.ifPresentOrElse(
                    found -> {
                        named.put(path, found);
                        names.add(found);
                    },
                    () -> rest.add(path));
        }
        if (names.isEmpty()) {
            rest.forEach(path -> named.put(path, first(Folders.folder(path), common(rest))));
            named.values().removeIf(String::isEmpty);
            names.addAll(named.values());
        }
        if (names.size() < 2) {
            named.clear();
        }
        return named;
    }

    private static Optional<String> conventional(String path) {
        String[] parts = path.split("/", -1);
        for (int i = 0; i + 2 < parts.length; i++) {
            if (PARENTS.contains(parts[i])) {
                return Optional.of(parts[i + 1]);
            }
        }
        return Optional.empty();
    }

    /** The deepest folder that holds all paths. */
    private static String common(List<String> paths) {
        String common = paths.isEmpty() ? "" : Folders.folder(paths.getFirst());
        for (String path : paths) {
            while (!Folders.inside(Folders.folder(path), common)) {
                common = Folders.folder(common);
            }
        }
        return common;
    }

    private static String first(String folder, String common) {
        String rest = common.isEmpty()
                ? folder
                : folder.length() > common.length() ? folder.substring(common.length() + 1) : "";
        int slash = rest.indexOf('/');
        return slash < 0 ? rest : rest.substring(0, slash);
    }
}
