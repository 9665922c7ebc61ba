package dev.premortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.source.settings.Keys;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Every option has a variable, and the command line wins over it. */
final class VariablesTest {
    private static final Path PAGE = Path.of("docs", "configuration.md");

    @TempDir
    private Path folder;

    private static Ran run(Map<String, String> environment, String... arguments) {
        return Ran.with(environment, "", arguments);
    }

    private static List<OptionSpec> options(CommandLine line) {
        List<OptionSpec> options = new ArrayList<>();
        for (OptionSpec option : line.getCommandSpec().options()) {
            if (!option.usageHelp() && !option.versionHelp()) {
                options.add(option);
            }
        }
        line.getSubcommands().values().forEach(command -> options.addAll(options(command)));
        return options;
    }

    private static List<OptionSpec> everyOption() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        return options(RootCommand.line(Ran.around(Map.of(), "", nowhere, nowhere)));
    }

    @Test
    void everyOptionOfEveryCommandTakesItsVariable() {
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        List<OptionSpec> options = everyOption();
        assertTrue(options.size() > 20, "options: " + options.size());
        for (OptionSpec option : options) {
            String variable = Defaults.variable(option);
            assertTrue(variable.matches("PREMORTEM_[A-Z_]+"), variable);
            Defaults defaults = new Defaults(
                    Ran.around(Map.of(variable, "true"), "", nowhere, nowhere), Collections.emptySortedMap());
            assertEquals("true", defaults.defaultValue(option), variable);
        }
    }

    @Test
    void thePageListsEveryVariable() throws Exception {
        String page = Files.readString(PAGE);
        for (OptionSpec option : everyOption()) {
            String row = "| `" + Defaults.variable(option) + "` | `" + option.longestName() + "`";
            assertTrue(page.contains(row), PAGE + " lacks the row " + row);
        }
    }

    @Test
    void theCommandLineWinsOverTheEnvironment() {
        assertEquals(
                0,
                run(Map.of("PREMORTEM_FAIL_ON", "none"), "check", "examples/crosslink")
                        .code());
        assertEquals(
                1,
                run(Map.of("PREMORTEM_FAIL_ON", "none"), "check", "examples/crosslink", "--fail-on", "high")
                        .code());
    }

    @Test
    void aFlagGivenTwiceIsStillGivenAndMayBeTakenBack() {
        Map<String, String> all = Map.of("PREMORTEM_ALL", "1");
        String more = run(all, "check", "examples/crosslink").out();
        assertEquals(more, run(all, "check", "examples/crosslink", "--all").out());
        assertEquals(
                run(Map.of(), "check", "examples/crosslink").out(),
                run(all, "check", "examples/crosslink", "--all=false").out());
    }

    @Test
    void aMisspeltVariableIsNamed() {
        Ran ran = run(Map.of("PREMORTEM_FAILON", "none", "PREMORTEM_JAVA_OPTIONS", "-Xmx1g"), "explain");
        assertEquals("no option has the variable PREMORTEM_FAILON; did you mean PREMORTEM_FAIL_ON?\n", ran.err());
    }

    /** Options of one run, and those that connect or run a program: a repository does not say them. */
    @Test
    void aRepositoryMaySetEveryOptionOfCheckButThoseOfOneRun() {
        Set<String> own = Set.of("now", "output", "write-baseline", "no-accept", "fetch", "helm", "live", "prometheus");
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
        CommandLine check = Objects.requireNonNull(RootCommand.line(Ran.around(Map.of(), "", nowhere, nowhere))
                .getSubcommands()
                .get("check"));
        for (OptionSpec option : options(check)) {
            String name = option.longestName().substring(2);
            assertEquals(!own.contains(name), Keys.options().containsValue(name), name);
        }
    }

    @Test
    void aBadVariableIsNamed() {
        Ran ran = run(Map.of("PREMORTEM_HORIZON", "soon"), "check", "examples/crosslink");
        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("variable PREMORTEM_HORIZON: "), ran.err());
        assertTrue(ran.err().contains("expected a duration"), ran.err());
    }

    @Test
    void oneRunWritesSeveralFormatsByPosition() throws Exception {
        Path json = folder.resolve("found.json");
        Ran ran = run(
                Map.of(),
                "check",
                "examples/crosslink",
                "--format",
                "json",
                "--output",
                json.toString(),
                "--format",
                "text");
        assertTrue(ran.out().startsWith("1 outage waits here"), ran.out());
        assertTrue(Files.readString(json).startsWith("{"), json.toString());
        Ran mixed = run(Map.of(), "check", "examples/crosslink", "--format", "json", "--format", "text");
        assertEquals(2, mixed.code());
        assertTrue(mixed.err().contains("mixed on stdout"), mixed.err());
        Ran many = run(Map.of(), "check", "examples/crosslink", "--output", "a", "--output", "b");
        assertTrue(many.err().contains("expected one --format for each --output"), many.err());
    }

    @Test
    void mechanismsMayBeLeftOut() {
        Ran ran = run(Map.of(), "check", "examples/crosslink", "--not-mechanism", "path-mtu", "--format", "json");
        assertFalse(ran.out().contains("\"mechanism\" : \"path-mtu\""), ran.out());
        assertTrue(run(Map.of(), "check", "examples/crosslink", "--not-mechanism", "path-mtuu")
                .err()
                .contains("did you mean path-mtu?"));
    }

    @Test
    void aCommandThatIsNamedIsAloneAndTheSame() {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Surroundings around = Ran.around(Map.of(), "", nowhere, nowhere);
        CommandLine whole = RootCommand.line(around);
        whole.getSubcommands().forEach((name, command) -> {
            CommandLine one = RootCommand.line(around, new String[] {name});
            assertEquals(Set.of(name), one.getSubcommands().keySet());
            assertEquals(
                    command.getUsageMessage(),
                    Objects.requireNonNull(one.getSubcommands().get(name)).getUsageMessage());
        });
        assertEquals(
                whole.getUsageMessage(),
                RootCommand.line(around, new String[] {"--help"}).getUsageMessage());
    }

    @Test
    void aVariableOfAnotherCommandIsNotMisspelt() {
        assertEquals(
                "",
                Ran.with(Map.of("PREMORTEM_FOR", "4h", "PREMORTEM_CACHE", "off"), "", "check", "--help")
                        .err());
        Ran ran = Ran.with(Map.of("PREMORTEM_BUDGT", "4"), "", "check", "examples/saturday");
        assertEquals("no option has the variable PREMORTEM_BUDGT; did you mean PREMORTEM_BUDGET?\n", ran.err());
    }
}
