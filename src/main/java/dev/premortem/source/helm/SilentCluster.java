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
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An API server on the loopback that has nothing: it lists kinds in whatever group it is asked for, and says of every object that it is not there. A chart's
 * {@code lookup} asks it instead of a cluster, and gets what {@code helm template} gives: an empty mapping.
 */
final class SilentCluster implements AutoCloseable {
    /** Kinds that charts look up by names they compute; those they spell out are handed in. */
    private static final List<String> COMMON = List.of(
            "ClusterRole",
            "ConfigMap",
            "CustomResourceDefinition",
            "Deployment",
            "Endpoints",
            "Ingress",
            "IngressClass",
            "Job",
            "Namespace",
            "Node",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "Pod",
            "Secret",
            "Service",
            "ServiceAccount",
            "StatefulSet",
            "StorageClass");

    private static final int MOST_KEPT = 1000;
    private static final Pattern GROUP = Pattern.compile("/api/v1|/apis/[^/]+/[^/]+");

    private final HttpServer server;
    private final Set<String> kinds = new TreeSet<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** @param kinds kinds that are looked up; each is said to be in every group, because Helm refuses to look up others */
    SilentCluster(Set<String> kinds) throws IOException {
        this.kinds.addAll(COMMON);
        this.kinds.addAll(kinds);
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
            if (asked.size() < MOST_KEPT) {
                asked.add(path);
            }
            boolean known = exchange.getRequestMethod().equals("GET")
                    && GROUP.matcher(path).matches();
            byte[] body =
                    (known ? resources(path.replaceFirst("/apis?/", "")) : missing()).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(known ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String resources(String group) {
        return kinds.stream()
                .map(kind -> """
                        {"name":"%ss","kind":"%s","singularName":"","namespaced":true,"verbs":["get","list"]}""".formatted(kind.toLowerCase(Locale.ROOT), kind))
                .collect(Collectors.joining(
                        ",", "{\"kind\":\"APIResourceList\",\"groupVersion\":\"" + group + "\",\"resources\":[", "]}"));
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
