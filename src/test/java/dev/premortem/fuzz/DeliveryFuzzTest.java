package dev.premortem.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.premortem.source.Sources;
import java.util.SortedMap;
import java.util.TreeMap;

/** Trees that Argo CD, Flux, Helmfile and Kustomize deploy; lines that start with {@code ===} begin a file and name it. */
class DeliveryFuzzTest {
    @FuzzTest(maxDuration = "5s")
    void reads(byte[] bytes) {
        SortedMap<String, String> files = new TreeMap<>();
        String name = "a.yaml";
        StringBuilder text = new StringBuilder();
        for (String line : Texts.of(bytes).split("\n", -1)) {
            if (line.startsWith("===") && files.size() < 20) {
                files.put(name, text.toString());
                name = line.substring(3).strip();
                text.setLength(0);
            } else {
                text.append(line).append('\n');
            }
        }
        files.put(name, text.toString());
        Sources.readTexts(files);
    }
}
