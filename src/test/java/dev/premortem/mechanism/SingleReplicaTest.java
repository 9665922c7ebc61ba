package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.testing.Outlook;
import java.time.Duration;
import java.util.List;
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
}
