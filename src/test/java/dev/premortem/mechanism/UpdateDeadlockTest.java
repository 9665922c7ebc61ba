package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.outage.Confidence;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Severity;
import dev.premortem.testing.Outlook;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdateDeadlockTest {
    private static final String ESTATE = """
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: data, namespace: shop}
            spec:
              storageClassName: gp3
              accessModes: [ReadWriteOnce]
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
                  containers: [{name: cart, image: "example.com/cart:1"}]
                  volumes:
                    - name: data # OUTAGE update-deadlock
                      persistentVolumeClaim: {claimName: data}
            """;

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

    @Test
    void aVolumeOfOneNodeHaltsARollingUpdate() {
        Outage outage = Outlook.of(ESTATE)
                .outage("update-deadlock")
                .namesTheMarkedLines()
                .isPreventedBy("stop the old pod first: strategy Recreate")
                .outage();
        assertEquals(
                "updates of shop/cart never end: its new pod waits for the volume of the old one, which one node at a"
                        + " time may have",
                outage.title());
        assertEquals(Severity.MEDIUM, outage.severity());
        assertEquals(Confidence.LIKELY, outage.confidence());
    }

    @Test
    void recreateAndSharedAndUnknownStorageHold() {
        Outlook.of(ESTATE.replace("  replicas: 1\n", "  replicas: 1\n  strategy: {type: Recreate}\n"))
                .noOutage("update-deadlock");
        Outlook.of(ESTATE.replace("ReadWriteOnce", "ReadWriteMany")).noOutage("update-deadlock");
        Outlook.of(ESTATE.replace("storageClassName: gp3", "storageClassName: fast"))
                .noOutage("update-deadlock");
        Outlook.of(ESTATE.replace(
                        "  replicas: 1\n",
                        "  replicas: 1\n  strategy: {type: RollingUpdate, rollingUpdate: {maxUnavailable: 1}}\n"))
                .noOutage("update-deadlock");
    }

    @Test
    void whatTheClassIsMadeByDecides() {
        String made = ESTATE.replace("storageClassName: gp3", "storageClassName: fast") + """
                ---
                apiVersion: storage.k8s.io/v1
                kind: StorageClass
                metadata: {name: fast}
                provisioner: rook-ceph.rbd.csi.ceph.com
                """;
        Outlook.of(made).outage("update-deadlock");
        Outlook.of(made.replace("rook-ceph.rbd", "rook-ceph.cephfs")).noOutage("update-deadlock");
    }

    @Test
    void onTheOnlyNodeAVolumeOfOneNodeHoldsAndOneOfOnePodDoesNot() {
        String one = NODES.substring(0, NODES.indexOf("---\n") + 4) + ESTATE;
        Outlook.of(one).noOutage("update-deadlock");
        assertEquals(
                Confidence.SURE,
                Outlook.of(one.replace("ReadWriteOnce", "ReadWriteOncePod"))
                        .outage("update-deadlock")
                        .outage()
                        .confidence());
    }

    @Test
    void aPortOfTheNodeNeedsANodeMoreThanPods() {
        String port = ESTATE.replace("gp3", "nfs")
                .replace("image: \"example.com/cart:1\"", "image: \"example.com/cart:1\", ports: [{hostPort: 80}]");
        Outlook.of(NODES + port).noOutage("update-deadlock");
        Outlook.of(NODES + port.replace("replicas: 1", "replicas: 2"))
                .outage("update-deadlock")
                .isPreventedBy("stop an old pod first: maxUnavailable: 1, maxSurge: 0");
        Outlook.of(port).noOutage("update-deadlock");
    }

    @Test
    void podsKeptApartNeedANodeMoreThanPods() {
        String apart = ESTATE.replace("gp3", "nfs").replace("replicas: 1", "replicas: 2") + """
                      affinity:
                        podAntiAffinity:
                          requiredDuringSchedulingIgnoredDuringExecution:
                            - topologyKey: kubernetes.io/hostname
                              labelSelector: {matchLabels: {app: cart}}
                """;
        Outlook.of(NODES + apart).outage("update-deadlock");
        Outlook.of(NODES + apart.replace("replicas: 2", "replicas: 1")).noOutage("update-deadlock");
    }

    @Test
    void withoutKnownNodesOneToSpareMayBeMissing() {
        String apart = ESTATE.replace("gp3", "nfs")
                .replace("replicas: 1", "replicas: 2")
                .replace(
                        "containers:",
                        "affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution: [{topologyKey:"
                                + " kubernetes.io/hostname, labelSelector: {matchLabels: {app: cart}}}]}}\n      containers:");
        Outlook.of(apart).outage("update-deadlock", "estate#node-to-spare");
        Outlook.of(apart.replace("kubernetes.io/hostname", "topology.kubernetes.io/zone"))
                .noOutage("update-deadlock");
    }

    private static final String ZONES = """
            apiVersion: v1
            kind: Node
            metadata: {name: n1, labels: {topology.kubernetes.io/zone: a}}
            ---
            apiVersion: v1
            kind: Node
            metadata: {name: n2, labels: {topology.kubernetes.io/zone: b}}
            ---
            apiVersion: v1
            kind: Node
            metadata: {name: n3, labels: {topology.kubernetes.io/zone: b}}
            ---
            """;

    private static String apart(String key, int replicas, String more) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: cart, namespace: shop}
                spec:
                  replicas: %d
                  selector: {matchLabels: {app: cart}}
                  template:
                    metadata: {labels: {app: cart}}
                    spec:
                      containers: [{name: cart, image: "example.com/cart:1"}]
                      affinity:
                        podAntiAffinity:
                          requiredDuringSchedulingIgnoredDuringExecution:
                            - topologyKey: %s # OUTAGE update-deadlock
                              labelSelector: {matchLabels: {app: cart}}
                %s""".formatted(replicas, key, more);
    }

    @Test
    void podsInDifferentZonesNeedAZoneMoreThanPods() {
        String zone = "topology.kubernetes.io/zone";
        assertEquals(
                "updates of shop/cart never end: its new pod may not share a zone with an old one, and there are all 2 zones",
                Outlook.of(ZONES + apart(zone, 2, ""))
                        .outage("update-deadlock")
                        .namesTheMarkedLines()
                        .isPreventedBy("stop an old pod first: maxUnavailable: 1, maxSurge: 0")
                        .outage()
                        .title());
        Outlook.of(ZONES + apart(zone, 1, "")).noOutage("update-deadlock");
        Outlook.of(ZONES + apart("kubernetes.io/hostname", 2, "")).noOutage("update-deadlock");
        Outlook.of(ZONES.replace(", labels: {topology.kubernetes.io/zone: a}", "") + apart(zone, 2, ""))
                .noOutage("update-deadlock");
        Outlook.of(ZONES + apart(zone, 2, "              matchLabelKeys: [pod-template-hash]\n"))
                .noOutage("update-deadlock");
    }

    /** A pod without a place counts as one that stopped already, so that a quarter that may stop is none. */
    @Test
    void aPodWithoutAPlaceTakesTheOneThatMayStop() {
        Outage outage = Outlook.of(ZONES + apart("kubernetes.io/hostname", 4, ""))
                .outage("update-deadlock")
                .namesTheMarkedLines()
                .outage();
        assertEquals(
                "updates of shop/cart never end: its pods may not share a node, and 4 pods have taken all 3 nodes",
                outage.title());
        assertEquals(List.of(), outage.remedies().getFirst().edits());
        Outlook.of(ZONES
                        + apart("kubernetes.io/hostname", 4, "")
                                .replace("  replicas", "  strategy: {rollingUpdate: {maxUnavailable: 2}}\n  replicas"))
                .noOutage("update-deadlock");
    }

    @Test
    void aStatefulSetWaitsForTheLastPod() {
        String set = apart("kubernetes.io/hostname", 4, "").replace("kind: Deployment", "kind: StatefulSet");
        Outlook.of(ZONES + set).outage("update-deadlock").namesTheMarkedLines();
        Outlook.of(ZONES + set.replace("replicas: 4", "replicas: 3")).noOutage("update-deadlock");
        Outlook.of(ZONES + set.replace("  replicas", "  updateStrategy: {type: OnDelete}\n  replicas"))
                .noOutage("update-deadlock");
        Outlook.of(set).noOutage("update-deadlock");
    }

    private static final String TAINTED = """
            apiVersion: v1
            kind: Node
            metadata: {name: control}
            spec: {taints: [{key: node-role.kubernetes.io/control-plane, effect: NoSchedule}]}
            ---
            """;

    private static String spread(int replicas, String more) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: cart, namespace: shop}
                spec:
                  replicas: %d
                  selector: {matchLabels: {app: cart}}
                  template:
                    metadata: {labels: {app: cart}}
                    spec:
                      containers: [{name: cart, image: "example.com/cart:1"}]
                      topologySpreadConstraints:
                        - topologyKey: kubernetes.io/hostname # OUTAGE update-deadlock
                          maxSkew: 1
                          whenUnsatisfiable: DoNotSchedule
                          labelSelector: {matchLabels: {app: cart}}
                %s""".formatted(replicas, more);
    }

    /** A node that takes none of the pods has the fewest of them for ever. */
    @Test
    void aNodeThatTakesNoneHoldsTheSpreadBack() {
        Outage outage = Outlook.of(NODES + TAINTED + spread(2, ""))
                .outage("update-deadlock")
                .namesTheMarkedLines()
                .isPreventedBy("leave nodes that take none of the pods out of the spread: nodeTaintsPolicy: Honor")
                .outage();
        assertEquals(
                "updates of shop/cart never end: its spread lets 2 pods run, old and new ones together: nodes that take"
                        + " none of them count as empty",
                outage.title());
        Outlook.of(NODES + TAINTED + spread(1, "")).noOutage("update-deadlock");
        Outlook.of(NODES + spread(2, "")).noOutage("update-deadlock");
        Outlook.of(NODES + TAINTED + spread(2, "          nodeTaintsPolicy: Honor\n"))
                .noOutage("update-deadlock");
        Outlook.of(NODES + TAINTED + spread(2, "").replace("maxSkew: 1", "maxSkew: 2"))
                .noOutage("update-deadlock");
        Outlook.of(NODES + TAINTED + spread(2, "").replace("DoNotSchedule", "ScheduleAnyway"))
                .noOutage("update-deadlock");
        Outlook.of(NODES + TAINTED + spread(2, "      tolerations: [{operator: Exists}]\n"))
                .noOutage("update-deadlock");
        Outlook.of(NODES
                        + TAINTED.replace("node-role.kubernetes.io/control-plane", "node.kubernetes.io/not-ready")
                        + spread(2, ""))
                .noOutage("update-deadlock");
    }
}
