package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Confidence;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Severity;
import dev.premortem.testing.Outlook;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProbeTest {
    private static final String TUNNEL = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: tunnel, namespace: edge}
            spec:
              replicas: 2
              selector: {matchLabels: {app: tunnel}}
              template:
                metadata: {labels: {app: tunnel}}
                spec:
                  containers:
                    - name: tunnel
                      image: docker.io/cloudflare/cloudflared:2026.1.0
                      livenessProbe:
                        httpGet:
                          path: /ready # OUTAGE probe
                          port: 8080
            """;

    private static final String FRONT = """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: tunnel, namespace: edge}
            spec: {selector: {app: tunnel}, ports: [{port: 80}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: shop, namespace: edge}
            spec:
              rules:
                - host: shop.example.com
                  http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: tunnel, port: {number: 80}}}}]}
            """;

    @Test
    void anEndpointThatSpeaksForTheEdgeRestartsWhatIsAlive() {
        Outage outage = Outlook.of(TUNNEL)
                .outage("probe")
                .namesTheMarkedLines()
                .isPreventedBy("ask for it in the readiness probe only; liveness asks the program alone, or nothing")
                .outage();
        assertEquals(OutageClass.C, outage.outageClass());
        assertEquals(Confidence.LIKELY, outage.confidence());
        assertEquals(Severity.MEDIUM, outage.severity());
    }

    @Test
    void theRestartsOutlastTheCause() {
        Outage outage = Outlook.of(TUNNEL + FRONT)
                .outage("probe")
                .takesDown("shop.example.com")
                .outage();
        assertTrue(outage.duration().compareTo(Duration.ofMinutes(10)) > 0, () -> "lasts " + outage.duration());
        assertTrue(outage.duration().compareTo(Duration.ofMinutes(17)) < 0, () -> "lasts " + outage.duration());
        assertTrue(outage.endsByItself());
    }

    @Test
    void livenessThatAsksTheProgramOrWaitsLongEnoughHolds() {
        Outlook.of(TUNNEL.replace("path: /ready", "path: /healthcheck")).noOutage("probe");
        Outlook.of(TUNNEL.replace("livenessProbe", "readinessProbe")).noOutage("probe");
        Outlook.of(TUNNEL + "            failureThreshold: 90\n").noOutage("probe");
        Outlook.of(TUNNEL.replace("cloudflare/cloudflared", "example/shop")).noOutage("probe");
    }

    @Test
    void alikeOnesAreOneOutage() {
        String other = TUNNEL.replace("name: tunnel", "name: second").replace("app: tunnel", "app: second");
        assertEquals(
                2,
                Outlook.of(TUNNEL + "---\n" + other)
                        .outage("probe")
                        .outage()
                        .instances()
                        .size());
    }

    private static String probed(String probes) {
        return """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: queue, namespace: shop}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: queue}}
                  template:
                    metadata: {labels: {app: queue}}
                    spec:
                      containers:
                        - name: queue
                          image: example.com/queue:1
                """ + probes.indent(10);
    }

    @Test
    void aCommandThatAsksAnotherHostIsNoSignOfLife() {
        String url = "livenessProbe: {exec: {command: [sh, -c, \"curl -f http://%s/health\"]}}";
        Outlook.of(probed(url.formatted("api.other.svc.cluster.local"))).outage("probe");
        Outlook.of(probed(url.formatted("127.0.0.1:80"))).noOutage("probe");
        Outlook.of(probed(url.formatted("localhost"))).noOutage("probe");
        Outlook.of(probed(url.formatted("169.254.20.10:8080"))).noOutage("probe");
        Outlook.of(probed(url.formatted("queue.shop.svc"))).noOutage("probe");
    }

    @Test
    void killedBeforeTheStartIsOver() {
        String slow = "livenessProbe: {tcpSocket: {port: 1}, initialDelaySeconds: 10}\n"
                + "readinessProbe: {tcpSocket: {port: 1}, initialDelaySeconds: 180}\n";
        Outage outage = Outlook.of(probed(slow)).outage("probe").outage();
        assertEquals(Confidence.POSSIBLE, outage.confidence());
        Outlook.of(probed(slow + "startupProbe: {tcpSocket: {port: 1}, failureThreshold: 60}\n"))
                .noOutage("probe");
        Outlook.of(probed(slow.replace("initialDelaySeconds: 10}", "initialDelaySeconds: 300}")))
                .noOutage("probe");
    }

    @Test
    void aStoreIsKilledWhenItIsLoaded() {
        String writes = "livenessProbe: {exec: {command: [sh, -c, \"redis-cli -a $(WORD) incr health\"]}}\n";
        Outlook.of(probed(writes)).outage("probe");
        String asks = writes.replace("incr health", "ping");
        Outlook.of(probed(asks)).noOutage("probe");
        String large = "resources: {limits: {memory: 50Gi}}\n";
        Outlook.of(probed(asks + large)).outage("probe");
        Outlook.of(probed(asks.replace("]}}", "]}, timeoutSeconds: 10}") + large))
                .noOutage("probe");
    }

    @Test
    void theValuesOfAnUnreadChartAreAGuess() {
        String release = """
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: tunnel, namespace: edge}
                spec:
                  chart: {spec: {chart: any, sourceRef: {kind: HelmRepository, name: any}}}
                  values:
                    image: {repository: docker.io/cloudflare/cloudflared, tag: "1"}
                    probes:
                      liveness:
                        enabled: true
                        spec: {httpGet: {path: /ready, port: 80}}
                """;
        assertEquals(
                Confidence.POSSIBLE,
                Outlook.of(release).outage("probe").outage().confidence());
        Outlook.of(release.replace("enabled: true", "enabled: false")).noOutage("probe");
    }

    private static String asking(String command, String selector) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: cart, namespace: shop}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: cart}}
                  template:
                    metadata: {labels: {app: cart}}
                    spec:
                      containers:
                        - name: cart
                          image: example.com/cart:1
                          livenessProbe:
                            exec: {command: [sh, -c, "%s"]} # OUTAGE probe
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: db, namespace: shop}
                spec: {selector: {app: %s}, ports: [{port: 5432}]}
                """.formatted(command, selector);
    }

    @Test
    void aClientThatAsksAnotherServiceIsAProbeOfThatService() {
        Outlook.of(asking("pg_isready -U shop -h db", "db")).outage("probe").says("asks db, not the container");
        Outlook.of(asking("nc -z db 5432", "db")).outage("probe").says("asks db, not the container");
        Outlook.of(asking("redis-cli -h cache.other.svc ping", "db")).outage("probe");
        Outlook.of(asking("pg_isready -h db", "cart")).noOutage("probe"); // it stands behind that Service itself
        Outlook.of(asking("pg_isready -h localhost", "db")).noOutage("probe");
        Outlook.of(asking("pg_isready -U shop", "db")).noOutage("probe");
        Outlook.of(asking("pg_isready -h $HOST", "db")).noOutage("probe");
    }
}
