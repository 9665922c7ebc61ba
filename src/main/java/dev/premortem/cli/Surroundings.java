package dev.premortem.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What the program finds around it. Handed in, so that tests run commands as a user would, without a process.
 *
 * @param program tells this build from every other; empty for one that may change between two runs, as classes that are not packed do
 * @param outTerminal true where stdout is a terminal
 * @param errTerminal true where stderr is a terminal
 */
record Surroundings(
        InstantSource clock,
        Map<String, String> environment,
        Optional<String> program,
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean outTerminal,
        boolean errTerminal) {
    /** The value of a variable, empty where it is not set. */
    String variable(String name) {
        return environment.getOrDefault(name, "");
    }
}
