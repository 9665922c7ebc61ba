package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Severity;
import dev.premortem.testing.Outlook;
import org.junit.jupiter.api.Test;

class WebhookDeadlockTest {
    private static final String ESTATE = """
            apiVersion: v1
            kind: Service
            metadata: {name: gate, namespace: guard}
            spec: {selector: {app: gate}, ports: [{port: 443}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: gate, namespace: guard}
            spec:
              replicas: 1
              selector: {matchLabels: {app: gate}}
              template:
                metadata: {labels: {app: gate}}
                spec:
                  containers: [{name: gate, image: "example.com/gate:1"}]
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: gate}
            webhooks:
              - name: pods.gate.example.com # OUTAGE webhook-deadlock
                clientConfig: {service: {name: gate, namespace: guard}}
                rules:
                  - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}
            """;

    @Test
    void oneLostNodeEndsInACircle() {
        Outage outage = Outlook.of(ESTATE)
                .outage("webhook-deadlock")
                .namesTheMarkedLines()
                .isPreventedBy("leave its own namespace out of the webhook's scope")
                .isPreventedBy("let pods pass while it does not answer: failurePolicy: Ignore")
                .outage();
        assertEquals(Severity.HIGH, outage.severity());
        assertEquals(OutageClass.A, outage.outageClass());
        assertTrue(
                outage.title().startsWith("no pod can start in default once the one pod of guard/gate is gone"),
                outage.title());
    }

    @Test
    void withSeveralPodsItTakesAllOfThemAtOnce() {
        Outage outage = Outlook.of(ESTATE.replace("replicas: 1", "replicas: 3"))
                .outage("webhook-deadlock")
                .outage();
        assertEquals(Severity.MEDIUM, outage.severity());
        assertEquals(OutageClass.E, outage.outageClass());
    }

    @Test
    void whatIgnoresFailuresHolds() {
        Outlook.of(ESTATE + "    failurePolicy: Ignore\n").noOutage("webhook-deadlock");
    }

    @Test
    void itsOwnNamespaceLeftOutHolds() {
        Outlook.of(
                        ESTATE
                                + "    namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [guard]}]}\n")
                .noOutage("webhook-deadlock");
        Outlook.of(ESTATE + "    namespaceSelector: {matchLabels: {guarded: \"yes\"}}\n")
                .noOutage("webhook-deadlock");
        Outlook.of(ESTATE + "    objectSelector: {matchExpressions: [{key: app, operator: NotIn, values: [gate]}]}\n")
                .noOutage("webhook-deadlock");
    }

    @Test
    void aNamespaceThatBearsTheLabelIsInScope() {
        String namespace = """
                apiVersion: v1
                kind: Namespace
                metadata: {name: guard, labels: {guarded: "yes"}}
                ---
                """;
        Outlook.of(namespace + ESTATE + "    namespaceSelector: {matchLabels: {guarded: \"yes\"}}\n")
                .outage("webhook-deadlock")
                .isPreventedBy("leave its own namespace out of the webhook's scope");
    }

    @Test
    void otherKindsThanPodsDoNoHarm() {
        Outlook.of(ESTATE.replace("resources: [pods]", "resources: [configmaps]"))
                .noOutage("webhook-deadlock");
        Outlook.of(ESTATE.replace("apiGroups: [\"\"]", "apiGroups: [cert-manager.io]"))
                .noOutage("webhook-deadlock");
    }

    @Test
    void onePodThatAdmitsOthersIsToldAsOneLine() {
        String outside = ESTATE.replace(" # OUTAGE webhook-deadlock", "")
                .replace(
                        "    rules:",
                        "    failurePolicy: Fail # OUTAGE webhook-deadlock\n    namespaceSelector: {matchLabels: {guarded:"
                                + " \"yes\"}}\n    rules:");
        Outage outage = Outlook.of(outside)
                .outage("webhook-deadlock", "estate#second-pod-of-webhooks")
                .namesTheMarkedLines()
                .outage();
        assertEquals(Severity.LOW, outage.severity());
        Outlook.of(outside.replace("replicas: 1", "replicas: 2")).noOutage("webhook-deadlock");
        Outlook.of(outside.replace("failurePolicy: Fail", "failurePolicy: Ignore"))
                .noOutage("webhook-deadlock");
    }

    @Test
    void aChartThatFailsClosedAndRunsOnceIsPossible() {
        String release = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: kyverno, namespace: tools}
            spec:
              chart: {spec: {chart: kyverno, version: 1.0.0, sourceRef: {kind: HelmRepository, name: charts}}}
              values:
                features: {policyExceptions: {enabled: true}} # OUTAGE webhook-deadlock
            """;
        Outlook.of(release)
                .outage("webhook-deadlock", "estate#second-pod-of-webhooks")
                .namesTheMarkedLines();
        Outlook.of(release + "    admissionController: {replicas: 3}\n").noOutage("webhook-deadlock");
        Outlook.of(release.replace("policyExceptions:", "forceFailurePolicyIgnore:"))
                .noOutage("webhook-deadlock");
    }

    @Test
    void aMeshWhoseInjectorRunsOnceByItsChartIsPossible() {
        String release = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: istiod, namespace: istio-system}
            spec:
              chart: {spec: {chart: istiod, version: 1.26.0, sourceRef: {kind: HelmRepository, name: istio}}}
              values:
                meshConfig: {accessLogFile: /dev/stdout} # OUTAGE webhook-deadlock
            """;
        Outlook.of(release)
                .outage("webhook-deadlock", "estate#second-pod-of-webhooks")
                .namesTheMarkedLines();
        Outlook.of(release + "    pilot: {autoscaleMin: 2}\n").noOutage("webhook-deadlock");
        Outlook.of(release + "    global: {operatorManageWebhooks: true}\n").noOutage("webhook-deadlock");
    }
}
