package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Confidence;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Severity;
import dev.premortem.testing.Outlook;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DriftTest {
    private static final String CLAIM = """
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: work, namespace: shop}
            spec:
              accessModes: [ReadWriteMany]
              resources: {requests: {storage: 1Gi}}
            """;

    private static final String EMPTY = "emptyDir: {}";
    private static final String CLAIMED = "persistentVolumeClaim: {claimName: work}";
    private static final String IMAGE = "registry.example.com/web:1.4.2";

    private static void cluster(SortedMap<String, String> texts, String name, String replicas) {
        cluster(texts, name, replicas, IMAGE, EMPTY);
    }

    private static void cluster(
            SortedMap<String, String> texts, String name, String replicas, String image, String volume) {
        texts.put(name + "/cluster.yaml", """
            apiVersion: premortem.dev/v1
            kind: Cluster
            metadata: {name: %s}
            spec: {site: north}
            """.formatted(name));
        texts.put(name + "/web.yaml", shop(replicas, image, volume, name) + (volume.equals(CLAIMED) ? CLAIM : ""));
    }

    private static String shop(String replicas, String image, String volume, String name) {
        return """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: shop}
            spec:
              replicas: %s
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                    - name: web
                      image: %s
                      volumeMounts: [{name: work, mountPath: /work}]
                  volumes:
                    - name: work
                      %s
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec:
              selector: {app: web}
              ports: [{port: 80}]
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: web, namespace: shop}
            spec:
              rules:
                - host: %s.example.com
                  http:
                    paths:
                      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
            """.formatted(replicas, image, volume, name);
    }

    private static Outlook outlook(SortedMap<String, String> texts) {
        texts.put("north.yaml", """
                apiVersion: premortem.dev/v1
                kind: Site
                metadata: {name: north}
                """);
        return Outlook.of(texts, Outlook.NOW);
    }

    @Test
    void whatRunsOnceHereAndTwiceElsewhereIsNoChoice() {
        SortedMap<String, String> texts = new TreeMap<>();
        cluster(texts, "east", "2");
        cluster(texts, "west", "1 # OUTAGE drift");
        Outlook.Foreseen outage = outlook(texts).outage("drift");
        outage.takesDown("west.example.com").namesTheMarkedLines().says("runs once in west, more often in east");
        assertEquals(OutageClass.D, outage.outage().outageClass());
        assertTrue(outage.outage().chain().toString().contains("east/web.yaml"), () -> "both places: " + outage);
        outage.isPreventedBy("spec.replicas: 1 → 2");
        outlook(texts).noOutage("single-replica");
    }

    @Test
    void aSmallClusterBesideALargeOneIsSmallOnPurpose() {
        SortedMap<String, String> texts = new TreeMap<>();
        cluster(texts, "east", "2");
        cluster(texts, "west", "1");
        for (String more : List.of("one", "two", "three")) {
            texts.put("east/" + more + ".yaml", """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %s, namespace: shop}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: %s}}
                  template: {metadata: {labels: {app: %s}}, spec: {containers: [{name: a, image: 'example.com/a:1'}]}}
                """.formatted(more, more, more));
        }
        outlook(texts).noOutage("drift").outage("single-replica");
        texts.put("west/one.yaml", texts.get("east/one.yaml"));
        outlook(texts).outage("drift");
    }

    /** Seen at wahooli/gitops-repo: one Envoy on one machine, four on four boards, each in a patch of its cluster. */
    @Test
    void countsThatEachClusterPatchesForItselfAreDecided() {
        SortedMap<String, String> texts = new TreeMap<>();
        cluster(texts, "east", "2");
        cluster(texts, "west", "2");
        for (String name : List.of("east", "west")) {
            texts.put(name + "/gateway.yaml", """
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: outer, namespace: network}
                spec: {gatewayClassName: envoy, listeners: [{name: https}]}
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: GatewayClass
                metadata: {name: envoy}
                spec:
                  controllerName: gateway.envoyproxy.io/gatewayclass-controller
                  parametersRef: {group: gateway.envoyproxy.io, kind: EnvoyProxy, name: proxies, namespace: network}
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: more, namespace: shop}
                spec:
                  hostnames: [more-%s.example.com]
                  parentRefs: [{name: outer, namespace: network}]
                  rules: [{backendRefs: [{name: web, port: 80}]}]
                """.formatted(name));
        }
        texts.put("east/proxies.yaml", proxies(4));
        texts.put("west/proxies.yaml", proxies(1));
        outlook(texts).noOutage("drift").outage("single-replica").takesDown("more-west.example.com");
        texts.put("west/proxies.yaml", proxies(1).replace(", kubernetes: {envoyDeployment: {replicas: 1}}", ""));
        outlook(texts).outage("drift");
    }

    private static String proxies(int replicas) {
        return """
            apiVersion: gateway.envoyproxy.io/v1alpha1
            kind: EnvoyProxy
            metadata: {name: proxies, namespace: network}
            spec: {provider: {type: Kubernetes, kubernetes: {envoyDeployment: {replicas: %d}}}}
            """.formatted(replicas);
    }

    @Test
    void whatRunsTwiceEverywhereHolds() {
        SortedMap<String, String> texts = new TreeMap<>();
        cluster(texts, "east", "5");
        cluster(texts, "west", "2");
        outlook(texts).noOutage("drift");
    }

    @Test
    void whatRunsOnceEverywhereIsChosen() {
        SortedMap<String, String> texts = new TreeMap<>();
        cluster(texts, "east", "1");
        cluster(texts, "west", "1");
        outlook(texts).noOutage("drift").outage("single-replica");
    }

    @Test
    void anEnvironmentForTestsIsSmallOnPurpose() {
        SortedMap<String, String> texts = new TreeMap<>();
        cluster(texts, "east", "2");
        cluster(texts, "staging", "1");
        outlook(texts).noOutage("drift");
    }

    @Test
    void anEmptyDirWhereSistersKeepAClaimLosesWhatTheyKeep() {
        SortedMap<String, String> texts = new TreeMap<>();
        cluster(texts, "east", "2", IMAGE, CLAIMED);
        cluster(texts, "north-2", "2", IMAGE, CLAIMED);
        cluster(texts, "west", "2", IMAGE, EMPTY + " # OUTAGE drift");
        Outlook.Foreseen outage = outlook(texts).outage("drift");
        outage.takesDown("west.example.com").namesTheMarkedLines().says("keeps volume work only as long as the pod");
        assertEquals(Confidence.LIKELY, outage.outage().confidence());
        outage.isPreventedBy("volume work");
    }

    @Test
    void whatAnotherMechanismTellsOfTheSameVolumeIsFoldedUnderIt() {
        SortedMap<String, String> texts = new TreeMap<>();
        for (String name : List.of("east", "north-2", "west")) {
            cluster(texts, name, "1", "postgres:17", name.equals("west") ? EMPTY : CLAIMED);
            texts.computeIfPresent(
                    name + "/web.yaml", (_, text) -> text.replace("/work}", "/var/lib/postgresql/data}"));
        }
        Outlook outlook = outlook(texts);
        assertEquals(
                Optional.of(outlook.outage("volatile-state").outage().id()),
                outlook.outage("drift").outage().foldedUnder());
    }

    @Test
    void aVersionFarBehindAllSistersIsAJumpToCome() {
        SortedMap<String, String> texts = new TreeMap<>();
        cluster(texts, "east", "2");
        cluster(texts, "north-2", "2", "mirror.example.com/copies/web:1.4.0@sha256:0123", EMPTY);
        cluster(texts, "west", "2", "registry.example.com/web:1.1.0 # OUTAGE drift", EMPTY);
        outlook(texts).outage("drift").namesTheMarkedLines().says("runs web:1.1.0 in west");
    }

    @Test
    void aRollOutUnderWayIsNoDrift() {
        SortedMap<String, String> texts = new TreeMap<>();
        cluster(texts, "east", "2");
        cluster(texts, "north-2", "2", "registry.example.com/web:1.3.9", EMPTY);
        cluster(texts, "west", "2");
        outlook(texts).noOutage("drift");
    }

    private static final String CHART = """
            apiVersion: v2
            name: gate
            version: 1.0.0
            """;

    private static SortedMap<String, String> chart(String west) {
        return new TreeMap<>(Map.of(
                "gate/Chart.yaml",
                CHART,
                "gate/values.yaml",
                "replicaCount: 1\n",
                "gate/values-east.yaml",
                "replicaCount: 2\n",
                "gate/values-south.yaml",
                "replicaCount: 3\n",
                "gate/values-dev.yaml",
                "host: dev.example.com\n",
                "gate/values-west.yaml",
                west,
                "gate/templates/web.yaml",
                "replicas: {{ .Values.replicaCount }}\n"));
    }

    @Test
    void valuesOfOneEnvironmentThatLackWhatMostSetAreToldWithBothPlaces() {
        Outlook.Foreseen outage = Outlook.of(chart("host: west.example.com # OUTAGE drift\n"), Outlook.NOW)
                .outage("drift", "component/gate#as-its-sisters");
        outage.namesTheMarkedLines().says("values-west.yaml sets no replicaCount");
        assertEquals(Confidence.POSSIBLE, outage.outage().confidence());
        assertEquals(Severity.MEDIUM, outage.outage().severity());
        assertTrue(outage.outage().chain().toString().contains("gate/values-east.yaml"), outage::toString);
        outage.isPreventedBy("replicaCount: 1 → 2");
        assertTrue(
                outage.remedy("replicaCount").patch().contains("gate/values-west.yaml"),
                "the odd one's own file is changed");
    }

    @Test
    void valuesThatAllSetHold() {
        Outlook.of(chart("replicaCount: 2\n"), Outlook.NOW).noOutage("drift");
    }

    @Test
    void helmfilesOfTwoClustersAreComparedWhereTwoFieldsSayTheSame() {
        String helmfile = """
                releases:
                  - name: edge
                    namespace: edge
                    chart: public/ingress
                    version: 4.1.0
                    values:
                      - ../values/common.yaml
                      - ../values/%s.yaml
                """;
        String spread = """
                controller:
                  replicaCount: 2
                  affinity:
                    podAntiAffinity:
                      requiredDuringSchedulingIgnoredDuringExecution:
                        - topologyKey: kubernetes.io/hostname
                """;
        SortedMap<String, String> texts = new TreeMap<>(Map.of(
                "clusters/east.yaml",
                helmfile.formatted("east"),
                "clusters/west.yaml",
                helmfile.formatted("west"),
                "values/common.yaml",
                "controller: {replicaCount: 1}\n",
                "values/east.yaml",
                spread,
                "values/west.yaml",
                "controller: # OUTAGE drift\n  class: inner\n"));
        Outlook.of(texts, Outlook.NOW)
                .outage("drift")
                .namesTheMarkedLines()
                .says("controller of edge runs once in west")
                .isPreventedBy("controller.replicaCount: 1 → 2");
        texts.put("values/east.yaml", "controller: {replicaCount: 2}\n");
        Outlook.of(texts, Outlook.NOW).noOutage("drift");
    }

    /** Twelve applications with one tag in both environments, but for one. */
    private static SortedMap<String, String> applications(String production) {
        SortedMap<String, String> texts = new TreeMap<>();
        for (String environment : List.of("production", "staging")) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < 12; i++) {
                String tag = i == 3 && environment.equals("production") ? production : "v9" + i;
                text.append("""
                        ---
                        apiVersion: argoproj.io/v1alpha1
                        kind: Application
                        metadata: {name: app-%d, namespace: argo}
                        spec:
                          source:
                            repoURL: https://git.example.com/charts
                            path: charts/any
                            helm:
                              valuesObject:
                                appImage:
                                  tag: %s
                        """.formatted(i, tag));
            }
            texts.put("made/" + environment + "/apps.yaml", text.toString());
        }
        return texts;
    }

    @Test
    void theOneApplicationWhoseProductionIsFarBehindIsTold() {
        Outlook.of(applications("v41 # OUTAGE drift"), Outlook.NOW)
                .outage("drift", "component/Application/app-3#as-its-sisters")
                .namesTheMarkedLines()
                .says("appImage of app-3 has tag v41 in production, staging v93");
    }

    @Test
    void stagingAFewBuildsAheadIsWhatItIsFor() {
        Outlook.of(applications("v91"), Outlook.NOW).noOutage("drift");
    }

    @Test
    void aVersionWithoutAnUpperEndMovesByItself() {
        String release = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: web, namespace: shop}
            spec:
              chart:
                spec:
                  chart: web
                  version: ">=1.0.0" # OUTAGE drift
                  sourceRef: {kind: HelmRepository, name: web}
            """;
        Outlook.of(release).outage("drift", "cluster/default#versions").namesTheMarkedLines();
        Outlook.of(release.replace(">=1.0.0", ">=1.0.0 <2.0.0")).noOutage("drift");
        Outlook.of(release.replace(">=1.0.0", "1.x")).noOutage("drift");
        Outlook.of(release.replace(">=1.0.0", "1.2.3")).noOutage("drift");
    }
}
