package dev.premortem.source.prometheus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.premortem.fact.Tree;
import dev.premortem.source.Means;
import dev.premortem.source.Reading;
import dev.premortem.source.Readings;
import dev.premortem.source.Sources;
import dev.premortem.source.live.Sightings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a Prometheus server measured becomes observations; how one asks it stays within this package. */
final class PrometheusTest {
    private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");
    private static final long SECOND = NOW.getEpochSecond();

    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> answers = new TreeMap<>();
    private final List<String> credentials = Collections.synchronizedList(new ArrayList<>());
    private int status = 200;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String query = URLDecoder.decode(exchange.getRequestURI().getRawQuery(), StandardCharsets.UTF_8);
            requests.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath() + "?" + query);
            List<String> given = exchange.getRequestHeaders().get("Authorization");
            credentials.addAll(given == null ? List.of("none") : given);
            String series = answers.entrySet().stream()
                    .filter(entry -> query.startsWith("query=" + entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("");
            byte[] body = ("{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[" + series + "]}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private static String series(String labels, String value) {
        return "{\"metric\":{" + labels + "},\"value\":[" + SECOND + ".5,\"" + value + "\"]}";
    }

    private List<String> facts(String token, String text) {
        SortedMap<String, String> texts = new TreeMap<>();
        texts.put("premortem/c.yaml", text);
        Reading reading = Sources.readTexts(texts, Means.PLAIN.looking(Prometheus.at(url() + "/", token, NOW)));
        assertEquals(List.of(), Readings.problems(reading));
        return reading.estate().observations().stream()
                .map(seen -> seen.of() + " " + seen.fact() + "="
                        + seen.value().text().orElseThrow().value() + " by "
                        + seen.provenance().by() + " at " + seen.provenance().at())
                .toList();
    }

    private static final String CLUSTER = """
            apiVersion: premortem.dev/v1
            kind: Site
            metadata: {name: a}
            ---
            apiVersion: premortem.dev/v1
            kind: Cluster
            metadata: {name: main}
            spec: {site: a}
            """;

    @Test
    void measurementsBecomeObservationsOfTheThingsThatTheyAreAbout() {
        String of = "\"namespace\":\"shop\",\"owner_name\":\"web\",\"owner_kind\":\"Deployment\"";
        answers.put("sum by (cluster, namespace, owner_name, owner_kind) ((", series(of, "9.8"));
        answers.put("kube_node_created", series("\"node\":\"n1\"", "1767225600"));
        answers.put(
                "certmanager_certificate_expiration_timestamp_seconds",
                series("\"name\":\"c\",\"namespace\":\"cert-manager\",\"exported_namespace\":\"shop\"", "1777593600"));
        answers.put("x509_cert_not_after", series("\"filepath\":\"/pki/a.crt\",\"node\":\"n1\"", "1777593600"));
        answers.put(
                "avg_over_time(probe_success[30d])", series("\"instance\":\"https://shop.example.com\"", "0.99912"));
        answers.put("kubelet_certificate_manager_server_ttl_seconds", series("\"node\":\"n1\"", "3600"));
        String by = " by " + url() + " at 2026-03-04T12:00:00Z";
        assertEquals(
                List.of(
                        "main/Node/n1 createdAt=2026-01-01T00:00:00Z" + by,
                        "main/Node/n1 kubeletServerNotAfter=2026-03-04T13:00:00Z" + by,
                        "main/Node/n1 notAfter:/pki/a.crt=2026-05-01T00:00:00Z" + by,
                        "main/shop/Certificate/c notAfter=2026-05-01T00:00:00Z" + by,
                        "main/shop/Deployment/web restarts=10 per 7d" + by,
                        "probe/shop.example.com available=0.99912 per 30d" + by),
                facts("", CLUSTER));
        for (String request : requests) {
            assertTrue(request.startsWith("GET /api/v1/query?query="), request);
            assertTrue(request.endsWith("&time=" + SECOND), request);
        }
        assertEquals(Query.values().length, requests.size());
        assertEquals("none", credentials.getFirst());
    }

    @Test
    void theLabelOfAClusterTellsWhichItIs() {
        answers.put(
                "kube_node_created",
                series("\"node\":\"n1\",\"cluster\":\"other\"", "1767225600") + ","
                        + series("\"node\":\"n2\",\"cluster\":\"main\"", "1767225600"));
        List<String> facts = facts(
                "",
                CLUSTER + "---\n"
                        + CLUSTER.substring(CLUSTER.indexOf("---\n") + 4).replace("main", "other"));
        assertTrue(facts.getFirst().startsWith("main/Node/n2"), facts::toString);
        assertTrue(facts.getLast().startsWith("other/Node/n1"), facts::toString);
    }

    @Test
    void credentialsAreSentAndNeverShown() {
        String secret = "hunter-two";
        status = 403;
        String with =
                "http://me:" + secret + "@127.0.0.1:" + server.getAddress().getPort() + "/";
        Sightings seen = Prometheus.at(with, "", NOW).observe(List.<Tree>of());
        assertEquals("Basic bWU6aHVudGVyLXR3bw==", credentials.getFirst());
        assertEquals(1, seen.problems().size());
        assertTrue(seen.problems().getFirst().text().contains("answered 403"));
        assertFalse(seen.toString().contains(secret));
        assertEquals(url(), Prometheus.shown(with));
        Prometheus.at(url(), secret, NOW).observe(List.<Tree>of());
        assertEquals("Bearer " + secret, credentials.getLast());
        IllegalArgumentException wrong = assertThrows(
                IllegalArgumentException.class, () -> Prometheus.at("ht tp://me:" + secret + "@x", "", NOW));
        assertFalse(String.valueOf(wrong.getMessage()).contains(secret));
    }

    @Test
    void aServerThatIsGoneOrSomethingElseIsAProblem() {
        int port = server.getAddress().getPort();
        server.stop(0);
        Sightings gone = Prometheus.at("http://127.0.0.1:" + port, "", NOW).observe(List.<Tree>of());
        assertEquals(1, gone.problems().size());
        assertTrue(gone.problems().getFirst().text().contains("cannot be reached"));
    }
}
