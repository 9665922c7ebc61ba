package dev.premortem.cli;

import dev.premortem.source.settings.Setting;
import dev.premortem.source.text.Near;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What options are where the command line does not say: a variable of the environment first, then {@code .premortem.yaml}, then the built-in value. */
final class Defaults implements IDefaultValueProvider {
    private static final String PREFIX = "PREMORTEM_";

    /** Variables that stand for no option. */
    private static final Set<String> OTHERS =
            Set.of("PREMORTEM_CACHE", "PREMORTEM_DEBUG", "PREMORTEM_JAVA_OPTIONS", "PREMORTEM_PROMETHEUS_TOKEN");

    private final Surroundings around;
    private final SortedMap<String, Setting> settings;

    /** @param settings by the long name of their option, without dashes */
    Defaults(Surroundings around, SortedMap<String, Setting> settings) {
        this.around = around;
        this.settings = settings;
    }

    /** The variable of an option: {@code PREMORTEM_FAIL_ON} for {@code --fail-on}. */
    static String variable(OptionSpec option) {
        return PREFIX + name(option).toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static String name(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    @Override
    @Nullable
    public String defaultValue(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option) || option.usageHelp() || option.versionHelp()) {
            return null;
        }
        String variable = around.variable(variable(option));
        if (!variable.isEmpty()) {
            return flag(option) ? truth(variable) : variable;
        }
        Setting setting = settings.get(name(option));
        // a repository says how its check looks, not that a patch of `fix` turns to JSON
        boolean elsewhere =
                name(option).equals("format") && !option.command().name().equals("check");
        return setting == null || elsewhere ? null : setting.value();
    }

    /** Where the value that was refused stands, for a message; empty for the command line. */
    Optional<String> origin(ArgSpec argument, String refused) {
        if (!(argument instanceof OptionSpec option)) {
            return Optional.empty();
        }
        String variable = around.variable(variable(option));
        if (!variable.isEmpty()) {
            return variable.contains(refused) ? Optional.of("variable " + variable(option)) : Optional.empty();
        }
        return Optional.ofNullable(settings.get(name(option)))
                .filter(setting -> setting.value().contains(refused))
                .map(setting -> setting.place().at());
    }

    /**
     * Names variables that are almost those of an option: what they say would be passed over unseen.
     *
     * @param line the parser that was used
     * @param whole the parser with every command, made where a variable is none of the first one's
     */
    static void misspelt(CommandLine line, Supplier<CommandLine> whole, Surroundings around) {
        Set<String> ours = new TreeSet<>();
        around.environment().keySet().stream()
                .filter(name -> name.startsWith(PREFIX) && !OTHERS.contains(name))
                .forEach(ours::add);
        if (variables(line).containsAll(ours)) {
            return;
        }
        Set<String> known = variables(whole.get());
        List<String> names =
                known.stream().map(name -> name.substring(PREFIX.length())).toList();
        ours.removeAll(known);
        for (String name : ours) {
            Near.nearest(name.substring(PREFIX.length()), names)
                    .ifPresent(near -> around.err()
                            .println("no option has the variable " + name + "; did you mean " + PREFIX + near + "?"));
        }
    }

    private static Set<String> variables(CommandLine line) {
        Set<String> known = new TreeSet<>();
        line.getCommandSpec().options().forEach(option -> known.add(variable(option)));
        line.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().options().forEach(option -> known.add(variable(option))));
        return known;
    }

    private static boolean flag(ArgSpec argument) {
        return argument.type() == boolean.class || argument.type() == Boolean.class;
    }

    /** Variables are set to 1 as often as to true. */
    private static String truth(String variable) {
        return switch (variable.toLowerCase(Locale.ROOT)) {
            case "1", "yes", "on" -> "true";
            case "0", "no", "off" -> "false";
            default -> variable;
        };
    }

    /**
     * Makes every flag of a command say true whatever its default is: picocli would turn a default of true, as the environment may give, into
     * false where the flag is given. {@code --all=false} takes back what the environment says.
     */
    static void flags(CommandSpec command) {
        for (OptionSpec option : List.copyOf(command.options())) {
            if (flag(option) && !option.usageHelp() && !option.versionHelp()) {
                command.remove(option);
                command.addOption(
                        OptionSpec.builder(option).fallbackValue("true").build());
            }
        }
    }
}
