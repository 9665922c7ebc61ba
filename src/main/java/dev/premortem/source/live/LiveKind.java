package dev.premortem.source.live;

import java.util.List;
import java.util.Optional;

/**
 * A kind of object that is read from a cluster.
 *
 * @param group API group, empty for the core one
 * @param versions versions that the readers understand, the best first
 * @param plural name in the API's paths and in RBAC
 * @param selector what the API server filters by before it answers; empty for all
 */
public record LiveKind(String group, List<String> versions, String plural, String kind, String selector) {
    /** The version to ask for, of those that the server has. */
    Optional<String> version(List<String> served) {
        return versions.stream().filter(served::contains).findFirst();
    }

    /** Path of its list. */
    String path(String version) {
        return (group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version) + "/" + plural;
    }

    /** What stands in {@code apiVersion}. */
    String apiVersion(String version) {
        return group.isEmpty() ? version : group + "/" + version;
    }
}
