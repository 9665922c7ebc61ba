package dev.premortem.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/** An API server on the loopback that pages as a real one does, refuses what it is told to, and records every request. */
public final class FakeApi implements AutoCloseable {
    private final HttpServer server;
    private final SortedMap<String, List<String>> lists = new TreeMap<>();
    private final SortedMap<String, Integer> refused = new TreeMap<>();
    private final SortedMap<String, Integer> expiring = new TreeMap<>();
    private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
    private int page = Integer.MAX_VALUE;

    private final String scheme;
    private String authority = "";

    public FakeApi() {
        this(Optional.empty());
    }

    /** One that speaks TLS with a key, which its kubeconfig trusts. */
    public FakeApi(Keys keys) {
        this(Optional.of(keys.server()));
        authority = Base64.getEncoder().encodeToString(keys.pem().getBytes(StandardCharsets.UTF_8));
    }

    private FakeApi(Optional<SSLContext> tls) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        scheme = tls.isPresent() ? "https" : "http";
        try {
            if (tls.isPresent()) {
                HttpsServer https = HttpsServer.create(address, 0);
                https.setHttpsConfigurator(new HttpsConfigurator(tls.get()));
                server = https;
            } else {
                server = HttpServer.create(address, 0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** Adds an object, as JSON without {@code apiVersion} and {@code kind}, to the list at a path such as {@code /api/v1/nodes}. */
    public FakeApi with(String path, String object) {
        lists.computeIfAbsent(path, name -> new ArrayList<>()).add(object);
        return this;
    }

    /** Refuses the list at a path. */
    public FakeApi refusing(String path, int status) {
        refused.put(path, status);
        return this;
    }

    /** Hands out at most so many objects at once. */
    public FakeApi paging(int objects) {
        page = objects;
        return this;
    }

    /** Answers the continuation of a list with 410 so many times. */
    public FakeApi expiring(String path, int times) {
        expiring.put(path, times);
        return this;
    }

    /** Method, path and query of every request so far. */
    public List<String> requests() {
        synchronized (requests) {
            return List.copyOf(requests);
        }
    }

    /** The credentials that came. */
    public List<String> authorizations() {
        synchronized (authorizations) {
            return List.copyOf(authorizations);
        }
    }

    public String url() {
        return scheme + "://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Makes kubeconfigs trust nobody. */
    public FakeApi untrusted() {
        authority = "";
        return this;
    }

    /** Writes a kubeconfig with one context for each name, all of which lead here. */
    public Path kubeconfig(Path folder, String... contexts) throws IOException {
        int port = server.getAddress().getPort();
        StringBuilder text = new StringBuilder("apiVersion: v1\nkind: Config\nclusters:\n- name: here-" + port
                + "\n  cluster: {server: " + url()
                + (authority.isEmpty() ? "" : ", certificate-authority-data: " + authority) + "}\nusers:\n- name: me-"
                + port
                + "\n  user: {token: token-of-mine}\ncontexts:\n");
        for (String context : contexts) {
            text.append("- name: ")
                    .append(context)
                    .append("\n  context: {cluster: here-" + port + ", user: me-" + port + "}\n");
        }
        return Files.writeString(folder.resolve("kubeconfig-" + port), text);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getRawQuery());
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        List<String> credentials = exchange.getRequestHeaders().get("Authorization");
        authorizations.addAll(credentials == null ? List.of("none") : credentials);
        if (!exchange.getRequestMethod().equals("GET")) {
            send(exchange, 405, "{}");
        } else if (refused.containsKey(path)) {
            send(exchange, refused.get(path), "{\"kind\":\"Status\",\"message\":\"no\"}");
        } else if (path.equals("/version")) {
            send(exchange, 200, "{\"gitVersion\":\"v1.34.1+k3s1\"}");
        } else if (path.equals("/apis")) {
            send(exchange, 200, groups());
        } else {
            list(exchange, path, parameters(query));
        }
    }

    /** The groups of all lists. */
    private String groups() {
        SortedMap<String, String> found = new TreeMap<>();
        for (String path : lists.keySet()) {
            String[] parts = path.split("/", -1);
            if (parts[1].equals("apis")) {
                found.put(parts[2], parts[3]);
            }
        }
        StringBuilder groups = new StringBuilder();
        found.forEach((name, version) -> groups.append(groups.isEmpty() ? "" : ",")
                .append("{\"name\":\"" + name + "\",\"versions\":[{\"version\":\"" + version + "\"}]}"));
        return "{\"kind\":\"APIGroupList\",\"groups\":[" + groups + "]}";
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> found = new TreeMap<>();
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                found.put(
                        part.substring(0, equals),
                        URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    private void list(HttpExchange exchange, String path, Map<String, String> parameters) throws IOException {
        List<String> all = lists.getOrDefault(path, List.of());
        if (all.isEmpty() && !path.startsWith("/api/v1/")) {
            send(exchange, 404, "{}");
            return;
        }
        int from = Integer.parseInt(parameters.getOrDefault("continue", "0"));
        if (from > 0 && expiring.getOrDefault(path, 0) > 0) {
            expiring.merge(path, -1, Integer::sum);
            send(exchange, 410, "{\"kind\":\"Status\",\"reason\":\"Expired\"}");
            return;
        }
        int most = Math.min(page, Integer.parseInt(parameters.getOrDefault("limit", "1000000")));
        int to = (int) Math.min(all.size(), (long) from + most);
        String next = to < all.size() ? Integer.toString(to) : "";
        send(
                exchange,
                200,
                "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":\"7\",\"continue\":\""
                        + next + "\"},\"items\":[" + String.join(",", all.subList(from, to)) + "]}");
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
