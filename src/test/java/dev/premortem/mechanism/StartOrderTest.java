package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Confidence;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Severity;
import dev.premortem.testing.Outlook;
import org.junit.jupiter.api.Test;

class StartOrderTest {
    private static String release(String name, String dependsOn) {
        return """
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: %s, namespace: flux-system}
                spec:
                  path: ./%s
                  sourceRef: {kind: GitRepository, name: elsewhere, namespace: other}
                  dependsOn:
                    - name: %s
                ---
                """.formatted(name, name, dependsOn);
    }

    @Test
    void releasesThatWaitForEachOtherNeverStart() {
        Outage outage = Outlook.of(release("apps", "storage # OUTAGE start-order")
                        + release("storage", "network")
                        + release("network", "apps"))
                .outage("start-order")
                .namesTheMarkedLines()
                .outage();
        assertEquals(
                "a rebuild of default from nothing never ends: apps waits for storage, storage waits for network,"
                        + " network waits for apps",
                outage.title());
        assertEquals(Severity.MEDIUM, outage.severity());
        assertEquals(OutageClass.E, outage.outageClass());
    }

    @Test
    void aChainAndASwitchedOffReleaseAreNoCircle() {
        Outlook.of(release("apps", "storage") + release("storage", "network"))
                .noOutage("start-order", "cluster/default#rebuild");
        Outlook.of(release("apps", "storage")
                        + release("storage", "apps").replace("spec:\n", "spec:\n  suspend: true\n"))
                .noOutage("start-order");
    }

    private static String registry(String database) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: registry, namespace: build}
                spec:
                  rules:
                    - host: registry.example.com
                      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: registry, port: {number: 80}}}}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: registry, namespace: build}
                spec: {selector: {app: registry}, ports: [{port: 80}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: db, namespace: build}
                spec: {selector: {app: db}, ports: [{port: 5432}]}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: registry, namespace: build, annotations: {premortem.dev/depends-on: "build/Service/db"}}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: registry}}
                  template:
                    metadata: {labels: {app: registry}}
                    spec: {containers: [{name: registry, image: "docker.io/library/registry:2"}]}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: db, namespace: build}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: db}}
                  template:
                    metadata: {labels: {app: db}}
                    spec:
                      containers:
                        - name: db
                          image: %s
                """.formatted(database);
    }

    @Test
    void aRegistryThatNeedsWhatItServesNeverStarts() {
        Outage outage = Outlook.of(registry("registry.example.com/db:16 # OUTAGE start-order"))
                .outage("start-order")
                .namesTheMarkedLines()
                .outage();
        assertTrue(
                outage.title().contains("build/db is pulled from registry.example.com, which build/registry serves"),
                outage.title());
        assertEquals(Confidence.LIKELY, outage.confidence());
    }

    @Test
    void aRegistryWhosePartsComeFromElsewhereHolds() {
        Outlook.of(registry("docker.io/library/postgres:16")).noOutage("start-order");
    }

    private static String kustomization(String name, String needs) {
        return """
                ---
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: %s, namespace: flux-system}
                spec:
                  interval: 10m
                  path: ./%s
                  prune: true
                  sourceRef: {kind: GitRepository, name: flux-system}
                  dependsOn: [%s] # OUTAGE start-order
                """.formatted(name, name, needs);
    }

    @Test
    void whatWaitsForSomethingThatIsNotThereIsNeverApplied() {
        String shop = kustomization("shop", "{name: storage}");
        Outlook.of(shop + kustomization("login", "").replace(" # OUTAGE start-order", ""))
                .outage("start-order", "cluster/default#needs-there")
                .namesTheMarkedLines()
                .says("flux-system/shop waits for flux-system/storage");
        Outlook.of(shop + kustomization("storage", "")).noOutage("start-order");
        Outlook.of(shop).noOutage("start-order"); // nothing else of that namespace was read at all
        Outlook.of(shop.replace("prune: true", "suspend: true") + kustomization("login", ""))
                .noOutage("start-order");
        Outlook.of(kustomization("shop", "{name: \"${STORE}\"}") + kustomization("login", ""))
                .noOutage("start-order");
    }
}
