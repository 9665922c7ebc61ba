package dev.premortem.cli;

import dev.premortem.report.Visible;
import dev.premortem.twin.ChoiceCycle;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;

/** The entry: hands clock, environment and streams to the command and turns what comes of it into an exit code. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        // UTF-8 whatever the locale says: arrows and accents of the estate must not become question marks
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        int code = run(
                arguments,
                new Surroundings(
                        InstantSource.system(),
                        System.getenv(),
                        CacheFolder.program(),
                        System.in,
                        out,
                        err,
                        Boolean.getBoolean("premortem.stdout.terminal"),
                        Boolean.getBoolean("premortem.stderr.terminal")));
        out.flush();
        System.exit(code);
    }

    /** Runs one command in the surroundings given. */
    static int run(String[] arguments, Surroundings around) {
        String[] words = arguments.length == 0 ? new String[] {"check", "."} : arguments;
        CommandLine line = RootCommand.line(around, words);
        try {
            return line.execute(words);
        } catch (RuntimeException | Error bug) {
            return internal(bug, around);
        }
    }

    /** One line for what a person can put right; a bug says how to report it. */
    static int failure(Exception failure, Surroundings around) {
        return switch (failure) {
            case WrongUsage wrong -> usage(String.valueOf(wrong.getMessage()), around);
            case ChoiceCycle cycle -> usage(describe(cycle), around);
            default -> internal(failure, around);
        };
    }

    static int usage(String message, Surroundings around) {
        around.err().println("premortem: " + Visible.of(message));
        return Exit.USAGE;
    }

    private static String describe(ChoiceCycle cycle) {
        List<String> members = cycle.members().stream()
                .map(condition -> condition.plain())
                .distinct()
                .toList();
        String path = members.stream().limit(6).collect(Collectors.joining(" → "));
        return "a choice depends on what it decides: " + path
                + "; expected a preference that does not rest on what it carries";
    }

    private static int internal(Throwable bug, Surroundings around) {
        if (bug instanceof OutOfMemoryError) {
            return usage(
                    "there is too little memory for an estate of this size; expected fewer files, or more by"
                            + " PREMORTEM_JAVA_OPTIONS=-Xmx4g",
                    around);
        }
        if (!around.variable("PREMORTEM_DEBUG").isEmpty()) {
            bug.printStackTrace(around.err());
        }
        String said = String.valueOf(bug.getMessage()).lines().findFirst().orElse("");
        around.err()
                .println("premortem: a bug of ours: " + bug.getClass().getSimpleName() + ": " + said
                        + " (PREMORTEM_DEBUG=1 shows where; please report it with the command you ran)");
        return Exit.INTERNAL;
    }
}
