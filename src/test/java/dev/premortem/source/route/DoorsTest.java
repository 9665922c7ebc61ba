package dev.premortem.source.route;

import static dev.premortem.source.route.RoutesTest.web;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.testing.Outlook;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Load balancers that users come in by without a route. */
class DoorsTest {
    private static String exposed(String annotation) {
        return web("shop", "web", 2) + """
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: front, namespace: shop, annotations: {%s}}
                spec: {type: LoadBalancer, selector: {app: web}}
                ---
                apiVersion: premortem.dev/v1
                kind: DnsZone
                metadata: {name: z}
                spec: {origin: example.com, records: [{name: shop, type: A, ttl: 3600, value: 192.0.2.7}]}
                """.formatted(annotation);
    }

    @Test
    void aHostNameOfALoadBalancerIsAProduct() {
        Outlook.of(exposed("external-dns.alpha.kubernetes.io/hostname: shop.example.com"))
                .outage("load-balancer-address")
                .takesDown("shop.example.com");
        Outlook.of(exposed("")).noProductDownBy("load-balancer-address");
    }

    @Test
    void theNewPrefixOfExternalDnsNamesAHostToo() {
        Outlook.of(exposed("external-dns.kubernetes.io/hostname: shop.example.com"))
                .outage("load-balancer-address")
                .takesDown("shop.example.com");
    }

    /** The name of a controller's own load balancer is what the names of products point at, and nothing that users come for. */
    @Test
    void theDoorOfAnIngressControllerIsNoProduct() {
        String controller = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: nginx, namespace: ingress}
                spec:
                  replicas: 1
                  selector: {matchLabels: {app: nginx}}
                  template:
                    metadata: {labels: {app: nginx}}
                    spec: {containers: [{name: c, image: 'registry.k8s.io/ingress-nginx/controller:v1.12.1'}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: nginx, namespace: ingress, annotations: {external-dns.alpha.kubernetes.io/hostname: door.example.com}}
                spec: {type: LoadBalancer, selector: {app: nginx}}
                """;
        String shop = web("shop", "web", 2) + """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: web, namespace: shop}
                spec:
                  ingressClassName: nginx
                  rules: [{host: shop.example.com, http: {paths: [{path: /, backend: {service: {name: web}}}]}}]
                """;
        assertEquals(
                List.of("shop.example.com"),
                Outlook.of(controller + shop)
                        .outage("single-replica", "default/ingress/Deployment/nginx#replica")
                        .outage()
                        .products());
        // where no other name is known, it is all that tells of users
        Outlook.of(controller)
                .outage("single-replica", "default/ingress/Deployment/nginx#replica")
                .takesDown("door.example.com");
    }
}
