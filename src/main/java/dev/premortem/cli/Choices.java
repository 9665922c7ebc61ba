package dev.premortem.cli;

import dev.premortem.report.Format;
import dev.premortem.source.text.Values;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The options that every command has. */
final class Choices {
    private static final String TEXT_OR_JSON = "text for people or json for programs";
    private static final String SEVERAL =
            "; may be given several times, each with its --output (default: ${DEFAULT-VALUE})";

    /** The command that has these options, and the formats that it writes. */
    @Spec(Spec.Target.MIXEE)
    @Nullable
    private CommandSpec command;

    private final Set<Format> written;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            split = ",",
            defaultValue = "text",
            converter = FormatConverter.class,
            completionCandidates = EverywhereWords.class,
            description = TEXT_OR_JSON + SEVERAL)
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

    /** For a command that writes text and JSON. */
    Choices() {
        this(Format.EVERYWHERE);
    }

    /** For a command that writes these. */
    Choices(Set<Format> written) {
        this.written = written;
    }

    /** Says in the help and the completion of {@code check} which formats it has beside those of all commands. */
    static void everyFormat(CommandSpec check) {
        OptionSpec option = check.findOption("--format");
        check.remove(option);
        check.addOption(OptionSpec.builder(option)
                .description(TEXT_OR_JSON
                        + "; sarif for code scanning, junit for CI, markdown for a pull request, html for a page"
                        + SEVERAL)
                .completionCandidates(words(EnumSet.allOf(Format.class)))
                .build());
    }

    private static List<String> words(Set<Format> formats) {
        return formats.stream().sorted().map(Format::word).toList();
    }

    /** What a shell proposes after {@code --format}. */
    static final class EverywhereWords implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return words(Format.EVERYWHERE).iterator();
        }
    }

    Instant now(Surroundings around) {
        return now != null ? now : around.clock().instant();
    }

    /** Refuses formats and files that do not go together, before anything long is begun. */
    void validate() {
        targets();
    }

    private List<Target> targets() {
        for (Format format : formats) {
            if (!written.contains(format)) {
                throw new WrongUsage((command == null ? "this command" : command.name()) + " does not write "
                        + format.word() + "; expected --format " + Format.words(written)
                        + " (check writes all formats)");
            }
        }
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

    /** A word such as {@code json}. */
    static final class FormatConverter implements ITypeConverter<Format> {
        @Override
        public Format convert(String text) {
            return Format.of(text)
                    .orElseThrow(() -> new TypeConversionException("no format is called \"" + text + "\"; expected "
                            + Format.words(EnumSet.allOf(Format.class))));
        }
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
