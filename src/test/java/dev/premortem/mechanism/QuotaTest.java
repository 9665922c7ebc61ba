package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Outage;
import dev.premortem.outage.Severity;
import dev.premortem.testing.Outlook;
import org.junit.jupiter.api.Test;

class QuotaTest {
    private static String estate(String hard, int replicas, String resources) {
        return """
                apiVersion: v1
                kind: ResourceQuota
                metadata: {name: all, namespace: shop}
                spec:
                  hard:
                    %s # OUTAGE quota
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: cart, namespace: shop}
                spec:
                  replicas: %d
                  selector: {matchLabels: {app: cart}}
                  template:
                    metadata: {labels: {app: cart}}
                    spec:
                      containers: [{name: cart, image: "example.com/cart:1", resources: %s}]
                """.formatted(hard, replicas, resources);
    }

    private static String title(String estate) {
        Outage outage = Outlook.of(estate).outage("quota").namesTheMarkedLines().outage();
        assertEquals(Severity.MEDIUM, outage.severity());
        return outage.title();
    }

    @Test
    void aPodThatDoesNotNameWhatIsLimitedIsRefused() {
        assertEquals(
                "pods of shop/cart are refused: they do not name requests.memory, which a quota limits",
                title(estate("requests.memory: 4Gi", 2, "{requests: {cpu: 100m}}")));
        Outlook.of(estate("requests.memory: 4Gi", 2, "{limits: {memory: 1Gi}}")).noOutage("quota");
    }

    @Test
    void aLimitRangeNamesItForThem() {
        String range = """
                ---
                apiVersion: v1
                kind: LimitRange
                metadata: {name: usual, namespace: shop}
                spec: {limits: [{type: Container, default: {memory: 1Gi}}]}
                """;
        Outlook.of(estate("limits.memory: 4Gi", 2, "{}") + range).noOutage("quota");
        Outlook.of(estate("limits.memory: 2Gi", 3, "{}") + range).outage("quota");
    }

    @Test
    void anUpdateNeedsRoomForOneMore() {
        assertTrue(
                title(estate("pods: 2", 2, "{}")).startsWith("updates of shop/cart stall"),
                () -> title(estate("pods: 2", 2, "{}")));
        Outlook.of(estate("pods: 3", 2, "{}")).noOutage("quota");
        Outlook.of(estate("pods: 2", 2, "{}").replace("  replicas: 2", "  replicas: 2\n  strategy: {type: Recreate}"))
                .noOutage("quota");
    }

    @Test
    void whatRunsNowMustFit() {
        assertEquals(
                "the quota of namespace shop has no room for all its pods: requests.cpu 500m",
                title(estate("cpu: 500m", 3, "{requests: {cpu: 200m}}")));
    }

    @Test
    void anAutoscalerWantsMore() {
        String scaled = estate("pods: 5", 2, "{}") + """
                ---
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: cart, namespace: shop}
                spec: {scaleTargetRef: {kind: Deployment, name: cart}, minReplicas: 2, maxReplicas: 8}
                """;
        assertEquals("under load shop/cart does not grow to 8 pods: the quota is full before, pods 5", title(scaled));
        Outlook.of(scaled.replace("maxReplicas: 8", "maxReplicas: 5")).noOutage("quota");
    }

    @Test
    void aQuotaForSomePodsOnlyIsNotJudged() {
        Outlook.of(estate("pods: 1", 2, "{}").replace("spec:\n  hard:", "spec:\n  scopes: [BestEffort]\n  hard:"))
                .noOutage("quota");
    }
}
