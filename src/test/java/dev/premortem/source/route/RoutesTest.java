package dev.premortem.source.route;

import static dev.premortem.source.Readings.thing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.Dependency;
import dev.premortem.estate.Estate;
import dev.premortem.estate.Route;
import dev.premortem.fact.Fact;
import dev.premortem.source.Reading;
import dev.premortem.source.Readings;
import dev.premortem.testing.Outlook;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Routes of every kind, and what they need. */
class RoutesTest {
    private static Estate estate(String text) {
        Reading reading = Readings.of("r.yaml", text);
        assertEquals(List.of(), Readings.problems(reading));
        assertEquals(List.of(), reading.coverage().notUnderstood());
        return reading.estate();
    }

    static String web(String namespace, String name, int replicas) {
        return """
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %2$s, namespace: %1$s}
                spec:
                  replicas: %3$d
                  selector: {matchLabels: {app: %2$s}}
                  template:
                    metadata: {labels: {app: %2$s}}
                    spec: {containers: [{name: c, image: 'example.com/%2$s:1'}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: %2$s, namespace: %1$s}
                spec: {selector: {app: %2$s}}
                """.formatted(namespace, name, replicas);
    }

    private static List<String> targets(List<Dependency> dependencies) {
        return dependencies.stream()
                .map(dependency -> (dependency.optional() ? "?" : "") + dependency.to())
                .toList();
    }

    private static List<String> hosts(Route route) {
        return route.hosts().stream().map(Fact::value).toList();
    }

    private static final String HTTP_ROUTE = """
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: web, namespace: shop}
            spec:
              hostnames: [shop.example.com]
              parentRefs: [{name: outer, namespace: network, sectionName: https}]
              rules:
                - backendRefs: [{name: web, port: 80}, {name: old, port: 80, weight: 0}]
            """;

    @Test
    void theProductOfAnHttpRouteFallsWithItsOnlyBackend() {
        Outlook.of(web("shop", "web", 1) + HTTP_ROUTE)
                .outage("single-replica", "default/shop/Deployment/web#replica")
                .takesDown("shop.example.com");
    }

    @Test
    void aBackendOfWeightNothingIsNotNeeded() {
        Outlook.of(web("shop", "web", 2) + web("shop", "old", 1) + HTTP_ROUTE).noProductDownBy("single-replica");
    }

    @Test
    void takesTheCertificateOfAListenerInAnotherNamespace() {
        Estate estate = estate("""
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: outer, namespace: network}
                spec:
                  gatewayClassName: traefik
                  listeners:
                    - {name: http, protocol: HTTP, port: 80}
                    - {name: https, hostname: '*.example.com', tls: {certificateRefs: [{name: wild}]}}
                """ + HTTP_ROUTE);
        Route route = thing(estate, Route.class, "default/shop/HTTPRoute/web");
        assertEquals(
                "default/network/Secret/wild",
                route.secretReference().orElseThrow().text());
        assertEquals("traefik", route.className().orElseThrow().value());
        assertEquals(List.of("default/shop/Service/web"), targets(route.backends()));
    }

    @Test
    void takesTheListenerThatServesTheHost() {
        Estate estate = estate("""
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: g}
                spec:
                  listeners:
                    - {name: a, hostname: '*.example.org', tls: {certificateRefs: [{name: org}]}}
                    - {name: b, hostname: '*.example.com', tls: {certificateRefs: [{name: com}]}}
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: r}
                spec: {hostnames: [a.example.com], parentRefs: [{name: g}], rules: [{backendRefs: [{name: web}]}]}
                """);
        assertEquals(
                "com",
                thing(estate, Route.class, "default/default/HTTPRoute/r")
                        .secret()
                        .orElseThrow()
                        .value());
    }

    private static String traefik(int replicasOfLogin) {
        return web("shop", "web", 2) + web("auth", "login", replicasOfLogin) + """
                ---
                apiVersion: traefik.io/v1alpha1
                kind: Middleware
                metadata: {name: sign-in, namespace: auth}
                spec:
                  forwardAuth:
                    address: http://login.auth.svc.cluster.local:9091/verify
                ---
                apiVersion: traefik.io/v1alpha1
                kind: Middleware
                metadata: {name: all, namespace: shop}
                spec: {chain: {middlewares: [{name: sign-in, namespace: auth}]}}
                ---
                apiVersion: traefik.io/v1alpha1
                kind: IngressRoute
                metadata: {name: web, namespace: shop}
                spec:
                  routes:
                    - match: Host(`shop.example.com`)
                      middlewares: [{name: all}]
                      services: [{name: web, port: 80}]
                """;
    }

