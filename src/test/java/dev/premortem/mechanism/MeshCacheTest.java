package dev.premortem.mechanism;

import dev.premortem.testing.Outlook;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MeshCacheTest {
    private static final String GROUND = """
            apiVersion: premortem.dev/v1
            kind: Site
            metadata: {name: north}
            spec: {}
            ---
            apiVersion: premortem.dev/v1
            kind: Site
            metadata: {name: south}
            spec: {}
            ---
            apiVersion: premortem.dev/v1
            kind: Link
            metadata: {name: only}
            spec: {between: [north, south], mtu: 9000}
            ---
            apiVersion: premortem.dev/v1
            kind: Cluster
            metadata: {name: a}
            spec: {site: north, path: a, mesh: one}
            ---
            apiVersion: premortem.dev/v1
            kind: Cluster
            metadata: {name: b}
            spec: {site: south, path: b, mesh: one}
            ---
            apiVersion: premortem.dev/v1
            kind: Product
            metadata: {name: shop}
            spec: {needs: [a/shop/Deployment/web]}
            """;

    private static final String BACKEND = """
            apiVersion: v1
            kind: Service
            metadata:
              name: login
              namespace: auth
              annotations:
                service.cilium.io/global: "true" # OUTAGE mesh-cache
            spec: {selector: {app: login}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: login, namespace: auth}
            spec:
              replicas: 2
              selector: {matchLabels: {app: login}}
              template:
                metadata: {labels: {app: login}}
                spec: {containers: [{name: login, image: "example.com/login:1"}]}
            """;

    private static final String CALLER = """
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              namespace: shop
              annotations: {premortem.dev/depends-on: "a/auth/Service/login"}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: "example.com/web:1"}]}
            """;

    private static Outlook outlook(String backend) {
        SortedMap<String, String> files = new TreeMap<>();
        files.put("ground.yaml", GROUND);
        files.put("a/all.yaml", backend + CALLER);
        files.put("b/all.yaml", backend.replace(" # OUTAGE mesh-cache", ""));
        return Outlook.of(files, Instant.parse("2026-01-15T00:00:00Z"));
    }

    @Test
    void theLossOfTheLinkHangsAShareOfTheCallsThoughLocalCopiesRun() {
        outlook(BACKEND)
                .outage("mesh-cache")
                .takesDown("shop")
                .namesTheMarkedLines()
                .isPreventedBy("affinity: local");
    }

    @Test
    void localAffinityHolds() {
        outlook(BACKEND.replace("# OUTAGE mesh-cache\n", "\n    service.cilium.io/affinity: local\n"))
                .noOutage("mesh-cache");
    }

    @Test
    void aServiceThatIsNotSharedHolds() {
        outlook(BACKEND.replace("\"true\" # OUTAGE mesh-cache", "\"false\"")).noOutage("mesh-cache");
    }
}
