package dev.premortem.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.premortem.source.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Settings of a repository: options, patterns and acceptances, or problems. */
class SettingsFuzzTest {
    @TempDir
    private Path folder;

    @FuzzTest(maxDuration = "5s")
    void reads(byte[] bytes) throws IOException {
        Files.createDirectories(folder.resolve(".git"));
        Files.write(folder.resolve(Settings.NAME), bytes);
        Settings settings = Settings.of(List.of(folder));
        for (String file : List.of("apps/a.yaml", "a/very/deep/folder/with/aaaaaaaaaaaaaaaaaaaaaaaaaaaaa/b.yaml")) {
            boolean first = settings.ignored().test(file);
            assertEquals(first, settings.ignored().test(file));
        }
    }
}
