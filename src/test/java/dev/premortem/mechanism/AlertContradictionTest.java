package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Outage;
import dev.premortem.outage.Severity;
import dev.premortem.testing.Outlook;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AlertContradictionTest {
    private static final String CERTIFICATE = """
            apiVersion: cert-manager.io/v1
            kind: ClusterIssuer
            metadata: {name: letsencrypt}
            spec: {acme: {server: "https://acme-v02.api.letsencrypt.org/directory", privateKeySecretRef: {name: key}}}
            ---
            apiVersion: cert-manager.io/v1
            kind: Certificate
            metadata: {name: shop, namespace: edge}
            spec:
              secretName: shop-tls
              renewBefore: 360h # OUTAGE alert-contradiction
              dnsNames: [shop.example.com]
              issuerRef: {name: letsencrypt, kind: ClusterIssuer}
            ---
            """;

    private static final String RULE = """
            apiVersion: monitoring.coreos.com/v1
            kind: PrometheusRule
            metadata: {name: certificates, namespace: edge}
            spec:
              groups:
                - name: certificates
                  rules:
                    - alert: CertificateEndsSoon
                      expr: |
                        avg by (exported_namespace, name) (
                          certmanager_certificate_expiration_timestamp_seconds - time()) < (21 * 24 * 3600)
                      for: 15m
            """;

    private static Outlook seen(String yaml, String now) {
        return Outlook.of(new TreeMap<>(Map.of("estate.yaml", yaml)), Instant.parse(now));
    }

    @Test
    void anAlertThatAsksForMoreThanARenewalLeavesFiresAtEachRenewal() {
        Outage outage = Outlook.of(CERTIFICATE + RULE)
                .outage("alert-contradiction")
                .namesTheMarkedLines()
                .isPreventedBy("ask for what is not normal")
                .outage();
        assertEquals(Severity.LOW, outage.severity());
        assertTrue(outage.products().isEmpty());
        assertEquals(
                "alert CertificateEndsSoon fires while all is well: edge/shop is renewed when 15 d are left, it asks for 21 d",
                outage.title());
    }

    @Test
    void itHoldsWhereTheRenewalComesFirst() {
        Outlook.of(CERTIFICATE.replace("360h", "720h") + RULE).noOutage("alert-contradiction");
        Outlook.of(CERTIFICATE + RULE.replace("21 * 24", "7 * 24")).noOutage("alert-contradiction");
        Outlook.of(CERTIFICATE + RULE.replace("time()) <", "time()) >")).noOutage("alert-contradiction");
        // A life of 64 days leaves 15 of them too; an own authority with another life does not.
        Outlook.of(CERTIFICATE.replace("  renewBefore: 360h # OUTAGE alert-contradiction\n", "") + RULE)
                .noOutage("alert-contradiction");
        Outlook.of(CERTIFICATE + RULE.replace("timestamp_seconds -", "timestamp_seconds{name=\"other\"} -"))
                .noOutage("alert-contradiction");
        Outlook.of(CERTIFICATE.replace("acme-v02.api.letsencrypt.org", "acme.example.com") + RULE)
                .noOutage("alert-contradiction");
    }

    @Test
    void shorterLivesBringItOnADay() {
        String plain = CERTIFICATE.replace("  renewBefore: 360h # OUTAGE alert-contradiction\n", "") + RULE;
        // From 2028-02-16 on a certificate lives 45 days and is renewed with 15 left: the first one asks after 24 days.
        seen(plain, "2028-01-20T00:00:00Z").outage("alert-contradiction").startsAt("2028-03-11T00:00:00Z");
        seen(plain, "2025-11-01T00:00:00Z").noOutage("alert-contradiction");
    }

    @Test
    void anAlertThatComesAfterTheEndIsToldOnlyWhereNoOtherComesEarlier() {
        String late = CERTIFICATE.replace("360h", "720h")
                + RULE.replace("(21 * 24 * 3600)", "3600").replace("for: 15m", "for: 2h # OUTAGE alert-contradiction");
        Outage outage = Outlook.of(late.replace("720h # OUTAGE alert-contradiction", "720h"))
                .outage("alert-contradiction")
                .namesTheMarkedLines()
                .outage();
        assertEquals(Severity.MEDIUM, outage.severity());
        String other = "        - alert: CertificateEnds\n"
                + "          expr: certmanager_certificate_expiration_timestamp_seconds - time() < 604800\n";
        Outlook.of(late + other).noOutage("alert-contradiction");
    }

    private static final String BACKUP = """
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: backup, namespace: edge}
            spec:
              schedule: "0 3 * * 0" # OUTAGE alert-contradiction
              jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: b, image: "backup:1.0"}]}}}}
            ---
            apiVersion: operator.victoriametrics.com/v1beta1
            kind: VMRule
            metadata: {name: backups, namespace: edge}
            spec:
              groups:
                - name: backups
                  rules:
                    - alert: NoBackup
                      expr: time() - kube_cronjob_status_last_successful_time{namespace="edge",cronjob="backup"} > 86400 * 2
                      for: 1h
            """;

    @Test
    void anAlertThatExpectsMoreRunsThanThereAreFiresBetweenThem() {
        Outlook.of(BACKUP)
                .outage("alert-contradiction")
                .namesTheMarkedLines()
                .isPreventedBy("ask for what is not normal");
        Outlook.of(BACKUP.replace("0 3 * * 0", "0 3 * * *")).noOutage("alert-contradiction");
        Outlook.of(BACKUP.replace("cronjob=\"backup\"", "cronjob=\"other\"")).noOutage("alert-contradiction");
        Outlook.of(BACKUP.replace("schedule:", "suspend: true\n  schedule:")).noOutage("alert-contradiction");
        Outlook.of(BACKUP.replace("schedule:", "timeZone: Europe/Vienna\n  schedule:"))
                .outage("alert-contradiction");
    }

    @Test
    void grafanasThresholdStandsBesideItsQuery() {
        String rule = """
                apiVersion: grafana.integreatly.org/v1beta1
                kind: GrafanaAlertRuleGroup
                metadata: {name: certificates, namespace: edge}
                spec:
                  rules:
                    - title: certificate ends
                      condition: B
                      for: 10m
                      data:
                        - refId: A
                          model: {expr: "(certmanager_certificate_expiration_timestamp_seconds - time()) / 86400"}
                        - refId: B
                          model:
                            type: threshold
                            expression: A
                            conditions: [{evaluator: {type: lt, params: [20]}}]
                """;
        Outlook.of(CERTIFICATE + rule).outage("alert-contradiction").namesTheMarkedLines();
        Outlook.of(CERTIFICATE + rule.replace("[20]", "[10]")).noOutage("alert-contradiction");
    }
}
