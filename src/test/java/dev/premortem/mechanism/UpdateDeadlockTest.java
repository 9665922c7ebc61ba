package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.outage.Confidence;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Severity;
import dev.premortem.testing.Outlook;
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
}
