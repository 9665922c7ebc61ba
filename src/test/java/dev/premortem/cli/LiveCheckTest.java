package dev.premortem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.testing.FakeApi;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole check against an API server that records what it is asked. */
final class LiveCheckTest {
    private static final String DEPLOYMENT = """
            {"metadata":{"name":"web","namespace":"shop","managedFields":[{"manager":"kubectl"}],
              "annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\\"sentinel-applied\\":1}"}},
             "spec":{"replicas":1,"selector":{"matchLabels":{"app":"web"}},
               "template":{"metadata":{"labels":{"app":"web"}},"spec":{"containers":[{"name":"web","image":"nginx:1.29"}]}}},
             "status":{"readyReplicas":1}}
            """;
    private static final String INGRESS = """
            {"metadata":{"name":"web","namespace":"shop"},
             "spec":{"rules":[{"host":"shop.example.com","http":{"paths":[{"path":"/","pathType":"Prefix",
               "backend":{"service":{"name":"web","port":{"number":80}}}}]}}]}}
            """;
    private static final String SERVICE = """
            {"metadata":{"name":"web","namespace":"shop"},
             "spec":{"type":"ClusterIP","selector":{"app":"web"},"ports":[{"port":80}]}}
            """;

    @TempDir
    private Path folder;

    private record Ran(int code, String out, String err) {}

    private Ran run(Path kubeconfig, Map<String, String> more, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Map<String, String> environment = new TreeMap<>(more);
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("PREMORTEM_DEBUG", "1");
        Surroundings around = new Surroundings(
                () -> Instant.parse("2026-02-01T00:00:00Z"),
                environment,
                Optional.empty(),
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                false);
        int code = Main.run(arguments, around);
        return new Ran(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static FakeApi shop() {
        return new FakeApi()
                .with("/apis/apps/v1/deployments", DEPLOYMENT)
                .with("/api/v1/services", SERVICE)
                .with("/apis/networking.k8s.io/v1/ingresses", INGRESS);
    }

    @Test
    void aClusterAloneIsCheckedAndOnlyAsked() throws IOException {
        try (FakeApi api = shop()) {
            Ran ran = run(api.kubeconfig(folder, "main"), Map.of(), "check", "--live", "main", "--all", "--coverage");
            assertEquals("", ran.err());
            assertTrue(ran.out().contains("shop.example.com"), ran.out());
            assertTrue(ran.out().contains("observed 2026-02-01 in main/shop/"), ran.out());
            assertFalse(api.requests().isEmpty());
            for (String request : api.requests()) {
                assertTrue(request.startsWith("GET "), request);
            }
            assertTrue(ran.out().contains("Read 3 objects in running clusters"), ran.out());
            assertEquals("Bearer token-of-mine", api.authorizations().getFirst());
        }
    }

    @Test
    void aRepositoryAndItsClusterAreCheckedAsOneAndOnlyAsked() throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.writeString(tree.resolve("web.yaml"), """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: shop}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: web, image: "nginx:1.29"}]}
                """);
        try (FakeApi api = shop().paging(1)
                .with("/api/v1/configmaps", "{\"metadata\":{\"name\":\"c\",\"namespace\":\"shop\"},\"data\":{}}")
                .with("/api/v1/configmaps", "{\"metadata\":{\"name\":\"d\",\"namespace\":\"shop\"},\"data\":{}}")
                .expiring("/api/v1/configmaps", 1)
                .refusing("/api/v1/nodes", 403)) {
            Ran ran = run(
                    api.kubeconfig(folder, "main"),
                    Map.of(),
                    "check",
                    tree.toString(),
                    "--live",
                    "main",
                    "--all",
                    "--coverage",
                    "--format",
                    "json");
            assertEquals("", ran.err());
            assertTrue(ran.out().contains("\"file\" : \"web.yaml\""), ran.out());
            assertTrue(ran.out().contains("\"origin\" : \"observed\""), ran.out());
            assertTrue(ran.out().contains("the verb list on nodes is not granted"), ran.out());
            for (String request : api.requests()) {
                assertTrue(request.startsWith("GET "), request);
            }
            assertTrue(api.requests().stream().anyMatch(request -> request.contains("continue=")));
        }
    }

    @Test
    void aProblemOfAClusterHasNoPathBeforeIt() throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.writeString(tree.resolve("s.yaml"), "apiVersion: v1\nkind: Service\nmetadata: {name: one}\nspec: {}\n");
        FakeApi gone = shop();
        Path kubeconfig = gone.kubeconfig(folder, "main");
        gone.close();
        Ran ran = run(kubeconfig, Map.of(), "check", tree.toString(), "--live", "main");
        assertEquals(0, ran.code());
        assertTrue(ran.err().startsWith("cluster main: the API server of context main"), ran.err());
        assertEquals(1, ran.err().lines().count());
    }

