package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.estate.CertificateOrder;
import dev.premortem.estate.Reference;
import dev.premortem.model.Proposal;
import dev.premortem.model.Sketch;
import dev.premortem.testing.Estates;
import dev.premortem.testing.Outlook;
import dev.premortem.twin.Twin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CertificateExpiryTest {
    private static final Instant NOW = Instant.parse("2026-02-01T00:00:00Z");

    private static Sketch sketch(Estates estates) {
        Sketch sketch = new Sketch(estates.estate(), NOW, Duration.ofDays(400));
        new CertificateExpiry().contribute(sketch);
        sketch.twin().compile(Twin.Form.LIVE);
        return sketch;
    }

    private static Estates shop(String notAfter) {
        return new Estates()
                .secret("main", "shop", "shop-tls", notAfter, "shop.example.com")
                .route("main", "shop", "Ingress", "shop.example.com", Optional.of("shop-tls"), Optional.empty());
    }

    @Test
    void aServedCertificateThatNobodyRenewsEnds() {
        Proposal proposal = sketch(shop("2026-04-10T12:00:00Z")).proposals().getFirst();
        assertEquals(Instant.parse("2026-04-10T12:00:00Z"), proposal.moment().orElseThrow());
        assertEquals("main/shop/Secret/shop-tls#certificate", proposal.pivot().name());
        assertEquals("on 2026-04-10 when the certificate of shop.example.com ends", proposal.when());
    }

    @Test
    void anOrderForTheSameSecretRenewsIt() {
        Estates estates = shop("2026-04-10T12:00:00Z");
        estates.with(new CertificateOrder(
                Reference.object("main", "shop", "Certificate", "shop"),
                estates.place("certificate.yaml"),
                "main",
                "shop",
                "shop",
                estates.fact("shop-tls"),
                List.of(estates.fact("shop.example.com")),
                estates.fact("letsencrypt"),
                Optional.empty(),
                Optional.empty()));
        assertEquals(List.of(), sketch(estates).proposals());
    }

    @Test
    void whatNobodyServesOrEndsLaterIsQuiet() {
        assertEquals(List.of(), sketch(shop("2036-04-10T12:00:00Z")).proposals());
        assertEquals(
                List.of(),
                sketch(new Estates().secret("main", "shop", "old-tls", "2026-04-10T12:00:00Z", "shop.example.com"))
                        .proposals());
    }

    private static final String FROZEN = """
            apiVersion: cert-manager.io/v1
            kind: Certificate
            metadata: {name: web, namespace: shop}
            spec: {secretName: web-tls, dnsNames: [shop.example.com], issuerRef: {name: acme}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                    - name: web
                      image: example.com/web:1
                      volumeMounts:
                        - {name: tls, mountPath: /tls/tls.crt, subPath: tls.crt} # OUTAGE certificate-expiry
                  volumes: [{name: tls, secret: {secretName: web-tls}}]
            """;

    @Test
    void aFileMountedBySubPathIsNeverRenewed() {
        Outlook.of(FROZEN)
                .outage("certificate-expiry", "cluster/default#renewal")
                .namesTheMarkedLines();
        Outlook.of(FROZEN.replace(", subPath: tls.crt", "")).noOutage("certificate-expiry");
        Outlook.of(FROZEN.replace("secretName: web-tls, dnsNames", "secretName: other, dnsNames"))
                .noOutage("certificate-expiry");
        Outlook.of(FROZEN.replace(
                        "{name: web, namespace: shop}\nspec:\n",
                        "{name: web, namespace: shop, annotations: {reloader.stakater.com/auto: \"true\"}}\nspec:\n"))
                .noOutage("certificate-expiry");
    }

    @Test
    void aReloaderThatWatchesEverythingMakesItsPodsAnew() {
        String reloader = """
            ---
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: reloader, namespace: reloader}
            spec:
              chart: {spec: {chart: reloader, version: 2.2.5, sourceRef: {kind: HelmRepository, name: stakater}}}
              values: {reloader: {autoReloadAll: true, ignoreNamespaces: "kube-system, cilium"}}
            """;
        Outlook.of(FROZEN + reloader).noOutage("certificate-expiry");
        Outlook.of(FROZEN + reloader.replace("cilium", "shop")).outage("certificate-expiry", "cluster/default#renewal");
        Outlook.of(FROZEN + reloader.replace("autoReloadAll: true", "autoReloadAll: false"))
                .outage("certificate-expiry", "cluster/default#renewal");
    }

    @Test
    void definitionsThatAreNotKeptTakeTheCertificatesAlong() {
        String release = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: cert-manager, namespace: cert-manager}
            spec:
              chart: {spec: {chart: cert-manager, version: 1.20.0, sourceRef: {kind: HelmRepository, name: jetstack}}}
              values:
                crds:
                  enabled: true
                  keep: false # OUTAGE certificate-expiry
            """;
        Outlook.of(release)
                .outage("certificate-expiry", "cluster/default#definitions")
                .namesTheMarkedLines();
        Outlook.of(release.replace("keep: false", "keep: true")).noOutage("certificate-expiry");
    }

    private static String asked(String issuer, String solver, String certificate) {
        return """
                apiVersion: cert-manager.io/v1
                kind: ClusterIssuer
                metadata: {name: public}
                spec:
                  acme:
                    server: https://acme-v02.api.letsencrypt.org/directory
                    privateKeySecretRef: {name: public}
                    solvers: [{%s}]
                ---
                apiVersion: cert-manager.io/v1
                kind: Certificate
                metadata: {name: shop, namespace: shop}
                spec:
                  secretName: shop
                  issuerRef:
                    kind: ClusterIssuer
                    name: %s
                  %s
                """.formatted(solver, issuer, certificate);
    }

    @Test
    void aWildcardOfAnIssuerThatProvesOverHttpNeverComes() {
        String http = "http01: {ingress: {class: nginx}}";
        String wildcard = "dnsNames: [\"*.example.com\"] # OUTAGE certificate-expiry";
        Outlook.of(asked("public", http, wildcard))
                .outage("certificate-expiry", "cluster/default#issue")
                .namesTheMarkedLines()
                .says("which no wildcard is given for");
        String dns = "dns01: {cloudflare: {apiTokenSecretRef: {name: token, key: token}}}";
        Outlook.of(asked("public", dns, wildcard)).noOutage("certificate-expiry");
        Outlook.of(asked("public", http + "}, {" + dns, wildcard)).noOutage("certificate-expiry");
        Outlook.of(asked("public", http, "dnsNames: [shop.example.com]")).noOutage("certificate-expiry");
    }

    @Test
    void anIssuerThatIsNotThereGivesNothing() {
        String dns = "dns01: {cloudflare: {apiTokenSecretRef: {name: token, key: token}}}";
        String name = "other # OUTAGE certificate-expiry";
        String other = asked(name, dns, "dnsNames: [shop.example.com]");
        Outlook.of(other).outage("certificate-expiry", "cluster/default#issue").namesTheMarkedLines();
        Outlook.of(other.replace("kind: ClusterIssuer\n    name: other", "group: example.com\n    name: other"))
                .noOutage("certificate-expiry");
        Outlook.of(other.replace("name: other #", "name: ${ISSUER} #")).noOutage("certificate-expiry");
        String release = """
                ---
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: issuers, namespace: shop}
                spec:
                  chart: {spec: {chart: issuers, version: 1.0.0, sourceRef: {kind: HelmRepository, name: any}}}
                  values: {issuers: [{name: other}]}
                """;
        Outlook.of(other + release).noOutage("certificate-expiry"); // a chart may make it
    }

    @Test
    void oneThatIsToBeRenewedBeforeItBeginsIsRefused() {
        String dns = "dns01: {cloudflare: {apiTokenSecretRef: {name: token, key: token}}}";
        String never = asked(
                "public",
                dns,
                "duration: 720h\n  renewBefore: 720h # OUTAGE certificate-expiry\n  dnsNames: [a.example.com]");
        Outlook.of(never).outage("certificate-expiry", "cluster/default#issue").namesTheMarkedLines();
        Outlook.of(never.replace("renewBefore: 720h", "renewBefore: 240h")).noOutage("certificate-expiry");
    }
}
