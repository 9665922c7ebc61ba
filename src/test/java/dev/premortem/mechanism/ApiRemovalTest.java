package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.catalogue.KubernetesReleases;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Severity;
import dev.premortem.testing.Outlook;
import java.time.Instant;
import java.util.List;
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

    private static final String OLD = """
            apiVersion: policy/v1beta1
            kind: PodSecurityPolicy
            metadata: {name: strict}
            ---
            apiVersion: policy/v1beta1
            kind: PodDisruptionBudget
            metadata: {name: shop, namespace: shop}
            ---
            apiVersion: autoscaling/v2beta2 # OUTAGE api-removal
            kind: HorizontalPodAutoscaler
            metadata: {name: shop, namespace: shop}
            ---
            """;

    @Test
    void eachReleaseThatEndsSomethingIsNamedWithItsShare() {
        Outage outage = Outlook.of(OLD + ROLE)
                .outage("api-removal")
                .namesTheMarkedLines()
                .outage();
        assertEquals(
                "4 objects of default are refused when they are applied: 1 since 1.22 (ClusterRole"
                        + " rbac.authorization.k8s.io/v1beta1), 2 since 1.25 (PodSecurityPolicy policy/v1beta1 and"
                        + " PodDisruptionBudget policy/v1beta1), 1 since 1.26 (HorizontalPodAutoscaler"
                        + " autoscaling/v2beta2)",
                outage.title());
        assertEquals(
                List.of(
                        "ClusterRole rbac.authorization.k8s.io/v1beta1 to rbac.authorization.k8s.io/v1: reader",
                        "HorizontalPodAutoscaler autoscaling/v2beta2 to autoscaling/v2: shop",
                        "PodDisruptionBudget policy/v1beta1 to policy/v1: shop",
                        "PodSecurityPolicy policy/v1beta1, nothing takes its place: strict"),
                outage.remedies().getFirst().steps());
    }

    /** What the cluster still takes is not refused yet: its next upgrade ends it. */
    @Test
    void aClusterBehindTellsWhatItsUpgradeEnds() {
        assertEquals(
                "3 objects of main are refused when they are applied after the next upgrade: 2 from the upgrade to 1.25"
                        + " (PodSecurityPolicy policy/v1beta1 and PodDisruptionBudget policy/v1beta1), 1 from the upgrade"
                        + " to 1.26 (HorizontalPodAutoscaler autoscaling/v2beta2)",
                Outlook.of(cluster("v1.24.9") + OLD)
                        .outage("api-removal")
                        .outage()
                        .title());
    }

    /** Two files may write one object: both are to be mended, and one is refused. */
    @Test
    void anObjectThatTwoFilesWriteIsCountedOnce() {
        assertTrue(Outlook.of(new TreeMap<>(Map.of("a.yaml", ROLE, "b.yaml", ROLE)), Outlook.NOW)
                .outage("api-removal")
                .outage()
                .title()
                .startsWith("one object of default is refused"));
    }
}
