package dev.premortem.cli;

import dev.premortem.report.Format;
import dev.premortem.source.text.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that every command has. */
final class Choices {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            split = ",",
            defaultValue = "text",
            description = "text for people or json for programs; may be given several times, each with its --output"
                    + " (default: ${DEFAULT-VALUE})")
    private List<Format> formats = new ArrayList<>(List.of(Format.TEXT));

    @Option(
            names = "--output",
            paramLabel = "FILE",
            split = ",",
            description = "write the result to FILE instead of stdout; the first FILE takes the first --format, and so"
                    + " on; - is stdout")
    private List<Path> outputs = new ArrayList<>();

    @Option(
            names = "--now",
            paramLabel = "INSTANT",
            converter = InstantConverter.class,
            description = "judge as of then, such as 2026-02-01T00:00:00Z (default: the clock)")
    @Nullable
    Instant now;

    @Option(names = "--quiet", description = "the headlines only, no progress")
    boolean quiet;

    @Option(names = "--no-color", description = "no colour, as with NO_COLOR; only a terminal gets colour at all")
    boolean noColour;

    /** A format and where it goes; no file is stdout. */
    private record Target(Format format, Optional<Path> file) {}

    /** The text of a result in one format. */
    @FunctionalInterface
    interface Rendering {
        String in(Format format, boolean colour);
    }

    @Mixin
    RenderOptions render = new RenderOptions();

    @Option(
            names = "--no-cache",
            description = "do everything anew and keep nothing (PREMORTEM_CACHE is the folder, or off)")
    boolean noCache;

    Instant now(Surroundings around) {
        return now != null ? now : around.clock().instant();
    }

    /** Refuses formats and files that do not go together, before anything long is begun. */
    void validate() {
        targets();
    }

    private List<Target> targets() {
        if (outputs.size() > formats.size()) {
            throw new WrongUsage("--output is given " + outputs.size() + " times, --format " + formats.size()
                    + "; expected one --format for each --output");
        }
        List<Target> targets = new ArrayList<>();
        for (int i = 0; i < formats.size(); i++) {
            Optional<Path> file = i < outputs.size() ? Optional.of(outputs.get(i)) : Optional.empty();
            targets.add(new Target(
                    formats.get(i), file.filter(path -> !path.toString().equals("-"))));
        }
        if (targets.stream().filter(target -> target.file().isEmpty()).count() > 1) {
            throw new WrongUsage("several formats would be mixed on stdout; expected an --output FILE for all but one");
        }
        return targets;
    }

    private boolean colour(Target target, Surroundings around) {
        return target.format() == Format.TEXT
                && target.file().isEmpty()
                && !noColour
                && around.outTerminal()
                && around.variable("NO_COLOR").isEmpty();
    }

    /** Writes a result in every format that was asked for. */
    void write(Rendering result, Surroundings around) {
        for (Target target : targets()) {
            write(result.in(target.format(), colour(target, around)), target.file(), around);
        }
    }

    /** Writes a text that has one form only. */
    void write(String result, Surroundings around) {
        write(result, targets().getFirst().file(), around);
    }

    private static void write(String result, Optional<Path> file, Surroundings around) {
        if (file.isEmpty()) {
            around.out().print(result);
            around.out().flush();
            return;
        }
        try {
            Files.writeString(file.get(), result);
        } catch (IOException e) {
            throw new WrongUsage("cannot write " + file.get() + ": "
                    + e.getClass().getSimpleName() + "; expected a file in a folder that is there and may be written");
        }
    }

    /** What a command to paste needs to see the same estate at the same moment. */
    String arguments(Path path) {
        String in = path.toString().isEmpty() || path.toString().equals(".") ? "" : " --in " + path;
        return in + Optional.ofNullable(now).map(at -> " --now " + at).orElse("");
    }

    /** {@code 90s}, {@code 4h}, {@code 30d}, ISO-8601. */
    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Values.duration(text)
                    .filter(duration -> !duration.isNegative() && !duration.isZero())
                    .orElseThrow(() -> new TypeConversionException(
                            "\"" + text + "\"; expected a duration such as 90s, 5m, 4h, 30d or PT1H30M"));
        }
    }

    /** RFC 3339. */
    static final class InstantConverter implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            return Values.instant(text)
                    .orElseThrow(() -> new TypeConversionException(
                            "\"" + text + "\"; expected an instant such as 2026-02-01T00:00:00Z"));
        }
    }
}
