package dev.premortem.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.Workload;
import dev.premortem.model.Persistence;
import dev.premortem.model.Sketch;
import dev.premortem.model.Storage;
import dev.premortem.outage.Remedy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class NewClaimTest {
    private static final String DATABASE = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: db # kept
              namespace: shop
            spec:
              replicas: 1
              selector: {matchLabels: {app: db}}
              template:
                metadata: {labels: {app: db}}
                spec:
                  containers:
                  - name: db
                    image: mysql:8.4
                    volumeMounts:
                    - name: tmp
                      mountPath: /tmp
                  volumes:
                  - name: tmp
                    emptyDir: {}
            """;

    private static Remedy remedy(Reading reading) {
        Workload workload = reading.estate().all(Workload.class).getFirst();
        Workload.Container container = workload.containers().getFirst();
        Storage storage = Storage.of(workload, container, "/var/lib/mysql", true);
        Sketch sketch = new Sketch(reading.estate(), Instant.parse("2026-11-24T00:00:00Z"), Duration.ofDays(400));
        return Persistence.remedies(sketch, workload, container, "/var/lib/mysql", storage)
                .getFirst();
    }

    @Test
    void aPlainDeploymentGetsAClaimAtThePath() {
        Reading reading = Readings.of("db.yaml", DATABASE);
        Edited edited = Edits.apply(reading, remedy(reading).edits());
        assertEquals(List.of(), edited.newProblems());
        Workload workload = edited.reading().estate().all(Workload.class).getFirst();
        assertEquals(
                Storage.Life.DURABLE,
                Storage.of(workload, workload.containers().getFirst(), "/var/lib/mysql", true)
                        .life());
        String text = edited.reading().texts().getOrDefault("db.yaml", "");
        assertTrue(text.contains("name: db # kept") && text.contains("type: Recreate"), text);
        assertEquals(2, workload.volumes().size());
    }

    @Test
    void aManifestWithoutAnyVolumeGetsTheListsToo() {
        String bare = DATABASE.substring(0, DATABASE.indexOf("        volumeMounts"));
        Reading reading = Readings.of("db.yaml", bare);
        Edited edited = Edits.apply(reading, remedy(reading).edits());
        Workload workload = edited.reading().estate().all(Workload.class).getFirst();
        assertEquals(
                Storage.Life.DURABLE,
                Storage.of(workload, workload.containers().getFirst(), "/var/lib/mysql", true)
                        .life());
    }

    @Test
    void aStatefulSetIsToldInWords() {
        Reading reading = Readings.of("db.yaml", DATABASE.replace("kind: Deployment", "kind: StatefulSet"));
        assertEquals(List.of(), remedy(reading).edits());
        Reading rolling = Readings.of(
                "db.yaml",
                DATABASE.replace("spec:\n  replicas: 1", "spec:\n  strategy: {type: RollingUpdate}\n  replicas: 1"));
        assertEquals(List.of(), remedy(rolling).edits());
    }
}
