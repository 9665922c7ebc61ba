package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Severity;
import dev.premortem.testing.Outlook;
import org.junit.jupiter.api.Test;

class DeadSettingTest {
    private static final String ESTATE = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: cart, namespace: shop}
            spec:
              replicas: 3 # OUTAGE dead-setting
              selector: {matchLabels: {app: cart}}
              template:
                metadata: {labels: {app: cart}}
                spec:
                  containers: [{name: cart, image: "example.com/cart:1"}]
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: cart, namespace: shop}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: cart}
              minReplicas: 3
              maxReplicas: 15
            """;

    @Test
    void aNumberThatAnAutoscalerOverridesTakesPodsAwayWhenItIsApplied() {
        Outage outage = Outlook.of(ESTATE)
                .outage("dead-setting")
                .namesTheMarkedLines()
                .isPreventedBy("leave replicas out: the autoscaler alone decides")
                .outage();
        assertEquals(Severity.MEDIUM, outage.severity());
        assertEquals(OutageClass.A, outage.outageClass());
    }

    @Test
    void aNumberThatIsNotWrittenHolds() {
        Outlook.of(ESTATE.replace("  replicas: 3 # OUTAGE dead-setting\n", "")).noOutage("dead-setting");
        Outlook.of(ESTATE.replace("replicas: 3 #", "replicas: 15 #")).noOutage("dead-setting");
        Outlook.of(ESTATE.replace("maxReplicas: 15", "maxReplicas: 3")).noOutage("dead-setting");
        Outlook.of(ESTATE.replace("kind: Deployment, name: cart", "kind: Deployment, name: other"))
                .noOutage("dead-setting");
    }

    @Test
    void whatAppliesButLeavesTheNumberAloneHolds() {
        String application = """
                ---
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: shop, namespace: argocd}
                spec:
                  destination: {namespace: shop}
                  source: {repoURL: "https://example.com/shop", path: shop}
                  syncPolicy: {syncOptions: [RespectIgnoreDifferences=true]}
                """;
        Outlook.of(ESTATE + application).noOutage("dead-setting");
    }
}
