package dev.premortem.cli;

import dev.premortem.report.Format;
import dev.premortem.source.text.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that every command has. */
final class Choices {
    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text for people or json for programs (default: ${DEFAULT-VALUE})")
    Format format = Format.TEXT;

    @Option(names = "--output", paramLabel = "FILE", description = "write the result to FILE instead of stdout")
    @Nullable
    Path output;

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

    @Option(
            names = "--no-cache",
            description = "parse every file again and keep nothing (PREMORTEM_CACHE is the folder, or off)")
    boolean noCache;

    Instant now(Surroundings around) {
        return now != null ? now : around.clock().instant();
    }

    boolean colour(Surroundings around) {
        return format == Format.TEXT
                && output == null
                && !noColour
                && around.outTerminal()
                && around.variable("NO_COLOR").isEmpty();
    }

    /** Writes the result where it was asked for. */
    void write(String result, Surroundings around) {
        if (output == null) {
            around.out().print(result);
            around.out().flush();
            return;
        }
        try {
            Files.writeString(output, result);
        } catch (IOException e) {
            throw new WrongUsage("cannot write " + output + ": " + e.getClass().getSimpleName()
                    + "; expected a file in a folder that is there and may be written");
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
