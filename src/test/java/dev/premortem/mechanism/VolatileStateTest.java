package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.Edit;
import dev.premortem.estate.Workload;
import dev.premortem.model.AcmeStore;
import dev.premortem.model.Persistence;
import dev.premortem.model.Proposal;
import dev.premortem.model.Sketch;
import dev.premortem.model.Storage;
import dev.premortem.outage.Confidence;
import dev.premortem.testing.Estates;
import dev.premortem.testing.Outlook;
import dev.premortem.twin.Twin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VolatileStateTest {
    private static final Instant NOW = Instant.parse("2022-03-04T18:00:00Z");
    private static final String TRAEFIK = "prod/ingress/Deployment/traefik";

    private static Sketch sketch(Estates estates) {
        Sketch sketch = new Sketch(estates.estate(), NOW, Duration.ofDays(400));
        new AcmeBudget().contribute(sketch);
        new VolatileState().contribute(sketch);
        sketch.twin().compile(Twin.Form.LIVE);
        sketch.twin().compile(Twin.Form.SETTLED);
        return sketch;
    }

    private static Estates traefik(List<String> volumes, List<String> mounts) {
        return new Estates()
                .workload("prod", "ingress", "traefik", "traefik:2.5.4", volumes, mounts)
                .resolver("prod", "letsencrypt", TRAEFIK, "/data/acme.json")
                .route(
                        "prod",
                        "apps",
                        "IngressRoute",
                        "api-a.example.com",
                        Optional.empty(),
                        Optional.of("letsencrypt"))
                .observed(TRAEFIK, "restarts", "2022-03-04T17:00:00Z", "10 per 7d");
    }

    @Test
    void twoVolumesAtOnePathAreRefusedOrMergedInSilence() {
        Sketch sketch = sketch(traefik(
                List.of("data:persistentVolumeClaim", "traefik-config:configMap"),
                List.of("data:/data", "traefik-config:/data")));
        Proposal proposal = sketch.proposals().getFirst();
        assertEquals("volatile-state", proposal.mechanism());
        assertEquals(Confidence.LIKELY, proposal.confidence());
        String told = proposal.prelude().toString();
        assertTrue(told.contains("2 volumes are mounted at /data"), told);
        assertTrue(told.contains("refused (mountPath /data must be unique)"), told);
        assertTrue(told.contains("merged in silence: only traefik-config stays at /data"), told);
        assertEquals(4, proposal.prelude().getFirst().evidence().size(), "each volume with its path and its kind");
    }

    @Test
    void theSecondVolumeIsRemovedFromTheValues() {
        Estates estates = traefik(
                List.of("data:persistentVolumeClaim", "traefik-config:configMap"),
                List.of("data:/data", "traefik-config:/data"));
        estates.release(
                "prod",
                "ingress",
                "traefik",
                "traefik",
                estates.mapping(
                        "persistence",
                        estates.mapping(
                                "enabled",
                                new dev.premortem.fact.Tree.Scalar(
                                        estates.place("values.yaml"),
                                        dev.premortem.fact.Tree.Scalar.Kind.BOOLEAN,
                                        "true")),
                        "volumes",
                        estates.sequence(estates.mapping("mountPath", "/data", "name", "traefik-config"))));
        Sketch sketch = sketch(estates);
        AcmeStore store = AcmeStore.all(sketch).getFirst();
        List<Edit> edits = Persistence.remedies(sketch, store.workload(), store.storage())
                .getFirst()
                .edits();
        assertEquals(1, edits.size());
        assertTrue(edits.getFirst() instanceof Edit.Remove, edits::toString);
    }

    @Test
    void aDatabaseOnAnEmptyDirStartsEmpty() {
        Sketch sketch = sketch(new Estates()
                .workload("prod", "shop", "db", "mysql:8", List.of("data:emptyDir"), List.of("data:/var/lib/mysql")));
        assertTrue(sketch.proposals().getFirst().when().contains("shop/db, which starts empty"));
        assertEquals(
                "prod/shop/Deployment/db#storage:/var/lib/mysql",
                sketch.proposals().getFirst().pivot().name());
    }

    @Test
    void metricsWithoutStorageEndWithTheirPod() {
        String prometheus = """
                apiVersion: monitoring.coreos.com/v1
                kind: Prometheus
                metadata: {name: main, namespace: monitoring}
                spec:
                  replicas: 2 # OUTAGE volatile-state
                """;
        Outlook.of(prometheus).outage("volatile-state", "estate#metrics-kept").namesTheMarkedLines();
        Outlook.of(prometheus + "  remoteWrite: [{url: \"https://metrics.example.com/write\"}]\n")
                .noOutage("volatile-state");
        Outlook.of(prometheus + "  storage: {volumeClaimTemplate: {spec: {resources: {requests: {storage: 5Gi}}}}}\n")
                .noOutage("volatile-state");
    }

    @Test
    void aStoreOfKeysBesideItsProgramIsItsCache() {
        String pod = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: paper, namespace: home}
                spec:
                  selector: {matchLabels: {app: paper}}
                  template:
                    metadata: {labels: {app: paper}}
                    spec:
                      containers:
                        - {name: beside, image: "example.com/%s:1"}
                        - {name: store, image: "valkey/valkey:8"}
                """;
        Outlook.of(pod.formatted("paper")).noOutage("volatile-state");
        Outlook.of(pod.formatted("redis-exporter")).outage("volatile-state");
    }

    @Test
    void aFolderThatItsOwnSettingsMayHaveMovedIsNotMissed() {
        List<String> volumes = List.of("data:persistentVolumeClaim", "settings:configMap");
        Estates moved = new Estates()
                .workload(
                        "prod",
                        "home",
                        "mqtt",
                        "jenkins/jenkins:2",
                        volumes,
                        List.of("data:/data", "settings:/etc/jenkins"));
        assertEquals(List.of(), sketch(moved).proposals());
        Estates plain =
                new Estates().workload("prod", "home", "mqtt", "jenkins/jenkins:2", volumes, List.of("data:/data"));
        assertTrue(sketch(plain).proposals().getFirst().when().contains("home/mqtt, which starts empty"));
    }

    @Test
    void aFolderThatAnInitContainerFillsAtEachStartIsNotMissed() {
        String pod = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: db, namespace: shop}
                spec:
                  selector: {matchLabels: {app: db}}
                  template:
                    metadata: {labels: {app: db}}
                    spec:
                      initContainers:
                        - {name: fill, image: example.com/fill:1, volumeMounts: [{name: %s, mountPath: /to}]}
                      containers:
                        - {name: db, image: mysql:8, volumeMounts: [{name: data, mountPath: /var/lib/mysql}]}
                      volumes:
                        - {name: data, emptyDir: {}}
                        - {name: other, emptyDir: {}}
                """;
        Outlook.of(pod.formatted("data")).noOutage("volatile-state");
        Outlook.of(pod.formatted("other")).outage("volatile-state");
    }

    @Test
    void aProgramThatKeepsNothingUnlessToldHasNothingToLose() {
        String pod = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: mqtt, namespace: home}
                spec:
                  selector: {matchLabels: {app: mqtt}}
                  template:
                    metadata: {labels: {app: mqtt}}
                    spec:
                      containers:
                        - {name: mqtt, image: "eclipse-mosquitto:2", volumeMounts: [{name: settings, mountPath: /mosquitto/config}]}
                      volumes:
                        - {name: settings, configMap: {name: settings}}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: home}
                data:
                  mosquitto.conf: |
                    listener 1883
                    %s
                """;
        Outlook.of(pod.formatted("persistence true")).outage("volatile-state");
        Outlook.of(pod.formatted("persistence false")).noOutage("volatile-state");
        Outlook.of(pod.formatted("#persistence true")).noOutage("volatile-state");
    }

    @Test
    void aGatewayHandsEverythingOnToAnotherStore() {
        String pod = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: minio, namespace: home}
                spec:
                  selector: {matchLabels: {app: minio}}
                  template:
                    metadata: {labels: {app: minio}}
                    spec:
                      containers:
                        - name: minio
                          image: quay.io/minio/minio:RELEASE.2022-03-26T06-49-28Z
                          command: [/bin/sh, -ce, "/usr/bin/docker-entrypoint.sh minio %s"]
                """;
        Outlook.of(pod.formatted("gateway s3 https://s3.amazonaws.com")).noOutage("volatile-state");
        Outlook.of(pod.formatted("server /data")).outage("volatile-state");
    }

    @Test
    void aProgramThatIsToldToUseAFolderFilledAtEachStartLosesNothing() {
        String pod = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: dns, namespace: home}
                spec:
                  selector: {matchLabels: {app: dns}}
                  template:
                    metadata: {labels: {app: dns}}
                    spec:
                      initContainers:
                        - {name: copy, image: busybox:1, volumeMounts: [{name: config, mountPath: /config}]}
                      containers:
                        - name: dns
                          image: adguard/adguardhome:v0.107.74
                          args: [%s]
                          volumeMounts: [{name: config, mountPath: /config}]
                      volumes:
                        - {name: config, emptyDir: {}}
                """;
        Outlook.of(pod.formatted("--config, /config/AdGuardHome.yaml")).noOutage("volatile-state");
        Outlook.of(pod.formatted("--no-check-update")).outage("volatile-state");
    }

    @Test
    void aFolderOfTheClientsSettingsIsNoState() {
        Estates data = new Estates()
                .workload(
                        "prod",
                        "db",
                        "influx",
                        "influxdb:2.7",
                        List.of("data:persistentVolumeClaim"),
                        List.of("data:/var/lib/influxdb2"));
        assertEquals(List.of(), sketch(data).proposals());
    }

    @Test
    void stateInADatabaseElsewhereIsNotLost() {
        String pod = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: grafana, namespace: home}
                spec:
                  selector: {matchLabels: {app: grafana}}
                  template:
                    metadata: {labels: {app: grafana}}
                    spec:
                      containers:
                        - name: grafana
                          image: grafana/grafana:12.4.3
                          envFrom: [{configMapRef: {name: settings}}]
                          env: [%s]
                          volumeMounts: [{name: data, mountPath: /var/lib/grafana}]
                      volumes:
                        - {name: data, emptyDir: {}}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: settings, namespace: home}
                data: {%s}
                """;
        Outlook.of(pod.formatted("", "GF_DATABASE_TYPE: mysql")).noOutage("volatile-state");
        Outlook.of(pod.formatted("", "GF_DATABASE_TYPE: sqlite3")).outage("volatile-state");
        Outlook.of(pod.formatted("{name: GF_DATABASE_HOST, value: db}", "a: b")).noOutage("volatile-state");
        Outlook.of(pod.formatted("{name: GF_DATABASE_URL, valueFrom: {secretKeyRef: {name: db, key: url}}}", "a: b"))
                .noOutage("volatile-state");
        Outlook.of(pod.formatted("", "a: b")).outage("volatile-state");
    }

    @Test
    void postgresOnItsParentFolderIsNotKept() {
        Estates above = new Estates()
                .workload(
                        "prod",
                        "shop",
                        "db",
                        "postgres:16",
                        List.of("data:persistentVolumeClaim"),
                        List.of("data:/var/lib/postgresql"));
        assertEquals(1, sketch(above).proposals().size());
        Estates exact = new Estates()
                .workload(
                        "prod",
                        "shop",
                        "db",
                        "postgres:16",
                        List.of("data:persistentVolumeClaim"),
                        List.of("data:/var/lib/postgresql/data"));
        assertEquals(List.of(), sketch(exact).proposals());
    }

    @Test
    void aVolumeOfTheImageThatNobodyMountsEndsWithTheContainer() {
        Estates bare =
                new Estates().workload("prod", "shop", "db", "mongo", List.of("tmp:emptyDir"), List.of("tmp:/tmp"));
        assertEquals(
                "prod/shop/Deployment/db#storage:/data/db",
                sketch(bare).proposals().getFirst().pivot().name());
        Estates other = new Estates().workload("prod", "shop", "web", "example.com/web", List.of(), List.of());
        assertEquals(List.of(), sketch(other).proposals());
    }

    @Test
    void theLongestPathWinsAndALaterMountHidesAnEarlier() {
        Estates estates = new Estates()
                .workload(
                        "prod",
                        "a",
                        "b",
                        "example",
                        List.of("one:persistentVolumeClaim", "two:emptyDir", "three:configMap"),
                        List.of("one:/data", "two:/data/", "three:/data/conf"));
        Workload workload = estates.estate().all(Workload.class).getFirst();
        Workload.Container container = workload.containers().getFirst();
        assertEquals(
                Storage.Life.POD,
                Storage.of(workload, container, "/data/x", false).life());
        assertEquals(
                Storage.Life.READ_ONLY,
                Storage.of(workload, container, "/data/conf/x", false).life());
        assertEquals(
                Storage.Life.CONTAINER,
                Storage.of(workload, container, "/database", false).life());
    }

    @Test
    void aVolumeThatValuesSwitchOffIsOneLine() {
        String release = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: queue, namespace: tools}
            spec:
              chart: {spec: {chart: queue, version: 1.0.0, sourceRef: {kind: HelmRepository, name: charts}}}
              values:
                broker:
                  persistence:
                    enabled: false # OUTAGE volatile-state
            """;
        Outlook.of(release).outage("volatile-state", "estate#kept-by-values").namesTheMarkedLines();
        Outlook.of(release.replace("enabled: false", "enabled: true")).noOutage("volatile-state");
        Outlook.of(release.replace("broker:\n", "broker:\n      enabled: false\n"))
                .noOutage("volatile-state");
    }

    @Test
    void twoResolversOfOneProxyMayOrderTheSameNames() {
        Estates estates = new Estates()
                .workload("prod", "ingress", "traefik", "traefik:3.4", List.of(), List.of())
                .resolver("prod", "ecdsa", TRAEFIK, "/data/ecdsa.json")
                .resolver("prod", "rsa", TRAEFIK, "/data/rsa.json");
        List<Proposal> told = sketch(estates).proposals();
        assertEquals(2, told.size(), told.toString());
        assertTrue(told.toString().contains("every name it serves by rsa"), told.toString());
    }
}
