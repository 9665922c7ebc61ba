package dev.premortem.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.premortem.source.Sources;

/** JSON, a kubeconfig or a store of certificates among it. */
class JsonFuzzTest {
    @FuzzTest(maxDuration = "5s")
    void reads(byte[] bytes) {
        Sources.readText("a.json", Texts.of(bytes));
    }
}
