package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Confidence;
import dev.premortem.outage.Outage;
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
}
