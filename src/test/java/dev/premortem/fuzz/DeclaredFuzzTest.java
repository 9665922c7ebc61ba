package dev.premortem.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.premortem.source.Sources;
import java.util.stream.Collectors;

/** The declared kinds with any name and spec: the first line is the name, the rest the spec of each kind in turn, in one file. */
class DeclaredFuzzTest {
    private static final String[] KINDS = {
        "Site", "Link", "Cluster", "HostedService", "Product", "DnsZone", "Assumptions", "Observation"
    };

    @FuzzTest(maxDuration = "5s")
    void reads(byte[] bytes) {
        String text = Texts.of(bytes);
        int end = text.indexOf('\n');
        String name = end < 0 ? "a" : text.substring(0, end);
        String spec = text.substring(end + 1).lines().map(line -> "  " + line).collect(Collectors.joining("\n"));
        for (String kind : KINDS) {
            Sources.readText(
                    "premortem/a.yaml",
                    "apiVersion: premortem.dev/v1\nkind: " + kind + "\nmetadata:\n  name: " + name + "\nspec:\n" + spec
                            + "\n---\napiVersion: premortem.dev/v1\nkind: Site\nmetadata: {name: b}\nspec: {}\n");
        }
    }
}