    @Test
    void theServiceThatForwardAuthAsksTakesTheRouteDown() {
        Outlook.of(traefik(1))
                .outage("single-replica", "default/auth/Deployment/login#replica")
                .takesDown("shop.example.com");
        Outlook.of(traefik(2)).noProductDownBy("single-replica");
    }

    @Test
    void findsTheMiddlewaresOfAnAnnotatedIngress() {
        Estate estate = estate("""
                apiVersion: traefik.io/v1alpha1
                kind: Middleware
                metadata: {name: sign-in, namespace: web-auth}
                spec: {forwardAuth: {address: 'http://login.web-auth.svc/verify'}}
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  name: i
                  annotations: {traefik.ingress.kubernetes.io/router.middlewares: 'web-auth-sign-in@kubernetescrd, x@file'}
                spec: {defaultBackend: {service: {name: web}}}
                """);
        assertEquals(
                List.of("default/web-auth/Service/login"),
                targets(thing(estate, Route.class, "default/default/Ingress/i").dependsOn()));
    }

    @Test
    void leadsThroughTraefikServices() {
        Estate estate = estate("""
                apiVersion: traefik.io/v1alpha1
                kind: TraefikService
                metadata: {name: shares, namespace: x}
                spec: {weighted: {services: [{name: new, weight: 1}, {name: old, weight: 0}, {name: copies, kind: TraefikService}]}}
                ---
                apiVersion: traefik.io/v1alpha1
                kind: TraefikService
                metadata: {name: copies, namespace: x}
                spec: {mirroring: {name: main, mirrors: [{name: shadow}]}}
                ---
                apiVersion: traefik.io/v1alpha1
                kind: IngressRoute
                metadata: {name: r, namespace: x}
                spec: {routes: [{match: 'Host(`a.example.com`)', services: [{name: shares, kind: TraefikService}]}]}
                """);
        assertEquals(
                List.of("default/x/Service/new", "default/x/Service/main"),
                targets(thing(estate, Route.class, "default/x/IngressRoute/r").backends()));
    }

    private static String nginx(String url) {
        return """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: web, namespace: shop, annotations: {nginx.ingress.kubernetes.io/auth-url: '%s'}}
                spec:
                  rules: [{host: shop.example.com, http: {paths: [{path: /, backend: {service: {name: web}}}]}}]
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: proxy, namespace: auth}
                spec:
                  rules: [{host: auth.example.com, http: {paths: [{path: /, backend: {service: {name: proxy}}}]}}]
                """.formatted(url);
    }

    @Test
    void authUrlIsADependency() {
        assertEquals(
                List.of("default/auth/Service/proxy"),
                targets(thing(
                                estate(nginx("http://proxy.auth.svc.cluster.local:4180/auth")),
                                Route.class,
                                "default/shop/Ingress/web")
                        .dependsOn()));
        assertEquals(
                List.of("default/auth/Service/proxy"),
                targets(thing(estate(nginx("https://auth.example.com/auth")), Route.class, "default/shop/Ingress/web")
                        .dependsOn()));
        assertEquals(
                List.of(),
                targets(thing(estate(nginx("https://$host/auth")), Route.class, "default/shop/Ingress/web")
                        .dependsOn()));
        assertEquals(
                List.of(),
                targets(thing(estate(nginx("https://elsewhere.example.org")), Route.class, "default/shop/Ingress/web")
                        .dependsOn()));
    }

    @Test
    void theProductFallsWithWhatAuthUrlAsks() {
        Outlook.of(web("shop", "web", 2) + web("auth", "proxy", 1) + nginx("https://auth.example.com/auth"))
                .outage("single-replica", "default/auth/Deployment/proxy#replica")
                .takesDown("auth.example.com", "shop.example.com");
    }

