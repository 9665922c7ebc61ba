package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.outage.Trigger;
import dev.premortem.testing.Outlook;
import org.junit.jupiter.api.Test;

class LoadBalancerAddressTest {
    static final String ESTATE = """
            apiVersion: premortem.dev/v1
            kind: DnsZone
            metadata: {name: example.com}
            spec:
              origin: example.com
              managedBy: hand
              records:
                - name: shop
                  type: A
                  ttl: 3600
                  value: 203.0.113.7 # OUTAGE load-balancer-address
            ---
            apiVersion: premortem.dev/v1
            kind: Observation
            metadata: {name: address}
            spec:
              of: default/shop/Service/front
              fact: address
              value: 203.0.113.7
              at: 2026-11-24T11:00:00Z
            ---
            apiVersion: premortem.dev/v1
            kind: Product
            metadata: {name: shop}
            spec:
              needs: [default/shop/Service/front]
              urls: [https://shop.example.com]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: front, namespace: shop}
            spec:
              type: LoadBalancer
              selector: {app: front}
              ports: [{port: 443}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: front, namespace: shop}
            spec:
              replicas: 2
              selector: {matchLabels: {app: front}}
              template:
                metadata: {labels: {app: front}}
                spec:
                  containers:
                    - name: front
                      image: example.com/front:1
            """;

    @Test
    void aRecordWrittenByHandOutlivesTheAddress() {
        Outlook.Foreseen foreseen = Outlook.of(ESTATE)
                .outage("load-balancer-address")
                .takesDown("shop")
                .namesTheMarkedLines()
                .isPreventedBy("loadBalancerIP: 203.0.113.7");
        assertEquals(Trigger.Type.CHANGE, foreseen.outage().trigger().type());
    }

    @Test
    void aPinnedAddressHolds() {
        Outlook.of(ESTATE.replace("  type: LoadBalancer\n", "  type: LoadBalancer\n  loadBalancerIP: 203.0.113.7\n"))
                .noOutage("load-balancer-address")
                .noOutage("dns-cache");
    }

    @Test
    void aProgramThatCorrectsTheRecordLeavesTheCaches() {
        Outlook.of(ESTATE.replace("managedBy: hand", "managedBy: external-dns"))
                .noOutage("load-balancer-address")
                .outage("dns-cache")
                .takesDown("shop");
    }

    @Test
    void withoutZonesTheyAreOneLine() {
        String service = """
            apiVersion: v1
            kind: Service
            metadata:
              name: edge # OUTAGE load-balancer-address
              namespace: net
            spec: {type: LoadBalancer, selector: {app: edge}, ports: [{port: 443}]}
            """;
        Outlook.of(service)
                .outage("load-balancer-address", "estate#fixed-addresses")
                .namesTheMarkedLines();
        Outlook.of(service.replace("type: LoadBalancer", "type: LoadBalancer, loadBalancerIP: 203.0.113.7"))
                .noOutage("load-balancer-address");
        Outlook.of(service.replace("type: LoadBalancer", "type: ClusterIP")).noOutage("load-balancer-address");
    }

    @Test
    void aLoadBalancerThatValuesAskForIsPossible() {
        String release = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: edge, namespace: tools}
            spec:
              chart: {spec: {chart: edge, version: 1.0.0, sourceRef: {kind: HelmRepository, name: charts}}}
              values:
                service:
                  type: LoadBalancer # OUTAGE load-balancer-address
            """;
        Outlook.of(release)
                .outage("load-balancer-address", "estate#fixed-addresses")
                .namesTheMarkedLines();
        Outlook.of(release + "      loadBalancerIP: 203.0.113.7\n").noOutage("load-balancer-address");
        Outlook.of(release + "      annotations: {external-dns.alpha.kubernetes.io/hostname: edge.example.net}\n")
                .noOutage("load-balancer-address");
    }

    private static String balancer(String name, String annotations) {
        return """
                ---
                apiVersion: v1
                kind: Service
                metadata:
                  name: %s
                  namespace: shop
                  annotations: {%s} # OUTAGE load-balancer-address
                spec: {type: LoadBalancer, selector: {app: %s}, ports: [{port: 80}]}
                """.formatted(name, annotations, name);
    }

    @Test
    void anAddressThatCannotBeHadIsWaitedForForEver() {
        String pool = """
                apiVersion: metallb.io/v1beta1
                kind: IPAddressPool
                metadata: {name: all, namespace: metallb-system}
                spec: {addresses: [192.0.2.10-192.0.2.20, 198.51.100.0/28]}
                """;
        String act = "cluster/default#addresses-to-be-had";
        String asks = "metallb.io/loadBalancerIPs: 192.0.2.10";
        Outlook.of(pool + balancer("web", asks).replace(" # OUTAGE load-balancer-address", "") + balancer("zoo", asks))
                .outage("load-balancer-address", act)
                .namesTheMarkedLines()
                .says("which shop/web has and does not share");
        String shares = asks + ", metallb.io/allow-shared-ip: one";
        Outlook.of(pool + balancer("web", shares) + balancer("zoo", shares)).noOutage("load-balancer-address", act);
        Outlook.of(pool + balancer("web", "metallb.io/loadBalancerIPs: 192.0.2.21"))
                .outage("load-balancer-address", act)
                .says("which is in no pool of its cluster");
        Outlook.of(pool + balancer("web", "metallb.io/loadBalancerIPs: 198.51.100.15"))
                .noOutage("load-balancer-address", act);
        Outlook.of(pool.replace("192.0.2.10-192.0.2.20", "\"${RANGE}\"")
                        + balancer("web", "metallb.io/loadBalancerIPs: 192.0.2.21"))
                .noOutage("load-balancer-address", act); // a pool that is not known may hold it
    }

    private static String externalDns(String name, String values) {
        return """
                ---
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: %s, namespace: network}
                spec:
                  chart: {spec: {chart: external-dns, version: 1.22.0, sourceRef: {kind: HelmRepository, name: any}}}
                  values:
                    provider: {name: cloudflare}
                    domainFilters: [example.com]
                    %s
                """.formatted(name, values);
    }

    @Test
    void twoWritersOfOneOwnerDeleteEachOthersRecords() {
        String act = "estate#records-of-one-owner";
        String one = externalDns("one", "policy: sync\n    txtOwnerId: main # OUTAGE load-balancer-address");
        String two = one.replace("name: one", "name: two").replace("policy: sync", "policy: upsert-only");
        Outlook.of(one + two).outage("load-balancer-address", act).namesTheMarkedLines();
        Outlook.of(one + two.replace("txtOwnerId: main", "txtOwnerId: edge")).noOutage("load-balancer-address", act);
        Outlook.of(one + two.replace("example.com", "example.org")).noOutage("load-balancer-address", act);
        Outlook.of(one + two.replace("cloudflare", "aws")).noOutage("load-balancer-address", act);
        Outlook.of(one + two.replace("txtOwnerId: main", "txtOwnerId: main\n    txtPrefix: two."))
                .noOutage("load-balancer-address", act);
        Outlook.of(one.replace("policy: sync", "policy: upsert-only") + two).noOutage("load-balancer-address", act);
    }
}
