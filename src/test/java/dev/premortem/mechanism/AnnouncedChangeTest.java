package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.catalogue.AnnouncedChanges;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Severity;
import dev.premortem.testing.Outlook;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AnnouncedChangeTest {
    private static final String RENEWAL = """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: certificates, namespace: edge}
            spec:
              schedule: "0 3 * * *" # OUTAGE announced-change
              jobTemplate:
                spec:
                  template:
                    spec:
                      restartPolicy: Never
                      containers:
                        - name: acme
                          image: neilpang/acme.sh:3.1.1
                          args: ["acme.sh --issue --server letsencrypt --days 60 -d shop.example.com"]
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: shop, namespace: edge}
            spec:
              tls: [{hosts: [shop.example.com], secretName: shop-tls}]
              rules:
                - host: shop.example.com
                  http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: shop, port: {number: 80}}}}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: shop, namespace: edge}
            spec: {selector: {app: shop}, ports: [{port: 80}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: shop, namespace: edge}
            spec:
              replicas: 2
              selector: {matchLabels: {app: shop}}
              template:
                metadata: {labels: {app: shop}}
                spec: {containers: [{name: shop, image: shop:1.0}]}
            """;

    private static Outlook seen(String yaml, String now) {
        return Outlook.of(new TreeMap<>(Map.of("estate.yaml", yaml)), Instant.parse(now));
    }

    @Test
    void aRenewalAtAFixedAgeComesTooLateForTheShorterLife() {
        // Renewed on 2028-03-16 for 45 days; the next renewal is 59 days later.
        Outage outage = seen(RENEWAL, "2028-03-20T12:00:00Z")
                .outage("announced-change")
                .takesDown("shop.example.com")
                .namesTheMarkedLines()
                .startsAt("2028-05-04T03:00:00Z")
                .says("lives 45 days")
                .outage();
        assertEquals(Severity.HIGH, outage.severity());
    }

    @Test
    void theSameClientHoldsWhileCertificatesLiveLongerOrWhenItRenewsEarlier() {
        seen(RENEWAL, "2026-11-24T12:00:00Z").noOutage("announced-change");
        seen(RENEWAL, "2027-03-01T12:00:00Z").noOutage("announced-change"); // 64 days, renewed at 59
        seen(RENEWAL.replace("--days 60", "--days 30"), "2028-03-20T12:00:00Z").noOutage("announced-change");
        seen(RENEWAL.replace("letsencrypt", "zerossl"), "2028-03-20T12:00:00Z").noOutage("announced-change");
        seen(RENEWAL.replace("acme.sh --issue", "acme.sh --issue --staging"), "2028-03-20T12:00:00Z")
                .noOutage("announced-change");
    }

    @Test
    void aClientThatFollowsTheLifeNeedsRunsOftenEnough() {
        String certbot = RENEWAL.replace("neilpang/acme.sh:3.1.1", "certbot/certbot:v4.1.0")
                .replace("acme.sh --issue --server letsencrypt --days 60", "certbot certonly");
        seen(certbot, "2028-03-20T12:00:00Z").noOutage("announced-change");
        seen(certbot.replace("0 3 * * *", "0 3 1 */2 *"), "2026-11-24T12:00:00Z")
                .noOutage("announced-change");
        seen(certbot.replace("0 3 * * *", "0 3 1 */2 *"), "2028-03-20T12:00:00Z")
                .outage("announced-change")
                .startsAt("2028-04-15T03:00:00Z");
    }

    @Test
    void nobodyKnowsWhatIsNotAnnounced() {
        Instant then = Instant.parse("2028-03-01T00:00:00Z");
        assertEquals(Duration.ofDays(45), life(then, "2026-01-01T00:00:00Z"));
        assertEquals(Duration.ofDays(90), life(then, "2025-12-01T00:00:00Z"));
    }

    private static Duration life(Instant issued, String known) {
        return AnnouncedChanges.life("classic", issued, Instant.parse(known))
                .orElseThrow()
                .life();
    }

    private static final String ISSUER = """
            apiVersion: cert-manager.io/v1
            kind: ClusterIssuer
            metadata: {name: buypass}
            spec:
              acme:
                server: https://api.buypass.com/acme/directory # OUTAGE announced-change
                privateKeySecretRef: {name: key}
            """;

    @Test
    void anAuthorityThatClosedIssuesNothing() {
        Outage outage = Outlook.of(ISSUER)
                .outage("announced-change")
                .namesTheMarkedLines()
                .outage();
        assertEquals("Buypass Go issues no certificate since 2025-11-01: buypass", outage.title());
        assertEquals(Severity.MEDIUM, outage.severity());
        seen(ISSUER, "2025-08-01T00:00:00Z").noOutage("announced-change");
        assertEquals(
                Optional.of(Instant.parse("2025-11-01T00:00:00Z")),
                seen(ISSUER, "2025-09-01T00:00:00Z")
                        .outage("announced-change")
                        .outage()
                        .starts());
        Outlook.of(ISSUER.replace("api.buypass.com/acme", "acme-v02.api.letsencrypt.org"))
                .noOutage("announced-change");
    }

    private static final String ALERTS = """
            apiVersion: monitoring.coreos.com/v1alpha1
            kind: AlertmanagerConfig
            metadata: {name: people, namespace: monitoring}
            spec:
              route: {receiver: people}
              receivers:
                - name: people
                  opsgenieConfigs: # OUTAGE announced-change
                    - apiKey: {name: key, key: key}
            """;

    @Test
    void alertsGoToAServiceThatIsSwitchedOff() {
        Outage outage = seen(ALERTS, "2027-02-01T00:00:00Z")
                .outage("announced-change")
                .namesTheMarkedLines()
                .startsAt("2027-04-05T00:00:00Z")
                .outage();
        assertEquals("Opsgenie no longer delivers alerts from 2027-04-05: people", outage.title());
        seen(ALERTS, "2026-11-24T12:00:00Z").noOutage("announced-change"); // beyond the ninety days of the test
        seen(ALERTS.replace("opsgenieConfigs", "pagerdutyConfigs"), "2027-02-01T00:00:00Z")
                .noOutage("announced-change");
    }

    @Test
    void aRepositoryOfChartsThatWasTakenAwayHasAnother() {
        String repository = """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: HelmRepository
                metadata: {name: stable, namespace: flux-system}
                spec:
                  url: https://kubernetes-charts.storage.googleapis.com/ # OUTAGE announced-change
                """;
        Outlook.of(repository)
                .outage("announced-change")
                .namesTheMarkedLines()
                .isPreventedBy("take the charts from where they are now");
        Outlook.of(repository.replace("kubernetes-charts.storage.googleapis.com", "charts.helm.sh/stable"))
                .noOutage("announced-change");
    }
}
