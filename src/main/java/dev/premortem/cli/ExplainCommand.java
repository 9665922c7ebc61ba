package dev.premortem.cli;

import dev.premortem.outage.Outage;
import dev.premortem.outage.Prediction;
import dev.premortem.predict.Predictor;
import dev.premortem.report.ExplainText;
import dev.premortem.report.Reports;
import dev.premortem.report.View;
import dev.premortem.source.text.Near;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code premortem explain}: what a mechanism is, or everything known about one outage. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Says what a mechanism is, or everything known about one outage. Without a name it lists the"
                + " mechanisms.",
        footerHeading = "%nExamples:%n",
        footer = {"  premortem explain path-mtu", "  premortem explain k7f3a --in examples/crosslink"})
final class ExplainCommand implements Callable<Integer>, Rooted {
    private final Surroundings around;

    @Parameters(paramLabel = "MECHANISM|OUTAGE-ID", arity = "0..1", description = "what to explain")
    @Nullable
    private String name;

    @Mixin
    private PathOption tree = new PathOption();

    @Option(
            names = "--why-not",
            paramLabel = "CONDITION",
            description = "why losing CONDITION is no outage here: what still carries it, or which fact is missing")
    @Nullable
    private String whyNot;

    @Mixin
    private Choices choices = new Choices();

    @Mixin
    private Scope scope = new Scope();

    @Mixin
    private LiveOptions live = new LiveOptions();

    ExplainCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public List<Path> roots() {
        return tree.roots();
    }

    @Override
    public Integer call() {
        choices.validate();
        if (whyNot != null) {
            choices.write(
                    new WhyNot(estates(), scope, choices.now(around)).tell(whyNot, live.roots(tree.path, around)),
                    around);
            return Exit.FINE;
        }
        List<String> mechanisms = Predictor.mechanisms();
        if (name == null) {
            choices.write(String.join("\n", mechanisms) + "\n", around);
            return Exit.FINE;
        }
        String page = ExplainText.mechanism(name).orElse("");
        if (!page.isEmpty()) {
            choices.write(page, around);
            return Exit.FINE;
        }
        if (mechanisms.contains(name)) {
            throw new WrongUsage("the page of " + name + " is missing from this build");
        }
        if (name.contains("-") && Near.nearest(name, mechanisms).isPresent()) {
            throw new WrongUsage("no mechanism is called " + name + RootCommand.near(name, mechanisms));
        }
        return outage(name);
    }

    private Estates estates() {
        return new Estates(around, choices, live.observer(around, choices));
    }

    private int outage(String id) {
        List<Path> roots = live.roots(tree.path, around);
        Estates estates = estates();
        Prediction prediction = estates.predict(roots, scope);
        Outage outage = Estates.find(prediction, id, Estates.shown(roots));
        View view = new View(
                true,
                false,
                choices.quiet,
                false,
                Estates.prefix(roots),
                (roots.isEmpty() ? "" : choices.arguments(roots.getFirst())) + live.arguments(),
                Set.of());
        choices.write((format, colour) -> Reports.explained(outage, prediction, format, view.coloured(colour)), around);
        return Exit.FINE;
    }
}
