package dev.premortem.cli;

import dev.premortem.source.settings.Setting;
import dev.premortem.source.settings.Settings;
import dev.premortem.source.text.Near;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
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
            "  premortem init                     begin to declare what no repository holds",
            "  premortem fix k7f3a | git apply    apply a proven remedy",
            "",
            "Exit codes: 0 nothing at or above the threshold, 1 something is,",
            "2 wrong usage or nothing that could be read, 3 a bug of ours.",
            "",
            "Every option has a variable: PREMORTEM_FAIL_ON=medium for --fail-on medium.",
            "The command line wins over variables, these over .premortem.yaml",
            "(docs/configuration.md)."
        })
final class RootCommand implements Callable<Integer> {
    /** The commands by the name that they bear, in the order of the help. */
    private static final Map<String, Function<Surroundings, Callable<Integer>>> COMMANDS = commands();

    private final Surroundings around;

    RootCommand(Surroundings around) {
        this.around = around;
    }

    private static Map<String, Function<Surroundings, Callable<Integer>>> commands() {
        Map<String, Function<Surroundings, Callable<Integer>>> commands = new LinkedHashMap<>();
        commands.put("check", CheckCommand::new);
        commands.put("simulate", SimulateCommand::new);
        commands.put("explain", ExplainCommand::new);
        commands.put("fix", FixCommand::new);
        commands.put("cuts", CutsCommand::new);
        commands.put("advise", AdviseCommand::new);
        commands.put("init", InitCommand::new);
        commands.put("completion", CompletionCommand::new);
        return commands;
    }

    @Override
    public Integer call() {
        throw new WrongUsage("which command? " + String.join(", ", commands(line(around))) + " (premortem --help)");
    }

    /** The parser with every command. */
    static CommandLine line(Surroundings around) {
        return line(around, new Defaults(around, Collections.emptySortedMap()), _ -> true);
    }

    /** The parser for some words: where they begin with a command, with that one alone, because telling picocli of the others takes as long as a small check. */
    static CommandLine line(Surroundings around, String[] words) {
        CommandLine line = line(around, new Defaults(around, Collections.emptySortedMap()), named(words));
        line.setExecutionStrategy(parsed -> configured(parsed, around));
        return line;
    }

    private static Predicate<String> named(String[] words) {
        return words.length > 0 && COMMANDS.containsKey(words[0]) ? words[0]::equals : _ -> true;
    }

    /** Runs what was parsed; where a {@code .premortem.yaml} sets options, what was said is parsed again with these as defaults. */
    private static int configured(ParseResult parsed, Surroundings around) {
        Defaults.misspelt(parsed.commandSpec().commandLine(), () -> line(around), around);
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        if (last.commandSpec().userObject() instanceof Rooted rooted && !last.isUsageHelpRequested()) {
            SortedMap<String, Setting> options = Settings.of(rooted.roots()).options();
            if (!options.isEmpty()) {
                String[] words = parsed.originalArgs().toArray(String[]::new);
                return line(around, new Defaults(around, options), named(words)).execute(words);
            }
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    private static CommandLine line(Surroundings around, Defaults defaults, Predicate<String> wanted) {
        CommandLine line = new CommandLine(new RootCommand(around));
        COMMANDS.forEach((name, make) -> {
            if (wanted.test(name)) {
                line.addSubcommand(make.apply(around));
            }
        });
        line.getSubcommands().forEach((name, command) -> {
            Defaults.flags(command.getCommandSpec());
            if (name.equals("check")) {
                Choices.everyFormat(command.getCommandSpec());
            }
        });
        line.setDefaultValueProvider(defaults);
        boolean colour = around.outTerminal() && around.variable("NO_COLOR").isEmpty();
        line.setColorScheme(
                CommandLine.Help.defaultColorScheme(colour ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setOut(new PrintWriter(around.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(around.err(), true, StandardCharsets.UTF_8));
        line.setUsageHelpWidth(80);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler((wrong, arguments) -> Main.usage(explain(wrong, defaults), around));
        line.setExecutionExceptionHandler((failure, command, parsed) -> Main.failure(failure, around));
        return line;
    }

    private static List<String> commands(CommandLine line) {
        return List.copyOf(line.getSubcommands().keySet());
    }

    private static String explain(ParameterException wrong, Defaults defaults) {
        CommandLine line = wrong.getCommandLine();
        String help = " (" + line.getCommandSpec().qualifiedName() + " --help)";
        if (!(wrong instanceof UnmatchedArgumentException unmatched)) {
            String said = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("wrong usage");
            Optional<String> origin = Optional.ofNullable(wrong.getArgSpec())
                    .flatMap(argument -> defaults.origin(argument, String.valueOf(wrong.getValue())));
            return origin.map(where -> where + ": ").orElse("") + said + help;
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
