package dev.premortem.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.premortem.source.Sources;

/** Zone files. */
class ZoneFuzzTest {
    @FuzzTest(maxDuration = "5s")
    void reads(byte[] bytes) {
        Sources.readText("example.zone", Texts.of(bytes));
    }
}
