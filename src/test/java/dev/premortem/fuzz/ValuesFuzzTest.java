package dev.premortem.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.premortem.source.text.Values;

/** Durations, instants and quantities: a value or none, never an exception. */
class ValuesFuzzTest {
    @FuzzTest(maxDuration = "5s")
    void reads(byte[] bytes) {
        String text = Texts.of(bytes);
        Values.duration(text);
        Values.instant(text);
        Values.thousandths(text);
        Values.whole(text);
    }
}
