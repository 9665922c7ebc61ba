package dev.premortem.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The tree of a command whose argument is an outage: the folder one stands in where nothing is said. */
final class PathOption implements Rooted {
    @Option(names = "--in", paramLabel = "PATH", description = "the estate in which the outage waits (default: .)")
    @Nullable
    Path path;

    @Override
    public List<Path> roots() {
        return List.of(path == null ? Path.of(".") : path);
    }
}
