package dev.premortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Charts that are elsewhere, from the command line to the outage. */
class FetchTest {
    @TempDir
    private Path folder;

    private static final String TEMPLATES = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: {{ .Release.Namespace }}}
            spec:
              replicas: {{ .Values.replicas }}
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers: [{name: web, image: "example.com/web:1"}]
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: web, namespace: {{ .Release.Namespace }}}
            spec:
              minAvailable: 1
              selector: {matchLabels: {app: web}}
            """;

    /** A chart as a repository serves it. */
    private static byte[] chart() throws IOException {
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        file(tar, "web/Chart.yaml", "apiVersion: v2\nname: web\nversion: 1.2.3\n".replace("\\\n", "\n"));
        file(tar, "web/values.yaml", "replicas: 2\n".replace("\\\n", "\n"));
        file(tar, "web/templates/all.yaml", TEMPLATES);
        tar.write(new byte[1024]);
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(tar.toByteArray());
        }
        return packed.toByteArray();
    }

    private static void file(ByteArrayOutputStream tar, String name, String text) throws IOException {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        byte[] header = new byte[512];
        byte[] path = name.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(path, 0, header, 0, path.length);
        put(header, 100, "0000644");
        put(header, 124, String.format("%011o", content.length));
        put(header, 136, "00000000000");
        header[156] = '0';
        put(header, 257, "ustar");
        java.util.Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte one : header) {
            sum += one & 0xff;
        }
        put(header, 148, String.format("%06o", sum));
        tar.write(header);
        tar.write(content);
        tar.write(new byte[(512 - content.length % 512) % 512]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    private Ran check(String... more) {
        List<String> words = new java.util.ArrayList<>(
                List.of("check", folder.resolve("tree").toString(), "--mechanism", "drain"));
        words.addAll(List.of(more));
        return Ran.with(
                Map.of(
                        "HOME",
                        folder.toString(),
                        "PREMORTEM_CACHE",
                        folder.resolve("cache").toString()),
                "",
                words.toArray(String[]::new));
    }

    @Test
    void aChartElsewhereIsHadWithLeaveOnceAndThenFromTheCache() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        byte[] chart = chart();
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            boolean index = exchange.getRequestURI().getPath().endsWith("index.yaml");
            byte[] answer = index
                    ? ("apiVersion: v1\nentries:\n  web:\n    - version: 1.2.3\n      urls: [" + url
                                    + "/web-1.2.3.tgz]\n")
                            .getBytes(StandardCharsets.UTF_8)
                    : chart;
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            Path tree = Files.createDirectories(folder.resolve("tree"));
            Files.writeString(tree.resolve("web.yaml"), """
                    apiVersion: source.toolkit.fluxcd.io/v1
                    kind: HelmRepository
                    metadata: {name: charts, namespace: flux-system}
                    spec: {url: %s}
                    ---
                    apiVersion: helm.toolkit.fluxcd.io/v2
                    kind: HelmRelease
                    metadata: {name: web, namespace: shop}
                    spec:
                      chart: {spec: {chart: web, version: 1.2.3, sourceRef: {kind: HelmRepository, name: charts, namespace: flux-system}}}
                      values:
                        replicas: 1
                    """.formatted(url));
            Ran without = check();
            assertEquals(0, asked.get(), "without leave nobody is asked");
            assertFalse(without.out().contains("drains of"), without.out());
            assertTrue(without.out().contains("rendered 0 of 1"), without.out());

            Ran with = check("--fetch");
            assertTrue(with.out().contains("drains of"), with.out() + with.err());
            assertTrue(with.out().contains("replicas: 1 → 2"), with.out());
            assertTrue(with.out().contains("web.yaml:12"), with.out());
            int once = asked.get();
            assertTrue(once > 0);

            Ran again = check();
            assertEquals(once, asked.get());
            assertTrue(again.out().contains("drains of"), again.out() + again.err());
        } finally {
            server.stop(0);
        }
    }
}
