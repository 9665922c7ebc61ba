package dev.premortem.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What a command did, as a user sees it. The clock stands at the first of February 2026. */
public record Ran(int code, String out, String err) {
    /** Without variables and without stdin. */
    public static Ran run(String... arguments) {
        return with(Map.of(), "", arguments);
    }

    static Ran with(Map<String, String> environment, String stdin, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(
                arguments,
                around(
                        environment,
                        stdin,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8)));
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Surroundings without a terminal. */
    static Surroundings around(Map<String, String> environment, String stdin, PrintStream out, PrintStream err) {
        return new Surroundings(
                () -> Instant.parse("2026-02-01T00:00:00Z"),
                environment,
                Optional.empty(),
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                out,
                err,
                false,
                false);
    }
}
