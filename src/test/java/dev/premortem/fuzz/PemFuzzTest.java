package dev.premortem.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.premortem.source.Sources;

/** Certificates. */
class PemFuzzTest {
    @FuzzTest(maxDuration = "5s")
    void reads(byte[] bytes) {
        Sources.readText("a.pem", Texts.of(bytes));
    }
}
