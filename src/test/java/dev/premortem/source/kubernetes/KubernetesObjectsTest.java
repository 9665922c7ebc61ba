package dev.premortem.source.kubernetes;

import static dev.premortem.source.Readings.at;
import static dev.premortem.source.Readings.problems;
import static dev.premortem.source.Readings.thing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.CertificateOrder;
import dev.premortem.estate.Cluster;
import dev.premortem.estate.Issuer;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Network;
import dev.premortem.estate.Product;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Route;
import dev.premortem.estate.Service;
import dev.premortem.estate.Workload;
import dev.premortem.source.Reading;
import dev.premortem.source.Readings;
import java.util.List;
import org.junit.jupiter.api.Test;

class KubernetesObjectsTest {
    private static final String WEB = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata:
              name: web
              namespace: shop
              annotations:
                premortem.dev/depends-on: "?hosted-service/auth, Service/db"
                premortem.dev/product: store
            spec:
              replicas: 2
              template:
                metadata: {labels: {app: web}}
                spec:
                  serviceAccountName: web
                  containers:
                  - name: web
                    image: nginx:1.25
                    command: [run]
                    args: ["--cache=redis://cache.shop.svc.cluster.local:6379/0", "--mode=cache"]
                    env:
                    - {name: DB_HOST, value: db}
                    - {name: MODE, value: queue}
                    - {name: QUEUE, value: "amqp://u:p@queue:5672/x"}
                    - {name: OTHER, value: http://api.other/v1}
                    volumeMounts:
                    - {name: config, mountPath: /etc/x, readOnly: true}
                    - {name: store, mountPath: /data}
                    resources: {requests: {cpu: 250m, memory: 128Mi}}
                  volumes:
                  - {name: config, configMap: {name: settings}}
              volumeClaimTemplates:
              - metadata: {name: store}
                spec: {accessModes: [ReadWriteOnce]}
            """;

    private static String service(String namespace, String name) {
        return "apiVersion: v1\nkind: Service\nmetadata: {name: " + name + ", namespace: " + namespace + "}\n";
    }

    private static Reading shop() {
        return Readings.of(
                "web.yaml",
                WEB,
                "services.yaml",
                String.join(
                        "---\n",
                        service("shop", "db"),
                        service("shop", "cache"),
                        service("shop", "queue"),
                        service("other", "api"),
                        service("shop", "mail")),
                "settings.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings, namespace: shop}\ndata:\n  app.conf: |\n    smtp=mail:25\n");
    }

    @Test
    void readsAWorkloadWithItsPodTemplate() {
        Workload web = thing(shop().estate(), Workload.class, "default/shop/StatefulSet/web");
        assertEquals(2, web.replicas().value());
        assertEquals("web.yaml:10 spec.replicas", at(web.replicas().provenance()));
        Workload.Container container = web.containers().getFirst();
        assertEquals(
                "web.yaml:17 spec.template.spec.containers[0].image",
                at(container.image().provenance()));
        assertEquals(250, container.cpuMillis().orElseThrow().value());
        assertEquals(
                List.of("config configMap settings", "store claimTemplate store"),
                web.volumes().stream()
                        .map(volume -> volume.name() + " " + volume.kind().value() + " " + volume.source())
                        .toList());
        assertTrue(container.mounts().getFirst().readOnly());
    }

    @Test
    void findsTheServicesThatAWorkloadCalls() {
        Workload web = thing(shop().estate(), Workload.class, "default/shop/StatefulSet/web");
        assertEquals(
                List.of(
                        "hosted-service/auth",
                        "default/shop/Service/db",
                        "default/shop/Service/queue",
                        "default/other/Service/api",
                        "default/shop/Service/cache",
                        "default/shop/Service/mail"),
                web.dependsOn().stream()
                        .map(dependency -> dependency.to().text())
                        .toList());
        assertTrue(web.dependsOn().getFirst().optional());
    }

    /** A status page lists what it asks for: none of it takes the page down. */
    @Test
    void whatAnOnlookerNamesIsLookedAtAndNotNeeded() {
        String objects = """
            apiVersion: v1
            kind: Service
            metadata: {name: shop, namespace: a}
            spec: {selector: {app: shop}, ports: [{port: 80}]}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: page, namespace: a}
            data: {config.yaml: "endpoints: [{url: 'http://shop.a.svc.cluster.local:80/healthy'}]"}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: page, namespace: a}
            spec:
              template:
                spec:
                  containers: [{name: app, image: "ghcr.io/twin/gatus:v5.34.0"}]
                  volumes: [{name: c, configMap: {name: page}}]
            """;
        Workload page = thing(Readings.of("a.yaml", objects).estate(), Workload.class, "default/a/Deployment/page");
        assertTrue(page.dependsOn().getFirst().optional());
        Workload shop = thing(
                Readings.of("a.yaml", objects.replace("twin/gatus", "example/shop"))
                        .estate(),
                Workload.class,
                "default/a/Deployment/page");
        assertFalse(shop.dependsOn().getFirst().optional());
    }

    @Test
    void takesAProductFromAnAnnotation() {
        Product store = thing(shop().estate(), Product.class, "product/store");
        assertEquals(
                "default/shop/StatefulSet/web", store.needs().getFirst().to().text());
    }

    @Test
    void unrollsListsAndKeepsTheirPaths() {
        Reading reading = Readings.of(
                "l.yaml",
                "apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata: {name: a}\n  spec: {type: LoadBalancer, loadBalancerIP: 192.0.2.1}\n");
        Service service = thing(reading.estate(), Service.class, "default/default/Service/a");
        assertEquals(
                "l.yaml:7 items[0].spec.loadBalancerIP",
                at(service.fixedAddress().orElseThrow().provenance()));
        assertEquals("192.0.2.1", service.address().orElseThrow().value());
    }

    @Test
    void givesItemsOfATypedListItsKind() {
        Reading reading = Readings.of(
                "l.yaml",
                "apiVersion: v1\nkind: ServiceList\nitems:\n- metadata: {name: a}\n  spec: {type: LoadBalancer, loadBalancerIP: 192.0.2.1}\n");
        Service service = thing(reading.estate(), Service.class, "default/default/Service/a");
        assertEquals(
                "l.yaml:5 items[0].spec.loadBalancerIP",
                at(service.fixedAddress().orElseThrow().provenance()));
    }

    @Test
    void guessesNoKindForAnItemOfAPlainList() {
        Reading reading = Readings.of(
                "l.yaml", "apiVersion: v1\nkind: List\nitems:\n- metadata: {name: a}\n  spec: {type: LoadBalancer}\n");
        assertTrue(reading.estate()
                .find(Service.class, new Reference("default/default/Service/a"))
                .isEmpty());
    }

    @Test
    void takesAnObservedAddress() {
        Reading reading = Readings.of(
                "s.yaml",
                "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {type: LoadBalancer}\n",
                "o.yaml",
                "apiVersion: premortem.dev/v1\nkind: Observation\nmetadata: {name: o}\nspec: {of: default/default/Service/a, fact: address, value: 192.0.2.9, at: 2026-01-01T00:00:00Z}\n");
        Service service = thing(reading.estate(), Service.class, "default/default/Service/a");
        assertEquals("192.0.2.9", service.address().orElseThrow().value());
        assertTrue(service.fixedAddress().isEmpty());
    }

    @Test
    void readsTraefiksRules() {
        Reading reading = Readings.of(
                "r.yaml",
                "apiVersion: traefik.containo.us/v1alpha1\nkind: IngressRoute\nmetadata: {name: r, namespace: x}\nspec:\n"
                        + "  routes:\n  - match: Host(`a.example.com`, `c.example.com`) && PathPrefix(`/p`) || Host(`b.example.com`)\n"
                        + "    services: [{name: web, port: 80}, {name: other, namespace: ys}]\n"
                        + "  tls: {certResolver: le, domains: [{main: '*.example.com', sans: [example.com]}]}\n");
        Route route = thing(reading.estate(), Route.class, "default/x/IngressRoute/r");
        assertEquals(
                List.of("a.example.com", "c.example.com", "b.example.com"),
                route.hosts().stream().map(fact -> fact.value()).toList());
        assertEquals(
                List.of("default/x/Service/web", "default/ys/Service/other"),
                route.backends().stream()
                        .map(dependency -> dependency.to().text())
                        .toList());
        assertEquals("*.example.com", route.certificateNames().getFirst().value());
        assertEquals("le", route.resolver().orElseThrow().value());
        assertFalse(
                thing(reading.estate(), Product.class, "product/a.example.com").declared());
    }

    @Test
    void readsIngressesAndCertManager() {
        Reading reading = Readings.of(
                "r.yaml",
                "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i}\nspec:\n  ingressClassName: nginx\n  tls: [{hosts: [a.example.com], secretName: s}]\n"
                        + "  rules: [{host: a.example.com, http: {paths: [{path: /, backend: {service: {name: web}}}]}}]\n---\n"
                        + "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: c}\nspec: {secretName: s, dnsNames: [a.example.com], issuerRef: {name: le, kind: ClusterIssuer}, renewBefore: 720h}\n---\n"
                        + "apiVersion: cert-manager.io/v1\nkind: ClusterIssuer\nmetadata: {name: le}\nspec: {acme: {server: https://acme.example/dir}}\n");
        assertEquals(
                "s",
                thing(reading.estate(), Route.class, "default/default/Ingress/i")
                        .secret()
                        .orElseThrow()
                        .value());
        assertEquals(
                "le",
                thing(reading.estate(), CertificateOrder.class, "default/default/Certificate/c")
                        .issuer()
                        .value());
        assertEquals("acme", thing(reading.estate(), Issuer.class, "issuer/le").kind());
    }

    @Test
    void readsTheAgentsOwnNetworkSettings() {
        Reading reading = Readings.of(
                "c.yaml",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: cilium-config, namespace: kube-system}\ndata:\n  mtu: \"1450\"\n  tunnel-protocol: geneve\n  enable-wireguard: \"true\"\n");
        Network network =
                thing(reading.estate(), Cluster.class, "cluster/default").network();
        assertEquals(
                "c.yaml:5 data.mtu", at(network.underlayMtuBytes().orElseThrow().provenance()));
        assertEquals(Network.Mode.GENEVE, network.mode().orElseThrow().value());
        assertEquals(
                Network.Encryption.WIREGUARD, network.encryption().orElseThrow().value());
    }

    @Test
    void keepsNoSecretValues() {
        Reading reading = Readings.of(
                "s.yaml",
                "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {password: hunter2}\ndata: {key: aHVudGVyMg==}\n");
        KubernetesObject secret = reading.estate()
                .object(new Reference("default/default/Secret/s"))
                .orElseThrow();
        assertFalse(secret.tree().toString().contains("hunter2"));
        assertFalse(secret.tree().toString().contains("aHVudGVyMg"));
        assertEquals(List.of(), problems(reading));
    }

    @Test
    void skipsPatchesAndTakesTheNamespaceOfAKustomization() {
        Reading reading = Readings.of(
                "o/kustomization.yaml",
                        "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: prod\nresources: [s.yaml]\npatches: [{path: p.yaml}]\n",
                "o/s.yaml", service("x", "a"),
                "o/p.yaml", "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: d}\nspec: {replicas: 3}\n");
        assertEquals(
                List.of("default/prod/Service/a"),
                reading.estate().all(Service.class).stream()
                        .map(thing -> thing.reference().text())
                        .toList());
        assertEquals(List.of(), reading.estate().all(Workload.class));
        assertEquals(2, reading.coverage().notUnderstood().size());
    }

    @Test
    void takesTlsFromTheGatewayOfARoute() {
        Reading reading = Readings.of(
                "g.yaml",
                "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: g}\nspec:\n  listeners:\n  - {name: web, hostname: x.example.com}\n  - {name: tls, tls: {certificateRefs: [{name: cert}]}}\n---\n"
                        + "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r}\nspec: {hostnames: [a.example.com], parentRefs: [{name: g, sectionName: tls}], rules: [{backendRefs: [{name: web}]}]}\n");
        Route route = thing(reading.estate(), Route.class, "default/default/HTTPRoute/r");
        assertTrue(route.tls());
        assertEquals("cert", route.secret().orElseThrow().value());
        assertEquals("g", route.className().orElseThrow().value());
    }

    @Test
    void ordersForAnAnnotatedIngress() {
        Reading reading = Readings.of(
                "i.yaml",
                "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: i, annotations: {cert-manager.io/cluster-issuer: le, cert-manager.io/renew-before: 240h}}\nspec: {tls: [{hosts: [a.example.com], secretName: s}]}\n");
        CertificateOrder order = thing(reading.estate(), CertificateOrder.class, "default/default/Certificate/s");
        assertEquals("le", order.issuer().value());
        assertEquals("PT240H", order.renewBefore().orElseThrow().value().toString());
    }
}
