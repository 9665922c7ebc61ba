package dev.premortem.source.helm;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How charts are rendered.
 *
 * @param java program that runs the worker: the same as runs Premortem
 * @param classPath class path of the worker, with helm-java on it
 * @param helm a Helm binary to use instead; version 3 or 4
 * @param kubernetes version that charts are told, e.g. {@code 1.33.0}
 * @param bounds what one rendering may take
 */
public record HelmSettings(Path java, String classPath, Optional<Path> helm, String kubernetes, Bounds bounds) {
    /** The Kubernetes version that charts are told where nobody names one. */
    public static final String KUBERNETES = "1.33.0";

    /**
     * What one rendering may take.
     *
     * @param time until it is ended
     * @param memoryBytes resident memory of the worker
     * @param outputBytes rendered text
     */
    public record Bounds(Duration time, long memoryBytes, int outputBytes) {
        /** Thirty seconds, 1.5 GiB, 32 MiB. */
        public static final Bounds DEFAULT = new Bounds(Duration.ofSeconds(30), 1536L << 20, 32 << 20);
    }

    /** The usual settings: helm-java in a worker. */
    public static HelmSettings of(Path java, String classPath) {
        return new HelmSettings(java, classPath, Optional.empty(), KUBERNETES, Bounds.DEFAULT);
    }
}
