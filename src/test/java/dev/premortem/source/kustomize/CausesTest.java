package dev.premortem.source.kustomize;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.fact.Declared;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CausesTest {
    @Test
    void addressesInTheProgramsMemoryAreLeftOut() {
        Copy copy = new Copy(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), List.of(), false);
        String complaint = "error: merging from generator &{0xc0006dd860 0xc000702a00}: id settings does not exist";
        assertEquals(
                "kustomize says: merging from generator: id settings does not exist",
                Causes.of(complaint, "copy", copy, new Declared("kustomization.yaml", 1, ""))
                        .found());
    }
}
