package dev.premortem.mechanism;

import dev.premortem.testing.Outlook;
import org.junit.jupiter.api.Test;

class CapacityTest {
    private static final String ESTATE = """
            apiVersion: premortem.dev/v1
            kind: Site
            metadata: {name: north}
            ---
            apiVersion: premortem.dev/v1
            kind: Cluster
            metadata: {name: a}
            spec:
              site: north
              nodePools:
                - name: workers
                  site: north
                  nodes: 2 # OUTAGE capacity
                  max: 2
                  allocatable: {cpu: "2", memory: 8Gi, pods: 110}
            ---
            apiVersion: premortem.dev/v1
            kind: Product
            metadata: {name: shop}
            spec: {needs: [a/shop/Deployment/cart]}
            ---
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
                      image: example.com/cart:1
                      resources: {requests: {cpu: 1500m, memory: 1Gi}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: batch, namespace: shop}
            spec:
              replicas: 2
              selector: {matchLabels: {app: batch}}
              template:
                metadata: {labels: {app: batch}}
                spec:
                  containers:
                    - name: batch
                      image: example.com/batch:1
                      resources: {requests: {cpu: 400m, memory: 1Gi}}
            """;

    @Test
    void aFullPoolAtItsMaximumLeavesThePodPending() {
        Outlook.of(ESTATE)
                .outage("capacity")
                .takesDown("shop")
                .namesTheMarkedLines()
                .says("no room for shop/cart");
    }

    @Test
    void oneMoreNodeMayComeAndItIsOverByItself() {
        Outlook.of(ESTATE.replace("max: 2", "max: 3")).noOutage("capacity").outage("single-replica");
    }

    @Test
    void roomOnTheNodesThatAreLeftHolds() {
        Outlook.of(ESTATE.replace("cpu: 400m", "cpu: 200m"))
                .noOutage("capacity")
                .outage("single-replica");
    }

    @Test
    void aThirdNodeIsTheVerifiedRemedy() {
        Outlook.of(ESTATE).outage("capacity").isPreventedBy("one more node in pool workers");
    }

    @Test
    void anArchiveThatIsAwayFillsTheVolumeOfTheData() {
        String database = """
            apiVersion: postgresql.cnpg.io/v1
            kind: Cluster
            metadata: {name: main, namespace: data}
            spec:
              instances: 2
              storage: {size: 20Gi}
              plugins:
                - name: barman-cloud.cloudnative-pg.io
                  isWALArchiver: true # OUTAGE capacity
            """;
        Outlook.of(database).outage("capacity", "cluster/default#archive").namesTheMarkedLines();
        Outlook.of(database + "  walStorage: {size: 10Gi}\n").noOutage("capacity");
        Outlook.of(database.replace("isWALArchiver: true", "enabled: true")).noOutage("capacity");
    }

    @Test
    void oneMetricFromOutsideTakesSeveralToNothing() {
        String scaler = """
            apiVersion: autoscaling/v2
            kind: HorizontalPodAutoscaler
            metadata: {name: %s, namespace: home}
            spec:
              minReplicas: 0 # OUTAGE capacity
              maxReplicas: 1
              scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %s}
              metrics: [{type: External, external: {metric: {name: probe}, target: {type: Value, value: "1"}}}]
            """;
        String two = scaler.formatted("films", "films") + "---\n" + scaler.formatted("songs", "songs");
        Outlook.of(two)
                .outage("capacity", "cluster/default#metric")
                .says("home/films runs as often as probe alone says");
        Outlook.of(two.replace("minReplicas: 0", "minReplicas: 1")).noOutage("capacity");
        Outlook.of(scaler.formatted("films", "films")).noOutage("capacity");
    }

    private static String prometheus(String fields) {
        return """
                apiVersion: monitoring.coreos.com/v1
                kind: Prometheus
                metadata: {name: main, namespace: monitoring}
                spec:
                  replicas: 2
                  %s
                """.formatted(fields);
    }

    @Test
    void whatMayKeepAsMuchAsItsVolumeHasFillsIt() {
        String volume = "storage: {volumeClaimTemplate: {spec: {resources: {requests: {storage: 50Gi}}}}}\n  ";
        Outlook.of(prometheus(volume + "retentionSize: 50GB # OUTAGE capacity"))
                .outage("capacity", "cluster/default#retention")
                .namesTheMarkedLines();
        Outlook.of(prometheus(volume + "retentionSize: 40GB")).noOutage("capacity");
        Outlook.of(prometheus(volume + "retention: 30d")).noOutage("capacity");
        String folder = volume.replace("spec: {resources", "spec: {storageClassName: local-path, resources");
        Outlook.of(prometheus(folder + "retentionSize: 50GB")).noOutage("capacity"); // nothing holds it to its size
        String release = """
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: monitoring, namespace: monitoring}
                spec:
                  chart: {spec: {chart: kube-prometheus-stack, version: 75.0.0, sourceRef: {kind: HelmRepository, name: any}}}
                  values:
                    prometheus:
                      prometheusSpec:
                        retentionSize: 60GB # OUTAGE capacity
                        storageSpec: {volumeClaimTemplate: {spec: {resources: {requests: {storage: 50Gi}}}}}
                """;
        Outlook.of(release).outage("capacity", "cluster/default#retention").namesTheMarkedLines();
        Outlook.of(release.replace("prometheus:\n", "prometheus:\n      enabled: false\n"))
                .noOutage("capacity");
    }
}
