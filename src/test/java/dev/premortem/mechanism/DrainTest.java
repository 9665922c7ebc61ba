package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Confidence;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Severity;
import dev.premortem.testing.Outlook;
import org.junit.jupiter.api.Test;

class DrainTest {
    private static final String ESTATE = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: cart, namespace: shop}
            spec:
              replicas: 1
              selector: {matchLabels: {app: cart}}
              template:
                metadata: {labels: {app: cart, tier: web}}
                spec:
                  containers: [{name: cart, image: "example.com/cart:1"}]
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: cart, namespace: shop}
            spec:
              minAvailable: 1 # OUTAGE drain
              selector: {matchLabels: {app: cart}}
            """;

    @Test
    void aBudgetOverOnePodStopsEveryDrain() {
        Outage outage = Outlook.of(ESTATE)
                .outage("drain")
                .namesTheMarkedLines()
                .isPreventedBy("let one pod at a time go: maxUnavailable: 1")
                .outage();
        assertEquals("drains of default stall: the budget of shop/cart allows no eviction", outage.title());
        assertEquals(Severity.MEDIUM, outage.severity());
        assertEquals(Confidence.SURE, outage.confidence());
        assertTrue(outage.products().isEmpty());
    }

    @Test
    void aSecondPodMayGo() {
        Outlook.of(ESTATE.replace("replicas: 1", "replicas: 2")).noOutage("drain");
    }

    @Test
    void percentagesAreRoundedUp() {
        String two = ESTATE.replace("replicas: 1", "replicas: 2");
        Outlook.of(two.replace("minAvailable: 1", "minAvailable: 51%")).outage("drain");
        Outlook.of(two.replace("minAvailable: 1", "minAvailable: 50%")).noOutage("drain");
        Outlook.of(two.replace("minAvailable: 1", "maxUnavailable: 1%")).noOutage("drain");
        Outlook.of(two.replace("minAvailable: 1", "maxUnavailable: 0%")).outage("drain");
        Outlook.of(two.replace("minAvailable: 1", "maxUnavailable: 0")).outage("drain");
    }

    private static String selecting(String selector) {
        return ESTATE.substring(0, ESTATE.lastIndexOf("  selector:")) + "  selector: " + selector + "\n";
    }

    @Test
    void aBudgetOfNobodyKnownIsNotJudged() {
        Outlook.of(selecting("{matchLabels: {app: other}}")).noOutage("drain");
        Outlook.of(ESTATE.replace("kind: Deployment", "kind: DaemonSet")).noOutage("drain");
        Outlook.of(ESTATE.replace("replicas: 1", "replicas: 0")).noOutage("drain");
    }

    @Test
    void expressionsSelectTooAndAnEmptySelectorSelectsAll() {
        Outlook.of(selecting("{matchExpressions: [{key: tier, operator: In, values: [web, api]}]}"))
                .outage("drain");
        Outlook.of(selecting("{matchExpressions: [{key: tier, operator: NotIn, values: [web]}]}"))
                .noOutage("drain");
        Outlook.of(selecting("{}")).outage("drain");
    }

    @Test
    void anAutoscalersMinimumCounts() {
        String scaled = ESTATE + """
                ---
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: cart, namespace: shop}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: cart}
                  minReplicas: 1
                  maxReplicas: 5
                """;
        assertEquals(
                Confidence.LIKELY, Outlook.of(scaled).outage("drain").outage().confidence());
        Outlook.of(scaled.replace("minReplicas: 1", "minReplicas: 2")).noOutage("drain");
    }

    @Test
    void allBudgetsOfAClusterAreOneOutageWithOnePatch() {
        String other = ESTATE.replace("name: cart", "name: cards").replace("app: cart", "app: cards");
        Outage outage = Outlook.of(ESTATE + "---\n" + other)
                .outage("drain")
                .isPreventedBy("let one pod at a time go: maxUnavailable: 1")
                .outage();
        assertEquals("drains of default stall: 2 budgets allow no eviction of the one pod each", outage.title());
        assertEquals(2, outage.instances().size());
    }

    private static final String CHART = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: gate, namespace: net}
            spec:
              chart:
                spec: {chart: gateway-helm, version: 1.8.3, sourceRef: {kind: HelmRepository, name: envoy}}
              values: {deployment: {priorityClassName: high}}
            ---
            apiVersion: policy/v1
            kind: PodDisruptionBudget
            metadata: {name: gate, namespace: net}
            spec:
              minAvailable: 1 # OUTAGE drain
              selector:
                matchLabels: {app.kubernetes.io/instance: gate, control-plane: envoy-gateway}
            """;

    @Test
    void aChartThatIsNotRenderedRunsWhatItsDefaultsSay() {
        Outage outage = Outlook.of(CHART)
                .outage("drain")
                .namesTheMarkedLines()
                .isPreventedBy("let one pod at a time go: maxUnavailable: 1")
                .outage();
        assertEquals(Confidence.LIKELY, outage.confidence());
        Outlook.of(CHART.replace("{priorityClassName: high}", "{replicas: 2}")).noOutage("drain");
        Outlook.of(CHART.replace("chart: gateway-helm", "chart: unheard-of")).noOutage("drain");
    }

    private static final String BUDGET_OF_CHART = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: cert-manager, namespace: net}
            spec:
              chart:
                spec: {chart: cert-manager, version: v1.18.2, sourceRef: {kind: HelmRepository, name: jetstack}}
              values:
                podDisruptionBudget:
                  enabled: true # OUTAGE drain
            """;

    @Test
    void aBudgetThatAChartMakesWithoutFiguresAllowsNoEvictionOfItsOnePod() {
        Outage outage = Outlook.of(BUDGET_OF_CHART)
                .outage("drain")
                .namesTheMarkedLines()
                .isPreventedBy("let one pod at a time go: maxUnavailable: 1")
                .outage();
        assertEquals("drains of default stall: the budget of net/cert-manager allows no eviction", outage.title());
        assertEquals(Confidence.LIKELY, outage.confidence());
    }

    @Test
    void aBudgetThatAChartMakesHoldsWithFiguresOrPodsThatLetOneGo() {
        Outlook.of(BUDGET_OF_CHART.replace("enabled: true", "enabled: false")).noOutage("drain");
        Outlook.of(BUDGET_OF_CHART + "      maxUnavailable: 1\n").noOutage("drain");
        Outlook.of(BUDGET_OF_CHART + "    replicaCount: 2\n").noOutage("drain");
        Outlook.of(BUDGET_OF_CHART.replace("v1.18.2", "v1.9.1")).noOutage("drain");
    }

    private static String release(String chart, String version, String values) {
        return """
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: %s, namespace: net}
                spec:
                  chart:
                    spec: {chart: %s, version: %s, sourceRef: {kind: HelmRepository, name: charts}}
                  values:
                """.formatted(chart, chart, version) + values.indent(4);
    }

    @Test
    void aBudgetThatAChartAlwaysMakesHoldsUntilValuesTakeItsPodsAway() {
        Outage outage = Outlook.of(release("gatekeeper", "3.20.1", "replicas: 1 # OUTAGE drain\n"))
                .outage("drain")
                .namesTheMarkedLines()
                .outage();
        assertTrue(outage.remedies().stream().noneMatch(remedy -> remedy.patch().contains("+maxUnavailable")));
        Outlook.of(release("gatekeeper", "3.20.1", "auditInterval: 60\n")).noOutage("drain");
        Outlook.of(release("gatekeeper", "3.20.1", "replicas: 1\npdb: {controllerManager: {minAvailable: 0}}\n"))
                .noOutage("drain");
        Outlook.of(release("gatekeeper", "3.9.0", "replicas: 1\n")).noOutage("drain");
    }

    @Test
    void partsOfAChartHaveBudgetsOfTheirOwn() {
        String values = "podDisruptionBudget:\n  operator:\n    minAvailable: 1 # OUTAGE drain\n";
        assertEquals(
                1,
                Outlook.of(release("keda", "2.20.2", values))
                        .outage("drain")
                        .namesTheMarkedLines()
                        .outage()
                        .instances()
                        .size());
        Outlook.of(release("keda", "2.20.2", values + "operator: {replicaCount: 2}\n"))
                .noOutage("drain");
        Outlook.of(release("keda", "2.20.2", values + "operator: {name: scaler}\n"))
                .noOutage("drain");
        String kyverno = "admissionController:\n  podDisruptionBudget:\n    enabled: true # OUTAGE drain\n";
        Outlook.of(release("kyverno", "3.2.0", kyverno)).outage("drain").namesTheMarkedLines();
        Outlook.of(release("kyverno", "3.0.0", kyverno)).noOutage("drain");
    }

    private static final String NODES = """
            apiVersion: v1
            kind: Node
            metadata: {name: n1}
            ---
            apiVersion: v1
            kind: Node
            metadata: {name: n2}
            ---
            """;

    /** A pod that finds no node is one that is away already: the budget has nothing left to give. */
    @Test
    void aPodWithoutANodeUsesTheBudgetUp() {
        String apart = ESTATE.replace("replicas: 1", "replicas: 3")
                .replace("minAvailable: 1", "maxUnavailable: 1")
                .replace(
                        "      containers:",
                        "      affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey:"
                                + " kubernetes.io/hostname, labelSelector: {matchLabels: {app: cart}}}]}}\n      containers:");
        Outage outage =
                Outlook.of(NODES + apart).outage("drain").namesTheMarkedLines().outage();
        assertTrue(outage.chain().stream()
                .anyMatch(step -> step.text()
                        .equals("its budget wants maxUnavailable 1 of 3 pods, of which 2 have a place: none may go")));
        assertEquals(
                "give every pod a place: no more pods than nodes or zones",
                outage.remedies().getFirst().title());
        Outlook.of(NODES + apart.replace("replicas: 3", "replicas: 2")).noOutage("drain");
        Outlook.of(NODES + apart.replace("maxUnavailable: 1", "maxUnavailable: 2"))
                .noOutage("drain");
        Outlook.of(apart).noOutage("drain");
        Outlook.of(NODES + apart.replace("required", "preferred")).noOutage("drain");
    }

    @Test
    void theOneInstanceOfADatabaseWhoseOperatorMakesABudgetIsNeverEvicted() {
        String database = """
            apiVersion: postgresql.cnpg.io/v1
            kind: Cluster
            metadata: {name: orders, namespace: shop}
            spec:
              instances: 1 # OUTAGE drain
              storage: {size: 5Gi}
            """;
        Outlook.of(database)
                .outage("drain")
                .namesTheMarkedLines()
                .isPreventedBy("enablePDB: false for one instance of PostgreSQL");
        Outlook.of(database.replace("storage:", "enablePDB: false\n  storage:")).noOutage("drain");
        // its operator moves the primary before the node is emptied
        Outlook.of(database.replace("instances: 1", "instances: 2")).noOutage("drain");
    }
}
