package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Confidence;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.testing.Outlook;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NextVersionTest {
    private static final String RELEASE = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: external-dns, namespace: dns}
            spec:
              chart:
                spec: {chart: external-dns, version: 1.21.1, sourceRef: {kind: HelmRepository, name: external-dns}}
              values:
                provider: {name: cloudflare}
                policy: sync
                sources: [service, gateway-httproute]
                extraArgs: [--gateway-name=outer]
            """;
    private static final String SERVICE = """
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: mqtt
              namespace: home
              annotations:
                external-dns.alpha.kubernetes.io/hostname: mqtt.example.net # OUTAGE next-version
            spec: {type: LoadBalancer, selector: {app: mqtt}}
            """;
    private static final String GATEWAY = """
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata:
              name: outer
              namespace: net
              annotations:
                external-dns.alpha.kubernetes.io/target: tunnel.example.net # OUTAGE next-version
            spec:
              gatewayClassName: envoy
              addresses: [{type: IPAddress, value: 192.168.50.186}]
              listeners: [{name: http, port: 80, protocol: HTTP}]
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: shop, namespace: shop}
            spec:
              parentRefs: [{name: outer, namespace: net}]
              hostnames: [shop.example.net]
              rules: [{backendRefs: [{name: shop, port: 80}]}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: shop, namespace: shop}
            spec: {selector: {app: shop}}
            """;

    @Test
    void namesThatRestOnATargetTurnPrivate() {
        Outage outage = Outlook.of(RELEASE + GATEWAY)
                .outage("next-version")
                .namesTheMarkedLines()
                .isPreventedBy("with the upgrade: annotationPrefix: external-dns.alpha.kubernetes.io/")
                .outage();
        assertTrue(
                outage.products().contains("shop.example.net"),
                outage.products().toString());
        assertTrue(outage.title().contains("with the next external-dns (chart 1.22)"), outage.title());
        assertEquals(Confidence.LIKELY, outage.confidence());
    }

    @Test
    void namesInAnAnnotationAloneAreDeletedUnderSync() {
        Outlook.of(RELEASE + SERVICE)
                .outage("next-version")
                .namesTheMarkedLines()
                .isPreventedBy("with the upgrade: annotationPrefix: external-dns.alpha.kubernetes.io/");
        Outlook.of((RELEASE + SERVICE).replace("policy: sync", "policy: upsert-only"))
                .noOutage("next-version");
        Outlook.of((RELEASE + SERVICE).replace("[service, gateway-httproute]", "[ingress]"))
                .noOutage("next-version");
    }

    @Test
    void anImageThatTheValuesFixIsWhatHasToMove() {
        String fixed = (RELEASE + SERVICE).replace("policy: sync", "image: {tag: v0.21.0}\n    policy: sync");
        Outage outage = Outlook.of(fixed).outage("next-version").outage();
        assertTrue(outage.title().contains("with the next external-dns (image 0.22)"), outage.title());
        Outlook.of(fixed.replace("v0.21.0", "v0.22.0")).noOutage("next-version");
    }

    @Test
    void aPinnedPrefixOrTheNewVersionHolds() {
        String all = RELEASE + GATEWAY + SERVICE;
        Outlook.of(all.replace("policy: sync", "policy: sync\n    annotationPrefix: external-dns.alpha.kubernetes.io/"))
                .noOutage("next-version");
        Outlook.of(all.replace("[--gateway-name=outer]", "[--annotation-prefix=external-dns.alpha.kubernetes.io/]"))
                .noOutage("next-version");
        Outlook.of(all.replace("1.21.1", "1.22.0")).noOutage("next-version");
        Outlook.of(all.replace("1.21.1", "\"*\"")).noOutage("next-version");
    }

    @Test
    void anotherGatewayAFilterAndAPublicAddressHold() {
        String all = RELEASE + GATEWAY;
        Outlook.of(all.replace("--gateway-name=outer", "--gateway-name=inner")).noOutage("next-version");
        String route = "metadata: {name: shop, namespace: shop}";
        String labelled = "metadata: {name: shop, namespace: shop, labels: {dns: public}}";
        String byLabel = all.replace("--gateway-name=outer", "\"--label-filter=dns=public\"");
        Outlook.of(byLabel).noOutage("next-version");
        Outlook.of(byLabel.replace(route, labelled)).outage("next-version");
        Outlook.of(all.replace("--gateway-name=outer", "\"--gateway-label-filter=edge=true\""))
                .noOutage("next-version");
        Outlook.of(all.replace("--gateway-name=outer", "--gateway-namespace=elsewhere"))
                .noOutage("next-version");
        Outlook.of(all.replace("--gateway-name=outer", "\"--annotation-filter=expose=true\""))
                .noOutage("next-version");
        Outlook.of(all.replace("cloudflare", "webhook")).noOutage("next-version");
        Outlook.of(all.replace("192.168.50.186", "203.0.113.7")).noOutage("next-version");
        Outlook.of(all.replace("target: tunnel.example.net", "target: 192.168.50.186"))
                .noOutage("next-version");
    }

    @Test
    void nothingIsToldBeforeTheVersionCanBeHad() {
        Outlook.of(new TreeMap<>(Map.of("estate.yaml", RELEASE + GATEWAY)), Instant.parse("2026-08-01T00:00:00Z"))
                .noOutage("next-version");
    }

    @Test
    void theVersionOfAnOciRepositoryCounts() {
        String release = RELEASE.replaceAll("  chart:\n.*\n", "  chartRef: {kind: OCIRepository, name: dns-chart}\n");
        String repository = """
                ---
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: OCIRepository
                metadata: {name: dns-chart, namespace: dns}
                spec:
                  url: oci://charts.example.com/external-dns
                  ref: {tag: 1.21.1}
                """;
        Outlook.of(release + repository + GATEWAY).outage("next-version");
        Outlook.of(release + repository.replace("1.21.1", "1.22.0") + GATEWAY).noOutage("next-version");
    }

    private static final String SECRETS = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: external-secrets, namespace: secrets}
            spec:
              chart:
                spec: {chart: external-secrets, version: 0.16.2, sourceRef: {kind: HelmRepository, name: external-secrets}}
            ---
            apiVersion: external-secrets.io/v1beta1 # OUTAGE next-version
            kind: ExternalSecret
            metadata: {name: login, namespace: shop}
            spec: {secretStoreRef: {name: vault}, target: {name: login}}
            """;

    @Test
    void whatTheNextVersionNoLongerServesIsRefused() {
        Outage outage = Outlook.of(SECRETS)
                .outage("next-version")
                .namesTheMarkedLines()
                .isPreventedBy("write external-secrets.io/v1 before the upgrade")
                .outage();
        assertEquals(OutageClass.D, outage.outageClass());
        assertEquals(
                "ExternalSecret login cannot be applied after the upgrade to external-secrets 0.17, which no longer serves"
                        + " external-secrets.io/v1beta1",
                outage.title());
        Outlook.of(SECRETS.replace("io/v1beta1", "io/v1")).noOutage("next-version");
        Outlook.of(SECRETS.replace("version: 0.16.2", "version: \">=0.16.0\"")).noOutage("next-version");
        Outlook.of(new TreeMap<>(Map.of("e.yaml", SECRETS)), Instant.parse("2025-05-01T00:00:00Z"))
                .noOutage("next-version");
    }

    @Test
    void whatThePinnedVersionNoLongerServesIsAContradiction() {
        Outage outage = Outlook.of(SECRETS.replace("0.16.2", "0.20.4"))
                .outage("next-version")
                .outage();
        assertEquals(OutageClass.A, outage.outageClass());
        assertEquals(
                "ExternalSecret login cannot be applied: external-secrets 0.17 no longer serves external-secrets.io/v1beta1,"
                        + " and 0.20.4 is pinned",
                outage.title());
    }

    @Test
    void fluxNamesItsVersionInItsInstance() {
        String flux = """
                apiVersion: fluxcd.controlplane.io/v1
                kind: FluxInstance
                metadata: {name: flux, namespace: flux-system}
                spec: {distribution: {version: 2.6.x, registry: ghcr.io/fluxcd}}
                ---
                apiVersion: source.toolkit.fluxcd.io/v1beta2 # OUTAGE next-version
                kind: HelmRepository
                metadata: {name: charts, namespace: flux-system}
                spec: {url: "https://charts.example.com"}
                """;
        Outlook.of(flux).outage("next-version").namesTheMarkedLines();
        Outlook.of(flux.replace("2.6.x", "2.x")).noOutage("next-version");
        Outlook.of(flux.replace("v1beta2", "v1")).noOutage("next-version");
    }

    private static final String SNIPPETS = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: ingress-nginx, namespace: edge}
            spec:
              chart:
                spec: {chart: ingress-nginx, version: 4.11.5, sourceRef: {kind: HelmRepository, name: ingress-nginx}}
              values:
                controller:
                  allowSnippetAnnotations: true
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: shop
              namespace: shop
              annotations:
                nginx.ingress.kubernetes.io/configuration-snippet: "deny 192.0.2.1;" # OUTAGE next-version
            spec:
              ingressClassName: nginx
              rules:
                - host: shop.example.net
                  http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: shop, port: {number: 80}}}}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: shop, namespace: shop}
            spec: {selector: {app: shop}, ports: [{port: 80}]}
            """;

    @Test
    void ingressesWithSnippetsVanishWithTheLowerLevelOfRisk() {
        Outlook.of(SNIPPETS)
                .outage("next-version")
                .takesDown("shop.example.net")
                .namesTheMarkedLines()
                .isPreventedBy("annotations-risk-level: Critical");
        Outlook.of(SNIPPETS.replace("4.11.5", "4.12.1")).noOutage("next-version");
        Outlook.of(SNIPPETS.replace("allowSnippetAnnotations: true", "allowSnippetAnnotations: false"))
                .noOutage("next-version");
        Outlook.of(SNIPPETS.replace("configuration-snippet", "proxy-body-size")).noOutage("next-version");
        Outlook.of(SNIPPETS.replace("ingressClassName: nginx", "ingressClassName: inner"))
                .noOutage("next-version");
    }

    private static final String DATABASE = """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db, namespace: shop}
            spec:
              replicas: 1
              serviceName: db
              selector: {matchLabels: {app: db}}
              template:
                metadata: {labels: {app: db}}
                spec:
                  containers:
                    - name: db
                      image: postgres:latest # OUTAGE next-version
                      volumeMounts: [{name: data, mountPath: /var/lib/postgresql/data}]
              volumeClaimTemplates:
                - metadata: {name: data}
                  spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            """;

    @Test
    void aDatabaseThatTakesTheNewestVersionDoesNotStartOnItsOldData() {
        Outage outage = Outlook.of(DATABASE)
                .outage("next-version")
                .namesTheMarkedLines()
                .outage();
        assertTrue(outage.title().contains("shop/db does not start from the next major version"), outage.title());
        Outlook.of(DATABASE.replace("postgres:latest", "postgres:17")).noOutage("next-version");
        Outlook.of(DATABASE.replace("postgres:latest", "registry.example.com/postgres:latest"))
                .noOutage("next-version");
        Outlook.of(DATABASE.replace("mountPath: /var/lib/postgresql/data", "mountPath: /scripts"))
                .noOutage("next-version");
    }

    @Test
    void aLabelThatIsAnnouncedToGoIsStillSelected() {
        String service = """
            apiVersion: v1
            kind: Service
            metadata: {name: db, namespace: data}
            spec:
              selector:
                cnpg.io/cluster: main
                role: primary # OUTAGE next-version
            """;
        Outlook.of(service).outage("next-version", "cluster/default#label").namesTheMarkedLines();
        Outlook.of(service.replace("role: primary", "cnpg.io/instanceRole: primary"))
                .noOutage("next-version");
        Outlook.of(service.replace("cnpg.io/cluster", "app")).noOutage("next-version");
    }

    private static String set(String chart, String version, String values) {
        return """
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: one, namespace: infra}
                spec:
                  chart: {spec: {chart: %s, version: %s, sourceRef: {kind: HelmRepository, name: any}}}
                  values:
                    %s
                """.formatted(chart, version, values);
    }

    @Test
    void aValueThatTheNextVersionRefusesIsTold() {
        String restic = "configuration:\n      uploaderType: restic # OUTAGE next-version";
        Outlook.of(set("velero", "10.1.3", restic))
                .outage("next-version", "estate#settings-of-the-next")
                .namesTheMarkedLines()
                .says("makes no backup of files any more");
        Outlook.of(set("velero", "10.1.3", restic.replace("restic", "kopia"))).noOutage("next-version");
        Outlook.of(set("velero", "10.x", restic)).noOutage("next-version"); // a range takes it by itself
        String provider = "provider: {name: digitalocean} # OUTAGE next-version";
        Outlook.of(set("external-dns", "1.20.0", provider))
                .outage("next-version", "estate#settings-of-the-next")
                .namesTheMarkedLines();
        Outlook.of(set("external-dns", "1.20.0", "provider: {name: cloudflare}"))
                .noOutage("next-version");
    }

    @Test
    void aValueThatThePinnedVersionRefusesIsAContradictionOfToday() {
        String provider = "provider: {name: designate} # OUTAGE next-version";
        Outlook.of(set("external-dns", "1.18.0", provider))
                .outage("next-version", "estate#settings-taken")
                .namesTheMarkedLines()
                .says("does not start: external-dns v0.17.0 has no provider designate");
    }
}
