package dev.premortem.source.gitops;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The objects of one cluster by kind, namespace and name, for what refers to others: sources, ConfigMaps, Secrets. */
final class Objects {
    private final SortedMap<String, Manifest> byName = new TreeMap<>();
    private final SortedMap<String, List<SortedMap<String, String>>> made = new TreeMap<>();

    void add(Manifest manifest) {
        byName.put(manifest.kind() + "/" + manifest.namespace() + "/" + manifest.name(), manifest);
    }

    void made(SortedMap<String, SortedMap<String, String>> generated) {
        generated.forEach((name, files) ->
                made.computeIfAbsent(name, _ -> new ArrayList<>()).add(files));
    }

    Optional<Manifest> find(String kind, String namespace, String name) {
        return Optional.ofNullable(byName.get(kind + "/" + namespace + "/" + name));
    }

    /** The file behind a key of what a generator makes; kustomize puts a hash behind the name. */
    Optional<String> file(String kind, String name, String key) {
        String plain = name.replaceFirst("-[0-9a-z]{10}$", "");
        for (String one : List.of(name, plain)) {
            for (SortedMap<String, String> files : made.getOrDefault(kind + "/" + one, List.of())) {
                String file = files.get(key);
                if (file != null) {
                    return Optional.of(file);
                }
            }
        }
        return Optional.empty();
    }
}
