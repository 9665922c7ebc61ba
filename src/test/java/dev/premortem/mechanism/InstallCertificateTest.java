package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.MadeCertificate;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Severity;
import dev.premortem.source.Reading;
import dev.premortem.source.Sources;
import dev.premortem.testing.Outlook;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class InstallCertificateTest {
    private static final String LITERAL = """
            {{- define "gate.certs" -}}
            {{- $names := list (printf "gate.%s.svc" .Release.Namespace) -}}
            {{- $ca := genCA "gate-ca" 60 -}} {{/* # OUTAGE install-certificate */}}
            {{- $cert := genSignedCert (include "gate.name" .) nil $names 80 $ca -}}
            caBundle: {{ $ca.Cert | b64enc }}
            {{- end -}}
            """;

    private static SortedMap<String, String> chart(String template, String values) {
        return new TreeMap<>(
                Map.of("gate/Chart.yaml", """
                apiVersion: v2
                name: gate
                version: 1.0.0
                """, "gate/values.yaml", values, "gate/templates/webhook.yaml", template));
    }

    private static List<MadeCertificate> made(String template, String values) {
        Reading reading = Sources.readTexts(chart(template, values));
        return reading.estate().all(MadeCertificate.class);
    }

    @Test
    void aCertificateMadeAtInstallEndsUnlessTheReleaseIsUpgraded() {
        Outlook.Foreseen outage =
                Outlook.of(chart(LITERAL, "a: b\n"), Outlook.NOW).outage("install-certificate");
        outage.says("60 days after its last install or upgrade").says("pods that run live on");
        assertEquals(OutageClass.B, outage.outage().outageClass());
        assertEquals(Confidence.POSSIBLE, outage.outage().confidence());
        assertEquals(Severity.MEDIUM, outage.outage().severity());
        assertTrue(outage.outage().starts().isEmpty(), "no day is known");
        assertTrue(
                outage.outage().chain().toString().contains("file=gate/templates/webhook.yaml, line=3"),
                () -> "the template's line: " + outage.outage().chain());
    }

    @Test
    void aLongLifetimeHolds() {
        Outlook.of(chart(LITERAL.replace(" 60 ", " 3650 ").replace(" 80 ", " 3650 "), "a: b\n"), Outlook.NOW)
                .noOutage("install-certificate");
    }

    @Test
    void oneOfSeveralConditionsThatTheDefaultsLeaveOutHolds() {
        String template = """
                {{- if and .Values.tls.enabled (eq (default "helm" .Values.tls.engine) "helm") (not .Values.tls.secret) }}
                {{- $ca := genCA "gate-ca" 60 }}
                {{- end }}
                """;
        assertEquals(
                1,
                made(template, "tls: {enabled: true, engine: helm, secret: ''}\n")
                        .size());
        assertEquals(
                0,
                made(template, "tls: {enabled: false, engine: helm, secret: ''}\n")
                        .size());
        assertEquals(
                0,
                made(template, "tls: {enabled: true, engine: helm, secret: own}\n")
                        .size());
        assertEquals(
                1,
                made(template.replace("}}\n{{- $ca", "}}{{ else }}\n{{- $ca"), "tls: {enabled: false}\n")
                        .size());
    }

    @Test
    void anObservedInstallGivesTheDay() {
        SortedMap<String, String> texts = chart(LITERAL, "a: b\n");
        texts.put("seen.yaml", """
                apiVersion: premortem.dev/v1
                kind: Observation
                metadata: {name: installed}
                spec: {of: chart/gate, fact: installedAt, value: "2026-11-01T00:00:00Z", at: "2026-11-20T00:00:00Z", by: helm history}
                """);
        Outlook.Foreseen outage = Outlook.of(texts, Outlook.NOW).outage("install-certificate");
        outage.startsAt("2026-12-31T00:00:00Z").says("on 2026-12-31 when its certificate ends, unless it is upgraded");
        assertEquals(Confidence.LIKELY, outage.outage().confidence());
    }

    @Test
    void daysOfAValueAreRaisedThere() {
        String template =
                LITERAL.replace(" 60 ", " (int .Values.tls.days) ").replace(" 80 ", " (.Values.tls.days | int) ");
        SortedMap<String, String> texts = chart(template, "tls:\n  days: 45 # OUTAGE install-certificate\n");
        Outlook.of(texts, Outlook.NOW)
                .outage("install-certificate")
                .namesTheMarkedLines()
                .isPreventedBy("days: 45 → 3650");
    }

    @Test
    void aVariableAndADefaultAreFollowed() {
        String template = """
                {{- $days := int (.Values.certificate.days | default 30) -}}
                {{- $pair := genSelfSignedCert "gate" nil (list "gate.example.com") $days -}}
                """;
        assertEquals(
                Duration.ofDays(30),
                made(template, "a: b\n").getFirst().lifetime().value());
        assertEquals(
                Duration.ofDays(90),
                made(template, "certificate: {days: 90}\n")
                        .getFirst()
                        .lifetime()
                        .value());
    }

    @Test
    void whatIsLookedUpIsKeptByUpgrades() {
        String template = "{{- $old := lookup \"v1\" \"Secret\" .Release.Namespace \"gate\" -}}\n" + LITERAL;
        assertTrue(made(template, "a: b\n").getFirst().kept());
        Outlook.of(chart(template, "a: b\n"), Outlook.NOW)
                .outage("install-certificate")
                .says("upgrades keep the one that is there")
                .says("60 days after its first install");
    }

    @Test
    void aCallThatTheDefaultsLeaveOutIsNotMade() {
        String template = "{{- if not .Values.certManager.enabled }}\n" + LITERAL + "{{- end }}\n";
        assertEquals(1, made(template, "certManager: {enabled: false}\n").size());
        assertEquals(0, made(template, "certManager: {enabled: true}\n").size());
        String other = "{{- if .Values.certManager.enabled }}\na: b\n{{- else }}\n" + LITERAL + "{{- end }}\n";
        assertEquals(1, made(other, "certManager: {enabled: false}\n").size());
        assertEquals(0, made(other, "certManager: {enabled: true}\n").size());
    }

    @Test
    void aBrokenTemplateSaysNothing() {
        assertEquals(
                0,
                made("{{ genCA \"open 365 }}\n{{ genCA }}\n{{ genSignedCert ((( 3 }}", "a: b\n")
                        .size());
    }

    @Test
    void aHostileTemplateTakesNoTime() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            made("{{if ".repeat(50_000) + "{{ genCA \"a\" $d }}", "a: b\n");
            made("$d=".repeat(100_000) + " genCA \"a\" $d }}".repeat(200), "a: b\n");
            made("{{ genCA \"a\" (.Values" + ".a".repeat(50_000) + ") }}", "a: b\n");
            made("{{ genCA (".repeat(40_000), "a: b\n");
        });
    }

    @Test
    void aRouteThatServesTheSecretIsDownWithIt() {
        SortedMap<String, String> texts = chart(LITERAL, "a: b\n");
        texts.put("gate/rendered.yaml", """
                apiVersion: v1
                kind: Secret
                metadata: {name: gate-tls, namespace: edge}
                type: kubernetes.io/tls
                data:
                  tls.crt: made at install
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: gate, namespace: edge}
                spec:
                  tls: [{hosts: [gate.example.com], secretName: gate-tls}]
                  rules:
                    - host: gate.example.com
                      http:
                        paths:
                          - {path: /, pathType: Prefix, backend: {service: {name: gate, port: {number: 80}}}}
                """);
        Reading reading = Sources.readTexts(texts);
        assertEquals(1, reading.estate().all(MadeCertificate.class).size());
        Outlook.of(texts, Outlook.NOW).outage("install-certificate").takesDown("gate.example.com");
    }
}
