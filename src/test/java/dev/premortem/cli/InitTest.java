package dev.premortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code init} writes once and never again. */
final class InitTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void aTree() throws IOException {
        Files.writeString(
                folder.resolve("web.yaml"),
                "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {type: LoadBalancer}\n");
    }

    @Test
    void theFileIsWrittenOnceAndReadByCheck() throws IOException {
        Path file = folder.resolve("premortem/estate.yaml");
        Ran first = Ran.run("init", folder.toString());
        assertEquals(0, first.code(), first.err());
        assertTrue(first.out().contains("Wrote " + file + ": 1 site, 1 cluster."), first.out());
        String text = Files.readString(file);
        assertTrue(text.contains("# loadBalancer: {provider: NAME"), text);
        Ran check = Ran.run("check", folder.toString());
        assertEquals(0, check.code(), check.err());
        assertEquals("", check.err());
        Ran again = Ran.run("init", folder.toString());
        assertEquals(0, again.code());
        assertTrue(again.out().contains("says all that init would write"), again.out());
        assertEquals(text, Files.readString(file));
    }

    @Test
    void aSecondRunShowsTheDifferenceAndWritesNothing() throws IOException {
        Path file = folder.resolve("premortem/estate.yaml");
        Ran.run("init", folder.toString());
        String mine = Files.readString(file).replace("site-1", "toronto");
        Files.writeString(file, mine);
        Ran ran = Ran.run("init", folder.toString());
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().contains("stays as it is"), ran.out());
        assertTrue(ran.out().contains("-  site: toronto # guess"), ran.out());
        assertTrue(ran.out().contains("+  site: site-1 # guess"), ran.out());
        assertEquals(mine, Files.readString(file));
    }

    @Test
    void whatIsDeclaredNeedsNoDraft() {
        Ran ran = Ran.run(
                "init",
                "examples/crosslink",
                "--output",
                folder.resolve("x.yaml").toString());
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.out().startsWith("Nothing to write"), ran.out());
        assertFalse(Files.exists(folder.resolve("x.yaml")));
    }

    @Test
    void nothingIsWrittenThroughALinkOrWhereNothingIsRead() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path tree = Files.createDirectory(folder.resolve("tree"));
        assertEquals(2, Ran.run("init", tree.toString()).code());
        Files.copy(folder.resolve("web.yaml"), tree.resolve("web.yaml"));
        Files.createSymbolicLink(tree.resolve("premortem"), elsewhere);
        Ran ran = Ran.run("init", tree.toString());
        assertEquals(2, ran.code(), ran.out());
        assertTrue(ran.err().contains("is a symbolic link"), ran.err());
        assertFalse(Files.exists(elsewhere.resolve("estate.yaml")));
        assertEquals(2, Ran.run("init", tree.resolve("web.yaml").toString()).code());
    }
}
