package dev.premortem.source.helm;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Helm binary of version 3 or 4, run once for each rendering. */
final class HelmBinary implements Engine {
    private static final Pattern VERSION = Pattern.compile("v?([0-9]+\\.[0-9]+\\.[0-9]+)");

    private final Path program;
    private final HelmSettings.Bounds bounds;
    private final Surroundings around;
    private final Path said;
    private final ExecutorService reader = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("helm-binary").factory());
    private String version = "";

    HelmBinary(Path program, HelmSettings.Bounds bounds, Surroundings around, Path said) {
        this.program = program.toAbsolutePath();
        this.bounds = bounds;
        this.around = around;
        this.said = said;
    }

    @Override
    public String name() {
        if (version.isEmpty()) {
            Answer answer = run(List.of(program.toString(), "version", "--short"), new Allowance(bounds.time()));
            Matcher found = VERSION.matcher(answer instanceof Answer.Text text ? text.text() : "");
            version = found.find() ? found.group(1) : "of an unknown version";
        }
        return "helm " + version + " (" + program.getFileName() + ")";
    }

    @Override
    public Answer render(Request request, Allowance allowance) {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "template",
                request.release(),
                request.chart().toString(),
                "--namespace",
                request.namespace(),
                "--kube-version",
                request.kubernetes()));
        for (Path file : request.values()) {
            command.add("--values");
            command.add(file.toString());
        }
        return run(command, allowance);
    }

    private Answer run(List<String> command, Allowance allowance) {
        try {
            Process process =
                    around.program(command).redirectError(said.toFile()).start();
            process.getOutputStream().close();
            byte[] text = Watch.await(
                    process, reader.submit(() -> all(process.getInputStream())), allowance, bounds.memoryBytes());
            int exit = process.waitFor();
            return exit == 0 ? new Answer.Text(new String(text, StandardCharsets.UTF_8)) : new Answer.Refused(error());
        } catch (IOException e) {
            return new Answer.Broken("the Helm binary could not be run: " + e.getMessage());
        } catch (Watch.Ended e) {
            return new Answer.Broken(e.why());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Broken("was interrupted");
        }
    }

    private byte[] all(InputStream in) throws IOException {
        byte[] text = in.readNBytes(bounds.outputBytes() + 1);
        if (text.length > bounds.outputBytes()) {
            throw new IOException("more than " + bounds.outputBytes() + " characters of output");
        }
        return text;
    }

    private String error() throws IOException {
        byte[] text;
        try (InputStream in = Files.newInputStream(said)) {
            text = in.readNBytes(1 << 16);
        }
        return new String(text, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("level=") && !line.startsWith("WARNING"))
                .map(line -> line.startsWith("Error: ") ? line.substring("Error: ".length()) : line)
                .filter(line -> !line.startsWith("Use --debug flag"))
                .reduce((first, second) -> first + "\n" + second)
                .orElse("no reason given");
    }

    @Override
    public void close() {
        reader.shutdownNow();
    }
}
