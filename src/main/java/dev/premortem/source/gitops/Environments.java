package dev.premortem.source.gitops;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Folders side by side that hold the same objects, such as {@code environments/production} and {@code environments/staging}. */
final class Environments {
    /** What environments are called wherever their folders stand. */
    private static final List<String> STAGES =
            List.of("production", "prod", "staging", "stage", "development", "dev", "preprod", "qa", "uat");

    private final SortedMap<String, String> names = new TreeMap<>();
    private final Map<String, List<String>> found = new HashMap<>();

    Environments(List<Manifest> manifests, Function<String, Optional<String>> owners) {
        SortedMap<String, SortedMap<String, SortedSet<String>>> groups = new TreeMap<>();
        for (Manifest manifest : manifests) {
            if (manifest.object() && !manifest.of("premortem.dev") && !Folders.kustomization(manifest)) {
                for (String folder : above(Folders.folder(manifest.file()))) {
                    groups.computeIfAbsent(Folders.folder(folder), _ -> new TreeMap<>())
                            .computeIfAbsent(folder, _ -> new TreeSet<>())
                            .add(manifest.identity());
                }
            }
        }
        groups.values().forEach(this::group);
        SortedMap<String, String> settled =
                ClusterNames.settle(List.copyOf(names.keySet()), names, folder -> owners.apply(folder + "/x"));
        names.putAll(settled);
    }

    private void group(SortedMap<String, SortedSet<String>> folders) {
        SortedMap<String, Integer> holders = new TreeMap<>();
        folders.values().forEach(found -> found.forEach(one -> holders.merge(one, 1, Integer::sum)));
        folders.forEach((folder, found) -> {
            if (found.stream().anyMatch(one -> holders.getOrDefault(one, 0) > 1)) {
                names.put(folder, Folders.last(folder));
            }
        });
    }

    /** The folder itself and those above it that may be one of several; many files share one. */
    private List<String> above(String own) {
        List<String> before = found.get(own);
        if (before == null) {
            before = folders(own);
            found.put(own, before);
        }
        return before;
    }

    private static List<String> folders(String own) {
        List<String> found = new ArrayList<>();
        for (String folder = own; !folder.isEmpty(); folder = Folders.folder(folder)) {
            if (ClusterNames.PARENTS.contains(Folders.last(Folders.folder(folder)))
                    || STAGES.contains(Folders.last(folder))) {
                found.add(folder);
            }
        }
        return found;
    }

    /** The environment of a file. */
    Optional<String> of(String file) {
        return names.isEmpty()
                ? Optional.empty()
                : above(Folders.folder(file)).stream()
                        .flatMap(folder -> Optional.ofNullable(names.get(folder)).stream())
                        .findFirst();
    }
}
