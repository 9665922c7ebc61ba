package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.engine.sweep.Evaluation;
import dev.premortem.model.Sketch;
import dev.premortem.source.Reading;
import dev.premortem.source.Sources;
import dev.premortem.testing.Outlook;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Twin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SingleReplicaTest {
    private static final String ESTATE = """
            apiVersion: premortem.dev/v1
            kind: Assumptions
            metadata: {name: times}
            spec:
              defaults:
                pod.eviction: 350s
                pod.start: 40s
            ---
            apiVersion: premortem.dev/v1
            kind: Product
            metadata: {name: shop}
            spec: {needs: [default/shop/Deployment/cart]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: cart, namespace: shop}
            spec:
              replicas: 1 # OUTAGE single-replica
              selector: {matchLabels: {app: cart}}
              template:
                metadata: {labels: {app: cart}}
                spec:
                  containers:
                    - name: cart
                      image: example.com/cart:1
            """;

    @Test
    void theLossOfItsNodeLastsUntilItRunsElsewhere() {
        Outlook.of(ESTATE)
                .outage("single-replica")
                .takesDown("shop")
                .namesTheMarkedLines()
                .lasts(Duration.ofSeconds(390))
                .isPreventedBy("replicas: 1 → 2");
    }

    @Test
    void twoReplicasHold() {
        Outlook.of(ESTATE.replace("replicas: 1", "replicas: 2")).noOutage("single-replica");
    }

    @Test
    void anUnwrittenCountIsOneAndIsAdded() {
        Outlook.of(ESTATE.replace("  replicas: 1 # OUTAGE single-replica\n", ""))
                .outage("single-replica")
                .isPreventedBy("two replicas of shop/cart");
    }

    @Test
    void whatKeepsItsOwnVolumeGetsNoPatch() {
        String stateful = ESTATE.replace(
                "      containers:\n",
                "      volumes: [{name: data, persistentVolumeClaim: {claimName: cart}}]\n      containers:\n");
        assertEquals(
                List.of(),
                Outlook.of(stateful).outage("single-replica").outage().remedies());
    }

    @Test
    void aHostedServiceFailsAsOneOnlyWhereItRunsOnceOrItsOwnerSaysSo() {
        String hosted = """
                apiVersion: premortem.dev/v1
                kind: Site
                metadata: {name: north}
                ---
                apiVersion: premortem.dev/v1
                kind: HostedService
                metadata: {name: billing}
                spec: {site: north, runsOn: vm, replicas: 1}
                ---
                apiVersion: premortem.dev/v1
                kind: Product
                metadata: {name: shop}
                spec: {needs: [hosted-service/billing]}
                """;
        String two = hosted.replace("replicas: 1", "replicas: 2");
        Outlook.of(hosted).outage("single-replica", "hosted-service/billing").takesDown("shop");
        Outlook.of(two).noOutage("single-replica");
        Outlook.of(two.replace("replicas: 2", "replicas: 2, failure: {mtbf: 90d, mttr: 1h}"))
                .outage("single-replica", "hosted-service/billing");
    }

    @Test
    void aVolumeForOneNodeIsDetachedFirst() {
        String claim = """
                ---
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: data, namespace: shop}
                spec: {accessModes: [ReadWriteOnce]}
                """;
        String volume = "      containers:\n";
        String mounted = "      volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]\n" + volume;
        String with = ESTATE.replace(volume, mounted) + claim;
        Outlook.of(with).outage("single-replica").lasts(Duration.ofSeconds(390 + 390));
        Outlook.of(with.replace("ReadWriteOnce", "ReadWriteMany"))
                .outage("single-replica")
                .lasts(Duration.ofSeconds(390));
    }

    @Test
    void theOnlyPodOfAStatefulSetWaitsForItsNode() {
        Outlook.of(ESTATE.replace("kind: Deployment", "kind: StatefulSet")
                        .replace("Deployment/cart", "StatefulSet/cart"))
                .outage("single-replica")
                .says("not replaced while its node is out of reach")
                .lasts(Duration.ofMinutes(30).plusSeconds(40));
    }

    @Test
    void nothingIsMadeAnewWhileTheControlPlaneIsLost() {
        String spread = """
                apiVersion: premortem.dev/v1
                kind: Site
                metadata: {name: north}
                ---
                apiVersion: premortem.dev/v1
                kind: Site
                metadata: {name: south}
                ---
                apiVersion: premortem.dev/v1
                kind: Cluster
                metadata: {name: default}
                spec:
                  sites: [north, south]
                  path: .
                  controlPlane: [{site: north, nodes: 3}]
                ---
                """;
        Twin twin = settled(spread + ESTATE);
        Condition cart = Condition.of("default/shop/Deployment/cart");
        Condition node = Condition.of(cart.name(), "node");
        Condition north = Condition.of("site/north", "itself");
        assertTrue(holds(twin, cart, Set.of(node)));
        assertTrue(holds(twin, cart, Set.of(north)));
        assertFalse(holds(twin, cart, Set.of(node, north)));
    }

    @Test
    void anAcceptedRiskCountsOnDeclaredKindsUntilItsEnd() {
        String id = Outlook.of(ESTATE).outage("single-replica").outage().id();
        String line =
                "metadata: {name: shop, annotations: {premortem.dev/accept: \"" + id + "; until=%s; reason=chosen\"}}";
        String accepted = ESTATE.replace("metadata: {name: shop}", line.formatted("2999-01-01"));
        String over = ESTATE.replace("metadata: {name: shop}", line.formatted("2000-01-01"));
        assertTrue(Outlook.of(accepted).outage("single-replica").outage().accepted());
        assertFalse(Outlook.of(over).outage("single-replica").outage().accepted());
    }

    private static Twin settled(String text) {
        Reading reading = Sources.readTexts(new TreeMap<>(Map.of("estate.yaml", text)));
        Sketch sketch = new Sketch(reading.estate(), Outlook.NOW, Duration.ofDays(90));
        new SingleReplica().contribute(sketch);
        return sketch.twin().compile(Twin.Form.SETTLED);
    }

    private static boolean holds(Twin twin, Condition condition, Set<Condition> lost) {
        return Evaluation.values(twin, lost, Set.of())[twin.number(condition)];
    }

    private static String onADisk(String storageClass) {
        return ESTATE.replace("replicas: 1 # OUTAGE single-replica", "replicas: 1") + """
                  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data, namespace: shop}
            spec:
              accessModes: [ReadWriteOnce]
              storageClassName: %s # OUTAGE single-replica
              resources: {requests: {storage: 1Gi}}
            """.formatted(storageClass);
    }

    @Test
    void aPodWhoseVolumeIsADiskOfItsNodeWaitsForThatNode() {
        Outlook.of(onADisk("openebs-hostpath"))
                .outage("single-replica")
                .takesDown("shop")
                .namesTheMarkedLines()
                .says("what is on the disk is lost with it")
                .lasts(Duration.ofMinutes(30).plusSeconds(40)); // the repair of the node, then a start
        String shared = """
            ---
            apiVersion: storage.k8s.io/v1
            kind: StorageClass
            metadata: {name: openebs-hostpath}
            provisioner: driver.longhorn.io
            """;
        Outlook.of(onADisk("openebs-hostpath") + shared)
                .outage("single-replica")
                .lasts(Duration.ofSeconds(780));
    }
}
