package dev.premortem.cli;

import dev.premortem.outage.Prediction;
import dev.premortem.outage.Severity;
import dev.premortem.report.Basis;
import dev.premortem.report.Format;
import dev.premortem.report.Known;
import dev.premortem.report.Reports;
import dev.premortem.report.View;
import dev.premortem.report.Visible;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code premortem check}: predicts the outages that wait in an estate. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Predicts which outages wait in an estate: what sets them off, how long they last, why, and what"
                + " prevents them. Reads files only: without --live and --prometheus no cluster is asked, nothing is"
                + " sent.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  premortem check examples/saturday --now 2022-03-04T18:00:00Z",
            "  premortem check . --all --coverage",
            "  premortem check . --live prod     the repository and the cluster as one",
            "  premortem check . --fail-on medium --baseline .premortem-baseline.json",
            "  kubectl kustomize overlays/prod | premortem check -",
            "",
            "Every option has a variable (PREMORTEM_FAIL_ON=medium), and a repository sets its",
            "own in .premortem.yaml; the command line wins over both (docs/configuration.md)."
        })
final class CheckCommand implements Callable<Integer>, Rooted {
    /** The lowest severity that makes the exit code 1. */
    enum Threshold {
        CRITICAL,
        HIGH,
        MEDIUM,
        LOW,
        NONE
    }

    private final Surroundings around;

    @Parameters(paramLabel = "PATH", description = "files or folders; - reads manifests from stdin (default: .)")
    private List<Path> paths = new ArrayList<>();

    @Mixin
    private Choices choices = new Choices(EnumSet.allOf(Format.class));

    @Mixin
    private Scope scope = new Scope();

    @Mixin
    private LiveOptions live = new LiveOptions();

    @Option(
            names = "--all",
            description = "every outage: beyond ten, accepted, chosen, resting on a guess, part of another")
    private boolean all;

    @Option(names = "--coverage", description = "list what was not understood")
    private boolean coverage;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            defaultValue = "high",
            description = "exit with 1 from this severity on: critical, high, medium, low or none (default:"
                    + " ${DEFAULT-VALUE})")
    private Threshold failOn = Threshold.HIGH;

    @Option(names = "--baseline", paramLabel = "FILE", description = "outages listed in FILE are known and do not fail")
    @Nullable
    private Path baseline;

    @Option(names = "--write-baseline", paramLabel = "FILE", description = "write the outages found now to FILE")
    @Nullable
    private Path writeBaseline;

    CheckCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public List<Path> roots() {
        return paths.isEmpty() ? List.of(Path.of(".")) : paths;
    }

    @Override
    public Integer call() {
        List<Path> roots = live.roots(paths, around);
        boolean begun = baseline != null && (writeBaseline == null || Files.exists(baseline));
        Baseline before = baseline != null && begun ? Baseline.read(baseline) : Baseline.none();
        Estates estates = new Estates(around, choices, live.observer(around, choices));
        Prediction prediction = estates.predict(roots, scope);
        Known known = before.compare(prediction.outages());
        View view = new View(
                all,
                coverage,
                choices.quiet,
                false,
                Estates.prefix(roots),
                (roots.size() == 1 ? choices.arguments(roots.getFirst()) : "") + live.arguments(),
                known);
        if (!known.gone().isEmpty() && scope.mechanisms.isEmpty() && scope.notMechanisms.isEmpty()) {
            around.err()
                    .println(Visible.line("in the baseline, but not found any more: " + String.join(", ", known.gone())
                            + "; --write-baseline FILE writes it anew"));
        }
        Basis basis = new Basis(
                Version.number(), RepositoryNames.of(roots), threshold(), Estates.mechanisms(scope), baseline != null);
        choices.write((format, colour) -> Reports.check(prediction, format, view.coloured(colour), basis), around);
        if (writeBaseline != null) {
            Baseline.write(writeBaseline, prediction.outages());
        }
        return prediction.outages().stream().anyMatch(outage -> basis.fails(outage, known)) ? Exit.FOUND : Exit.FINE;
    }

    private Optional<Severity> threshold() {
        return switch (failOn) {
            case CRITICAL -> Optional.of(Severity.CRITICAL);
            case HIGH -> Optional.of(Severity.HIGH);
            case MEDIUM -> Optional.of(Severity.MEDIUM);
            case LOW -> Optional.of(Severity.LOW);
            case NONE -> Optional.empty();
        };
    }
}
