package dev.premortem.cli;

import dev.premortem.outage.Outage;
import dev.premortem.outage.Prediction;
import dev.premortem.outage.Remedy;
import dev.premortem.report.FixText;
import dev.premortem.report.Reports;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code premortem fix}: prints the verified patch of an outage, or the steps where it is an act. */
@Command(
        name = "fix",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Prints the patch that prevents an outage and was proven in the model; where the remedy is an"
                + " act, its steps as comment lines. Exits with 1 where nothing proven is known.",
        footerHeading = "%nExamples:%n",
        footer = {"  premortem fix k7f3a | git apply", "  premortem fix k7f3a --in examples/crosslink"})
final class FixCommand implements Callable<Integer>, Rooted {
    private final Surroundings around;

    @Parameters(paramLabel = "OUTAGE-ID", description = "the id at the right of an outage's first line")
    private String id = "";

    @Mixin
    private PathOption tree = new PathOption();

    @Mixin
    private Choices choices = new Choices();

    @Mixin
    private Scope scope = new Scope();

    @Mixin
    private LiveOptions live = new LiveOptions();

    FixCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public List<Path> roots() {
        return tree.roots();
    }

    @Override
    public Integer call() {
        List<Path> roots = live.roots(tree.path, around);
        Estates estates = new Estates(around, choices, live.observer(around, choices));
        Prediction prediction = estates.predict(roots, scope);
        Outage outage = Estates.find(prediction, id, Estates.shown(roots));
        Optional<Remedy> best = FixText.best(outage);
        if (best.isEmpty()) {
            around.err()
                    .println("premortem: no remedy is known for " + id + "; premortem explain " + id
                            + " says why it waits");
            return Exit.FOUND;
        }
        choices.write((format, _) -> Reports.remedy(outage, best.get(), format), around);
        return best.get().verified() ? Exit.FINE : Exit.FOUND;
    }
}
