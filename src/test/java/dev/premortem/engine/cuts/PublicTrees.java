package dev.premortem.engine.cuts;

import dev.premortem.source.openpsa.OpenPsa;
import dev.premortem.source.openpsa.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** The public benchmark trees, where they are at hand. */
final class PublicTrees {
    private static final Path FOLDER = Path.of("..", "shared", "benchmarks", "aralia");

    /** A row of the expectations; the count is empty where nobody knows it. */
    record Expected(String name, String count, String upToFour, String probability) {}

    private PublicTrees() {}

    static List<Expected> expected() throws IOException {
        if (!Files.isDirectory(FOLDER)) {
            Assumptions.abort("no ../shared/benchmarks/aralia here");
        }
        return Files.readAllLines(FOLDER.resolve("expected.csv")).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(row -> new Expected(row[0], row[8], row[10], row[11]))
                .toList();
    }

    static FaultTree read(String name) throws IOException {
        String file = name + ".xml";
        try {
            return OpenPsa.read(file, Files.readString(FOLDER.resolve(file)), Optional.empty())
                    .tree();
        } catch (Unreadable broken) {
            throw new IOException(broken);
        }
    }
}
