package dev.premortem.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.text.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreeCacheTest {
    @TempDir
    private Path tree;

    @TempDir
    private Path folder;

    @BeforeEach
    void aTreeThatIsWorthIt() throws IOException {
        for (int i = 0; i < 200; i++) {
            write("maps/m" + i + ".yaml", "ConfigMap", "m" + i, "data:\n  text: |\n    " + "line ".repeat(500) + "\n");
        }
        write("secret.yaml", "Secret", "hidden", "data:\n  tls.crt: b3Blbg==\n  password: aGlkZGVuLXdvcmQ=\n");
        Files.writeString(tree.resolve("broken.yaml"), "a: [1,\nb: }\n");
        Files.writeString(tree.resolve("values.yaml"), "traefik:\n  token: {{ .Values.token }}\n");
    }

    private void write(String name, String kind, String called, String rest) throws IOException {
        Path file = tree.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(
                file, "apiVersion: v1\nkind: " + kind + "\nmetadata: {name: " + called + ", namespace: n}\n" + rest);
    }

    private Reading read(String program) {
        TreeCache cache = TreeCache.in(ContentCache.in(folder), program);
        return Sources.read(List.of(tree), Means.PLAIN.remembering(cache));
    }

    private List<Path> contents() throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static void same(Reading expected, Reading actual) {
        assertEquals(expected.documents(), actual.documents());
        assertEquals(expected.parsing().documents(), actual.parsing().documents());
        assertEquals(expected.coverage(), actual.coverage());
        assertEquals(expected.texts(), actual.texts());
    }

    @Test
    void aSecondRunReadsTheSame() throws IOException {
        Reading plain = Sources.read(List.of(tree), Limits.DEFAULT);
        same(plain, read("1"));
        assertEquals(1, contents().size());
        FileTime written = Files.getLastModifiedTime(contents().getFirst());
        Files.setLastModifiedTime(contents().getFirst(), FileTime.fromMillis(written.toMillis() - 60_000));
        FileTime before = Files.getLastModifiedTime(contents().getFirst());
        same(plain, read("1"));
        assertEquals(before, Files.getLastModifiedTime(contents().getFirst()), "written again without need");
    }

    @Test
    void aPackIsWrittenAnewWhenManyFilesAreNotInIt() throws IOException {
        read("1");
        FileTime past = FileTime.fromMillis(1_000_000_000_000L);
        for (int changed = 1; changed <= 6; changed++) {
            Files.setLastModifiedTime(contents().getFirst(), past);
            write("maps/m" + changed + ".yaml", "ConfigMap", "m" + changed, "data: {x: \"" + changed + "\"}\n");
            same(Sources.read(List.of(tree), Limits.DEFAULT), read("1"));
            boolean anew = !Files.getLastModifiedTime(contents().getFirst()).equals(past);
            assertEquals(changed == 5, anew, changed + " of 203 files");
        }
    }

    @Test
    void aChangedFileIsReadAgain() throws IOException {
        read("1");
        write("maps/m7.yaml", "ConfigMap", "other", "data: {}\n");
        Files.delete(tree.resolve("maps/m8.yaml"));
        same(Sources.read(List.of(tree), Limits.DEFAULT), read("1"));
        same(Sources.read(List.of(tree), Limits.DEFAULT), read("1"));
    }

    @Test
    void aChartThatAppearsMakesTemplatesOfWhatWasRead() throws IOException {
        write("c/templates/t.yaml", "ConfigMap", "t", "data: {x: \"{{ y }}\"}\n");
        read("1");
        Files.writeString(tree.resolve("c/Chart.yaml"), "apiVersion: v2\nname: c\nversion: 1.0.0\n");
        same(Sources.read(List.of(tree), Limits.DEFAULT), read("1"));
    }

    @Test
    void damagedContentsAreAsNone() throws IOException {
        read("1");
        Path content = contents().getFirst();
        byte[] bytes = Files.readAllBytes(content);
        bytes[bytes.length / 2] ^= 1;
        Files.write(content, bytes);
        same(Sources.read(List.of(tree), Limits.DEFAULT), read("1"));
        Files.write(content, new byte[5]);
        same(Sources.read(List.of(tree), Limits.DEFAULT), read("1"));
        Files.write(content, new byte[0]);
        same(Sources.read(List.of(tree), Limits.DEFAULT), read("1"));
    }

    @Test
    void anotherProgramHasItsOwn() throws IOException {
        read("1");
        read("2");
        assertEquals(2, contents().size());
        assertNotEquals(contents().get(0), contents().get(1));
    }

    @Test
    void noSecretIsKeptAndOthersMayNotRead() throws IOException {
        read("1");
        String kept = Files.readString(contents().getFirst(), StandardCharsets.ISO_8859_1);
        assertTrue(kept.contains("m199"));
        assertFalse(kept.contains("hidden"), "the Secret is kept");
        assertFalse(kept.contains("b3Blbg"), "the Secret's certificate is kept");
        assertEquals(
                "rw-------",
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(contents().getFirst())));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)));
    }

    @Test
    void theOldestContentsGoFirstAndNothingElseGoes() throws IOException {
        ContentCache cache = ContentCache.in(folder);
        for (int i = 0; i < 4; i++) {
            String name = new ContentCache.Key("x").with(String.valueOf(i)).name();
            cache.keep(name, new byte[100]);
            Files.setLastModifiedTime(
                    folder.resolve(name.substring(0, 2)).resolve(name), FileTime.fromMillis(1_000_000L + 1_000L * i));
        }
        Path other = Files.write(folder.resolve("notes.txt"), new byte[1000]);
        cache.trim(250);
        assertTrue(Files.exists(other));
        assertTrue(cache.find(new ContentCache.Key("x").with("0").name()).isEmpty());
        assertTrue(cache.find(new ContentCache.Key("x").with("1").name()).isEmpty());
        assertTrue(cache.find(new ContentCache.Key("x").with("2").name()).isPresent());
        assertTrue(cache.find(new ContentCache.Key("x").with("3").name()).isPresent());
    }
}