    @Test
    void aPathBehindTheContextIsAPath() throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.writeString(tree.resolve("s.yaml"), "apiVersion: v1\nkind: Service\nmetadata: {name: one}\nspec: {}\n");
        try (FakeApi api = shop()) {
            Ran ran = run(
                    api.kubeconfig(folder, "main", "other"),
                    Map.of(),
                    "check",
                    "--live",
                    "main",
                    "other",
                    tree.toString());
            assertEquals("", ran.err());
            assertTrue(ran.out().contains("in 1 file;"), ran.out());
        }
    }

    @Test
    void aContextThatIsNotThereIsWrongUsageWithTheNearest() throws IOException {
        try (FakeApi api = shop()) {
            Path kubeconfig = api.kubeconfig(folder, "production", "staging");
            Ran ran = run(kubeconfig, Map.of(), "check", "--live", "prodution");
            assertEquals(2, ran.code());
            assertEquals(
                    "premortem: --live no context is called prodution in " + kubeconfig
                            + "; did you mean production?\n",
                    ran.err());
            assertTrue(
                    run(kubeconfig, Map.of(), "check", "--live", "x").err().contains("there are production, staging"));
            Ran none = run(folder.resolve("no-file"), Map.of(), "check", "--live", "x");
            assertEquals(2, none.code());
            assertTrue(none.err().contains("there is none"), none.err());
            Ran pod = run(
                    folder.resolve("no-file"),
                    Map.of("KUBERNETES_SERVICE_HOST", "10.0.0.1"),
                    "check",
                    "--live",
                    "in-cluster");
            assertTrue(pod.err().contains("service account"), pod.err());
            assertEquals(java.util.List.of(), api.requests());
        }
    }

    @Test
    void aKubeconfigThatIsNoneIsNamedAndNotQuoted() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken"), "users: [ {token: sentinel-token");
        Ran ran = run(broken, Map.of(), "check", "--live", "main");
        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("broken is no kubeconfig that can be read"), ran.err());
        assertFalse(ran.err().contains("sentinel-token"), ran.err());
    }

    @Test
    void aClusterAloneThatDoesNotAnswerIsNothingThatCouldBeRead() throws IOException {
        FakeApi gone = shop();
        Path kubeconfig = gone.kubeconfig(folder, "main");
        gone.close();
        Ran ran = run(kubeconfig, Map.of(), "check", "--live", "main");
        assertEquals(2, ran.code());
        assertTrue(ran.err().contains("cannot be reached"), ran.err());
        assertFalse(ran.err().contains("token-of-mine"), ran.err());
    }

    @Test
    void theOtherCommandsSeeTheSameCluster() throws IOException {
        try (FakeApi api = shop()) {
            Path kubeconfig = api.kubeconfig(folder, "main");
            String all = run(kubeconfig, Map.of(), "check", "--live", "main", "--all", "--format", "json")
                    .out();
            java.util.regex.Matcher id =
                    java.util.regex.Pattern.compile("\"id\" : \"([a-z0-9]+)\"").matcher(all);
            assertTrue(id.find(), all);
            Ran explained = run(kubeconfig, Map.of(), "explain", id.group(1), "--live", "main");
            assertEquals(0, explained.code(), explained.err());
            assertTrue(explained.out().contains("observed 2026-02-01 in main/shop/Deployment/web"), explained.out());
            Ran played = run(
                    kubeconfig,
                    Map.of(),
                    "simulate",
                    "--live",
                    "main",
                    "--fail",
                    "main/shop/Deployment/web",
                    "--for",
                    "4h");
            assertEquals(0, played.code(), played.err());
            assertTrue(played.out().contains("shop/web is down"), played.out());
            Ran fixed = run(kubeconfig, Map.of(), "fix", id.group(1), "--live", "main");
            assertEquals(0, fixed.code(), fixed.err());
            assertTrue(fixed.out().contains("proven in the model: the outage is gone"), fixed.out());
            assertTrue(fixed.out().contains("-  replicas: 1\n+  replicas: 2\n"), fixed.out());
            assertTrue(fixed.out().contains("+++ b/observed 2026-02-01T00:00:00Z in main/shop/Deployment/web"));
        }
    }

    private static String node(String name, String zone, String role) {
        return """
                {"metadata":{"name":"%s","labels":{"topology.kubernetes.io/zone":"%s"%s}},
                 "status":{"allocatable":{"cpu":"4","memory":"8Gi","pods":"110"},
                   "nodeInfo":{"kubeletVersion":"v1.33.4+k3s1"}}}
                """.formatted(name, zone, role);
    }

    @Test
    void aDraftIsMadeFromACluster() throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        String plane = ",\"node-role.kubernetes.io/control-plane\":\"\"";
        try (FakeApi api = shop().with("/api/v1/nodes", node("a", "east", plane))
                .with("/api/v1/nodes", node("b", "west", plane))
                .with("/api/v1/nodes", node("c", "west", ""))
                .with(
                        "/api/v1/configmaps",
                        "{\"metadata\":{\"name\":\"cilium-config\",\"namespace\":\"kube-system\"},"
                                + "\"data\":{\"tunnel-protocol\":\"vxlan\",\"routing-mode\":\"tunnel\"}}")) {
            Path kubeconfig = api.kubeconfig(folder, "main");
            Ran ran = run(kubeconfig, Map.of(), "init", tree.toString(), "--live", "main");
            assertEquals("", ran.err());
            assertEquals(0, ran.code());
            Path file = tree.resolve("premortem/estate.yaml");
            String text = Files.readString(file);
            for (String part : java.util.List.of(
                    "kind: Site, metadata: {name: east}, spec: {zone: east}",
                    "metadata: {name: main} # guess: seen in the cluster of context main",
                    "  sites: [east, west]",
                    "  context: main",
                    "  controlPlane: [{site: east, nodes: 1}, {site: west, nodes: 1}]",
                    "  distribution: {name: k3s, version: v1.33.4+k3s1}",
                    "  network: {cni: cilium, mode: vxlan",
                    "    - {name: workers, site: west, nodes: 1, allocatable: {cpu: 4000m, memory: 8192Mi}}",
                    "metadata: {name: shop}, spec: {needs: [], urls: [\"https://shop.example.com\"]")) {
                assertTrue(text.contains(part), part + " is missing in\n" + text);
            }
            assertTrue(text.lines().count() <= 40, text);
            assertFalse(text.contains("token-of-mine") || text.contains("127.0.0.1"), text);
            for (String request : api.requests()) {
                assertTrue(request.startsWith("GET "), request);
            }
            Ran again = run(kubeconfig, Map.of(), "init", tree.toString(), "--live", "main");
            assertTrue(again.out().contains("says all that init would write"), again.out());
            assertEquals(text, Files.readString(file));
            Ran check = run(kubeconfig, Map.of(), "check", tree.toString(), "--live", "main");
            assertEquals("", check.err());
        }
    }

    private static String declared(String replicas, String image) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: shop}
                spec:
                  replicas: %s
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: web, image: "%s"}]}
                """.formatted(replicas, image);
    }

    @Test
    void aClusterThatRunsLessThanItsFileSaysIsADriftOfItsOwn() throws IOException {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        Files.writeString(tree.resolve("web.yaml"), declared("3", "nginx:1.29"));
        try (FakeApi api = shop()) {
            Path kubeconfig = api.kubeconfig(folder, "main");
            String[] check = {"check", tree.toString(), "--live", "main", "--mechanism", "drift", "--all"};
            Ran ran = run(kubeconfig, Map.of(), check);
            assertEquals("", ran.err());
            assertTrue(ran.out().contains("1 outage waits here"), ran.out());
            assertTrue(ran.out().contains("web runs once in cluster main, its file says replicas: 3"), ran.out());
            assertTrue(ran.out().contains("shop.example.com"), ran.out());
            assertTrue(ran.out().contains("web.yaml:5"), ran.out());
            // one replica more or less, and a tag of the same line, are a rollout or a taste
            Files.writeString(tree.resolve("web.yaml"), declared("1", "nginx:1.30"));
            String quiet = run(kubeconfig, Map.of(), check).out();
            assertTrue(!quiet.contains("its file says") && quiet.contains("no outage waits here"), quiet);
            Files.writeString(tree.resolve("web.yaml"), declared("1", "nginx:2.1"));
            String old = run(kubeconfig, Map.of(), check).out();
            assertTrue(old.contains("web runs nginx:1.29 in cluster main, its file says image: nginx:2.1"), old);
        }
    }
}
