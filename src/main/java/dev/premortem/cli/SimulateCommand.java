package dev.premortem.cli;

import dev.premortem.outage.Simulation;
import dev.premortem.predict.Change;
import dev.premortem.predict.Simulator;
import dev.premortem.report.Reports;
import dev.premortem.report.View;
import dev.premortem.source.Changes;
import dev.premortem.source.Reading;
import dev.premortem.source.text.Values;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code premortem simulate}: one timeline with faults and changes on the way. */
@Command(
        name = "simulate",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Plays one timeline: every change with its cause, and how long each product is down.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  premortem simulate examples/crosslink --fail link/primary --for 6h",
            "  premortem simulate examples/saturday --change examples/saturday-fix --for 3h",
            "  premortem simulate . --fail main/Node/n1@PT2H --fail link/a@2026-03-01T04:00:00Z"
        })
final class SimulateCommand implements Callable<Integer>, Rooted {
    private final Surroundings around;

    @Mixin
    private PathArgument tree = new PathArgument();

    @Mixin
    private Choices choices = new Choices();

    @Mixin
    private LiveOptions live = new LiveOptions();

    @Option(
            names = "--fail",
            paramLabel = "CONDITION[@T]",
            description = "lose a condition such as link/primary; T is an offset (1h) or an instant (default: 1h)")
    private List<String> fails = new ArrayList<>();

    @Option(
            names = "--change",
            paramLabel = "DIR[@T]",
            description = "apply a change: DIR is the whole estate afterwards (default: at once)")
    private List<String> changes = new ArrayList<>();

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            defaultValue = "24h",
            converter = Choices.DurationConverter.class,
            description = "how long to play (default: ${DEFAULT-VALUE})")
    private Duration length = Duration.ofDays(1);

    SimulateCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public List<Path> roots() {
        return tree.roots();
    }

    @Override
    public Integer call() {
        Instant now = choices.now(around);
        List<Path> roots = live.roots(tree.path, around);
        Estates estates = new Estates(around, choices, live.observer(around, choices));
        Reading reading = estates.read(roots);
        List<Simulator.Fail> losses =
                fails.stream().map(text -> fail(text, now)).toList();
        List<Change> steps = changes(estates, reading, now);
        View view = new View(false, false, choices.quiet, false, Estates.prefix(roots), "", Set.of());
        try (Progress _ = estates.progress("simulating")) {
            Simulation simulation = Simulator.simulate(reading.estate(), now, length, losses, steps);
            choices.write((format, colour) -> Reports.simulate(simulation, format, view.coloured(colour)), around);
            return Exit.FINE;
        } catch (IllegalArgumentException unknown) {
            throw new WrongUsage(String.valueOf(unknown.getMessage()));
        }
    }

    private List<Change> changes(Estates estates, Reading reading, Instant now) {
        List<Timed> ordered = changes.stream()
                .map(text -> Timed.parse(text, now, "--change"))
                .sorted(Comparator.comparing(timed -> timed.at().orElse(now)))
                .toList();
        List<Change> steps = new ArrayList<>();
        Reading before = reading;
        for (Timed timed : ordered) {
            Reading after = estates.read(List.of(Path.of(timed.what())));
            steps.add(Changes.between(before, after, timed.at().orElse(now)));
            before = after;
        }
        return steps;
    }

    private static Simulator.Fail fail(String text, Instant now) {
        Timed timed = Timed.parse(text, now, "--fail");
        return new Simulator.Fail(timed.what(), timed.at());
    }

    /** Something and when, as {@code WHAT@T} says. */
    record Timed(String what, Optional<Instant> at) {
        static Timed parse(String text, Instant now, String option) {
            int mark = text.lastIndexOf('@');
            if (mark < 0) {
                return new Timed(text, Optional.empty());
            }
            String time = text.substring(mark + 1);
            Optional<Instant> at = Values.duration(time).map(now::plus).or(() -> Values.instant(time));
            if (at.isEmpty()) {
                throw new WrongUsage(option + " " + text + ": \"" + time
                        + "\" is no moment; expected an offset such as 1h or PT1H, or an instant such as"
                        + " 2026-02-01T00:00:00Z");
            }
            if (at.get().isBefore(now)) {
                throw new WrongUsage(option + " " + text + ": that is before " + now + "; expected a moment after it");
            }
            return new Timed(text.substring(0, mark), at);
        }
    }
}
