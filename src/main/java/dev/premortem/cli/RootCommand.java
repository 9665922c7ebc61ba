package dev.premortem.cli;

import dev.premortem.source.text.Near;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code premortem}: without arguments it checks the folder it stands in. */
@Command(
        name = "premortem",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Finds the outages that wait in a Kubernetes estate before they happen.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  premortem                          check the folder you stand in",
            "  premortem check examples/saturday  predict what waits in an estate",
            "  helm template web | premortem check -",
            "  premortem simulate . --fail link/primary --for 4h",
            "  premortem fix k7f3a | git apply    apply a proven remedy",
            "",
            "Exit codes: 0 nothing at or above the threshold, 1 something is,",
            "2 wrong usage or nothing that could be read, 3 a bug of ours."
        })
final class RootCommand implements Callable<Integer> {
    private final Surroundings around;

    RootCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        throw new WrongUsage("which command? " + String.join(", ", commands(line(around))) + " (premortem --help)");
    }

    /** The parser with every command. */
    static CommandLine line(Surroundings around) {
        CommandLine line = new CommandLine(new RootCommand(around));
        line.addSubcommand(new CheckCommand(around));
        line.addSubcommand(new SimulateCommand(around));
        line.addSubcommand(new ExplainCommand(around));
        line.addSubcommand(new FixCommand(around));
        line.addSubcommand(new CompletionCommand(around));
        boolean colour = around.outTerminal() && around.variable("NO_COLOR").isEmpty();
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(colour ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setOut(new PrintWriter(around.out(), true, around.out().charset()));
        line.setErr(new PrintWriter(around.err(), true, around.err().charset()));
        line.setUsageHelpWidth(80);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((wrong, arguments) -> Main.usage(explain(wrong), around));
        line.setExecutionExceptionHandler((failure, command, parsed) -> Main.failure(failure, around));
        return line;
    }

    private static List<String> commands(CommandLine line) {
        return List.copyOf(line.getSubcommands().keySet());
    }

    private static String explain(ParameterException wrong) {
        CommandLine line = wrong.getCommandLine();
        String help = " (" + line.getCommandSpec().qualifiedName() + " --help)";
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            return Objects.requireNonNullElse(wrong.getMessage(), "")
                            .lines()
                            .findFirst()
                            .orElse("wrong usage")
                    + help;
        }
        String word = unmatched.getUnmatched().getFirst();
        if (word.startsWith("-")) {
            List<String> options = line.getCommandSpec().options().stream()
                    .map(option -> option.longestName())
                    .sorted()
                    .toList();
            return "no option is called " + word + near(word, options) + help;
        }
        if (!line.getSubcommands().isEmpty()) {
            return "no command is called " + word
                    + near(word, commands(line))
                    + "; to check a path: premortem check " + word;
        }
        return "one argument too many: " + word + help;
    }

    static String near(String word, List<String> names) {
        return Near.nearest(word, names)
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }
}
