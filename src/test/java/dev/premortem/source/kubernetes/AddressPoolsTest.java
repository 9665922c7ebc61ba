package dev.premortem.source.kubernetes;

import static dev.premortem.source.Readings.thing;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.estate.Service;
import dev.premortem.fact.Fact;
import dev.premortem.source.Reading;
import dev.premortem.source.Readings;
import dev.premortem.testing.Outlook;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which pools pin the address of a load balancer. */
class AddressPoolsTest {
    private static final String FRONT = """
            ---
            apiVersion: premortem.dev/v1
            kind: DnsZone
            metadata: {name: example.com}
            spec:
              origin: example.com
              records: [{name: shop, type: A, ttl: 3600, value: {loadBalancer: default/shop/Service/front}}]
            """;

    private static String metallb(String name, String more) {
        return "---\napiVersion: metallb.io/v1beta1\nkind: IPAddressPool\nmetadata: {name: " + name
                + ", namespace: metallb}\nspec: {" + more + "}\n";
    }

    private static String cilium(String more) {
        return "---\napiVersion: cilium.io/v2\nkind: CiliumLoadBalancerIPPool\nmetadata: {name: pool}\nspec: {" + more
                + "}\n";
    }

    private static Optional<String> pinned(String pools, String metadata) {
        Reading reading = Readings.of(
                "p.yaml",
                pools + "---\napiVersion: v1\nkind: Service\nmetadata: {name: front, namespace: shop" + metadata
                        + "}\nspec: {type: LoadBalancer, selector: {app: front}}\n");
        assertEquals(List.of(), Readings.problems(reading));
        assertEquals(List.of(), reading.coverage().notUnderstood());
        return thing(reading.estate(), Service.class, "default/shop/Service/front")
                .fixedAddress()
                .map(Fact::value);
    }

    @Test
    void aPoolOfOneAddressPinsIt() {
        assertEquals(Optional.of("192.0.2.1"), pinned(metallb("a", "addresses: [192.0.2.1/32]"), ""));
        assertEquals(Optional.of("192.0.2.1"), pinned(metallb("a", "addresses: [192.0.2.1-192.0.2.1]"), ""));
        assertEquals(Optional.of("192.0.2.1"), pinned(cilium("blocks: [{cidr: 192.0.2.1/32}]"), ""));
        assertEquals(Optional.of("192.0.2.1"), pinned(cilium("blocks: [{start: 192.0.2.1, stop: 192.0.2.1}]"), ""));
        assertEquals(Optional.of("2001:db8::1"), pinned(cilium("blocks: [{cidr: '2001:db8::1/128'}]"), ""));
    }

    @Test
    void aLargerPoolDecidesItself() {
        assertEquals(Optional.empty(), pinned(metallb("a", "addresses: [192.0.2.0/24]"), ""));
        assertEquals(Optional.empty(), pinned(metallb("a", "addresses: [192.0.2.1/32, 192.0.2.2/32]"), ""));
        assertEquals(Optional.empty(), pinned(cilium("blocks: [{start: 192.0.2.1, stop: 192.0.2.9}]"), ""));
        assertEquals(
                Optional.empty(),
                pinned(metallb("a", "addresses: [192.0.2.1/32]") + metallb("b", "addresses: [192.0.2.2/32]"), ""));
    }

    @Test
    void theNamedPoolCounts() {
        String pools = metallb("a", "addresses: [192.0.2.1/32], autoAssign: false")
                + metallb("b", "addresses: [192.0.2.0/24]");
        assertEquals(Optional.of("192.0.2.1"), pinned(pools, ", annotations: {metallb.io/address-pool: a}"));
        assertEquals(Optional.empty(), pinned(pools, ""));
    }

    @Test
    void aPoolForOthersDoesNotCount() {
        String pool = cilium("blocks: [{cidr: 192.0.2.1/32}], serviceSelector: {matchLabels: {use: outer}}");
        assertEquals(Optional.empty(), pinned(pool, ""));
        assertEquals(Optional.of("192.0.2.1"), pinned(pool, ", labels: {use: outer}"));
        assertEquals(
                Optional.of("192.0.2.1"),
                pinned(
                        cilium(
                                "blocks: [{cidr: 192.0.2.1/32}], serviceSelector: {matchLabels: {io.kubernetes.service.namespace: shop}}"),
                        ""));
    }

    private static String shop(String pool) {
        return pool + FRONT + """
                ---
                apiVersion: premortem.dev/v1
                kind: Product
                metadata: {name: shop}
                spec: {needs: [default/shop/Service/front], urls: [https://shop.example.com]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: front, namespace: shop}
                spec: {type: LoadBalancer, selector: {app: front}}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: front, namespace: shop}
                spec:
                  replicas: 2
                  template:
                    metadata: {labels: {app: front}}
                    spec: {containers: [{name: c, image: 'example.com/front:1'}]}
                """;
    }

    @Test
    void aRecordOfAPinnedAddressOutlivesTheLoadBalancer() {
        Outlook.of(shop(metallb("a", "addresses: [192.0.2.1/32]"))).noOutage("load-balancer-address");
        Outlook.of(shop(metallb("a", "addresses: [192.0.2.0/24]")))
                .outage("load-balancer-address")
                .takesDown("shop");
    }
}
