package dev.premortem.source.fetch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.render.ChartSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChartFetcherTest {
    private static final byte[] CHART = "a packed chart".getBytes(StandardCharsets.UTF_8);
    private static final String HEX = Digests.of(CHART).substring("sha256:".length());
    private static final Bounds BOUNDS = new Bounds(Duration.ofSeconds(5), Duration.ofSeconds(20), 1 << 20, 1 << 10);

    @TempDir
    private Path folder;

    private Shelf server;

    @BeforeEach
    void open() throws IOException {
        server = new Shelf();
    }

    @AfterEach
    void close() {
        server.close();
    }

    private ChartFetcher online(Credentials credentials) {
        return online(credentials, BOUNDS);
    }

    private ChartFetcher online(Credentials credentials, Bounds bounds) {
        return ChartFetcher.online(
                new ChartFetcher.Access(credentials, Proxies.none(), bounds),
                ContentCache.in(folder.resolve("cache")),
                Lock.in(folder.resolve("charts.lock.yaml")));
    }

    private ChartSource.Remote web(String version) {
        return new ChartSource.Remote(server.address() + "/charts", "web", version);
    }

    private ChartSource.Remote packed(String version) {
        return new ChartSource.Remote("oci://" + server.host() + "/shop", "web", version);
    }

    private static String index(String address, String digest) {
        return """
                apiVersion: v1
                entries:
                  other:
                  - {version: 1.2.3, urls: [other.tgz], maintainers: [{name: a}]}
                  web:
                  - version: 2.0.0
                    urls: [web-2.0.0.tgz]
                  - annotations: {version: 1.2.3, urls: [wrong.tgz]}
                    version: v1.2.3
                    digest: "%s"
                    urls:
                    - %s
                generated: 2026-01-01
                """.formatted(digest, address);
    }

    private static String reason(Fetched fetched) {
        return fetched instanceof Fetched.Not not ? not.reason() : "it was fetched";
    }

    @Test
    void aVersionOfARepositoryIsFetchedAndKeptByDigest() throws IOException {
        server.text("/charts/index.yaml", index("web-1.2.3.tgz", HEX)).bytes("/charts/web-1.2.3.tgz", CHART);
        assertArrayEquals(
                CHART, online(Credentials.none()).get(web("1.2.3")).found().orElseThrow());
        assertEquals(2, server.asked().size());
        String lock = Files.readString(folder.resolve("charts.lock.yaml"));
        assertTrue(lock.contains("version: \"1.2.3\", digest: \"sha256:" + HEX + "\""), lock);

        ChartFetcher later = ChartFetcher.offline(
                ContentCache.in(folder.resolve("cache")), Lock.in(folder.resolve("charts.lock.yaml")));
        assertArrayEquals(CHART, later.get(web("1.2.3")).found().orElseThrow());
        assertArrayEquals(
                CHART, online(Credentials.none()).get(web("1.2.3")).found().orElseThrow());
        assertEquals(2, server.asked().size(), "a kept chart is not asked for again");
    }

    @Test
    void withoutLeaveNoConnectionIsOpened() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(1);
            String host = "127.0.0.1:" + socket.getLocalPort();
            ChartFetcher offline = ChartFetcher.offline(ContentCache.none(), Lock.none());
            String first = reason(offline.get(new ChartSource.Remote("http://" + host, "web", "1.2.3")));
            assertEquals("web of http://" + host + " 1.2.3 is elsewhere and was not fetched; --fetch gets it", first);
            assertTrue(reason(offline.get(new ChartSource.Remote("oci://" + host, "web", "1.2.3")))
                    .contains("--fetch"));
            assertThrows(SocketTimeoutException.class, socket::accept, "nobody waits to be let in");
        }
    }

    @Test
    void aRangeOrNoVersionIsRefusedPlainly() {
        for (String range : List.of("^1.2", "1.x", ">=1.0.0 <2", "1.2", "*", "latest")) {
            String reason = reason(online(Credentials.none()).get(web(range)));
            assertTrue(
                    reason.endsWith(
                            "names the versions \"" + range + "\"; only an exact one, such as 1.2.3, is fetched"),
                    reason);
        }
        assertTrue(reason(online(Credentials.none()).get(web(""))).contains("names no version"));
        assertEquals(List.of(), server.asked());
    }

    @Test
    void aRegistryGivesATokenAndThenTheChart() {
        registry(Digests.of(CHART));
        Credentials login = Credentials.of(
                List.of("{\"auths\": {\"" + server.host() + "\": {\"auth\": \"" + Credentials.encoded("me:secret")
                        + "\"}}}"),
                List.of());
        Fetched fetched = online(login).get(packed("1.2.3+build"));
        assertArrayEquals(CHART, fetched.found().orElseThrow(() -> new AssertionError(reason(fetched))));
        assertEquals(
                List.of(
                        "/v2/shop/web/manifests/1.2.3_build -",
                        "/token?service=registry&scope=repository%3Ashop%2Fweb%3Apull Basic "
                                + Credentials.encoded("me:secret"),
                        "/v2/shop/web/manifests/1.2.3_build Bearer t0k",
                        "/v2/shop/web/blobs/sha256:" + HEX + " Bearer t0k"),
                server.asked());
    }

    private void registry(String digest) {
        String challenge = "Bearer realm=\"" + server.address()
                + "/token\",service=\"registry\",scope=\"repository:shop/web:pull\"";
        server.text("/token", "{\"token\": \"t0k\"}");
        server.guarded("/v2/shop/web/manifests/1.2.3_build", "Bearer t0k", challenge, """
                {"schemaVersion": 2,
                 "config": {"mediaType": "application/vnd.cncf.helm.config.v1+json", "digest": "sha256:0", "size": 1},
                 "layers": [
                  {"mediaType": "application/vnd.cncf.helm.chart.provenance.v1.prov", "digest": "sha256:1", "size": 1},
                  {"mediaType": "application/vnd.cncf.helm.chart.content.v1.tar+gzip", "digest": "%s", "size": 14}]}
                """.formatted(digest));
        server.bytes("/v2/shop/web/blobs/" + digest, CHART);
    }

    @Test
    void anotherDigestThanPromisedIsRefused() {
        String wrong = "0".repeat(64);
        registry("sha256:" + wrong);
        server.text("/charts/index.yaml", index("web-1.2.3.tgz", wrong)).bytes("/charts/web-1.2.3.tgz", CHART);
        String line = "what came has the digest sha256:" + HEX + ", but sha256:" + wrong + " was promised";
        assertTrue(reason(online(Credentials.none()).get(packed("1.2.3+build"))).endsWith(line));
        assertTrue(reason(online(Credentials.none()).get(web("1.2.3"))).endsWith(line));
    }

    @Test
    void theSameVersionWithAnotherContentIsRefused() throws IOException {
        Files.writeString(folder.resolve("charts.lock.yaml"), """
                charts:
                - {repository: "%s/charts", chart: web, version: 1.2.3, digest: "sha256:%s"}
                """.formatted(server.address(), "1".repeat(64)));
        server.text("/charts/index.yaml", index("web-1.2.3.tgz", HEX)).bytes("/charts/web-1.2.3.tgz", CHART);
        String reason = reason(online(Credentials.none()).get(web("1.2.3")));
        assertTrue(
                reason.endsWith("it has the digest sha256:" + HEX + " now and had sha256:" + "1".repeat(64)
                        + " before, as charts.lock.yaml says; take its line out there if that is meant"),
                reason);
    }

    @Test
    void aPasswordNeverGoesToAnotherHost() throws IOException {
        try (Shelf other = new Shelf()) {
            other.bytes("/store/web.tgz", CHART);
            server.text("/charts/index.yaml", index("web.tgz", HEX))
                    .redirect("/charts/web.tgz", other.address() + "/store/web.tgz");
            Credentials login = Credentials.of(List.of(), List.of("""
                    repositories:
                    - {name: mine, url: "%s/charts/", username: me, password: secret}
                    """.formatted(server.address())));
            Fetched fetched = online(login).get(web("1.2.3"));
            assertArrayEquals(CHART, fetched.found().orElseThrow(() -> new AssertionError(reason(fetched))));
            String basic = " Basic " + Credentials.encoded("me:secret");
            assertEquals(List.of("/charts/index.yaml" + basic, "/charts/web.tgz" + basic), server.asked());
            assertEquals(List.of("/store/web.tgz -"), other.asked());

            server.text("/more/index.yaml", index(other.address() + "/store/web.tgz", HEX));
            Fetched direct = online(login)
                    .get(new ChartSource.Remote(
                            server.address().replace("://", "://me:secret@") + "/more", "web", "1.2.3"));
            assertTrue(direct.found().isPresent(), reason(direct));
            assertEquals(List.of("/store/web.tgz -", "/store/web.tgz -"), other.asked());
            assertFalse(Files.readString(folder.resolve("charts.lock.yaml")).contains("secret"));
        }
    }

    @Test
    void tooMuchIsRefused() {
        server.text("/charts/index.yaml", index("web-1.2.3.tgz", HEX)).bytes("/charts/web-1.2.3.tgz", new byte[1025]);
        String reason = reason(online(Credentials.none()).get(web("1.2.3")));
        assertTrue(reason.contains("gives more than the limit of 1024 bytes"), reason);
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUpAndNotAskedAgain() {
        server.silent("/charts/index.yaml");
        Bounds hurried = new Bounds(Duration.ofSeconds(5), Duration.ofMillis(150), 1 << 20, 1 << 10);
        ChartFetcher fetcher = online(Credentials.none(), hurried);
        String reason = reason(fetcher.get(web("1.2.3")));
        assertTrue(reason.endsWith("/charts/index.yaml does not answer within 0.15 s"), reason);
        assertTrue(reason(fetcher.get(web("2.0.0"))).endsWith("does not answer within 0.15 s"));
        assertEquals(1, server.asked().size());
    }

    @Test
    void whatARepositoryDoesNotHaveIsSaid() {
        server.text("/charts/index.yaml", index("web-1.2.3.tgz", HEX));
        assertTrue(
                reason(online(Credentials.none()).get(web("9.9.9"))).endsWith("has chart web, but no version 9.9.9"));
        ChartSource.Remote unknown = new ChartSource.Remote(server.address() + "/charts", "nope", "1.2.3");
        assertTrue(reason(online(Credentials.none()).get(unknown)).endsWith("has no chart nope"));
        assertTrue(reason(online(Credentials.none()).get(web("1.2.3"))).contains("HTTP 404"));
    }

    @Test
    void aProgramThatKeepsPasswordsIsNamedAndNotRun() {
        String challenge = "Basic realm=\"x\"";
        server.guarded("/v2/shop/web/manifests/1.2.3", "Basic never", challenge, "{}");
        Credentials stored = Credentials.of(List.of("{\"credsStore\": \"desktop\"}"), List.of());
        String reason = reason(online(stored).get(packed("1.2.3")));
        assertTrue(reason.contains("docker-credential-desktop, which is not run"), reason);
    }

    @Test
    void onlyHttpsIsSpokenWithOtherMachines() {
        String reason =
                reason(online(Credentials.none()).get(new ChartSource.Remote("http://example.org", "web", "1.2.3")));
        assertTrue(reason.contains("is no https:// address"), reason);
        Connection connection = new Connection(Proxies.none(), BOUNDS, false);
        String led = refused(connection, server.address() + "/x");
        connection.close();
        assertTrue(led.startsWith("it leads from https:// to http://127.0.0.1"), led);
        assertEquals(List.of(), server.asked());
    }

    private static String refused(Connection connection, String address) {
        try {
            connection.get(new Connection.Wish(URI.create(address), "*/*", Optional.empty(), 10));
            return "it was asked";
        } catch (Refusal refusal) {
            return refusal.reason();
        }
    }

    @Test
    void theProxyOfTheEnvironmentIsUsed() throws Exception {
        try (ServerSocket proxy = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> seen = CompletableFuture.supplyAsync(() -> firstLine(proxy));
            Proxies proxies = Proxies.of(Map.of(
                    "HTTPS_PROXY", "http://127.0.0.1:" + proxy.getLocalPort(), "NO_PROXY", "internal.example, .local"));
            ChartFetcher fetcher = ChartFetcher.online(
                    new ChartFetcher.Access(Credentials.none(), proxies, BOUNDS), ContentCache.none(), Lock.none());
            String reason = reason(fetcher.get(new ChartSource.Remote("https://charts.example", "web", "1.2.3")));
            assertEquals("CONNECT charts.example:443 HTTP/1.1", seen.get(10, TimeUnit.SECONDS));
            assertTrue(reason.contains("was not fetched"), reason);
            assertEquals(
                    java.net.Proxy.NO_PROXY,
                    proxies.select(URI.create("https://a.internal.example/")).getFirst());
            assertEquals(
                    java.net.Proxy.NO_PROXY,
                    proxies.select(URI.create("https://a.local/")).getFirst());
        }
    }

    private static String firstLine(ServerSocket proxy) {
        try (Socket socket = proxy.accept();
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            String line = in.readLine();
            socket.getOutputStream()
                    .write("HTTP/1.1 502 no\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return line;
        } catch (IOException e) {
            return "failed: " + e;
        }
    }
}
