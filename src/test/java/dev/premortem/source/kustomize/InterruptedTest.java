package dev.premortem.source.kustomize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.cli.Main;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is ended takes the kustomize that it runs with it, and the copy that it made. */
final class InterruptedTest {
    @Test
    void nothingRunsOnAndNothingIsLeft(@TempDir Path folder) throws Exception {
        Path pid = folder.resolve("pid");
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        Path program = Files.writeString(
                bin.resolve("kustomize"),
                "#!/bin/sh\n[ \"$1\" = version ] && { echo v5.5.0; exit 0; }\necho $$ >" + pid + ".new\n/bin/mv " + pid
                        + ".new " + pid + "\nexec /bin/sleep 300\n");
        assertTrue(program.toFile().setExecutable(true));
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.writeString(tree.resolve("kustomization.yaml"), "resources: [a.yaml]\n");
        Files.writeString(tree.resolve("a.yaml"), "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "check",
                        tree.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile());
        builder.environment().put("PATH", bin.toString());
        builder.environment().put("PREMORTEM_CACHE", "off");
        Process process = builder.start();
        while (!Files.exists(pid)) {
            assertTrue(process.isAlive(), Files.readString(folder.resolve("said")));
            Thread.onSpinWait();
        }
        ProcessHandle child =
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).orElseThrow();
        process.destroy();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        child.onExit().get(60, TimeUnit.SECONDS);
        try (Stream<Path> left = Files.list(temporary)) {
            assertEquals(
                    List.of(),
                    left.filter(path -> path.toString().contains("kustomize")).toList());
        }
    }
}
