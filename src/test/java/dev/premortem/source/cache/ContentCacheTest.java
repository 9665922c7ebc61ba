package dev.premortem.source.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentCacheTest {
    @TempDir
    private Path folder;

    private static final byte[] CONTENT = "made".getBytes(StandardCharsets.UTF_8);

    @Test
    void whatIsKeptIsFoundByAnotherRun() {
        String name = new ContentCache.Key("chart 1").with("values").name();
        assertTrue(ContentCache.in(folder.resolve("new")).keep(name, CONTENT));
        assertArrayEquals(
                CONTENT, ContentCache.in(folder.resolve("new")).find(name).orElseThrow());
        assertTrue(ContentCache.in(folder).find(name).isEmpty());
    }

    @Test
    void partsAreToldApart() {
        assertEquals(
                new ContentCache.Key("a").with("b").name(),
                new ContentCache.Key("a").with("b").name());
        assertNotEquals(
                new ContentCache.Key("a").with("bc").with("d").name(),
                new ContentCache.Key("a").with("b").with("cd").name());
        assertNotEquals(new ContentCache.Key("a").with("b").name(), new ContentCache.Key("ab").name());
    }

    @Test
    void aCacheThatCannotBeWrittenIsAsAnEmptyOne() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        String name = new ContentCache.Key("x").name();
        assertFalse(ContentCache.in(file).keep(name, CONTENT));
        assertTrue(ContentCache.in(file).find(name).isEmpty());
        assertFalse(ContentCache.none().keep(name, CONTENT));
    }

    @Test
    void aNameNeverLeavesTheFolder() {
        assertThrows(
                IllegalArgumentException.class, () -> ContentCache.in(folder).find("../../etc/passwd"));
    }
}
