package dev.premortem.cli;

import dev.premortem.outage.Advice;
import dev.premortem.outage.NextFact;
import dev.premortem.report.Reports;
import dev.premortem.report.View;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code premortem advise}: the few remedies that save most. */
@Command(
        name = "advise",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Picks the remedies that together save most minutes a year, and tries them on the model one on"
                + " top of the other. Exits with 1 where something is worth doing.",
        footerHeading = "%nExamples:%n",
        footer = {"  premortem advise examples/single-site --budget 2", "  premortem advise . --format json"})
final class AdviseCommand implements Callable<Integer>, Rooted {
    private final Surroundings around;

    @Mixin
    private PathArgument tree = new PathArgument();

    @Option(
            names = "--budget",
            paramLabel = "N",
            defaultValue = "3",
            description = "no more than N remedies; where Assumptions say what remedies cost, no dearer than N in all"
                    + " (default: ${DEFAULT-VALUE})")
    private double budget = 3;

    @Option(names = "--facts", description = "instead: which assumption to measure next, by what it would change")
    private boolean facts;

    @Mixin
    private Choices choices = new Choices();

    @Mixin
    private Scope scope = new Scope();

    @Mixin
    private LiveOptions live = new LiveOptions();

    AdviseCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public List<Path> roots() {
        return tree.roots();
    }

    @Override
    public Integer call() {
        if (!(budget > 0) || Double.isInfinite(budget)) {
            throw new WrongUsage("--budget is " + budget + "; expected a number above 0");
        }
        List<Path> roots = live.roots(tree.path, around);
        Estates estates = new Estates(around, choices, live.observer(around, choices));
        if (facts) {
            List<NextFact> found = estates.facts(estates.read(roots), scope);
            choices.write((format, _) -> Reports.facts(found, format), around);
            return Exit.FINE;
        }
        Advice advice = estates.advise(estates.read(roots), scope, budget);
        View view = new View(
                true,
                false,
                choices.quiet,
                false,
                Estates.prefix(roots),
                (roots.isEmpty() ? "" : choices.arguments(roots.getFirst())) + live.arguments(),
                Set.of());
        choices.write((format, colour) -> Reports.advice(advice, format, view.coloured(colour)), around);
        return advice.picked().isEmpty() ? Exit.FINE : Exit.FOUND;
    }
}
