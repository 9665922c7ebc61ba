package dev.premortem.source.route;

import static dev.premortem.source.Readings.thing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.CertificateOrder;
import dev.premortem.estate.Estate;
import dev.premortem.estate.Service;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Fact;
import dev.premortem.source.Reading;
import dev.premortem.source.Readings;
import dev.premortem.testing.Outlook;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What carries the traffic of a gateway, and the certificates that are ordered for it. */
class PlanesTest {
    private static final String SHOP = """
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: web, namespace: shop}
            spec:
              hostnames: [shop.example.com]
              parentRefs: [{name: outer, namespace: network}]
              rules: [{backendRefs: [{name: web, port: 80}]}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {selector: {app: web}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              replicas: 2
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: c, image: 'example.com/web:1'}]}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: GatewayClass
            metadata: {name: envoy}
            spec:
              controllerName: gateway.envoyproxy.io/gatewayclass-controller
              parametersRef: {group: gateway.envoyproxy.io, kind: EnvoyProxy, name: proxies, namespace: network}
            """;

    private static String gateway(String className, String more) {
        return "---\napiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: outer, namespace: network}\n"
                + "spec: {gatewayClassName: " + className + ", listeners: [{name: https}]" + more + "}\n";
    }

    private static String proxies(String kubernetes) {
        return "---\napiVersion: gateway.envoyproxy.io/v1alpha1\nkind: EnvoyProxy\nmetadata: {name: proxies, namespace: network}\n"
                + "spec: {provider: {type: Kubernetes, kubernetes: {" + kubernetes + "}}}\n";
    }

    private static Estate estate(String text) {
        Reading reading = Readings.of("g.yaml", text);
        assertEquals(List.of(), Readings.problems(reading));
        assertEquals(List.of(), reading.coverage().notUnderstood());
        return reading.estate();
    }

    @Test
    void oneProxyIsASingleReplica() {
        Outlook.of(SHOP + gateway("envoy", "") + proxies("envoyDeployment: {replicas: 1}"))
                .outage("single-replica", "default/network/Gateway/outer#replica")
                .takesDown("shop.example.com");
    }

    @Test
    void twoProxiesAreNot() {
        Outlook.of(SHOP + gateway("envoy", "") + proxies("envoyDeployment: {replicas: 2}"))
                .noOutage("single-replica");
        Outlook.of(SHOP + gateway("envoy", "") + proxies("envoyHpa: {minReplicas: 2, maxReplicas: 4}"))
                .noOutage("single-replica");
        Outlook.of(SHOP + gateway("envoy", "") + proxies("envoyDaemonSet: {}")).noOutage("single-replica");
    }

    @Test
    void settingsThatAreNotThereAreNotGuessed() {
        Outlook.of(SHOP + gateway("envoy", "")).noOutage("single-replica");
    }

    @Test
    void istioMakesOneDeploymentOfAGateway() {
        Estate estate = estate(SHOP + gateway("istio", ""));
        Workload pods = thing(estate, Workload.class, "default/network/Deployment/outer-istio");
        Service front = thing(estate, Service.class, "default/network/Service/outer-istio");
        assertTrue(front.loadBalancer());
        assertTrue(pods.podLabels().entrySet().containsAll(front.selector().entrySet()));
    }

    @Test
    void aGatewayMayPinItsAddress() {
        assertEquals(
                "192.0.2.7",
                thing(
                                estate(SHOP + gateway("cilium", ", addresses: [{type: IPAddress, value: 192.0.2.7}]")),
                                Service.class,
                                "default/network/Service/cilium-gateway-outer")
                        .fixedAddress()
                        .orElseThrow()
                        .value());
        assertEquals(
                "192.0.2.8",
                thing(
                                estate(SHOP
                                        + gateway(
                                                "cilium",
                                                ", infrastructure: {annotations: {lbipam.cilium.io/ips: 192.0.2.8}}")),
                                Service.class,
                                "default/network/Service/cilium-gateway-outer")
                        .fixedAddress()
                        .orElseThrow()
                        .value());
    }

    @Test
    void aRecordOutlivesTheAddressOfAGateway() {
        String zone =
                "---\napiVersion: premortem.dev/v1\nkind: DnsZone\nmetadata: {name: z}\nspec: {origin: example.com, records: [{name: shop, type: A, ttl: 3600, value: 192.0.2.7}]}\n";
        String two = proxies("envoyDeployment: {replicas: 2}");
        Outlook.of(SHOP + zone + two + gateway("envoy", ""))
                .outage("load-balancer-address")
                .takesDown("shop.example.com");
        Outlook.of(SHOP + zone + two + gateway("envoy", ", addresses: [{value: 192.0.2.7}]"))
                .noOutage("load-balancer-address");
    }

    @Test
    void certManagerOrdersForAnAnnotatedGateway() {
        Estate estate = estate("""
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: g, namespace: net, annotations: {cert-manager.io/cluster-issuer: le}}
                spec:
                  listeners:
                    - {name: a, hostname: a.example.com, tls: {certificateRefs: [{name: both}]}}
                    - {name: b, hostname: b.example.com, tls: {certificateRefs: [{name: both}]}}
                    - {name: c, hostname: c.example.com, tls: {certificateRefs: [{name: far, namespace: other}]}}
                """);
        assertEquals(1, estate.all(CertificateOrder.class).size());
        CertificateOrder order = thing(estate, CertificateOrder.class, "default/net/Certificate/both");
        assertEquals("le", order.issuer().value());
        assertEquals(
                List.of("a.example.com", "b.example.com"),
                order.names().stream().map(Fact::value).toList());
    }

    @Test
    void aShareOfItsLifeSaysWhenACertificateIsRenewed() {
        Estate estate = estate(
                "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: c}\nspec: {secretName: s, issuerRef: {name: le}, duration: 100h, renewBeforePercentage: 25}\n");
        assertEquals(
                "PT25H",
                thing(estate, CertificateOrder.class, "default/default/Certificate/c")
                        .renewBefore()
                        .orElseThrow()
                        .value()
                        .toString());
    }
}
