package dev.premortem.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PatchLinesTest {
    @Test
    void aHunkIsLinesThatGoAndTextThatComes() {
        String patch = "--- a/x.yaml\n+++ b/x.yaml\n@@ -2,5 +2,6 @@\n a\n-b\n+B\n+C\n d\n--- e\n f\n+g\n";
        List<PatchLines.Change> changes = PatchLines.of(patch).orElseThrow();
        assertEquals(
                List.of(new PatchLines.Change(
                        "x.yaml",
                        List.of(
                                new PatchLines.Replacement(3, 1, "B\nC\n"),
                                new PatchLines.Replacement(5, 1, ""),
                                new PatchLines.Replacement(7, 0, "g\n")))),
                changes);
    }

    @Test
    void severalFilesAndInsertionsAreTold() {
        String patch = "--- a/x\n+++ b/x\n@@ -4,0 +5 @@\n+new\n--- a/y\n+++ b/y\n@@ -1 +1 @@\n-1\n+2\n";
        List<PatchLines.Change> changes = PatchLines.of(patch).orElseThrow();
        assertEquals(
                List.of(new PatchLines.Replacement(5, 0, "new\n")),
                changes.get(0).replacements());
        assertEquals(
                List.of(new PatchLines.Replacement(1, 1, "2\n")), changes.get(1).replacements());
    }

    @Test
    void whatIsNotWholeLinesOfFilesThatAreThereIsNoChange() {
        assertTrue(PatchLines.of("").isEmpty());
        assertTrue(
                PatchLines.of("--- /dev/null\n+++ b/x\n@@ -0,0 +1 @@\n+new\n").isEmpty());
        assertTrue(PatchLines.of("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-1\n\\ No newline at end of file\n+2\n")
                .isEmpty());
        assertTrue(PatchLines.of("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-1\n+2\n\\ No newline at end of file\n")
                .isEmpty());
        assertTrue(PatchLines.of("--- \"a/\\303\"\n+++ \"b/\\303\"\n@@ -1 +1 @@\n-1\n+2\n")
                .isEmpty());
        assertTrue(PatchLines.of("--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n-1\n").isEmpty());
    }
}
