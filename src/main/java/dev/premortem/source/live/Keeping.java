package dev.premortem.source.live;

import java.util.List;
import java.util.function.Predicate;

/** What is kept of an object. Everything else is passed over in the stream and never becomes a text. */
final class Keeping {
    private static final List<String> SERVERS_OWN = List.of(
            "metadata.managedFields",
            "metadata.uid",
            "metadata.resourceVersion",
            "metadata.selfLink",
            "status.images",
            "status.volumesInUse",
            "status.volumesAttached");

    private static final String LAST_APPLIED = "last-applied-configuration";

    /** A Secret's served certificate and its name; no annotation, since tools write values into them. */
    private static final List<String> OF_SECRETS =
            List.of("metadata", "metadata.name", "metadata.namespace", "type", "data", "data[tls.crt]", "data.tls.crt");

    private static final List<String> OF_EVENTS =
            List.of("metadata", "involvedObject", "reason", "count", "lastTimestamp", "eventTime", "series");

    private Keeping() {}

    /** What is kept of a kind, by field path. */
    static Predicate<String> of(LiveKind kind) {
        return switch (kind.kind()) {
            case "Secret" -> OF_SECRETS::contains;
            case "Event" ->
                path -> OF_EVENTS.contains(path.contains(".") ? path.substring(0, path.indexOf('.')) : path)
                        && ordinary(path);
            default -> Keeping::ordinary;
        };
    }

    private static boolean ordinary(String path) {
        return !SERVERS_OWN.contains(path) && !(path.startsWith("metadata.annotations") && path.contains(LAST_APPLIED));
    }
}
