package dev.premortem.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.premortem.source.Reading;
import dev.premortem.source.Sources;
import dev.premortem.source.text.TreePack;
import java.util.List;

/** What is packed comes back as it was or not at all, and bytes that nobody packed do no harm. */
class PackFuzzTest {
    private static final byte[] HASH = new byte[32];

    @FuzzTest(maxDuration = "5s")
    void comesBack(byte[] bytes) {
        TreePack.open(bytes).ifPresent(pack -> pack.find("a.yaml", HASH));
        Reading reading = Sources.readText("a.yaml", Texts.of(bytes));
        List<TreePack.Part> parts = reading.parsing().documents().stream()
                .map(document -> new TreePack.Part(document.index(), document.tree()))
                .toList();
        byte[] packed = TreePack.bytes(List.of(new TreePack.Kept("a.yaml", HASH, parts)));
        TreePack.open(packed).orElseThrow().find("a.yaml", HASH).ifPresent(found -> assertEquals(parts, found));
    }
}
