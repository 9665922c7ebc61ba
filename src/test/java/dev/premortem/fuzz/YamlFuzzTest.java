package dev.premortem.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.premortem.source.Sources;

/** YAML of any kind, and the kinds that are declared, through the whole reading. */
class YamlFuzzTest {
    @FuzzTest(maxDuration = "5s")
    void reads(byte[] bytes) {
        Sources.readText("a.yaml", Texts.of(bytes));
    }
}
