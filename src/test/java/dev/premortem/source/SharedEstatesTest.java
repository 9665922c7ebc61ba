package dev.premortem.source;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.premortem.source.text.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Real estates are read whole; nothing in them may end in an exception. */
class SharedEstatesTest {
    @Test
    void readsEverySharedEstate() throws IOException {
        Path shared = Path.of("..", "shared", "estates");
        if (!Files.isDirectory(shared)) {
            Assumptions.abort("no ../shared/estates here");
        }
        List<Path> trees;
        try (Stream<Path> folders = Files.list(shared)) {
            trees = folders.filter(Files::isDirectory).sorted().toList();
        }
        for (Path tree : trees) {
            Reading reading = Sources.read(List.of(tree), Limits.DEFAULT);
            assertFalse(reading.nothingRead(), tree.toString());
        }
    }
}
