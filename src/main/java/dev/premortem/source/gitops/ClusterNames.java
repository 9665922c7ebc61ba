package dev.premortem.source.gitops;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

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

    /**
     * The cluster of each path: the declared one that owns it. One that owns several of different names is the one that it is called as or,
     * where none is, the one for production; a single declared cluster would have all environments shadow each other otherwise.
     *
     * @param derived names by path
     */
    static SortedMap<String, String> settle(
            List<String> paths, SortedMap<String, String> derived, Function<String, Optional<String>> owners) {
        SortedMap<String, SortedSet<String>> owned = new TreeMap<>();
        for (String path : paths) {
            String name = derived.get(path);
            owners.apply(path)
                    .ifPresent(owner ->
                            owned.computeIfAbsent(owner, _ -> new TreeSet<>()).add(name == null ? owner : name));
        }
        SortedMap<String, String> settled = new TreeMap<>();
        for (String path : paths) {
            Optional<String> derives = Optional.ofNullable(derived.get(path));
            Optional<String> owner = owners.apply(path);
            Optional<String> name = owner.filter(found -> derives.isEmpty()
                            || keeps(found, derives.get(), owned.getOrDefault(found, new TreeSet<>())))
                    .or(() -> derives);
            name.ifPresent(found -> settled.put(path, found));
        }
        return settled;
    }

    private static boolean keeps(String owner, String name, SortedSet<String> names) {
        if (names.size() < 2) {
            return true;
        }
        List<String> production = names.stream()
                .filter(one -> one.matches("(?i).*(prod|live).*") && !one.matches("(?i).*(non|pre).?prod.*"))
                .toList();
        return names.contains(owner) ? name.equals(owner) : production.isEmpty() || production.contains(name);
    }

    /** The name that a path says where it leads through a folder of clusters. */
    static Optional<String> conventional(String path) {
        String[] parts = path.split("/", -1);
        for (int i = 0; i + 2 < parts.length; i++) {
            if (PARENTS.contains(parts[i])) {
                return Optional.of(parts[i + 1]);
            }
        }
        return Optional.empty();
    }

    /** The name of a folder that is one cluster, with all that leads to it below a folder of clusters: {@code clusters/prod/00} is {@code prod-00}. */
    static Optional<String> whole(String folder) {
        List<String> parts = List.of(folder.split("/", -1));
        for (int i = 0; i + 1 < parts.size(); i++) {
            if (PARENTS.contains(parts.get(i))) {
                return Optional.of(String.join("-", parts.subList(i + 1, parts.size())));
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
