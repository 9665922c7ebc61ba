package dev.premortem.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say how far and how wide to predict. */
final class Scope {
    @Option(
            names = "--horizon",
            paramLabel = "DURATION",
            defaultValue = "400d",
            converter = Choices.DurationConverter.class,
            description = "how far to look ahead (default: ${DEFAULT-VALUE})")
    Duration horizon = Duration.ofDays(400);

    @Option(
            names = "--order",
            paramLabel = "K",
            defaultValue = "2",
            description = "how many faults at once, 1 to 3 (default: ${DEFAULT-VALUE})")
    int order = 2;

    @Option(
            names = "--mechanism",
            paramLabel = "ID",
            arity = "1..*",
            split = ",",
            description = "only these mechanisms (premortem explain lists them)")
    List<String> mechanisms = new ArrayList<>();

    @Option(
            names = "--not-mechanism",
            paramLabel = "ID",
            arity = "1..*",
            split = ",",
            description = "all mechanisms but these")
    List<String> notMechanisms = new ArrayList<>();

    @Option(names = "--no-accept", description = "pass over every acceptance, as auditors do")
    boolean noAccept;
}
