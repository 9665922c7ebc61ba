package dev.premortem.source.helm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where renderers run: a temporary folder, an empty home in it, and an API server that has nothing. Nothing of the user's own environment
 * reaches them.
 */
final class Surroundings implements AutoCloseable {
    private final Path folder;
    private final SilentCluster cluster;
    private final Map<String, String> environment;
    private final Thread interrupted = new Thread(this::interrupted, "helm-interrupted");

    /** @param kinds kinds of objects that templates look up */
    Surroundings(Set<String> kinds) throws IOException {
        folder = Files.createTempDirectory("premortem-helm");
        cluster = new SilentCluster(kinds);
        Path home = Files.createDirectory(folder.resolve("home"));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        environment = new TreeMap<>();
        environment.put("HOME", home.toString());
        environment.put("USERPROFILE", home.toString());
        environment.put("TMPDIR", temporary.toString());
        environment.put("KUBECONFIG", cluster.kubeconfig(folder).toString());
        environment.put("LC_ALL", "C.UTF-8"); // names of files outside of ASCII
        environment.put("GOMEMLIMIT", "768MiB");
        Runtime.getRuntime().addShutdownHook(interrupted);
    }

    /** Ctrl-C ends what runs here too, and leaves no folder. */
    private void interrupted() {
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
        Folders.remove(folder);
    }

    Path folder() {
        return folder;
    }

    Path temporary() {
        return folder.resolve("tmp");
    }

    SilentCluster cluster() {
        return cluster;
    }

    /** Prepares a program to run here. */
    ProcessBuilder program(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.directory(folder.toFile());
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(interrupted);
        } catch (IllegalStateException e) {
            return; // the end has begun already, and with it the hook
        }
        cluster.close();
        Folders.remove(folder);
    }
}
