package dev.premortem.mechanism;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Severity;
import dev.premortem.testing.Outlook;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What is there once, or goes all at once, in estates whose products are not seen. */
class StandsAloneTest {
    private static String deployment(String name, String replicas, String more) {
        return """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: %s, namespace: shop}
            spec:
              replicas: %s
              selector: {matchLabels: {app: %s}}
            %s  template:
                metadata: {labels: {app: %s}}
                spec:
                  containers: [{name: main, image: "example.com/main:1"}]
            """.formatted(name, replicas, name, more, name);
    }

    private static Outlook.Foreseen told(String yaml, String pivot) {
        return Outlook.of(yaml).outage("single-replica", pivot);
    }

    @Test
    void workloadsBehindNoProductAreOneLineAndLow() {
        String two = deployment("queue", "1 # OUTAGE single-replica", "")
                + "---\n"
                + deployment("worker", "1 # OUTAGE single-replica", "");
        Outlook.Foreseen foreseen = told(two, "estate#second-pod").namesTheMarkedLines();
        assertEquals(2, foreseen.outage().instances().size());
        assertEquals(Severity.LOW, foreseen.outage().severity());
        assertEquals(OutageClass.F, foreseen.outage().outageClass());
        Outlook.of(deployment("queue", "2", "")).noOutage("single-replica");
    }

    @Test
    void whatAProductTellsIsNotToldAgain() {
        String route = """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: shop}
            spec: {selector: {app: web}, ports: [{port: 80}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: web, namespace: shop}
            spec:
              rules:
                - host: shop.example.com
                  http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
            """;
        Outlook outlook = Outlook.of(deployment("web", "1", "") + route);
        outlook.outage("single-replica", "default/shop/Deployment/web#replica").takesDown("shop.example.com");
        outlook.noOutage("single-replica", "estate#second-pod");
    }

