package dev.premortem.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The tree that a command reads, as its argument: the folder one stands in where nothing is said. */
final class PathArgument implements Rooted {
    @Parameters(paramLabel = "PATH", arity = "0..1", description = "file or folder (default: .)")
    @Nullable
    Path path;

    @Override
    public List<Path> roots() {
        return List.of(path == null ? Path.of(".") : path);
    }
}
