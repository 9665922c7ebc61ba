package dev.premortem.source.gitops;

import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is deployed, by cluster, and which variables a release was brought with. */
final class Index {
    private final SortedMap<String, Objects> clusters = new TreeMap<>();

    /** Looked into only, never gone through: its order would differ from run to run. */
    private final IdentityHashMap<Manifest, Variables> variables = new IdentityHashMap<>();

    Objects of(Optional<String> cluster) {
        return clusters.computeIfAbsent(cluster.orElse(""), _ -> new Objects());
    }

    void variables(Manifest release, Variables known) {
        variables.put(release, known);
    }

    Variables variables(Manifest release) {
        return variables.getOrDefault(release, new Variables());
    }
}
