package dev.premortem.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.premortem.predict.Predictor;
import dev.premortem.predict.Request;
import dev.premortem.source.Edited;
import dev.premortem.source.Edits;
import dev.premortem.source.Reading;
import dev.premortem.source.Sources;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** A Caddyfile of a workload, which the prediction reads. */
class CaddyFuzzTest {
    private static final String WORKLOAD = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: n}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                    - {name: caddy, image: "caddy:2.8", volumeMounts: [{name: c, mountPath: /etc/caddy}]}
                  volumes:
                    - {name: c, configMap: {name: web}}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: web, namespace: n}
            data:
              Caddyfile: |
            """;

    @FuzzTest(maxDuration = "5s")
    void reads(byte[] bytes) {
        String file = Texts.of(bytes).lines().map(line -> "    " + line + "\n").reduce("", String::concat);
        Reading reading = Sources.readText("a.yaml", WORKLOAD + file);
        Request request = new Request(Instant.parse("2026-01-01T00:00:00Z"), Duration.ofDays(30), 1, Set.of());
        Predictor.predict(reading.estate(), reading.coverage(), request, edits -> {
            Edited edited = Edits.apply(reading, edits);
            return new dev.premortem.predict.Editor.Edited(
                    edited.reading().estate(), edited.patch(), edited.newProblems());
        });
    }
}
