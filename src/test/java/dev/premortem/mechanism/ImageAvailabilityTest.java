package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Confidence;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Severity;
import dev.premortem.source.helm.HelmTests;
import dev.premortem.testing.Outlook;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ImageAvailabilityTest {
    private static final String ID = "image-availability";

    private static String estate(String image) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: cart, namespace: shop}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: cart}}
                  template:
                    metadata: {labels: {app: cart}}
                    spec:
                      containers:
                        - name: cart
                          image: %s # OUTAGE image-availability
                """.formatted(image);
    }

    private static final String FRONT = """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: cart, namespace: shop}
            spec: {selector: {app: cart}, ports: [{port: 80}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: shop, namespace: shop}
            spec:
              rules:
                - host: shop.example.com
                  http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: cart, port: {number: 80}}}}]}
            """;

    @Test
    void aTagThatWasTakenAwayStopsTheNextStart() {
        Outage outage = Outlook.of(estate("elasticsearch") + FRONT)
                .outage(ID)
                .namesTheMarkedLines()
                .takesDown("shop.example.com")
                .outage();
        assertEquals(Severity.MEDIUM, outage.severity());
        assertEquals(Confidence.LIKELY, outage.confidence());
        Outlook.of(estate("elasticsearch:8.19.0")).noOutage(ID);
    }

    @Test
    void whatMovedIsFoundWhereItIsNow() {
        Outlook.of(estate("docker.io/bitnami/redis:8.2.1-debian-12-r0"))
                .outage(ID)
                .namesTheMarkedLines()
                .isPreventedBy("take the images from where they are now");
        Outlook.of(estate("docker.io/bitnamilegacy/redis:8.2.1-debian-12-r0")).noOutage(ID);
        Outlook.of(estate("example.com/bitnami/redis:8.2.1")).noOutage(ID);
    }

    @Test
    void severalPodsLiveOn() {
        String several = estate("bitnami/redis:8.2.1").replace("replicas: 1", "replicas: 3");
        assertTrue(Outlook.of(several + FRONT).outage(ID).outage().products().isEmpty());
    }

    @Test
    void aMovingTagIsAskedForAtEachStart() {
        String moving = estate("public.ecr.aws/nginx/nginx:stable");
        Outage outage = Outlook.of(moving + "          imagePullPolicy: Always\n" + FRONT)
                .outage(ID)
                .namesTheMarkedLines()
                .outage();
        assertEquals(Severity.MEDIUM, outage.severity());
        assertEquals(Confidence.LIKELY, outage.confidence());
        assertTrue(outage.products().isEmpty(), "running pods live on");
        assertEquals(
                Confidence.POSSIBLE,
                Outlook.of(moving + "          imagePullPolicy: IfNotPresent\n")
                        .outage(ID)
                        .outage()
                        .confidence());
    }

    @Test
    void fixedOrOwnImagesHold() {
        Outlook.of(estate("redis:8.2.1")).noOutage(ID);
        Outlook.of(estate("registry.example.com/shop/cart:latest")).noOutage(ID);
        Outlook.of(estate("redis:latest@sha256:0123456789abcdef")).noOutage(ID);
        Outlook.of(estate("frontend")).noOutage(ID);
    }

    @Test
    void allOfARegistryAreOneOutage() {
        String other = estate("redis").replace("name: cart", "name: cards").replace("app: cart", "app: cards");
        Outage outage = Outlook.of(estate("nginx:latest") + "---\n" + other)
                .outage(ID)
                .namesTheMarkedLines()
                .outage();
        assertEquals(2, outage.instances().size());
        assertEquals("registry/docker.io#not-asked", outage.pivot());
    }

    @Test
    void onePodThatKeepsItsImageFallsWithItsNodeWhateverOthersAskFor() {
        String kept = estate("docker.io/redis:latest") + "          imagePullPolicy: IfNotPresent\n";
        String asked = estate("nginx:latest")
                .replace(" # OUTAGE image-availability", "")
                .replace("name: cart", "name: web")
                .replace("app: cart", "app: web");
        Outage outage = Outlook.of(kept + "---\n" + asked)
                .outage(ID, "registry/docker.io#kept")
                .namesTheMarkedLines()
                .outage();
        assertEquals(Confidence.POSSIBLE, outage.confidence());
        assertEquals(1, outage.instances().size());
        Outlook.of(kept.replace("replicas: 1", "replicas: 2")).noOutage(ID);
    }

    private static String many(int images, String more) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < images; i++) {
            all.append(estate("grafana/app-" + i + ":1.0")
                            .replace(" # OUTAGE image-availability", more)
                            .replace("name: cart", "name: app-" + i)
                            .replace("app: cart", "app: app-" + i))
                    .append("---\n");
        }
        return all.toString();
    }

    @Test
    void moreImagesThanTheHubGivesInSixHoursAreRefusedWhenAllNodesStartAnew() {
        Outage outage = Outlook.of(many(101, ""))
                .outage(ID, "cluster/default#hub-pulls")
                .outage();
        assertEquals(
                "when all nodes of default start anew, Docker Hub refuses after 100 pulls in six hours: its pods need 101 or more",
                outage.title());
        assertEquals(Severity.MEDIUM, outage.severity());
        assertEquals(Confidence.POSSIBLE, outage.confidence());
        Outlook.of(many(100, "")).noOutage(ID);
        Outlook.of(many(101, "\n      imagePullSecrets: [{name: hub}]")).noOutage(ID);
        String spegel = estate("ghcr.io/spegel-org/spegel:v0.4.0").replace(" # OUTAGE image-availability", "");
        Outlook.of(many(101, "") + spegel).noOutage(ID);
    }

    private static String chart(String version, String url, String values) {
        return """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: HelmRepository
                metadata: {name: charts, namespace: flux-system}
                spec: {interval: 1h, url: "%s"}
                ---
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: cache, namespace: shop}
                spec:
                  chart:
                    spec:
                      chart: redis
                      version: %s # OUTAGE image-availability
                      sourceRef: {kind: HelmRepository, name: charts, namespace: flux-system}
                  values: {%s}
                """.formatted(url, version, values);
    }

    @Test
    void aChartWhoseImageByDefaultWasTakenAwayIsToldAtItsVersion() {
        String url = "https://charts.bitnami.com/bitnami";
        Outage outage = Outlook.of(chart("19.0.0", url, "architecture: standalone"))
                .outage(ID, "estate#images-by-default")
                .namesTheMarkedLines()
                .outage();
        assertEquals(Severity.MEDIUM, outage.severity());
        assertEquals(Confidence.LIKELY, outage.confidence());
        Outlook.of(chart("23.1.1", url, "")).noOutage(ID); // what later charts start is not known
        Outlook.of(chart("19.x", url, "")).noOutage(ID);
        Outlook.of(chart("19.0.0", "https://example.com/charts", "")).noOutage(ID);
        Outlook.of(chart("19.0.0", url, "image: {repository: bitnamilegacy/redis}"))
                .noOutage(ID);
        Outlook.of(chart("19.0.0", url, "global: {imageRegistry: mirror.example.com}"))
                .noOutage(ID);
    }

    @Test
    void anOciRepositorySaysTheVersionAsItsTag() {
        String oci = """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: OCIRepository
                metadata: {name: redis, namespace: shop}
                spec:
                  url: oci://registry-1.docker.io/bitnamicharts/redis
                  ref:
                    tag: 20.1.0 # OUTAGE image-availability
                ---
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: cache, namespace: shop}
                spec: {chartRef: {kind: OCIRepository, name: redis}}
                """;
        Outlook.of(oci).outage(ID, "estate#images-by-default").namesTheMarkedLines();
    }

    private static Outlook umbrella(String version, String more, String values, String... others) {
        TreeMap<String, String> files = new TreeMap<>();
        files.put("shop/Chart.yaml", """
                apiVersion: v2
                name: shop
                version: 1.0.0
                dependencies:
                - name: redis
                  repository: https://charts.bitnami.com/bitnami
                  version: %s
                %s
                """.formatted(version, more));
        files.put("shop/values.yaml", values);
        for (int i = 0; i < others.length; i += 2) {
            files.put(others[i], others[i + 1]);
        }
        return Outlook.of(files, HelmTests.renderers());
    }

    @Test
    void aChartThatAnotherTakesInIsToldToo() {
        Outage outage = umbrella("19.0.0 # OUTAGE image-availability", "", "redis: {architecture: standalone}")
                .outage(ID, "estate#images-by-default")
                .namesTheMarkedLines()
                .outage();
        assertEquals(Severity.MEDIUM, outage.severity());
        assertEquals(Confidence.LIKELY, outage.confidence());
        umbrella("23.1.1", "", "redis: {}").noOutage(ID);
        umbrella("19.0.0", "", "redis: {image: {registry: ghcr.io}}").noOutage(ID);
        umbrella("19.0.0", "", "global: {imageRegistry: mirror.example.com}").noOutage(ID);
        umbrella("19.0.0", "  alias: cache", "cache: {image: {repository: bitnamilegacy/redis}}")
                .noOutage(ID);
    }

    @Test
    void whatAConditionLeavesOutStartsNothing() {
        umbrella("19.0.0", "  condition: redis.enabled", "redis: {enabled: true}")
                .outage(ID);
        umbrella("19.0.0", "  condition: redis.enabled", "redis: {enabled: false}")
                .noOutage(ID);
        umbrella("19.0.0", "  tags: [cache]", "tags: {cache: false}").noOutage(ID);
        umbrella(
                        "19.0.0",
                        "  condition: cache.enabled, redis.enabled\n  tags: [cache]",
                        "{tags: {cache: false}, redis: {enabled: true}}")
                .outage(ID);
    }

    /** A range alone says no version; what the lock file wrote down does. */
    @Test
    void theLockFileSaysTheVersion() {
        String lock = "dependencies:\n- name: redis\n  version: %s\n";
        umbrella("19.x.x", "", "redis: {}").noOutage(ID);
        Outage outage = umbrella("19.x.x", "", "redis: {}", "shop/Chart.lock", lock.formatted("19.6.4"))
                .outage(ID, "estate#images-by-default")
                .outage();
        assertEquals("shop/Chart.lock:3", outage.instances().getFirst().place().at());
        umbrella("'>=19'", "", "redis: {}", "shop/Chart.lock", lock.formatted("23.1.1"))
                .noOutage(ID);
    }

    /** What lies beside it is rendered, and its images are read there. */
    @Test
    void aVendoredChartIsNotAbsent() {
        umbrella(
                        "19.0.0",
                        "",
                        "redis: {}",
                        "shop/charts/redis/Chart.yaml",
                        "{apiVersion: v2, name: redis, version: 19.0.0}")
                .noOutage(ID);
    }
}
