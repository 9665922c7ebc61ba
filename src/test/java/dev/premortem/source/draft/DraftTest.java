package dev.premortem.source.draft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.premortem.fact.Problem;
import dev.premortem.source.Document;
import dev.premortem.source.Reading;
import dev.premortem.source.Readings;
import dev.premortem.source.Sources;
import dev.premortem.source.text.Limits;
import dev.premortem.testing.Keys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What is drafted, and that it is read back without a problem. */
final class DraftTest {
    private static final String FILE = "premortem/estate.yaml";
    private static final String INGRESS = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: web, namespace: shop}
            spec:
              rules:
                - {host: shop.example.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}
            """;

    private static Draft draft(Reading reading, boolean again) {
        return Draft.of(
                reading.estate(),
                reading.documents().stream().map(Document::tree).toList(),
                again);
    }

    private static String text(String... namesAndTexts) {
        return draft(Readings.of(namesAndTexts), true).text();
    }

    private static String node(String name, String zone, boolean plane) {
        return """
                apiVersion: v1
                kind: Node
                metadata:
                  name: %s
                  labels: {topology.kubernetes.io/zone: %s%s}
                status:
                  allocatable: {cpu: 3800m, memory: 15000Mi}
                  nodeInfo: {kubeletVersion: v1.33.4+k3s1}
                """.formatted(name, zone, plane ? ", node-role.kubernetes.io/control-plane: \"\"" : "");
    }

    /** Reads a tree with its draft beside it. */
    private static void assertReadBack(Reading before, String name) throws IOException {
        String text = draft(before, true).text();
        if (text.isEmpty()) {
            return;
        }
        assertTrue(text.lines().count() <= 40, name + ": " + text.lines().count() + " lines");
        assertTrue(text.startsWith("# yaml-language-server: $schema="), name);
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("schemas", "premortem.dev-v1.schema.json")));
        for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(text)) {
            assertEquals(
                    "[]",
                    schema.validate(new ObjectMapper().valueToTree(document)).toString(),
                    name + "\n" + text);
        }
        SortedMap<String, String> texts = new TreeMap<>(before.texts());
        texts.put(FILE, text);
        Reading after = Sources.readTexts(texts);
        List<String> wrong = after.coverage().problems().stream()
                .filter(problem -> problem.file().equals(FILE))
                .map(Problem::text)
                .toList();
        assertEquals(List.of(), wrong, name + "\n" + text);
        assertEquals(
                "",
                draft(after, true)
                        .text()
                        .lines()
                        .filter(line -> line.contains("kind: Cluster"))
                        .findFirst()
                        .orElse(""));
    }

    @Test
    void oneClusterInOnePlaceIsAGuessThatSaysSo() throws IOException {
        String text = text("web.yaml", INGRESS);
        assertTrue(text.contains("kind: Site, metadata: {name: site-1}"), text);
        assertTrue(text.contains("metadata: {name: main} # guess: all of this is one cluster"), text);
        assertTrue(
                text.contains(
                        "metadata: {name: shop}, spec: {needs: [], urls: [\"https://shop.example.com\"], tier: 2}"),
                text);
        assertReadBack(Readings.of("web.yaml", INGRESS), "one");
    }

    @Test
    void nodesGiveSitesControlPlaneAndPools() throws IOException {
        String[] files = {
            "nodes.yaml",
            node("c1", "north-1", true) + "---\n" + node("c2", "south-1", true) + "---\n" + node("w1", "north-1", false)
                    + "---\n" + node("w2", "north-1", false)
        };
        String text = text(files);
        assertTrue(text.contains("kind: Site, metadata: {name: north-1}, spec: {zone: north-1}"), text);
        assertTrue(text.contains("sites: [north-1, south-1]"), text);
        assertTrue(text.contains("controlPlane: [{site: north-1, nodes: 1}, {site: south-1, nodes: 1}]"), text);
        assertTrue(text.contains("distribution: {name: k3s, version: v1.33.4+k3s1}"), text);
        assertTrue(
                text.contains("{name: workers, site: north-1, nodes: 2, allocatable: {cpu: 3800m, memory: 15000Mi}}"),
                text);
        assertReadBack(Readings.of(files), "nodes");
    }

    @Test
    void foldersAndInstallersNameClusters() throws IOException {
        String[] files = {
            "clusters/east/web.yaml",
            INGRESS,
            "clusters/main/web.yaml",
            INGRESS.replace("shop.", "www."),
            "clusters/main/talos/talconfig.yaml",
            "clusterName: main\ntalosVersion: v1.11.3\nnodes:\n"
                    + "  - {hostname: a, controlPlane: true}\n  - {hostname: b, controlPlane: false}\n"
        };
        String text = text(files);
        assertTrue(text.contains("metadata: {name: east} # guess: clusters/east"), text);
        assertTrue(text.contains("path: clusters/main"), text);
        assertTrue(text.contains("controlPlane: [{site: site-1, nodes: 1}]"), text);
        assertTrue(text.contains("distribution: {name: talos, version: v1.11.3}"), text);
        assertReadBack(Readings.of(files), "folders");
    }

    @Test
    void installersOfOtherKindsAreKnown() {
        assertTrue(text(
                        "web.yaml",
                        INGRESS,
                        "k0sctl.yaml",
                        "apiVersion: k0sctl.k0sproject.io/v1beta1\nkind: Cluster\nmetadata: {name: prod}\nspec:\n"
                                + "  hosts: [{role: controller}, {role: controller+worker}, {role: worker}]\n"
                                + "  k0s: {version: 1.33.4+k0s.0}\n")
                .contains("controlPlane: [{site: site-1, nodes: 2}]"));
        String kubeadm = text(
                "web.yaml",
                INGRESS,
                "cp.yaml",
                "apiVersion: controlplane.cluster.x-k8s.io/v1beta1\nkind: KubeadmControlPlane\n"
                        + "metadata: {name: cp}\nspec: {replicas: 3, version: v1.33.1}\n");
        assertTrue(kubeadm.contains("distribution: {name: kubeadm, version: v1.33.1}"), kubeadm);
        assertTrue(kubeadm.contains("nodes: 3"), kubeadm);
    }

    @Test
    void manyClustersAndNamesStayWithinFortyLines() throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        for (int i = 0; i < 30; i++) {
            texts.put(
                    "clusters/c" + i + "/web.yaml",
                    INGRESS.replace("shop.example", "shop" + i + ".example")
                            .replace("name: web,", "name: web" + i + ","));
        }
        Reading reading = Sources.readTexts(texts);
        String text = draft(reading, true).text();
        assertTrue(text.contains("# Left out for length: 22 clusters, "), text);
        assertReadBack(reading, "many");
    }

    @Test
    void whatIsReadElsewhereIsWrittenOut() {
        Reading reading = Readings.of("live.yaml", """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: cilium-config, namespace: kube-system}
                data: {routing-mode: tunnel, tunnel-protocol: vxlan, mtu: "1450"}
                """);
        assertTrue(draft(reading, true).text().contains("# network: cilium, vxlan is read from live.yaml:1"));
        assertTrue(Draft.of(reading.estate(), List.of(), false)
                .text()
                .contains("network: {cni: cilium, mode: vxlan, deviceMtu: 1450}"));
    }

    @Test
    void namesOfStrangersStayInTheirPlace() throws IOException {
        String[] files = {
            "clusters/a b: {x}/web.yaml", INGRESS,
            "clusters/#c\\\"/web.yaml", INGRESS,
            "nodes.yaml", node("n", "\"z, zone: 'x'} # y\"", false)
        };
        assertReadBack(Readings.of(files), "strange");
        assertEquals("\"a\\u000ab: c # d\"", Scalar.of("a\nb: c # d"));
        assertEquals("\"true\"", Scalar.of("true"));
        assertFalse(Scalar.comment("a\nb\u2028c").contains("\n"));
    }

    @Test
    void noSecretIsWritten() {
        String text = text(
                "web.yaml",
                INGRESS,
                "secret.yaml",
                "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: hunter2}\n",
                "kubeconfig",
                "apiVersion: v1\nkind: Config\ncontexts: [{name: admin@prod, context: {cluster: prod, user: admin}}]\n"
                        + "clusters: []\nusers: [{name: admin, user: {token: hunter2}}]\n");
        assertTrue(text.contains("context: \"admin@prod\""), text);
        assertFalse(text.contains("hunter2"), text);
    }

    @Test
    void everyExampleWithoutItsDeclarationsIsDraftedAndReadBack() throws IOException {
        try (Stream<Path> examples = Files.list(Path.of("examples"))) {
            for (Path example : examples.filter(Files::isDirectory).sorted().toList()) {
                SortedMap<String, String> texts = new TreeMap<>(
                        Sources.read(List.of(example), Limits.DEFAULT).texts());
                texts.keySet().removeIf(file -> file.startsWith("premortem/"));
                Reading bare = Sources.readTexts(texts);
                assertFalse(draft(bare, true).text().isEmpty(), example.toString());
                assertReadBack(bare, example.toString());
            }
        }
    }

    @Test
    void everySharedEstateIsDraftedAndReadBack() throws IOException {
        Path shared = Path.of("..", "shared", "estates");
        if (!Files.isDirectory(shared)) {
            Assumptions.abort("no ../shared/estates here");
        }
        try (Stream<Path> trees = Files.list(shared)) {
            for (Path tree : trees.filter(Files::isDirectory).sorted().toList()) {
                assertReadBack(Sources.read(List.of(tree), Limits.DEFAULT), tree.toString());
            }
        }
    }

    @Test
    void aServedCertificateHasALine(@TempDir Path folder) throws IOException {
        String pem = new Keys(folder).pem();
        String text = text("web.yaml", INGRESS, "tls/shop.crt", pem);
        assertTrue(
                text.contains("# Served certificates are read from tls/shop.crt (api.test, until 2027-01-01)"), text);
        assertReadBack(Readings.of("web.yaml", INGRESS, "tls/shop.crt", pem), "pem");
    }
}
