package dev.premortem.source.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.Workload;
import dev.premortem.source.Means;
import dev.premortem.source.Reading;
import dev.premortem.source.Sources;
import dev.premortem.testing.FakeApi;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A large cluster; {@code docs/sources/live.md} has what this prints. */
final class ManyObjectsTest {
    private static final String MANAGED = "\"managedFields\":["
            + "{\"manager\":\"kubectl\",\"fieldsV1\":{\"f:spec\":{\"f:replicas\":{},\"f:template\":{}}}},".repeat(8)
            + "{}]";

    @TempDir
    private Path folder;

    /** CPU time of this process: other work on the machine does not count. */
    private static long cpu() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class)
                .getProcessCpuTime();
    }

    @Test
    void tenThousandObjectsAreReadInPages() throws IOException {
        try (FakeApi api = new FakeApi()) {
            for (int i = 0; i < 5_000; i++) {
                String name = "web-" + i / 2;
                api.with(
                        "/api/v1/pods",
                        "{\"metadata\":{\"name\":\"" + name + "-5d8f-" + i + "\",\"namespace\":\"shop\"," + MANAGED
                                + ",\"labels\":{\"pod-template-hash\":\"5d8f\"},\"ownerReferences\":[{\"kind\":\"ReplicaSet\",\"name\":\""
                                + name
                                + "-5d8f\"}]},\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"nginx:1.29\"}]},"
                                + "\"status\":{\"startTime\":\"2026-03-01T00:00:00Z\",\"containerStatuses\":[{\"restartCount\":1}]}}");
            }
            for (int i = 0; i < 2_500; i++) {
                api.with(
                        "/apis/apps/v1/deployments",
                        "{\"metadata\":{\"name\":\"web-" + i + "\",\"namespace\":\"shop\"," + MANAGED
                                + "},\"spec\":{\"replicas\":2,\"selector\":{\"matchLabels\":{\"app\":\"web-" + i
                                + "\"}},\"template\":{\"metadata\":{\"labels\":{\"app\":\"web-" + i
                                + "\"}},\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"nginx:1.29\",\"env\":[{\"name\":\"A\",\"value\":\"b\"}]}]}}}}");
                api.with(
                        "/api/v1/services",
                        "{\"metadata\":{\"name\":\"web-" + i + "\",\"namespace\":\"shop\"," + MANAGED
                                + "},\"spec\":{\"selector\":{\"app\":\"web-" + i + "\"},\"ports\":[{\"port\":80}]}}");
            }
            Path kubeconfig = api.kubeconfig(folder, "main");
            Contexts contexts = new Contexts(new Contexts.Surroundings(List.of(kubeconfig), "", ""));
            LiveClusters clusters = new LiveClusters(contexts, List.of("main"), Instant.parse("2026-03-04T12:00:00Z"));
            for (int round = 1; round <= 2; round++) {
                long start = cpu();
                Sightings sightings = clusters.observe(List.of());
                long seen = cpu();
                Reading reading = Sources.readTexts(new TreeMap<>(), Means.PLAIN.looking(_ -> sightings));
                long read = cpu();
                System.out.printf(
                        "round %d: 10,000 objects listed in %d ms of CPU with the server, assembled in %d ms%n",
                        round, (seen - start) / 1_000_000, (read - seen) / 1_000_000);
                assertEquals(2_500, reading.estate().all(Workload.class).size());
                assertTrue(Duration.ofNanos(read - start).toSeconds() < 60);
            }
        }
    }
}
