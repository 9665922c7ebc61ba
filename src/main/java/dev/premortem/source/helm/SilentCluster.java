package dev.premortem.source.helm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An API server on the loopback that has nothing: it lists the core resources, and says of every object that it is not there. A chart's
 * {@code lookup} asks it instead of a cluster, and gets what {@code helm template} gives: an empty mapping.
 */
final class SilentCluster implements AutoCloseable {
    private static final List<String> CORE = List.of(
            "configmaps ConfigMap true",
            "endpoints Endpoints true",
            "namespaces Namespace false",
            "nodes Node false",
            "persistentvolumeclaims PersistentVolumeClaim true",
            "persistentvolumes PersistentVolume false",
            "pods Pod true",
            "secrets Secret true",
            "serviceaccounts ServiceAccount true",
            "services Service true");

    private final HttpServer server;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    SilentCluster() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    /** Paths that were asked for. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            asked.add(path);
            boolean known = exchange.getRequestMethod().equals("GET") && path.equals("/api/v1");
            byte[] body = (known ? resources() : missing()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(known ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String resources() {
        StringBuilder out = new StringBuilder("{\"kind\":\"APIResourceList\",\"groupVersion\":\"v1\",\"resources\":[");
        for (String line : CORE) {
            String[] parts = line.split(" ", -1);
            out.append("{\"name\":\"")
                    .append(parts[0])
                    .append("\",\"kind\":\"")
                    .append(parts[1])
                    .append("\",\"singularName\":\"\",\"namespaced\":")
                    .append(parts[2])
                    .append(",\"verbs\":[\"get\",\"list\"]},");
        }
        out.setLength(out.length() - 1);
        return out.append("]}").toString();
    }

    private static String missing() {
        return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                + "\"message\":\"not found\",\"reason\":\"NotFound\",\"code\":404}";
    }

    /** Writes a kubeconfig that names this server and nothing else. */
    Path kubeconfig(Path folder) throws IOException {
        InetSocketAddress at = server.getAddress();
        String text =
                """
                apiVersion: v1
                kind: Config
                clusters:
                - {name: none, cluster: {server: "http://%s:%d"}}
                users:
                - {name: none, user: {}}
                contexts:
                - {name: none, context: {cluster: none, user: none}}
                current-context: none
                """.formatted(at.getAddress().getHostAddress().contains(":") ? "[::1]" : "127.0.0.1", at.getPort());
        return Files.writeString(folder.resolve("kubeconfig"), text);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
