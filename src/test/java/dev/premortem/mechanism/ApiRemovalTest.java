package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.catalogue.KubernetesReleases;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Severity;
import dev.premortem.testing.Outlook;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ApiRemovalTest {
    private static final String ROLE = """
            apiVersion: rbac.authorization.k8s.io/v1beta1 # OUTAGE api-removal
            kind: ClusterRole
            metadata: {name: reader}
            rules: []
            """;

    private static String cluster(String version) {
        return """
                apiVersion: premortem.dev/v1
                kind: Site
                metadata: {name: here}
                ---
                apiVersion: premortem.dev/v1
                kind: Cluster
                metadata: {name: main}
                spec:
                  site: here
                  distribution: {name: kubeadm, version: %s}
                ---
                """.formatted(version);
    }

    @Test
    void whatNoSupportedReleaseServesIsRefused() {
        Outage outage = Outlook.of(ROLE)
                .outage("api-removal")
                .namesTheMarkedLines()
                .isPreventedBy("write the version that is served")
                .outage();
        assertEquals(Severity.MEDIUM, outage.severity());
        assertEquals(
                "one object of default is refused when it is applied: ClusterRole rbac.authorization.k8s.io/v1beta1,"
                        + " Kubernetes serves it no longer since 1.22",
                outage.title());
        Outlook.of(ROLE.replace("v1beta1", "v1")).noOutage("api-removal");
    }

    @Test
    void anOldClusterServesItUntilItsSupportEnds() {
        String budget = ROLE.replace("rbac.authorization.k8s.io/v1beta1", "flowcontrol.apiserver.k8s.io/v1beta3")
                .replace("ClusterRole", "FlowSchema");
        Outlook old = Outlook.of(
                new TreeMap<>(Map.of("e.yaml", cluster("v1.31.2") + budget)), Instant.parse("2025-09-01T00:00:00Z"));
        assertEquals(
                Optional.of(Instant.parse("2025-11-11T00:00:00Z")),
                old.outage("api-removal").outage().starts());
        Outlook.of(new TreeMap<>(Map.of("e.yaml", budget)), Instant.parse("2025-09-01T00:00:00Z"))
                .noOutage("api-removal");
        assertEquals(
                Optional.empty(),
                Outlook.of(
                                new TreeMap<>(Map.of("e.yaml", cluster("v1.32.0") + budget)),
                                Instant.parse("2025-09-01T00:00:00Z"))
                        .outage("api-removal")
                        .outage()
                        .starts());
    }

    @Test
    void otherFieldsGetStepsAndNoPatch() {
        Outage outage = Outlook.of("""
                        apiVersion: networking.k8s.io/v1beta1
                        kind: Ingress
                        metadata: {name: shop, namespace: shop}
                        """).outage("api-removal").outage();
        assertTrue(outage.remedies().getFirst().edits().isEmpty());
        assertTrue(outage.remedies().getFirst().steps().getFirst().contains("networking.k8s.io/v1"));
    }

    @Test
    void theOldestSupportedReleaseFollowsTheDay() {
        assertEquals(31, KubernetesReleases.oldestSupported(Instant.parse("2025-11-10T00:00:00Z")));
        assertEquals(32, KubernetesReleases.oldestSupported(Instant.parse("2025-11-11T00:00:00Z")));
        assertEquals(35, KubernetesReleases.oldestSupported(Instant.parse("2026-11-25T00:00:00Z")));
    }
}
