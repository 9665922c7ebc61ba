package dev.premortem.source.kustomize;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Limits;
import dev.premortem.source.text.Texts;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A kustomize on the search path, alone or inside of kubectl. It runs without the user's environment: no search path, so that it finds no
 * git; an empty home; proxies that lead nowhere; and with limits of time and output.
 *
 * @param file the program
 * @param kubectl true where kustomize is a part of it
 */
record Program(Path file, boolean kubectl) {
    static final Duration MOST_TIME = Duration.ofSeconds(60);
    /** How long what was printed may take to arrive after the end: a child of the program could hold the pipe open. */
    private static final Duration MOST_DRAINED = Duration.ofSeconds(5);

    private static final int MOST_BYTES = 64 << 20;
    private static final int MOST_ERROR_BYTES = 1 << 20;

    /**
     * What came of a run.
     *
     * @param output what it printed; empty where it failed
     * @param error what it complained about
     * @param cut true where that is not its own: it was ended, or did not start
     */
    record Outcome(Optional<String> output, String error, boolean cut) {
        private static Outcome cut(String error) {
            return new Outcome(Optional.empty(), error, true);
        }
    }

    /** The first kustomize, otherwise the first kubectl, in the absolute folders of a search path. */
    static Optional<Program> find(String searchPath) {
        return find(searchPath, "kustomize", false).or(() -> find(searchPath, "kubectl", true));
    }

    private static Optional<Program> find(String searchPath, String name, boolean kubectl) {
        // A relative folder could be one of the tree that is read, and nothing of that is ever run.
        return Stream.of(searchPath.split(File.pathSeparator, -1))
                .flatMap(folder -> file(folder, name).stream())
                .filter(file -> file.isAbsolute() && Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(file -> new Program(file, kubectl));
    }

    private static Optional<Path> file(String folder, String name) {
        try {
            return Optional.of(Path.of(folder).resolve(name));
        } catch (InvalidPathException e) {
            return Optional.empty(); // no folder, so nothing is in it
        }
    }

    /** Name and version, {@code kubectl 1.32.4 (kustomize 5.5.0)}. It is kept while the program's file does not change. */
    String version(ContentCache cache) {
        String key = new ContentCache.Key("kustomize version 1")
                .with(file.toString())
                .with(stamp())
                .name();
        return cache.find(key)
                .map(kept -> new String(kept, StandardCharsets.UTF_8))
                .orElseGet(() -> {
                    Optional<String> asked = askVersion();
                    asked.ifPresent(version -> cache.keep(key, version.getBytes(StandardCharsets.UTF_8)));
                    return asked.orElse((kubectl ? "kubectl" : "kustomize") + " of unknown version");
                });
    }

    /** Its file, with what changes when another is put there. */
    String told() {
        return file + " " + stamp();
    }

    private String stamp() {
        try {
            return Files.size(file) + " " + Files.getLastModifiedTime(file).toMillis();
        } catch (IOException e) {
            return "unreadable"; // then it will not start either, and that is told
        }
    }

    private Optional<String> askVersion() {
        List<String> arguments = kubectl ? List.of("version", "--client", "-o", "json") : List.of("version");
        Optional<String> printed =
                run(arguments, file.resolveSibling(""), Duration.ofSeconds(10)).output();
        if (!kubectl) {
            return printed.map(text -> "kustomize "
                    + text.strip().replaceFirst("^\\{?(kustomize/)?v", "").split("\\s", 2)[0]);
        }
        return printed.flatMap(
                        text -> Texts.read("version.json", text, _ -> false, Limits.DEFAULT, new Harvest()).stream()
                                .map(Texts.Parsed::tree)
                                .findFirst())
                .flatMap(Program::version);
    }

    private static Optional<String> version(Tree read) {
        Optional<String> client =
                read.text("clientVersion.gitVersion").map(Fact::value).map(Program::bare);
        String part = read.text("kustomizeVersion")
                .map(version -> " (kustomize " + bare(version.value()) + ")")
                .orElse("");
        return client.map(version -> "kubectl " + version + part);
    }

    private static String bare(String version) {
        return version.startsWith("v") ? version.substring(1) : version;
    }

    /** Builds the kustomization in a folder, with another empty folder as home. */
    Outcome build(Path folder, Path home, Duration most) {
        List<String> arguments = List.of(kubectl ? "kustomize" : "build", folder.toString());
        return run(arguments, home, most);
    }

    private Outcome run(List<String> arguments, Path home, Duration most) {
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("HOME", home.toString());
        environment.put("HTTP_PROXY", "http://127.0.0.1:9");
        environment.put("HTTPS_PROXY", "http://127.0.0.1:9");
        environment.put("GOMEMLIMIT", "512MiB");
        try {
            return run(builder.start(), most);
        } catch (IOException e) {
            return Outcome.cut(file + " does not start (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static Outcome run(Process process, Duration most) {
        try (AtEnd _ = AtEnd.of(() -> end(process));
                ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
            process.getOutputStream().close();
            Future<byte[]> output = readers.submit(() -> read(process, process.getInputStream(), MOST_BYTES));
            Future<byte[]> error = readers.submit(() -> read(process, process.getErrorStream(), MOST_ERROR_BYTES));
            boolean ended = process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS);
            if (!ended) {
                end(process);
                return Outcome.cut("takes longer than the limit of " + most.toSeconds() + " s");
            }
            byte[] printed = output.get(MOST_DRAINED.toMillis(), TimeUnit.MILLISECONDS);
            if (printed.length == MOST_BYTES) {
                return Outcome.cut("gives more than the limit of " + (MOST_BYTES >> 20) + " MiB");
            }
            String complaint =
                    new String(error.get(MOST_DRAINED.toMillis(), TimeUnit.MILLISECONDS), StandardCharsets.UTF_8);
            return process.exitValue() == 0
                    ? new Outcome(Optional.of(new String(printed, StandardCharsets.UTF_8)), complaint, false)
                    : new Outcome(Optional.empty(), complaint, false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Outcome.cut("was interrupted");
        } catch (IOException | ExecutionException | TimeoutException e) {
            return Outcome.cut("ended early (" + e.getClass().getSimpleName() + ")");
        } finally {
            end(process);
        }
    }

    private static byte[] read(Process process, InputStream from, int most) throws IOException {
        byte[] bytes = from.readNBytes(most);
        if (bytes.length == most) {
            end(process); // nobody reads the rest, so it would wait for ever
        }
        return bytes;
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
