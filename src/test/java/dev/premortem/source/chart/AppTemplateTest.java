package dev.premortem.source.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.Claim;
import dev.premortem.estate.Estate;
import dev.premortem.estate.Product;
import dev.premortem.estate.Release;
import dev.premortem.estate.Route;
import dev.premortem.estate.Service;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Fact;
import dev.premortem.outage.Confidence;
import dev.premortem.source.Reading;
import dev.premortem.source.Sources;
import dev.premortem.testing.Outlook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AppTemplateTest {
    private static final String RELEASE = """
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: OCIRepository
            metadata: {name: media, namespace: home}
            spec: {interval: 1h, url: "oci://ghcr.io/bjw-s-labs/helm/app-template", ref: {tag: 4.1.1}}
            ---
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: media, namespace: home}
            spec:
              chartRef: {kind: OCIRepository, name: media}
              values:
                defaultPodOptions:
                  nodeSelector: {gpu: "true"}
                controllers:
                  main:
                    replicas: 1
                    containers:
                      app:
                        image: {repository: vaultwarden/server, tag: 1.33.0}
                        env: {TZ: Europe/Rome, DATABASE: "{{ .Release.Name }}-rw.home.svc"}
                        probes:
                          liveness:
                            enabled: true
                            custom: true
                            spec: {httpGet: {path: /alive, port: 80}, periodSeconds: 10}
                          readiness: {enabled: false, custom: true, spec: {httpGet: {path: /, port: 80}}}
                  worker:
                    enabled: false
                    containers: {app: {image: {repository: example.com/worker, tag: "1"}}}
                service:
                  app:
                    controller: main
                    ports: {http: {port: 80}}
                route:
                  app:
                    hostnames: ["{{ .Release.Name }}.example.com", "{{ .Values.other }}.example.com"]
                    parentRefs: [{name: external, namespace: network}]
                persistence:
                  data:
                    existingClaim: "{{ .Release.Name }}"
                  own:
                    accessMode: ReadWriteOnce
                    size: 1Gi
                    globalMounts: [{path: /own}]
                  tmp: {type: emptyDir}
                  old: {enabled: false, type: emptyDir}
            """;

    private static Estate estate(String yaml) {
        Reading reading = Sources.readTexts(new TreeMap<>(Map.of("media.yaml", yaml)));
        assertEquals(List.of(), reading.coverage().problems());
        return reading.estate();
    }

    @Test
    void controllersAreWorkloadsWithWhatTheyAreGiven() {
        Workload workload = estate(RELEASE).all(Workload.class).getFirst();
        assertEquals("default/home/Deployment/media", workload.reference().text());
        assertEquals("Recreate", workload.strategy().map(Fact::value).orElse(""));
        Workload.Container container = workload.containers().getFirst();
        assertEquals("vaultwarden/server:1.33.0", container.image().value());
        assertEquals(
                "media-rw.home.svc",
                Optional.ofNullable(container.environment().get("DATABASE"))
                        .map(Fact::value)
                        .orElse(""));
        assertEquals(
                List.of("/data", "/own", "/tmp"),
                container.mounts().stream().map(mount -> mount.path().value()).toList());
        assertEquals(
                "media",
                workload.volumes().getFirst().source(),
                "the claim is called as the template of its name says");
        assertEquals(
                List.of("media"),
                estate(RELEASE).all(Claim.class).stream().map(Claim::name).toList());
        assertTrue(workload.tree().at("spec.template.spec.nodeSelector.gpu").isPresent());
    }

    @Test
    void onlyProbesThatAreSwitchedOnAreThere() {
        Workload workload = estate(RELEASE).all(Workload.class).getFirst();
        var container = workload.tree().items("spec.template.spec.containers").getFirst();
        assertTrue(container.at("livenessProbe.httpGet.path").isPresent());
        assertTrue(container.at("readinessProbe").isEmpty());
    }

    @Test
    void servicesFindTheirPodsAndRoutesTheirServices() {
        Estate estate = estate(RELEASE);
        assertEquals("media", estate.all(Service.class).getFirst().name());
        Route route = estate.all(Route.class).getFirst();
        assertEquals(
                List.of("media.example.com"),
                route.hosts().stream().map(Fact::value).toList());
        assertEquals(1, estate.all(Product.class).size(), "what a template that is not read would say is left out");
        Outlook.of(RELEASE)
                .outage("single-replica", "default/home/Deployment/media#replica")
                .takesDown("media.example.com");
    }

    @Test
    void whatRestsOnTheLayoutIsLikelyAtMost() {
        assertEquals(
                Confidence.LIKELY,
                Outlook.of(RELEASE)
                        .outage("single-replica", "default/home/Deployment/media#replica")
                        .outage()
                        .confidence());
    }

    @Test
    void stateOnAVolumeOfThePodIsToldAtItsLine() {
        String lost =
                RELEASE.replace("existingClaim: \"{{ .Release.Name }}\"", "type: emptyDir # OUTAGE volatile-state");
        Outlook.of(lost).outage("volatile-state").takesDown("media.example.com").namesTheMarkedLines();
        Outlook.of(RELEASE).noOutage("volatile-state");
    }

    @Test
    void anIngressOfSeveralServicesLeadsToTheOneItNames() {
        String ingress = RELEASE.replace(
                        "    route:\n      app:\n        hostnames: [\"{{ .Release.Name }}.example.com\","
                                + " \"{{ .Values.other }}.example.com\"]\n"
                                + "        parentRefs: [{name: external, namespace: network}]\n",
                        """
                            ingress:
                              app:
                                className: internal
                                hosts:
                                  - host: media.example.com
                                    paths: [{path: /, service: {identifier: app, port: http}}]
                        """)
                .replace(
                        "ports: {http: {port: 80}}",
                        "ports: {http: {port: 80}}\n      metrics:\n        controller: main\n"
                                + "        ports: {http: {port: 9090}}");
        Route route = estate(ingress).all(Route.class).getFirst();
        assertEquals("Ingress", route.kind());
        assertEquals(
                "default/home/Service/media-app",
                route.backends().getFirst().to().text());
    }

    @Test
    void aStatefulSetKeepsWhatItsTemplatesAskFor() {
        String stateful = RELEASE.replace("        replicas: 1\n", """
                            type: statefulset
                            statefulset:
                              volumeClaimTemplates: [{name: data, accessMode: ReadWriteOnce, size: 1Gi}]
                    """)
                .replace("    data:\n            existingClaim: \"{{ .Release.Name }}\"\n", "");
        Workload workload = estate(
                        stateful.replace("      data:\n        existingClaim: \"{{ .Release.Name }}\"\n", ""))
                .all(Workload.class)
                .getFirst();
        assertEquals("StatefulSet", workload.kind());
        assertTrue(workload.containers().getFirst().mounts().stream()
                .anyMatch(mount ->
                        mount.volume().equals("data") && mount.path().value().equals("/data")));
    }

    @Test
    void aRepositoryThatIsElsewhereAndBearsTheNameIsEnough() {
        String elsewhere = RELEASE.substring(RELEASE.indexOf("---\n") + 4)
                .replace("name: media}\n  values", "name: app-template, namespace: flux-system}\n  values");
        assertEquals(1, estate(elsewhere).all(Workload.class).size());
        assertEquals(1, estate(elsewhere).all(Release.class).size());
    }

    @Test
    void valuesOfAnotherLayoutAreNotGuessedAt() {
        String old = RELEASE.replace("controllers:", "controller:");
        assertEquals(List.of(), estate(old).all(Workload.class));
        String other = RELEASE.replace("helm/app-template", "helm/other");
        assertEquals(List.of(), estate(other).all(Workload.class));
    }
}