    @Test
    void aCountOfOneInValuesThatAreNotRenderedIsPossible() {
        String release = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: forge, namespace: dev}
            spec:
              chart: {spec: {chart: forge, version: 1.0.0, sourceRef: {kind: HelmRepository, name: forge}}}
              values:
                replicaCount: 1 # OUTAGE single-replica
            """;
        told(release, "estate#second-pod-by-values").namesTheMarkedLines();
        Outlook.of(release.replace("replicaCount: 1", "replicaCount: 2")).noOutage("single-replica");
        Outlook.of(release.replace("replicaCount: 1", "enabled: false\n    replicaCount: 1"))
                .noOutage("single-replica");
        Outlook.of(release.replace("replicaCount: 1", "autoscaling: {enabled: true}\n    replicaCount: 1"))
                .noOutage("single-replica");
    }

    @Test
    void aChartThatIsKnownToRunOnceDoesSoWhereNothingIsSaid() {
        String release = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: media, namespace: home}
            spec:
              chartRef: {kind: OCIRepository, name: app-template}
              values:
                controllers:
                  media: {containers: {app: {image: {repository: example.com/media, tag: "1"}}}}
            """;
        told(release, "estate#second-pod").says("home/media runs once");
        Outlook.of(release.replace("media: {containers", "media: {type: daemonset, containers"))
                .noOutage("single-replica");
        Outlook.of(release.replace("media: {containers", "media: {replicas: 2, strategy: RollingUpdate, containers"))
                .noOutage("single-replica");
        String ingress = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: edge, namespace: web}
            spec:
              chart: {spec: {chart: ingress-nginx, version: 3.0.0, sourceRef: {kind: HelmRepository, name: nginx}}}
              values:
                controller: {config: {a: b}}
            """;
        Outlook.Foreseen edge = told(ingress, "estate#second-pod-by-values").says("controller of web/edge runs once");
        assertEquals(
                "one component behind no product that is seen runs once by its values, unrendered here",
                edge.outage().title());
        Outlook.of(ingress.replace("controller: {", "controller: {replicaCount: 2, "))
                .noOutage("single-replica");
    }

    @Test
    void aReleaseWhoseNameBeginsAnotherIsNotTakenForIt() {
        String two = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: login, namespace: web}
            spec:
              chart: {spec: {chart: other, version: 1.0.0, sourceRef: {kind: HelmRepository, name: other}}}
              values:
                replicaCount: 1 # OUTAGE single-replica
            ---
            """ + deployment("login-page", "2", "").replace("namespace: shop", "namespace: web");
        Outlook.of(two).noOutage("single-replica");
        String labelled = two.replace(
                "metadata: {name: login-page,",
                "metadata: {labels: {app.kubernetes.io/instance: login-page}, name: login-page,");
        told(labelled, "estate#second-pod-by-values").namesTheMarkedLines();
    }

    @Test
    void aMachineThatIsNamedIsTheOnlyOne() {
        String release = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: edge, namespace: net}
            spec:
              chart: {spec: {chart: edge, version: 1.0.0, sourceRef: {kind: HelmRepository, name: edge}}}
              values:
                controller:
                  nodeSelector:
                    kubernetes.io/hostname: rack-1 # OUTAGE single-replica
            """;
        told(release, "estate#second-pod-by-values").namesTheMarkedLines().says("the machine rack-1 only");
        Outlook.of(release.replace("kubernetes.io/hostname", "kubernetes.io/arch"))
                .noOutage("single-replica");
    }

    @Test
    void manyPodsThatAreRecreatedGoAllAtOnce() {
        String recreated = deployment("reader", "5", "  strategy: {type: Recreate} # OUTAGE single-replica\n");
        told(recreated, "cluster/default#recreated").namesTheMarkedLines().says("all 5 pods");
        Outlook.of(recreated.replace("Recreate", "RollingUpdate")).noOutage("single-replica");
    }

    @Test
    void oneNodeBearsTheControlPlane() {
        String nodes = """
            clusterName: home
            endpoint: https://cp.example.net:6443
            nodes:
              - hostname: one # OUTAGE single-replica
                controlPlane: true
              - hostname: two
                controlPlane: false
            """;
        Outlook.Foreseen foreseen =
                told(nodes + "---\n" + deployment("web", "2", ""), "cluster/default#control-plane-node");
        foreseen.namesTheMarkedLines();
        assertEquals(Severity.MEDIUM, foreseen.outage().severity());
        Outlook.of(nodes.replace("controlPlane: false", "controlPlane: true") + "---\n" + deployment("web", "2", ""))
                .noOutage("single-replica", "cluster/default#control-plane-node");
        String one = nodes.substring(0, nodes.indexOf("  - hostname: two"));
        Outlook.of(one + "---\n" + deployment("web", "2", "")).noOutage("single-replica");
    }

    @Test
    void aMachineBehindSeveralMountsIsShared() {
        String volume = "      volumes: [{name: files, nfs: {server: nas.example.net, path: /files}}]\n";
        String two = deployment("films", "2", "") + volume + "---\n" + deployment("songs", "2", "") + volume;
        told(two, "server/nas.example.net#there").says("shop/films mounts nas.example.net");
        Outlook.of(deployment("films", "2", "") + volume).noOutage("single-replica");
    }

    @Test
    void aStoreOfSecretsWithoutASealComesBackSealed() {
        String vault =
                """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: vault, namespace: shop}
            data:
              vault.hcl: |
                listener "tcp" { address = "[::]:8200" }
                storage "file" { # OUTAGE single-replica
                  path = "/data"
                }
            ---
            """ + deployment("vault", "2", "") + "      volumes: [{name: config, configMap: {name: vault}}]\n";
        told(vault, "cluster/default#unsealed").namesTheMarkedLines();
        Outlook.of(vault.replace("    storage", "    seal \"gcpckms\" {\n    }\n    storage"))
                .noOutage("single-replica");
        Outlook.of(vault.replace("configMap: {name: vault}", "emptyDir: {}")).noOutage("single-replica");
    }

    @Test
    void secretsComeThroughOnePod() {
        String store = """
            apiVersion: external-secrets.io/v1
            kind: ClusterSecretStore
            metadata: {name: safe}
            spec:
              provider:
                onepassword:
                  connectHost: http://connect.shop.svc:8080 # OUTAGE single-replica
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: connect, namespace: shop}
            spec: {selector: {app: connect}, ports: [{port: 8080}]}
            ---
            """;
        told(store + deployment("connect", "1", ""), "estate#secret-sources").namesTheMarkedLines();
        Outlook.of(store + deployment("connect", "2", "")).noOutage("single-replica");
        Outlook.of(store.replace("connect.shop.svc:8080", "vault.example.com") + deployment("connect", "2", ""))
                .noOutage("single-replica");
    }

    @Test
    void oneDoorStandsBeforeSeveralClusters() {
        TreeMap<String, String> texts = new TreeMap<>(Map.of(
                "hub/Chart.yaml", "apiVersion: v2\nname: hub\nversion: 1.0.0\n",
                "hub/values.yaml", "door: {enabled: false}\nhub: {size: 1}\n",
                "hub/values-main.yaml", """
                        door: # OUTAGE single-replica
                          enabled: true
                          members:
                            east: {first: true, url: "https://east.example.net"}
                            west: {first: false, url: "https://west.example.net"}
                        """,
                "hub/values-east.yaml", "hub: {host: hub.east.example.net}\n",
                "hub/values-west.yaml", "hub: {host: hub.west.example.net}\n"));
        Outlook.of(texts, Outlook.NOW)
                .outage("single-replica", "estate#one-door")
                .namesTheMarkedLines();
        texts.put("hub/values-east.yaml", "door: {enabled: true}\nhub: {host: hub.east.example.net}\n");
        Outlook.of(texts, Outlook.NOW).noOutage("single-replica", "estate#one-door");
    }

    @Test
    void aClaimThatIsNamedHoldsAnUnknownChartToOneNode() {
        String release = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: directory, namespace: login}
            spec:
              chart: {spec: {chart: directory, version: 1.0.0, sourceRef: {kind: HelmRepository, name: own}}}
              values:
                persistence:
                  existingClaim: entries # OUTAGE single-replica
            """;
        told(release, "estate#second-pod-by-values").namesTheMarkedLines();
        String shared = release + """
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: entries, namespace: login}
            spec: {accessModes: [ReadWriteMany], resources: {requests: {storage: 1Gi}}}
            """;
        Outlook.of(shared).noOutage("single-replica");
        Outlook.of(release.replace("persistence:", "replicas: 2\n    persistence:"))
                .noOutage("single-replica");
        Outlook.of(release.replace("existingClaim: entries", "existingClaim: ''"))
                .noOutage("single-replica");
        Outlook.of(release.replace("existingClaim: entries", "enabled: false\n      existingClaim: entries"))
                .noOutage("single-replica");
    }

    @Test
    void oneEnvironmentServesWhatTheOthersAsk() {
        TreeMap<String, String> texts = new TreeMap<>(Map.of(
                "all/Chart.yaml",
                "apiVersion: v2\nname: all\nversion: 1.0.0\n",
                "all/values.yaml",
                "vaultUrl: https://vault.example.net/ # OUTAGE single-replica\ndocsUrl: https://docs.example.net\n",
                "all/values-main.yaml",
                "size: 3\n",
                "all/values-east.yaml",
                "size: 2\n",
                "all/values-west.yaml",
                "size: 1\n",
                "vault/Chart.yaml",
                "apiVersion: v2\nname: vault\nversion: 1.0.0\n",
                "vault/values-main.yaml",
                "ingress: {host: vault.example.net}\ndocs: {host: docs.example.net}\n"));
        Outlook.Foreseen foreseen = Outlook.of(texts, Outlook.NOW).outage("single-replica", "estate#shared-address");
        foreseen.namesTheMarkedLines();
        assertEquals(1, foreseen.outage().instances().size());
        assertEquals(Severity.LOW, foreseen.outage().severity());
        TreeMap<String, String> own = new TreeMap<>(texts);
        own.put("all/values-west.yaml", "vaultUrl: https://vault.west.example.net/\n");
        Outlook.of(own, Outlook.NOW).noOutage("single-replica", "estate#shared-address");
        texts.put("vault/values-east.yaml", "ingress: {host: vault.example.net}\n");
        Outlook.of(texts, Outlook.NOW).noOutage("single-replica", "estate#shared-address");
    }

    @Test
    void whatAnOperatorMakesOnceIsToldToo() {
        String database = """
            apiVersion: postgresql.cnpg.io/v1
            kind: Cluster
            metadata: {name: orders, namespace: shop}
            spec:
              instances: 1 # OUTAGE single-replica
              storage: {size: 5Gi}
            """;
        told(database, "estate#second-pod").namesTheMarkedLines();
        Outlook.of(database.replace("instances: 1", "instances: 3")).noOutage("single-replica");
    }

    @Test
    void whatAKnownChartMakesOnceIsPossible() {
        String release = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata: {name: metrics-server, namespace: kube-system}
            spec:
              chart: {spec: {chart: metrics-server, version: 3.13.0, sourceRef: {kind: HelmRepository, name: any}}}
              values: {}
            """;
        Outlook.Foreseen foreseen = told(release, "estate#second-pod-by-values");
        foreseen.says("kube-system/metrics-server runs once");
        assertEquals(Severity.LOW, foreseen.outage().severity());
        Outlook.of(release.replace("values: {}", "values: {replicas: 2}")).noOutage("single-replica");
    }

    @Test
    void twoNodesOfAControlPlaneAreWorseThanOne() {
        String talos = """
            clusterName: home
            endpoint: https://192.0.2.5:6443
            nodes:
              - {hostname: one, ipAddress: 192.0.2.1, controlPlane: true, installDisk: /dev/sda} # OUTAGE single-replica
              - {hostname: two, ipAddress: 192.0.2.2, controlPlane: true, installDisk: /dev/sda} # OUTAGE single-replica
              - {hostname: six, ipAddress: 192.0.2.6, controlPlane: false, installDisk: /dev/sda}
            """;
        told(talos, "cluster/default#control-plane-pair").namesTheMarkedLines();
        Outlook.of(talos.replace("controlPlane: false", "controlPlane: true"))
                .noOutage("single-replica", "cluster/default#control-plane-pair");
    }
}
