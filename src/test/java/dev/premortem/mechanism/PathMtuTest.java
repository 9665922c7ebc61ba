package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Remedy;
import dev.premortem.testing.Outlook;
import org.junit.jupiter.api.Test;

class PathMtuTest {
    private static final String ESTATE = """
            apiVersion: premortem.dev/v1
            kind: Site
            metadata: {name: north}
            ---
            apiVersion: premortem.dev/v1
            kind: Site
            metadata: {name: south}
            ---
            apiVersion: premortem.dev/v1
            kind: Link
            metadata: {name: main}
            spec:
              between: [north, south]
              mtu: 1500
              preference: 10
              pmtud: blocked
            ---
            apiVersion: premortem.dev/v1
            kind: Link
            metadata: {name: spare}
            spec:
              between: [north, south]
              mtu: 1400 # OUTAGE path-mtu
              preference: 20
              pmtud: blocked
              oversize: dropped
            ---
            apiVersion: premortem.dev/v1
            kind: Cluster
            metadata: {name: a}
            spec:
              site: north
              path: a
              network:
                cni: cilium
                version: 1.17.6
                mode: vxlan
                encryption: none
                podMtu: 1450 # OUTAGE path-mtu
            ---
            apiVersion: premortem.dev/v1
            kind: Cluster
            metadata: {name: b}
            spec:
              site: south
              path: b
              network:
                cni: cilium
                version: 1.17.6
                mode: vxlan
                encryption: none
                podMtu: 1450
            ---
            apiVersion: premortem.dev/v1
            kind: HostedService
            metadata: {name: store}
            spec:
              site: south
              runsOn: lxc
              replicas: 2
              network: host
            ---
            apiVersion: premortem.dev/v1
            kind: HostedService
            metadata: {name: legacy}
            spec:
              site: north
              runsOn: lxc
              replicas: 2
              network: host
              dependsOn:
                - to: hosted-service/store
                  network: host
            ---
            apiVersion: premortem.dev/v1
            kind: Product
            metadata: {name: shop}
            spec:
              needs: [a/shop/Deployment/web]
            ---
            apiVersion: premortem.dev/v1
            kind: Product
            metadata: {name: old}
            spec:
              needs: [hosted-service/legacy]
            """;

    private static final String WEB = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              namespace: shop
              annotations:
                premortem.dev/depends-on: b/shop/Deployment/stock
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                    - name: web
                      image: example.com/web:1
            """;

    private static final String STOCK = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: stock, namespace: shop}
            spec:
              replicas: 2
              selector: {matchLabels: {app: stock}}
              template:
                metadata: {labels: {app: stock}}
                spec:
                  containers:
                    - name: stock
                      image: example.com/stock:1
            """;

    private static Outlook outlook(String estate) {
        return Outlook.of(
                new java.util.TreeMap<>(
                        java.util.Map.of("estate.yaml", estate, "a/web.yaml", WEB, "b/stock.yaml", STOCK)),
                Outlook.NOW);
    }

    private static String with(String old, String now) {
        assertTrue(ESTATE.contains(old), old);
        return ESTATE.replace(old, now);
    }

    @Test
    void aTunnelOverAHopThatDropsBreaksWhenTheMainLinkIsLost() {
        outlook(ESTATE.replace("pmtud: blocked", "pmtud: working"))
                .outage("path-mtu", "link/spare#packets")
                .takesDown("shop")
                .namesTheMarkedLines()
                .says("1,450 + 50")
                .says("1,400 bytes");
    }

    @Test
    void theRemedyIsTheLargestSafeSize() {
        Outlook outlook = outlook(with("pmtud: blocked\n  oversize", "pmtud: working\n  oversize"));
        Remedy lower = outlook.outage("path-mtu")
                .takesDown("shop")
                .isPreventedBy("podMtu: 1450 → 1350")
                .remedy("podMtu");
        assertTrue(lower.patch().contains("+    podMtu: 1350"), lower.patch());
        outlook.outage("path-mtu").isPreventedBy("raise the MTU of link/spare from 1400 to 1500");
        outlook(ESTATE.replace("podMtu: 1450", "podMtu: 1351").replace("pmtud: blocked", "pmtud: working"))
                .outage("path-mtu");
    }

    @Test
    void aHopThatFragmentsLetsATunnelLive() {
        outlook(with("oversize: dropped", "oversize: fragmented").replace("pmtud: blocked", "pmtud: working"))
                .noOutage("path-mtu");
    }

    @Test
    void pmtudSavesHostsAndNativeRoutingButNotATunnel() {
        String working = ESTATE.replace("pmtud: blocked", "pmtud: working");
        outlook(working).outage("path-mtu").takesDown("shop");
        String routed = working.replace("mode: vxlan", "mode: native").replace("podMtu: 1450", "podMtu: 1500");
        outlook(routed).noOutage("path-mtu");
        outlook(routed.replace("pmtud: working", "pmtud: blocked"))
                .outage("path-mtu")
                .takesDown("old", "shop");
    }

    @Test
    void ciliumThatProbesFindsTheSizeItself() {
        String newer = ESTATE.replace("pmtud: blocked", "pmtud: working").replace("1.17.6", "1.19.0");
        outlook(newer).noOutage("path-mtu");
        outlook(newer.replace("1.19.0", "1.18.9")).outage("path-mtu");
    }

    @Test
    void encryptionAddsItsBytes() {
        String safe = ESTATE.replace("pmtud: blocked", "pmtud: working").replace("podMtu: 1450", "podMtu: 1350");
        outlook(safe).noOutage("path-mtu");
        outlook(safe.replace("encryption: none", "encryption: wireguard"))
                .outage("path-mtu")
                .says("1,350 + 130")
                .isPreventedBy("podMtu: 1350 → 1270");
    }

    @Test
    void anEqualSizeIsSafe() {
        String working = ESTATE.replace("pmtud: blocked", "pmtud: working");
        outlook(working.replace("mtu: 1400", "mtu: 1500")).noOutage("path-mtu");
        outlook(working.replace("mtu: 1400", "mtu: 1499")).outage("path-mtu");
    }

    @Test
    void theSmallerOfTwoClustersHoldsForBoth() {
        String working = ESTATE.replace("pmtud: blocked", "pmtud: working");
        outlook(working.replace("podMtu: 1450 #", "podMtu: 1350 #")).noOutage("path-mtu");
        outlook(working.replace("podMtu: 1450\n", "podMtu: 1350\n")).noOutage("path-mtu");
        outlook(working.replace("podMtu: 1450\n", "podMtu: 1400\n"))
                .outage("path-mtu")
                .says("1,400 + 50");
    }

    @Test
    void linksOfEqualPreferenceShareSoTheNarrowOneAlwaysBreaks() {
        String shared = ESTATE.replace("pmtud: blocked", "pmtud: working").replace("preference: 20", "preference: 10");
        assertEquals(
                java.util.List.of("shop"),
                outlook(shared).outage("path-mtu").outage().products());
        outlook(shared.replace("mtu: 1400", "mtu: 1500")).noOutage("path-mtu");
    }

    @Test
    void theHostsNetworkLivesThroughIt() {
        assertTrue(
                outlook(ESTATE.replace("pmtud: blocked", "pmtud: working")).outage("path-mtu").outage().lives().stream()
                        .anyMatch(name -> name.contains("old") || name.contains("legacy")),
                "what crosses on the hosts' network lives");
    }
}
