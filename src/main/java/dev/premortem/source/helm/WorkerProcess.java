package dev.premortem.source.helm;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * helm-java in a Java process of its own: started with the first request, ended and started anew where a request takes too long or too much
 * memory.
 */
final class WorkerProcess implements Engine {
    private static final Duration START = Duration.ofSeconds(60);

    private final HelmSettings settings;
    private final Surroundings around;
    private final Path said;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("helm-worker").factory());
    private Optional<Running> running = Optional.empty();
    private Optional<Answer> unable = Optional.empty();

    private record Running(Process process, DataInputStream in, DataOutputStream out) {}

    WorkerProcess(HelmSettings settings, Surroundings around, Path said) {
        this.settings = settings;
        this.around = around;
        this.said = said;
    }

    @Override
    public String name() {
        return HelmVersions.LIBRARY;
    }

    @Override
    public Answer render(Request request, Allowance allowance) {
        if (running.isEmpty() && unable.isEmpty()) {
            unable = start();
        }
        if (unable.isPresent()) {
            return unable.get();
        }
        Running worker = running.orElseThrow();
        List<String> parts = new ArrayList<>(
                List.of(request.chart().toString(), request.release(), request.namespace(), request.kubernetes()));
        request.values().forEach(file -> parts.add(file.toString()));
        Future<List<String>> answer = reader.submit(() -> {
            Frames.write(worker.out(), parts);
            return Frames.read(worker.in(), 4 * settings.bounds().outputBytes());
        });
        return await(worker, answer, allowance);
    }

    /** Starts the process; an answer where that fails. */
    private Optional<Answer> start() {
        List<String> command = List.of(
                settings.java().toString(),
                "-Xmx512m",
                "-Xss4m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-Dcom.marcnuri.jkube-helm.skipRemoteJar=true",
                "-Djava.io.tmpdir=" + around.temporary(),
                "-Djna.tmpdir=" + around.temporary(),
                "-cp",
                absolute(settings.classPath()),
                HelmWorker.class.getName(),
                String.valueOf(settings.bounds().outputBytes()));
        try {
            Process process =
                    around.program(command).redirectError(said.toFile()).start();
            Running worker = new Running(
                    process,
                    new DataInputStream(new BufferedInputStream(process.getInputStream())),
                    new DataOutputStream(new BufferedOutputStream(process.getOutputStream())));
            running = Optional.of(worker);
            Answer ready = await(worker, reader.submit(() -> Frames.read(worker.in(), 1 << 16)), new Allowance(START));
            return ready instanceof Answer.Text ? Optional.empty() : Optional.of(broken(ready));
        } catch (IOException e) {
            return Optional.of(new Answer.Broken("the worker did not start: " + e.getMessage()));
        }
    }

    /** The worker runs in another folder. */
    private static String absolute(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator, -1))
                .filter(entry -> !entry.isEmpty())
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Answer broken(Answer answer) {
        stop();
        String message = switch (answer) {
            case Answer.Text text -> text.text();
            case Answer.Refused refused -> refused.message();
            case Answer.Broken broken -> broken.message();
        };
        return new Answer.Broken("helm-java did not start: " + message + first());
    }

    /** The first line that the worker said about its end. */
    private String first() {
        try (BufferedReader reader = Files.newBufferedReader(said)) {
            String line = reader.readLine();
            return line == null ? "" : " (" + line.substring(0, Math.min(200, line.length())) + ")";
        } catch (IOException silent) {
            return "";
        }
    }

    private Answer await(Running worker, Future<List<String>> answer, Allowance allowance) {
        try {
            List<String> parts = Watch.await(
                    worker.process(), answer, allowance, settings.bounds().memoryBytes());
            return parts.getFirst().equals(HelmWorker.DONE)
                    ? new Answer.Text(parts.get(1))
                    : new Answer.Refused(parts.get(1));
        } catch (Watch.Ended e) {
            stop();
            return new Answer.Broken(e.why());
        }
    }

    private void stop() {
        running.ifPresent(worker -> worker.process().destroyForcibly());
        running = Optional.empty();
    }

    @Override
    public void close() {
        running.ifPresent(worker -> {
            worker.process().destroyForcibly();
            worker.process().onExit().join();
        });
        running = Optional.empty();
        reader.shutdownNow();
    }
}