    @Test
    void aCanaryIsNotNeeded() {
        String canary = """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  name: canary
                  namespace: shop
                  annotations: {nginx.ingress.kubernetes.io/canary: "true", nginx.ingress.kubernetes.io/canary-weight: "5"}
                spec:
                  rules: [{host: shop.example.com, http: {paths: [{path: /, backend: {service: {name: next}}}]}}]
                """;
        Outlook.of(web("shop", "web", 2) + web("shop", "next", 1) + HTTP_ROUTE + canary)
                .noProductDownBy("single-replica");
    }

    @Test
    void passthroughServesTheBackendsCertificate() {
        Estate estate = estate("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: i, annotations: {nginx.ingress.kubernetes.io/ssl-passthrough: "true"}}
                spec: {tls: [{hosts: [a.example.com], secretName: s}], defaultBackend: {service: {name: web}}}
                ---
                apiVersion: traefik.io/v1alpha1
                kind: IngressRouteTCP
                metadata: {name: t}
                spec: {routes: [{match: 'HostSNI(`b.example.com`)', services: [{name: db, port: 5432}]}], tls: {passthrough: true}}
                """);
        Route ingress = thing(estate, Route.class, "default/default/Ingress/i");
        assertFalse(ingress.tls());
        assertTrue(ingress.secret().isEmpty());
        assertFalse(
                thing(estate, Route.class, "default/default/IngressRouteTCP/t").tls());
    }

    @Test
    void aSecurityPolicyOfTheGatewayIsAskedByItsRoutes() {
        Estate estate = estate("""
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: outer, namespace: network}
                spec: {listeners: [{name: https}]}
                ---
                apiVersion: gateway.envoyproxy.io/v1alpha1
                kind: SecurityPolicy
                metadata: {name: p, namespace: network}
                spec:
                  targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: outer}]
                  extAuth: {http: {backendRefs: [{name: login, namespace: auth, port: 80}]}}
                """ + HTTP_ROUTE);
        assertEquals(
                List.of("default/auth/Service/login"),
                targets(thing(estate, Route.class, "default/shop/HTTPRoute/web").dependsOn()));
    }

    private static final String ISTIO = """
            ---
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: outer, namespace: shop}
            spec:
              selector: {istio: ingress}
              servers: [{hosts: ['*'], port: {number: 443}, tls: {mode: SIMPLE, credentialName: cert}}]
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web, namespace: shop}
            spec:
              hosts: [shop.example.com]
              gateways: [outer]
              http:
                - route: [{destination: {host: web}}, {destination: {host: old}, weight: 0}]
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: inner, namespace: shop}
            spec: {hosts: [web], http: [{route: [{destination: {host: web, subset: v1}}]}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: ingress, namespace: istio-system}
            spec: {type: LoadBalancer, selector: {istio: ingress, app: ingress}}
            """;

    @Test
    void readsIstiosRoutesWithTheirGateway() {
        Estate estate = estate(ISTIO);
        Route route = thing(estate, Route.class, "default/shop/VirtualService/web");
        assertEquals(List.of("shop.example.com"), hosts(route));
        assertEquals(List.of("default/shop/Service/web"), targets(route.backends()));
        assertEquals(List.of("default/istio-system/Service/ingress"), targets(route.dependsOn()));
        assertEquals(
                "default/istio-system/Secret/cert",
                route.secretReference().orElseThrow().text());
        assertEquals(List.of(), hosts(thing(estate, Route.class, "default/shop/VirtualService/inner")));
    }

    @Test
    void readsOpenShiftsAndContoursRoutes() {
        Estate estate = estate("""
                apiVersion: route.openshift.io/v1
                kind: Route
                metadata: {name: r}
                spec: {host: a.example.com, to: {kind: Service, name: web}, alternateBackends: [{name: old, weight: 0}], tls: {termination: edge}}
                ---
                apiVersion: projectcontour.io/v1
                kind: HTTPProxy
                metadata: {name: p}
                spec:
                  virtualhost: {fqdn: b.example.com, tls: {secretName: certs/wild}}
                  routes: [{services: [{name: web, port: 80}, {name: shadow, port: 80, mirror: true}]}]
                """);
        Route openshift = thing(estate, Route.class, "default/default/Route/r");
        assertEquals(List.of("a.example.com"), hosts(openshift));
        assertEquals(List.of("default/default/Service/web"), targets(openshift.backends()));
        Route contour = thing(estate, Route.class, "default/default/HTTPProxy/p");
        assertEquals(List.of("default/default/Service/web"), targets(contour.backends()));
        assertEquals(
                "default/certs/Secret/wild",
                contour.secretReference().orElseThrow().text());
    }

    @Test
    void aTemplateOfAnIngressThatAsksFirst() {
        String route = """
                ---
                apiVersion: gafaelfawr.lsst.io/v1alpha1
                kind: GafaelfawrIngress
                metadata: {name: shop, namespace: shop}
                config: {scopes: {%s}}
                template:
                  metadata: {name: shop}
                  spec:
                    rules: [{host: shop.example.com, http: {paths: [{path: /, backend: {service: {name: web}}}]}}]
                """;
        String pods = web("shop", "web", 2) + web("gafaelfawr", "gafaelfawr", 1);
        Outlook.of(pods + route.formatted("all: ['read:shop']"))
                .outage("single-replica", "default/gafaelfawr/Deployment/gafaelfawr#replica")
                .takesDown("shop.example.com");
        Outlook.of(pods + route.formatted("anonymous: true")).noProductDownBy("single-replica");
    }

    @Test
    void aRouteOfAMeshIsNotServedByAnIngressController() {
        String controller = """
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: traefik, namespace: traefik}
                spec:
                  replicas: 1
                  template:
                    metadata: {labels: {app: traefik}}
                    spec: {containers: [{name: traefik, image: 'traefik:v3.5.0'}]}
                """;
        Outlook.of(web("shop", "web", 2) + ISTIO + controller).noProductDownBy("single-replica");
    }

    @Test
    void aRingOfMiddlewaresEnds() {
        Estate estate = estate("""
                apiVersion: traefik.io/v1alpha1
                kind: Middleware
                metadata: {name: a}
                spec: {chain: {middlewares: [{name: b}, {name: a}]}}
                ---
                apiVersion: traefik.io/v1alpha1
                kind: Middleware
                metadata: {name: b}
                spec: {chain: {middlewares: [{name: a}, {name: b}]}}
                ---
                apiVersion: traefik.io/v1alpha1
                kind: IngressRoute
                metadata: {name: r}
                spec: {routes: [{match: 'Host(`a.example.com`)', middlewares: [{name: a}], services: [{name: web}]}]}
                """);
        assertEquals(
                List.of(),
                targets(thing(estate, Route.class, "default/default/IngressRoute/r")
                        .dependsOn()));
    }

    /** {@code {{ name }}-{{ branch }}.{{ domain }}} with a domain that only the cluster knows, and a name with the dot of the root. */
    @Test
    void aHostNameEndsWithoutADot() {
        Route route = thing(estate("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: web, namespace: shop}
                spec:
                  rules: [{host: panel-master.}, {host: shop.example.com.}, {host: shop.example.com}, {host: .}]
                """), Route.class, "default/shop/Ingress/web");
        assertEquals(List.of("panel-master", "shop.example.com"), hosts(route));
    }

    /** One Ingress, two names: what stands behind one takes the other nowhere. */
    @Test
    void aHostNameNeedsTheServicesOfItsOwnRulesOnly() {
        String ingress = """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: all, namespace: shop}
                spec:
                  rules:
                    - host: www.example.com
                      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
                    - host: api.example.com
                      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: api, port: {number: 80}}}}]}
                """;
        String text = web("shop", "web", 2) + web("shop", "api", 1) + ingress;
        Route route = estate(text).all(Route.class).getFirst();
        assertEquals(List.of("default/shop/Service/api"), targets(route.backends("api.example.com")));
        assertEquals(2, route.backends().size());
        Outlook.of(text).outage("single-replica").takesDown("api.example.com");
        assertEquals(
                List.of("api.example.com"),
                Outlook.of(text).outage("single-replica").outage().products());
        String traefik = """
                ---
                apiVersion: traefik.io/v1alpha1
                kind: IngressRoute
                metadata: {name: all, namespace: shop}
                spec:
                  routes:
                    - {kind: Rule, match: Host(`www.example.com`), services: [{name: web, port: 80}]}
                    - {kind: Rule, match: Host(`api.example.com`), services: [{name: api, port: 80}]}
                """;
        Route second = estate(web("shop", "web", 2) + web("shop", "api", 1) + traefik)
                .all(Route.class)
                .getFirst();
        assertEquals(List.of("default/shop/Service/web"), targets(second.backends("www.example.com")));
    }
}
