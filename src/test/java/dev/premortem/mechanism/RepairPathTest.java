package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.outage.Confidence;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Severity;
import dev.premortem.testing.Outlook;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RepairPathTest {
    private static final String SERVER = """
            apiVersion: v1
            kind: Service
            metadata: {name: gitea, namespace: git}
            spec: {selector: {app: gitea}, ports: [{port: 3000}]}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: gitea, namespace: git}
            spec:
              replicas: 2
              selector: {matchLabels: {app: gitea}}
              template:
                metadata: {labels: {app: gitea}}
                spec: {containers: [{name: gitea, image: "docker.io/gitea/gitea:1.22"}]}
            """;

    private static String application(String name, String url, String path) {
        return """
                apiVersion: argoproj.io/v1alpha1
                kind: Application
                metadata: {name: %s, namespace: argocd}
                spec:
                  destination: {server: "https://kubernetes.default.svc", namespace: %s}
                  source:
                    path: %s
                    targetRevision: main
                    repoURL: %s
                ---
                """.formatted(name, name, path, url);
    }

    private static Outlook of(String applications) {
        return Outlook.of(
                new TreeMap<>(Map.of("root/apps.yaml", applications, "platform/git/server.yaml", SERVER)), Outlook.NOW);
    }

    @Test
    void aGitServerThatIsDeployedFromItselfIsLostWithItsCluster() {
        Outage outage = of(application("git", "http://gitea.git:3000/ops/main # OUTAGE repair-path", "platform/git"))
                .outage("repair-path")
                .namesTheMarkedLines()
                .outage();
        assertEquals(
                "default cannot be built anew once it is lost: what builds default is fetched from git/gitea inside of it",
                outage.title());
        assertEquals(Severity.MEDIUM, outage.severity());
        assertEquals(OutageClass.E, outage.outageClass());
        assertEquals(Confidence.LIKELY, outage.confidence());
    }

    @Test
    void aGitServerThatComesFromElsewhereHolds() {
        of(application("git", "https://git.example.com/ops/main", "platform/git"))
                .noOutage("repair-path");
        of(application("git", "https://git.example.com/ops/main", "platform/git")
                        + application("shop", "http://gitea.git:3000/ops/main", "shop"))
                .noOutage("repair-path");
    }

    @Test
    void aFirstStartFromElsewhereHolds() {
        of(application("git", "http://gitea.git:3000/ops/main", "platform/git")
                        + application("seed", "https://git.example.com/ops/main", "platform"))
                .noOutage("repair-path");
    }

    @Test
    void aGitServerBehindARouteOfItsClusterIsFound() {
        String route = """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: gitea, namespace: git}
                spec:
                  rules:
                    - host: git.example.com
                      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: gitea, port: {number: 3000}}}}]}
                """;
        String kustomization = """
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: GitRepository
                metadata: {name: main, namespace: flux-system}
                spec:
                  url: ssh://git@git.example.com:2222/ops/main # OUTAGE repair-path
                ---
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: git, namespace: flux-system}
                spec:
                  path: ./platform/git
                  sourceRef: {kind: GitRepository, name: main}
                """;
        TreeMap<String, String> texts =
                new TreeMap<>(Map.of("root/git.yaml", kustomization, "platform/git/server.yaml", SERVER + route));
        Outlook.of(texts, Outlook.NOW).outage("repair-path").namesTheMarkedLines();
        texts.put("root/git.yaml", kustomization.replace("git@git.example.com:2222", "git@git.example.org"));
        Outlook.of(texts, Outlook.NOW).noOutage("repair-path");
        // a private repository beside the one that all is built from, whose source a FluxInstance makes
        String instance = kustomization.substring(kustomization.indexOf("---") + 4);
        texts.put(
                "root/git.yaml",
                kustomization + "---\n"
                        + instance.replace("name: git,", "name: all,").replace("name: main}", "name: flux-system}"));
        Outlook.of(texts, Outlook.NOW).noOutage("repair-path");
    }

    private static final String STORE = """
            apiVersion: external-secrets.io/v1
            kind: ClusterSecretStore
            metadata: {name: vault}
            spec:
              provider:
                vault:
                  server: http://vault.vault.svc:8200
                  auth:
                    tokenSecretRef: {name: vault-token, namespace: vault, key: token}
            ---
            apiVersion: external-secrets.io/v1
            kind: ExternalSecret
            metadata: {name: vault-token, namespace: vault}
            spec:
              secretStoreRef:
                kind: ClusterSecretStore
                name: vault # OUTAGE repair-path
              dataFrom: [{extract: {key: vault}}]
            """;

    @Test
    void aStoreWhoseCredentialsComeFromItselfIsAGuessAsTheFirstSecretMayComeByHand() {
        Outage outage =
                Outlook.of(STORE).outage("repair-path").namesTheMarkedLines().outage();
        assertEquals(Confidence.POSSIBLE, outage.confidence());
        assertTrue(outage.title().endsWith("vault reads its credentials from vault-token, which comes from it"));
    }

    @Test
    void aStoreWhoseCredentialsAreMadeElsewhereHolds() {
        Outlook.of(STORE.replace("name: vault # OUTAGE", "name: another # OUTAGE"))
                .noOutage("repair-path");
        Outlook.of(STORE + """
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: vault-token, namespace: vault}
                """).noOutage("repair-path");
    }

    private static final String DASHBOARDS = """
            apiVersion: grafana.integreatly.org/v1beta1
            kind: Grafana
            metadata: {name: grafana, namespace: watch}
            spec:
              config:
                auth:
                  disable_login_form: "true" # OUTAGE repair-path
                auth.generic_oauth:
                  enabled: "true"
                  auth_url: http://gitea.git.svc.cluster.local:3000/login/oauth/authorize
            ---
            """;

    @Test
    void dashboardsBehindALoginOfTheirClusterStayClosedWithIt() {
        Outage outage = Outlook.of(DASHBOARDS + SERVER)
                .outage("repair-path")
                .namesTheMarkedLines()
                .outage();
        assertEquals(Severity.LOW, outage.severity());
        assertTrue(outage.title().contains("the only login of watch/grafana is git/gitea of the same cluster"));
    }

    @Test
    void dashboardsWithAnotherWayInHold() {
        Outlook.of(DASHBOARDS.replace("disable_login_form: \"true\"", "disable_login_form: \"false\"") + SERVER)
                .noOutage("repair-path");
        Outlook.of(DASHBOARDS.replace("gitea.git.svc.cluster.local:3000", "login.example.com") + SERVER)
                .noOutage("repair-path");
        Outlook.of(DASHBOARDS.replace(
                                "    auth.generic_oauth:",
                                "    auth.github: {enabled: \"true\"}\n    auth.generic_oauth:")
                        + SERVER)
                .noOutage("repair-path");
    }

    private static String location(String name, String url) {
        return """
                ---
                apiVersion: velero.io/v1
                kind: BackupStorageLocation
                metadata: {name: %s, namespace: velero}
                spec:
                  provider: aws
                  objectStorage: {bucket: backups}
                  config:
                    s3Url: %s # OUTAGE repair-path
                """.formatted(name, url);
    }

    @Test
    void backupsThatTheClusterItselfKeepsGoWithIt() {
        String inside = location("main", "http://minio.storage.svc:9000");
        Outlook.of(inside)
                .outage("repair-path", "cluster/default#backups-for-repair")
                .namesTheMarkedLines()
                .says("are kept by minio.storage of the same cluster");
        Outlook.of(location("main", "https://s3.example.com")).noOutage("repair-path");
        Outlook.of(inside + location("away", "https://s3.example.com").replace(" # OUTAGE repair-path", ""))
                .noOutage("repair-path"); // a second place is elsewhere
        String machine = """
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: minio, namespace: storage}
                spec: {type: ExternalName, externalName: nas.example.com}
                """;
        Outlook.of(inside + machine).noOutage("repair-path"); // it stands for a machine outside
        String copy = """
                ---
                apiVersion: volsync.backube/v1alpha1
                kind: ReplicationSource
                metadata: {name: minio, namespace: storage}
                spec: {sourcePVC: minio, restic: {repository: minio-offsite}}
                """;
        Outlook.of(inside + copy).noOutage("repair-path"); // the volume that keeps them is copied
        Outlook.of(inside + copy.replace("namespace: storage", "namespace: shop"))
                .outage("repair-path", "cluster/default#backups-for-repair");
        String database = """
                apiVersion: postgresql.cnpg.io/v1
                kind: Cluster
                metadata: {name: orders, namespace: shop}
                spec:
                  instances: 3
                  storage: {size: 5Gi}
                  walStorage: {size: 1Gi}
                  backup:
                    barmanObjectStore:
                      destinationPath: s3://orders/
                      endpointURL: http://garage.storage.svc.cluster.local:3900 # OUTAGE repair-path
                """;
        Outlook.of(database)
                .outage("repair-path", "cluster/default#backups-for-repair")
                .namesTheMarkedLines();
    }

    private static final String DATABASE = """
            apiVersion: postgresql.cnpg.io/v1
            kind: Cluster
            metadata: {name: orders, namespace: shop}
            spec:
              instances: 1
              storage:
                size: 10Gi
                storageClass: openebs-hostpath # OUTAGE repair-path
            ---
            """;

    @Test
    void theOnlyCopyOfADatabaseIsToldLow() {
        Outage outage =
                Outlook.of(DATABASE).outage("repair-path").namesTheMarkedLines().outage();
        assertEquals(
                "the one instance of shop/orders stands on a disk of one node, and no backup of it is seen",
                outage.title());
        assertEquals(OutageClass.F, outage.outageClass());
        assertEquals(Severity.LOW, outage.severity());
        assertEquals(Confidence.LIKELY, outage.confidence());
    }

    @Test
    void aSecondInstanceAndAnyBackupHold() {
        Outlook.of(DATABASE.replace("instances: 1", "instances: 2")).noOutage("repair-path");
        Outlook.of(DATABASE.replace("openebs-hostpath", "ceph-block")).noOutage("repair-path");
        Outlook.of(DATABASE.replace(
                        "  instances: 1", "  instances: 1\n  plugins: [{name: barman-cloud.cloudnative-pg.io}]"))
                .noOutage("repair-path");
        Outlook.of(DATABASE + """
                apiVersion: postgresql.cnpg.io/v1
                kind: ScheduledBackup
                metadata: {name: daily, namespace: shop}
                spec: {schedule: "0 0 3 * * *", cluster: {name: orders}}
                """).noOutage("repair-path");
        Outlook.of(DATABASE + """
                apiVersion: velero.io/v1
                kind: Schedule
                metadata: {name: daily, namespace: velero}
                spec: {schedule: "0 3 * * *"}
                """).noOutage("repair-path");
        Outlook.of(DATABASE + """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: dump, namespace: shop}
                spec:
                  schedule: "0 3 * * *"
                  jobTemplate: {spec: {template: {spec: {containers: [{name: c, image: "postgres:17.2", command: [pg_dump, -h, orders-rw]}]}}}}
                """).noOutage("repair-path");
    }

    @Test
    void aDatabaseThatComesBackFromAnArchiveNobodyWritesToSinceIsTold() {
        String database = """
            apiVersion: postgresql.cnpg.io/v1
            kind: Cluster
            metadata: {name: orders, namespace: shop%s}
            spec:
              instances: 3
              storage: {size: 5Gi}
              bootstrap:
                recovery:
                  source: before # OUTAGE repair-path
              plugins: [{name: barman-cloud.cloudnative-pg.io, isWALArchiver: true, parameters: {barmanObjectName: s3, serverName: orders-v2}}]
              externalClusters:
                - name: before
                  plugin: {name: barman-cloud.cloudnative-pg.io, parameters: {barmanObjectName: s3, serverName: %s}}
            """;
        String unchecked = ", annotations: {cnpg.io/skipEmptyWalArchiveCheck: enabled}";
        Outlook.of(database.formatted("", "orders-v1"))
                .outage("repair-path")
                .namesTheMarkedLines()
                .says("would archive to orders-v2, which is not empty by then, and is refused");
        Outlook.of(database.formatted("", "orders-v2")).outage("repair-path");
        Outlook.of(database.formatted(unchecked, "orders-v1"))
                .outage("repair-path")
                .says("would come back from orders-v1, and writes to orders-v2 since");
        Outlook.of(database.formatted(unchecked, "orders-v2")).noOutage("repair-path");
        Outlook.of(database.formatted("", "orders-v1").replace("isWALArchiver: true", "isWALArchiver: false"))
                .noOutage("repair-path"); // it archives nothing, as a replica does
    }
}
