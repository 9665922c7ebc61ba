package dev.premortem.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files in which docker and helm keep logins, where the environment says they are. Read only where charts may be fetched. */
final class Logins {
    /** No login file is longer. */
    private static final long MOST_BYTES = 1 << 20;

    private final Surroundings around;

    Logins(Surroundings around) {
        this.around = around;
    }

    /** docker's {@code config.json} and helm's {@code registry/config.json}. */
    List<String> registries() {
        List<Path> files = new ArrayList<>();
        named("HELM_REGISTRY_CONFIG", files);
        under("HELM_CONFIG_HOME", "", List.of("registry", "config.json"), files);
        under("XDG_CONFIG_HOME", "helm", List.of("registry", "config.json"), files);
        under("HOME", ".config/helm", List.of("registry", "config.json"), files);
        under("DOCKER_CONFIG", "", List.of("config.json"), files);
        under("HOME", ".docker", List.of("config.json"), files);
        return texts(files);
    }

    /** helm's {@code repositories.yaml}. */
    List<String> repositories() {
        List<Path> files = new ArrayList<>();
        named("HELM_REPOSITORY_CONFIG", files);
        under("HELM_CONFIG_HOME", "", List.of("repositories.yaml"), files);
        under("XDG_CONFIG_HOME", "helm", List.of("repositories.yaml"), files);
        under("HOME", ".config/helm", List.of("repositories.yaml"), files);
        return texts(files);
    }

    private void named(String variable, List<Path> files) {
        if (!around.variable(variable).isEmpty()) {
            files.add(Path.of(around.variable(variable)));
        }
    }

    private void under(String variable, String folder, List<String> parts, List<Path> files) {
        if (!around.variable(variable).isEmpty()) {
            Path file = Path.of(around.variable(variable)).resolve(folder);
            for (String part : parts) {
                file = file.resolve(part);
            }
            files.add(file);
        }
    }

    private static List<String> texts(List<Path> files) {
        List<String> texts = new ArrayList<>();
        files.forEach(file -> text(file).ifPresent(texts::add));
        return texts;
    }

    /** A file's text; without a login the registry says so, with its name. */
    private static Optional<String> text(Path file) {
        try {
            boolean usable = Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES;
            return usable ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
