package dev.premortem.source;

import static dev.premortem.source.Readings.problems;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.source.text.Limits;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input gives one clear line each, never an exception, and the rest is read. */
class BadInputTest {
    private static final String GOOD = "apiVersion: v1\nkind: Service\nmetadata: {name: good}\n";

    @TempDir
    Path tree;

    private Reading read() {
        return Sources.read(List.of(tree), Limits.DEFAULT);
    }

    private void write(String name, String text) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void onlyProblem(String start) throws IOException {
        write("good.yaml", GOOD);
        Reading reading = read();
        assertEquals(1, problems(reading).size(), problems(reading).toString());
        assertTrue(
                problems(reading).getFirst().startsWith(start),
                problems(reading).getFirst());
        assertFalse(reading.nothingRead());
        assertEquals(1, reading.estate().objects().size());
    }

    @Test
    void namesTheLineOfBrokenYaml() throws IOException {
        write("bad.yaml", "a: 1\nb: [1,\nc: }\n");
        onlyProblem("bad.yaml:3: ");
    }

    @Test
    void namesTheLineOfATab() throws IOException {
        write("bad.yaml", "a: 1\n\tb: 2\n");
        onlyProblem("bad.yaml:2: ");
    }

    @Test
    void namesTheLineOfNulBytes() throws IOException {
        write("bad.yaml", "a: 1\nb: \0\n");
        onlyProblem("bad.yaml:2: has NUL bytes");
    }

    @Test
    void namesTheLineOfInvalidText() throws IOException {
        Files.write(tree.resolve("bad.yaml"), new byte[] {'a', ':', ' ', '1', '\n', 'b', ':', ' ', (byte) 0xff, '\n'});
        onlyProblem("bad.yaml:2: is not valid UTF-8");
    }

    @Test
    void doesNotReadALargeFile() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(tree.resolve("big.yaml").toFile(), "rw")) {
            file.setLength(200L << 20);
        }
        onlyProblem("big.yaml: has 200 MiB; not read; expected at most 64 MiB");
    }

    @Test
    void stopsAtWhatAllFilesMayHave() throws IOException {
        write("good.yaml", GOOD);
        write("more.yaml", "a: " + "x".repeat(100) + "\n");
        Reading reading = Sources.read(List.of(tree), new Limits(1_000, 100, 10, 100));
        assertTrue(
                problems(reading).getFirst().startsWith("more.yaml: is past the limit"),
                problems(reading).toString());
    }

    @Test
    void reportsALinkLoop() throws IOException {
        Files.createDirectories(tree.resolve("folder"));
        Files.createSymbolicLink(tree.resolve("folder/up"), tree);
        onlyProblem("folder/up: is a loop of symbolic links");
    }

    @Test
    void reportsALinkToItself() throws IOException {
        Files.createSymbolicLink(tree.resolve("self.yaml"), Path.of("self.yaml"));
        onlyProblem("self.yaml: is a loop of symbolic links");
    }

    @Test
    void doesNotFollowALinkOutOfTheTree(@TempDir Path outside) throws IOException {
        Files.writeString(outside.resolve("other.yaml"), GOOD.replace("good", "other"));
        Files.createSymbolicLink(tree.resolve("out.yaml"), outside.resolve("other.yaml"));
        onlyProblem("out.yaml: is a symbolic link out of the tree");
    }

    @Test
    void saysThatNothingWasRead() {
        Reading empty = read();
        assertTrue(empty.nothingRead());
        assertEquals(List.of(), problems(empty));
        Reading missing = Sources.read(List.of(tree.resolve("nowhere")), Limits.DEFAULT);
        assertTrue(missing.nothingRead());
        assertTrue(problems(missing).getFirst().contains("does not exist"));
    }

    @Test
    void saysThatNothingOfUseWasRead() throws IOException {
        write("broken.yaml", "a: [\n");
        write("garbled.pem", "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n");
        write("package.json", "{\"name\": \"x\"}\n");
        assertTrue(read().nothingRead());
        assertEquals(2, problems(read()).size());
    }

    @Test
    void leavesOutTheFirstOfTwoCopies() throws IOException {
        write("a/good.yaml", GOOD);
        write("b/good.yaml", GOOD);
        assertEquals(
                "the same object stands in b/good.yaml:1, which counts",
                read().coverage().notUnderstood().getFirst().reason());
        assertEquals(1, read().estate().objects().size());
        write("s.yaml", "apiVersion: premortem.dev/v1\nkind: Site\nmetadata: {name: s}\n");
        write("t.yaml", "apiVersion: premortem.dev/v1\nkind: Site\nmetadata: {name: s}\n");
        assertTrue(
                problems(read()).getFirst().startsWith("t.yaml:1: site/s is declared twice"),
                problems(read()).toString());
    }

    @Test
    void namesSeveralTreesApart(@TempDir Path other) throws IOException {
        write("good.yaml", GOOD);
        Files.writeString(other.resolve("good.yaml"), GOOD.replace("good", "second"));
        Reading reading = Sources.read(List.of(tree, other.resolve("good.yaml")), Limits.DEFAULT);
        assertEquals(2, reading.estate().objects().size());
        assertTrue(
                reading.texts().containsKey(other + "/good.yaml"),
                reading.texts().keySet().toString());
    }

    @Test
    void passesOverBinariesAndForeignFiles() throws IOException {
        Files.write(tree.resolve("picture.png"), new byte[] {1, 0, 2});
        write("README.md", "apiVersion: v1\nkind: x\n".indent(4));
        write(".git/config", "a: [");
        write("good.yaml", GOOD);
        assertEquals(List.of(), problems(read()));
        assertEquals(1, read().coverage().objects());
    }

    @Test
    void toleratesWrongShapesEverywhere() {
        for (String spec : List.of(
                "1",
                "[]",
                "[{}]",
                "{template: 1}",
                "{template: {spec: []}}",
                "{template: {spec: {containers: {a: 1}}}}",
                "{template: {spec: {containers: [1, {env: 3, args: {a: 1}, volumeMounts: [x]}]}}}",
                "{rules: [1, {http: {paths: 3}}]}",
                "{tls: 3}")) {
            for (String kind : List.of(
                    "Deployment",
                    "Service",
                    "Ingress",
                    "IngressRoute",
                    "HTTPRoute",
                    "Certificate",
                    "CronJob",
                    "Node",
                    "Secret")) {
                Readings.of(
                        "x.yaml",
                        "apiVersion: cert-manager.io/v1\nkind: " + kind
                                + "\nmetadata: {name: x, annotations: 3}\nspec: " + spec + "\n");
            }
            for (String kind : List.of(
                    "Site", "Link", "Cluster", "HostedService", "Product", "DnsZone", "Assumptions", "Observation")) {
                Readings.of(
                        "x.yaml",
                        "apiVersion: premortem.dev/v1\nkind: " + kind + "\nmetadata: {name: x}\nspec: " + spec + "\n");
            }
        }
    }
}
