package dev.premortem.source.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.Certificate;
import dev.premortem.estate.Cluster;
import dev.premortem.estate.Observation;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Service;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Sighting;
import dev.premortem.source.Means;
import dev.premortem.source.Reading;
import dev.premortem.source.Readings;
import dev.premortem.source.Sources;
import dev.premortem.testing.FakeApi;
import dev.premortem.testing.Keys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading clusters: pages, refusals, what is kept, and how it comes together with files. */
final class LiveClustersTest {
    private static final Instant NOW = Instant.parse("2026-03-04T12:00:00Z");
    private static final String DEPLOYMENTS = "/apis/apps/v1/deployments";

    @TempDir
    private Path folder;

    private LiveClusters clusters(FakeApi api, String... contexts) throws IOException {
        Path kubeconfig = api.kubeconfig(folder, contexts);
        return new LiveClusters(
                new Contexts(new Contexts.Surroundings(List.of(kubeconfig), "", "")), List.of(contexts), NOW);
    }

    private Reading read(FakeApi api, String... namesAndTexts) throws IOException {
        SortedMap<String, String> texts = new TreeMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            texts.put(namesAndTexts[i], namesAndTexts[i + 1]);
        }
        return Sources.readTexts(texts, Means.PLAIN.looking(clusters(api, "main")));
    }

    private static String deployment(String name, String spec) {
        return "{\"metadata\":{\"name\":\"" + name + "\",\"namespace\":\"shop\"},\"spec\":{" + spec
                + "\"selector\":{\"matchLabels\":{\"app\":\"web\"}},\"template\":{\"metadata\":{\"labels\":{\"app\":\"web\"}},"
                + "\"spec\":{\"containers\":[{\"name\":\"web\",\"image\":\"nginx:1.29\",\"resources\":{\"requests\":{\"cpu\":\"500m\"}}}]}}},"
                + "\"status\":{\"readyReplicas\":2}}";
    }

    private static List<String> left(Reading reading) {
        return reading.coverage().notUnderstood().stream()
                .map(item -> item.kind() + ": " + item.reason())
                .toList();
    }

    private static List<String> facts(Reading reading, String of) {
        return reading.estate().observations().stream()
                .filter(seen -> seen.of().text().equals(of))
                .map(LiveClustersTest::line)
                .toList();
    }

    private static String line(Observation seen) {
        return seen.fact() + "="
                + String.join(
                        ",",
                        seen.value().scalars().map(scalar -> scalar.value()).toList());
    }

    @Test
    void aListComesInPages() throws IOException {
        try (FakeApi api = new FakeApi().paging(3)) {
            for (int i = 0; i < 10; i++) {
                api.with(DEPLOYMENTS, deployment("web-" + i, "\"replicas\":2,"));
            }
            Reading reading = read(api);
            assertEquals(10, reading.estate().all(Workload.class).size());
            long pages = api.requests().stream()
                    .filter(request -> request.contains(DEPLOYMENTS))
                    .count();
            assertEquals(4, pages);
            assertTrue(api.requests().contains("GET " + DEPLOYMENTS + "?limit=500&continue=3"));
        }
    }

    @Test
    void aListWhoseContinuationEndedStartsAnewWithoutDoubles() throws IOException {
        try (FakeApi api = new FakeApi().paging(3).expiring(DEPLOYMENTS, 2)) {
            for (int i = 0; i < 7; i++) {
                api.with(DEPLOYMENTS, deployment("web-" + i, "\"replicas\":2,"));
            }
            Reading reading = read(api);
            assertEquals(7, reading.estate().all(Workload.class).size());
            assertEquals(List.of(), Readings.problems(reading));
        }
    }

    @Test
    void aListThatNeverHoldsStillIsAProblemAndTheRestIsRead() throws IOException {
        try (FakeApi api = new FakeApi().paging(1).expiring(DEPLOYMENTS, 99)) {
            api.with(DEPLOYMENTS, deployment("a", "")).with(DEPLOYMENTS, deployment("b", ""));
            api.with("/api/v1/services", "{\"metadata\":{\"name\":\"web\",\"namespace\":\"shop\"},\"spec\":{}}");
            Reading reading = read(api);
            assertEquals(1, reading.estate().all(Service.class).size());
            assertEquals(
                    List.of("Deployment: the API server answered 410 to the list of deployments.apps"), left(reading));
        }
    }

    @Test
    void aKindThatMayNotBeReadIsCountedWithTheVerbThatIsMissing() throws IOException {
        try (FakeApi api = new FakeApi().refusing("/api/v1/secrets", 403)) {
            api.with(DEPLOYMENTS, deployment("web", "\"replicas\":2,"));
            Reading reading = read(api);
            assertEquals(1, reading.estate().all(Workload.class).size());
            assertEquals(
                    List.of("Secret: may not be read: the verb list on secrets is not granted (deploy/rbac.yaml has all"
                            + " that is needed)"),
                    left(reading));
            assertEquals(List.of(), Readings.problems(reading));
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsAProblemAndTheFilesAreReadAlone() throws IOException {
        FakeApi gone = new FakeApi();
        LiveClusters observer = clusters(gone, "main");
        gone.close();
        SortedMap<String, String> texts = new TreeMap<>();
        texts.put("web.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {}\n");
        Reading reading = Sources.readTexts(texts, Means.PLAIN.looking(observer));
        assertEquals(1, reading.estate().all(Service.class).size());
        String problem = String.join("\n", Readings.problems(reading));
        assertTrue(problem.contains("the API server of context main at 127.0.0.1 cannot be reached"), problem);
        assertTrue(problem.contains("kubectl --context main version"), problem);
        assertFalse(problem.contains("token-of-mine"), problem);
    }

    @Test
    void credentialsThatEndedAreSaidOnce() throws IOException {
        try (FakeApi api = new FakeApi().refusing("/version", 401)) {
            Reading reading = read(api);
            assertEquals(1, Readings.problems(reading).size(), Readings.problems(reading)::toString);
            assertTrue(Readings.problems(reading).getFirst().contains("not accepted (401)"));
            // The client tries once more with credentials that it reads anew; nothing else is asked.
            assertEquals(java.util.Set.of("GET /version"), new java.util.TreeSet<>(api.requests()));
        }
    }

    @Test
    void ofASecretOnlyTheServedCertificateIsKept() throws IOException {
        String sentinel = "sentinel-that-nobody-may-keep";
        String encoded = Base64.getEncoder().encodeToString(sentinel.getBytes(StandardCharsets.UTF_8));
        String pem = Base64.getEncoder().encodeToString(new Keys(folder).pem().getBytes(StandardCharsets.UTF_8));
        try (FakeApi api = new FakeApi()
                .with(
                        "/api/v1/secrets",
                        "{\"metadata\":{\"name\":\"shop-tls\",\"namespace\":\"shop\",\"labels\":{\"l\":\"" + sentinel
                                + "\"},\"annotations\":{\"note\":\"" + sentinel
                                + "\"},\"managedFields\":[{\"manager\":\""
                                + sentinel + "\"}]},\"type\":\"kubernetes.io/tls\",\"stringData\":{\"x\":\"" + sentinel
                                + "\"},\"data\":{\"tls.key\":\"" + encoded + "\",\"password\":\"" + encoded
                                + "\",\"tls.crt\":\"" + pem + "\"}}")
                .with(
                        "/api/v1/secrets",
                        "{\"metadata\":{\"name\":\"other\",\"namespace\":\"shop\"},\"data\":{\"password\":\"" + encoded
                                + "\"}}")) {
            Reading reading = read(api);
            Certificate certificate =
                    Readings.thing(reading.estate(), Certificate.class, "certificate/main/shop/shop-tls");
            assertEquals("2027-01-01T00:00:00Z", certificate.notAfter().toString());
            String all = reading.documents() + "\n" + reading.estate().objects()
                    + reading.estate().things() + reading.coverage() + reading.texts() + reading.parsing();
            assertTrue(all.contains(pem.substring(0, 20)), "the test looks at the wrong place");
            assertFalse(all.contains(sentinel));
            assertFalse(all.contains(encoded));
            assertTrue(
                    api.requests().contains("GET /api/v1/secrets?limit=500&fieldSelector=type%3Dkubernetes.io%2Ftls"));
        }
    }

    @Test
    void theServersOwnFieldsAndTheLastAppliedTextAreDropped() throws IOException {
        try (FakeApi api = new FakeApi()
                .with(
                        "/api/v1/configmaps",
                        "{\"metadata\":{\"name\":\"c\",\"namespace\":\"shop\",\"uid\":\"u\",\"managedFields\":[{\"manager\":\"sentinel\"}],"
                                + "\"annotations\":{\"kubectl.kubernetes.io/last-applied-configuration\":\"sentinel\",\"a\":\"b\"}},"
                                + "\"data\":{\"k\":\"v\"}}")) {
            Reading reading = read(api);
            assertFalse(reading.estate().objects().toString().contains("sentinel"));
            assertTrue(reading.estate().objects().getFirst().annotations().containsKey("a"));
        }
    }

    @Test
    void theSameObjectInAFileAndAClusterIsOneAndADifferenceIsAFact() throws IOException {
        String file = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: shop}
                spec:
                  replicas: 3
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      containers:
                      - name: web
                        image: nginx:1.30
                        resources: {requests: {cpu: 0.5}}
                """;
        try (FakeApi api = new FakeApi()
                .with(DEPLOYMENTS, deployment("web", "\"replicas\":2,"))
                .with(DEPLOYMENTS, deployment("by-hand", "\"replicas\":1,"))) {
            Reading reading = read(api, "shop/web.yaml", file);
            Workload web = Readings.thing(reading.estate(), Workload.class, "main/shop/Deployment/web");
            assertEquals(3, web.replicas().value());
            assertEquals(
                    "shop/web.yaml:5 spec.replicas", Readings.at(web.replicas().provenance()));
            assertEquals(
                    List.of("drift:spec.replicas=2", "drift:spec.template.spec.containers[0].image=nginx:1.29"),
                    facts(reading, "main/shop/Deployment/web"));
            Workload other = Readings.thing(reading.estate(), Workload.class, "main/shop/Deployment/by-hand");
            assertEquals(
                    new Sighting(NOW, "main/shop/Deployment/by-hand").place("spec.replicas"),
                    other.replicas().provenance());
            assertEquals(List.of(), left(reading));
        }
    }

    @Test
    void replicasThatAnAutoscalerSetsAreNoDriftAndItsMinimumCounts() throws IOException {
        String file = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: shop}
                spec: {template: {spec: {containers: [{name: web, image: "nginx:1.29"}]}}}
                ---
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: web, namespace: shop}
                spec: {minReplicas: 2, maxReplicas: 9, scaleTargetRef: {kind: Deployment, name: web}}
                """;
        try (FakeApi api = new FakeApi().with(DEPLOYMENTS, deployment("web", "\"replicas\":7,"))) {
            Reading without = read(api, "web.yaml", file);
            Workload web = Readings.thing(without.estate(), Workload.class, "main/shop/Deployment/web");
            assertEquals(2, web.replicas().value(), "what it may shrink to at night is what can be counted on");
            assertEquals(List.of(), facts(without, "main/shop/Deployment/web"));
            Reading with = read(api, "web.yaml", file.replace("spec: {template", "spec: {replicas: 2, template"));
            assertEquals(List.of(), facts(with, "main/shop/Deployment/web"));
        }
    }

    @Test
    void whatTheClusterDoesNotHaveIsNamed() throws IOException {
        String file = "apiVersion: v1\nkind: Service\nmetadata: {name: new, namespace: shop}\nspec: {}\n";
        try (FakeApi api = new FakeApi().with(DEPLOYMENTS, deployment("web", ""))) {
            Reading reading = read(api, "new.yaml", file);
            assertEquals(
                    List.of("Service: cluster main does not have it (yet); judged as if it were deployed"),
                    left(reading));
            api.refusing("/api/v1/services", 403);
            // What may not be read cannot be missed.
            assertEquals(1, left(read(api, "new.yaml", file)).size());
            assertTrue(left(read(api, "new.yaml", file)).getFirst().contains("may not be read"));
        }
    }

    @Test
    void aContextIsTheClusterThatNamesItOrTheOnlyOne() {
        List<dev.premortem.fact.Tree> one = documents("kind: Cluster\nmetadata: {name: prod}\nspec: {site: a}\n");
        assertEquals("prod", new Names(one).cluster("admin@somewhere", 1));
        assertEquals("somewhere", new Names(one).cluster("admin@somewhere", 2));
        List<dev.premortem.fact.Tree> two = documents(
                "kind: Cluster\nmetadata: {name: prod}\nspec: {site: a, context: arn:aws:eks:x:1:cluster/p}\n---\n"
                        + "kind: Cluster\nmetadata: {name: test}\nspec: {site: a}\n");
        assertEquals("prod", new Names(two).cluster("arn:aws:eks:x:1:cluster/p", 1));
        assertEquals("test", new Names(two).cluster("test", 1));
        assertEquals("dev", new Names(two).cluster("arn:aws:eks:x:1:cluster/dev", 1));
    }

    private static List<dev.premortem.fact.Tree> documents(String text) {
        return Readings.of("a.yaml", text).documents().stream()
                .map(document -> document.tree())
                .toList();
    }

    @Test
    void podsTellTheRestartsOfTheirWorkload() throws IOException {
        String pod = """
                {"metadata":{"name":"web-5d8f-%s","namespace":"shop","labels":{"pod-template-hash":"5d8f"},
                  "ownerReferences":[{"kind":"ReplicaSet","name":"web-5d8f"}]},
                 "spec":{"containers":[{"name":"web","env":[{"name":"PASSWORD","value":"sentinel"}]}]},
                 "status":{"startTime":"%s","containerStatuses":[{"restartCount":%d}]}}
                """;
        try (FakeApi api = new FakeApi()
                .with(DEPLOYMENTS, deployment("web", "\"replicas\":2,"))
                .with("/api/v1/pods", pod.formatted("a", "2026-03-03T12:00:00Z", 3))
                .with("/api/v1/pods", pod.formatted("b", "2026-03-02T12:00:00Z", 4))) {
            Reading reading = read(api);
            assertEquals(
                    List.of("restartedAt=2026-03-02T12:00:00Z,2026-03-03T12:00:00Z", "restarts=7 per 48h"),
                    facts(reading, "main/shop/Deployment/web"));
            assertEquals(1, reading.estate().all(Workload.class).size());
            assertFalse(reading.documents().toString().contains("sentinel"));
        }
    }

    @Test
    void nodesTellSitesPoolsAndWhatIsWrong() throws IOException {
        String node = """
                {"metadata":{"name":"%s","creationTimestamp":"2026-01-01T00:00:00Z","labels":{"topology.kubernetes.io/zone":"%s"%s}},
                 "status":{"allocatable":{"cpu":"4","memory":"8Gi","pods":"110"},"images":[{"names":["x"]}],
                   "conditions":[{"type":"Ready","status":"%s","lastTransitionTime":"2026-03-01T00:00:00Z"},
                     {"type":"DiskPressure","status":"False"}]}}
                """;
        try (FakeApi api = new FakeApi()
                .with(
                        "/api/v1/nodes",
                        node.formatted("n1", "a", ",\"node-role.kubernetes.io/control-plane\":\"\"", "True"))
                .with("/api/v1/nodes", node.formatted("n2", "b", "", "Unknown"))) {
            Reading reading = read(api);
            Cluster cluster = Readings.thing(reading.estate(), Cluster.class, "cluster/main");
            assertEquals(
                    List.of("a", "b"), cluster.sites().stream().map(Fact::value).toList());
            assertEquals(1, cluster.controlPlane().size());
            assertEquals(2, cluster.nodePools().size());
            assertEquals(
                    4000L,
                    cluster.nodePools().getFirst().cpuMillis().orElseThrow().value());
            assertEquals("k3s", cluster.distribution().orElseThrow().name().value());
            assertEquals(
                    List.of("condition:Ready=Unknown since 2026-03-01T00:00:00Z", "createdAt=2026-01-01T00:00:00Z"),
                    facts(reading, "main/Node/n2"));
            assertEquals(List.of(), Readings.problems(reading));
            // A declared cluster keeps what it declares and takes the rest.
            Reading declared = read(
                    api,
                    "premortem/a.yaml",
                    "apiVersion: premortem.dev/v1\nkind: Site\nmetadata: {name: toronto}\nspec: {zone: a}\n---\n"
                            + "apiVersion: premortem.dev/v1\nkind: Site\nmetadata: {name: montreal}\nspec: {zone: b}\n---\n"
                            + "apiVersion: premortem.dev/v1\nkind: Cluster\nmetadata: {name: prod}\nspec: {sites: [toronto]}\n");
            Cluster prod = Readings.thing(declared.estate(), Cluster.class, "cluster/prod");
            assertEquals(
                    List.of("toronto"), prod.sites().stream().map(Fact::value).toList());
            assertEquals("premortem/a.yaml", prod.place().file());
            assertEquals(
                    List.of("montreal", "toronto"),
                    prod.nodePools().stream()
                            .map(pool -> pool.site().orElseThrow().value())
                            .toList());
            assertEquals(1, declared.estate().all(Cluster.class).size());
            assertEquals(List.of(), Readings.problems(declared));
        }
    }

    @Test
    void whatIsSeenOfAddressesEventsAndOrdersBecomesObservations() throws IOException {
        try (FakeApi api = new FakeApi()
                .with(
                        "/api/v1/services",
                        "{\"metadata\":{\"name\":\"edge\",\"namespace\":\"shop\"},\"spec\":{\"type\":\"LoadBalancer\"},"
                                + "\"status\":{\"loadBalancer\":{\"ingress\":[{\"ip\":\"203.0.113.7\"}]}}}")
                .with(
                        "/api/v1/events",
                        "{\"metadata\":{\"name\":\"e\",\"namespace\":\"shop\"},\"involvedObject\":{\"kind\":\"Pod\",\"namespace\":\"shop\",\"name\":\"p\"},"
                                + "\"reason\":\"FailedScheduling\",\"message\":\"sentinel\",\"count\":4}")
                .with(
                        "/apis/cert-manager.io/v1/certificates",
                        "{\"metadata\":{\"name\":\"c\",\"namespace\":\"shop\"},\"spec\":{\"secretName\":\"s\",\"issuerRef\":{\"name\":\"i\"}},"
                                + "\"status\":{\"notAfter\":\"2026-05-01T00:00:00Z\",\"renewalTime\":\"2026-04-01T00:00:00Z\"}}")) {
            Reading reading = read(api);
            Service edge = Readings.thing(reading.estate(), Service.class, "main/shop/Service/edge");
            assertEquals("203.0.113.7", edge.address().orElseThrow().value());
            assertEquals(List.of("warning:FailedScheduling=4"), facts(reading, "main/shop/Pod/p"));
            assertEquals(
                    List.of("notAfter=2026-05-01T00:00:00Z", "renewalTime=2026-04-01T00:00:00Z"),
                    facts(reading, "main/shop/Certificate/c"));
            assertFalse(reading.documents().toString().contains("sentinel"));
            assertTrue(reading.estate()
                    .object(new Reference("main/shop/Service/edge"))
                    .isPresent());
        }
    }

    @Test
    void withoutSecretsTheStatusOfAnOrderStandsForTheCertificate() throws IOException {
        String order = "{\"metadata\":{\"name\":\"c\",\"namespace\":\"shop\"},\"spec\":{\"secretName\":\"shop-tls\","
                + "\"issuerRef\":{\"name\":\"i\"},\"dnsNames\":[\"api.test\"]},\"status\":{"
                + "\"notBefore\":\"2026-02-01T00:00:00Z\",\"notAfter\":\"2026-05-02T00:00:00Z\"}}";
        String secret = "{\"metadata\":{\"name\":\"shop-tls\",\"namespace\":\"shop\"},\"data\":{\"tls.crt\":\""
                + Base64.getEncoder().encodeToString(new Keys(folder).pem().getBytes(StandardCharsets.UTF_8)) + "\"}}";
        try (FakeApi api = new FakeApi()
                .with("/apis/cert-manager.io/v1/certificates", order)
                .with("/api/v1/secrets", secret)) {
            assertEquals(List.of("2027-01-01T00:00:00Z"), ends(read(api)));
            api.refusing("/api/v1/secrets", 403);
            assertEquals(List.of("2026-05-02T00:00:00Z"), ends(read(api)));
        }
    }

    private static List<String> ends(Reading reading) {
        return reading.estate().all(Certificate.class).stream()
                .map(certificate -> certificate.notAfter().toString())
                .toList();
    }

    @Test
    void theCertificateOfTheServerIsOneOfItsCluster() throws IOException {
        try (FakeApi api = new FakeApi(new Keys(folder))) {
            Certificate served = Readings.thing(read(api).estate(), Certificate.class, "certificate/main/apiserver");
            assertEquals("2027-01-01T00:00:00Z", served.notAfter().toString());
            assertEquals(List.of("api.test"), served.names());
            assertEquals("main", served.cluster().orElseThrow());
            assertEquals("apiserver", served.role());
        }
    }

    @Test
    void aServerThatIsNotTrustedIsNotAsked() throws IOException {
        try (FakeApi api = new FakeApi(new Keys(folder)).untrusted()) {
            String problem = String.join("\n", Readings.problems(read(api)));
            assertTrue(problem.contains("TLS fails"), problem);
            assertEquals(List.of(), api.requests());
        }
    }
}
