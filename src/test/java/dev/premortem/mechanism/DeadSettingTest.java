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
                  containers: [{name: cart, image: "example.com/cart:1", resources: {requests: {cpu: 100m}}}]
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
    void aNumberBelowTheLeastTakesPodsAwayWithEveryApply() {
        String below = ESTATE.replace("replicas: 3 #", "replicas: 2 #")
                .replace("minReplicas: 3", "minReplicas: 4 # OUTAGE dead-setting");
        assertEquals(
                "each deployment takes shop/cart below the least that its autoscaler allows: replicas is written down as less",
                Outlook.of(below)
                        .outage("dead-setting", "estate#scaled-below")
                        .namesTheMarkedLines()
                        .outage()
                        .title());
        Outlook.of(below).noOutage("dead-setting", "estate#scaled");
        Outlook.of(ESTATE).noOutage("dead-setting", "estate#scaled-below");
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

    @Test
    void theSameEditInSeveralClustersIsOneOutage() {
        String other = "---\n" + ESTATE.replace(", namespace: shop}", ", namespace: bar}");
        assertEquals(
                2,
                Outlook.of(ESTATE + other)
                        .outage("dead-setting")
                        .outage()
                        .instances()
                        .size());
    }

    private static String release(String chart, String version, String values) {
        return """
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: net, namespace: kube-system}
                spec:
                  chart:
                    spec: {chart: %s, version: %s, sourceRef: {kind: HelmRepository, name: charts}}
                  values:
                """.formatted(chart, version) + values.indent(4);
    }

    @Test
    void aKeyInTheWrongCaseDoesNothing() {
        String values = """
                operator:
                  PodDisruptionBudget: # OUTAGE dead-setting
                    enabled: true
                    minAvailable: 1
                """;
        Outage outage = Outlook.of(release("cilium", "1.19.1", values))
                .outage("dead-setting")
                .namesTheMarkedLines()
                .outage();
        assertEquals(Severity.MEDIUM, outage.severity());
        assertEquals(
                "values that should keep things up do nothing: no template of cilium reads operator.PodDisruptionBudget of"
                        + " kube-system/net, but operator.podDisruptionBudget",
                outage.title());
        Outlook.of(release("cilium", "1.19.1", values.replace("PodDis", "podDis")))
                .noOutage("dead-setting");
        Outlook.of(release("cilium", "1.19.1", values.replace("true", "false"))).noOutage("dead-setting");
        Outlook.of(release("unheard-of", "1.19.1", values)).noOutage("dead-setting");
    }

    @Test
    void anotherChartsNameForTheCountDoesNothing() {
        Outlook.of(release("metrics-server", "3.12.0", "replicaCount: 2 # OUTAGE dead-setting\n"))
                .outage("dead-setting")
                .namesTheMarkedLines();
        Outlook.of(release("metrics-server", "3.12.0", "replicas: 2\n")).noOutage("dead-setting");
        Outlook.of(release("metrics-server", "2.11.4", "replicaCount: 2\n")).noOutage("dead-setting");
    }

    @Test
    void aCountOfOneThatNobodyReadsIsLowAsNothingIsMissingYet() {
        assertEquals(
                Severity.LOW,
                Outlook.of(release("metrics-server", "3.12.0", "replicaCount: 1\n"))
                        .outage("dead-setting")
                        .outage()
                        .severity());
    }

    @Test
    void aCountThatAnotherValueOverridesDoesNothing() {
        String values = """
                reloader:
                  deployment:
                    replicas: 2 # OUTAGE dead-setting
                """;
        Outlook.of(release("reloader", "2.2.16", values)).outage("dead-setting").namesTheMarkedLines();
        Outlook.of(release("reloader", "2.2.16", values + "  enableHA: true\n")).noOutage("dead-setting");
        Outlook.of(release("reloader", "2.2.16", values.replace("replicas: 2", "replicas: 1")))
                .noOutage("dead-setting");
    }

    private static final String COUNTED = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: cart, namespace: shop}
            spec:
              selector: {matchLabels: {app: cart}}
              template:
                metadata: {labels: {app: cart}}
                spec:
                  containers:
                    - {name: cart, image: "example.com/cart:1", resources: {requests: {cpu: 100m}}}
                    - {name: side, image: "example.com/side:1"} # OUTAGE dead-setting
            ---
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: cart, namespace: shop}
            spec:
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: cart}
              minReplicas: 2
              maxReplicas: 9
              metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]
            """;

    @Test
    void aShareOfWhatAContainerDoesNotRequestIsNeverCounted() {
        Outlook.of(COUNTED)
                .outage("dead-setting", "estate#counted")
                .namesTheMarkedLines()
                .says("no pod is added");
        Outlook.of(COUNTED.replace("side:1\"}", "side:1\", resources: {limits: {cpu: 1}}}"))
                .noOutage("dead-setting");
        Outlook.of(COUNTED.replace("type: Utilization, averageUtilization: 70", "type: AverageValue, averageValue: 1"))
                .noOutage("dead-setting");
        Outlook.of(COUNTED.replace("maxReplicas: 9", "maxReplicas: 2")).noOutage("dead-setting");
        Outlook.of(COUNTED + "---\napiVersion: v1\nkind: LimitRange\nmetadata: {name: all, namespace: shop}\n"
                        + "spec: {limits: [{type: Container, defaultRequest: {cpu: 100m}}]}\n")
                .noOutage("dead-setting");
        String second = COUNTED.replace("metrics: [{", "metrics: [{type: Pods, pods: {metric: {name: queue}}}, {");
        Outlook.of(second).noOutage("dead-setting", "estate#counted"); // the other metric still scales
    }

    @Test
    void howLongBackupsAreKeptIsSaidWhereThePluginReadsIt() {
        String database = """
            apiVersion: postgresql.cnpg.io/v1
            kind: Cluster
            metadata: {name: orders, namespace: shop}
            spec:
              instances: 3
              storage: {size: 5Gi}
              plugins: [{name: barman-cloud.cloudnative-pg.io, isWALArchiver: true, parameters: {barmanObjectName: away}}]
              backup:
                retentionPolicy: 30d # OUTAGE dead-setting
            ---
            apiVersion: barmancloud.cnpg.io/v1
            kind: ObjectStore
            metadata: {name: away, namespace: shop}
            spec:
              configuration: {destinationPath: s3://orders/}
            """;
        Outlook.of(database)
                .outage("dead-setting")
                .namesTheMarkedLines()
                .isPreventedBy("retentionPolicy in the ObjectStore");
        Outlook.of(database.replace("  configuration:", "  retentionPolicy: 30d\n  configuration:"))
                .noOutage("dead-setting");
        Outlook.of(database.replace("  backup:\n", "  backup:\n    barmanObjectStore: {destinationPath: s3://b/}\n"))
                .noOutage("dead-setting");
        Outlook.of(database.replace("name: away, namespace: shop}\nspec", "name: other, namespace: shop}\nspec"))
                .noOutage("dead-setting");
    }
}
