package dev.premortem.model;

import dev.premortem.outage.OutageClass;
import dev.premortem.twin.Condition;
import java.util.List;

/** What stands alone beside single pods, told by the mechanism of single replicas. */
public final class LoneThings {
    private final Sketch sketch;
    private final String mechanism;

    /** @param mechanism id of the mechanism that proposes them */
    public LoneThings(Sketch sketch, String mechanism) {
        this.sketch = sketch;
        this.mechanism = mechanism;
    }

    /** Proposes all of them. */
    public void propose() {
        NetworkShares.of(sketch.estate())
                .forEach((server, items) -> Singles.propose(
                        sketch,
                        mechanism,
                        Condition.of("server/" + server, "there"),
                        items,
                        server + " holds files of " + items.size() + " things over NFS: they hang while it is away"));
        several("one-door", OneDoor.of(sketch.estate()), "users reach several clusters through one of them only");
        several(
                "shared-address",
                SharedAddresses.of(sketch.estate()),
                "several environments ask at an address that one of them alone serves");
        several("secret-sources", SecretSources.of(sketch), "new Secrets come through one pod of the cluster itself");
        controlPlane();
        pairs();
        sealed();
        recreated();
    }

    private void several(String aspect, List<Singles.Item> items, String headline) {
        if (!items.isEmpty()) {
            Singles.propose(sketch, mechanism, Condition.of("estate", aspect), items, headline);
        }
    }

    private void controlPlane() {
        ControlPlaneNodes.alone(sketch)
                .forEach((cluster, items) -> new Standstill(
                                mechanism,
                                cluster,
                                "control-plane-node",
                                OutageClass.F,
                                new Standstill.Words(
                                        "the node of the control plane stands",
                                        "the one node of the control plane fails or is updated",
                                        "the control plane of " + cluster + " answers",
                                        "it stays away until that node is back",
                                        "when the node of the control plane fails"))
                        .propose(sketch, items, "one node alone bears the control plane of " + cluster));
    }

    private void pairs() {
        ControlPlaneNodes.pairs(sketch)
                .forEach((cluster, items) -> new Standstill(
                                mechanism,
                                cluster,
                                "control-plane-pair",
                                OutageClass.A,
                                new Standstill.Words(
                                        "both nodes of the control plane stand",
                                        "one of the two nodes of the control plane fails or is updated",
                                        "the control plane of " + cluster + " answers",
                                        "it stays away until that node is back",
                                        "when one of the two nodes of the control plane fails"))
                        .propose(
                                sketch,
                                items,
                                "two nodes bear the control plane of " + cluster
                                        + ": without either it has no majority"));
    }

    private void sealed() {
        SealedStores.of(sketch)
                .forEach((cluster, items) -> new Standstill(
                                mechanism,
                                cluster,
                                "unsealed",
                                OutageClass.E,
                                new Standstill.Words(
                                        "no pod of it is made anew",
                                        "a pod of it is made anew",
                                        "secrets can be read",
                                        "who needs a secret waits for people with keys",
                                        "when its pod is made anew"))
                        .propose(
                                sketch,
                                items,
                                items.getFirst().of().name() + " of " + cluster
                                        + " comes back sealed from each restart"));
    }

    private void recreated() {
        AllAtOnce.of(sketch)
                .forEach((cluster, items) -> new Standstill(
                                mechanism,
                                cluster,
                                "recreated",
                                OutageClass.A,
                                new Standstill.Words(
                                        "nothing is rolled out",
                                        "a new version is rolled out",
                                        "what runs several times in " + cluster + " serves during updates",
                                        "it is away until new pods are ready",
                                        "when a new version is rolled out"))
                        .propose(
                                sketch,
                                items,
                                "updates of " + items.getFirst().of().name()
                                        + (items.size() == 1 ? "" : " and " + (items.size() - 1) + " more")
                                        + " stop all pods at once"));
    }
}
