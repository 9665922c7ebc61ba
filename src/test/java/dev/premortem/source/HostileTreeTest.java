package dev.premortem.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.testing.HostileTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that were made to do harm, through the whole program in a process with little memory: a line each, in bounded time. */
class HostileTreeTest {
    /** Many times what it takes, because builds share machines. */
    private static final Duration MOST = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    @Test
    void everyTrapIsToldAndTheRestIsRead() throws Exception {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        SortedMap<String, String> told = HostileTree.write(tree, 1);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx700m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.premortem.cli.Main",
                "check",
                tree.toString(),
                "--format",
                "json",
                "--fail-on",
                "none",
                "--now",
                "2026-01-01T00:00:00Z");
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertTrue(process.waitFor(MOST.toSeconds(), TimeUnit.SECONDS), "it takes more than " + MOST);
        String said = Files.readString(err, StandardCharsets.UTF_8);
        assertEquals(0, process.exitValue(), said);
        String result = Files.readString(out, StandardCharsets.UTF_8);
        told.forEach((file, line) -> assertTrue(
                said.contains(line) || result.contains(line), file + ": nothing says " + line + "\n" + said));
        assertFalse(said.contains("\u001b"), said);
        assertFalse(said.contains("\u202e"), said);
        assertFalse(said.contains("\tat "), said);
        assertFalse(result.contains("ConfigMap/outside"), "a link was followed");
        assertTrue(said.lines().count() <= 41, "more than forty lines: " + said);
    }
}
