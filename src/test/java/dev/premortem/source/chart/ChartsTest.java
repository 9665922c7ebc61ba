package dev.premortem.source.chart;

import static dev.premortem.source.Readings.at;
import static dev.premortem.source.Readings.thing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.Claim;
import dev.premortem.estate.Cluster;
import dev.premortem.estate.Issuer;
import dev.premortem.estate.Network;
import dev.premortem.estate.Product;
import dev.premortem.estate.Release;
import dev.premortem.estate.Route;
import dev.premortem.estate.Service;
import dev.premortem.estate.Workload;
import dev.premortem.source.Means;
import dev.premortem.source.Reading;
import dev.premortem.source.Readings;
import dev.premortem.source.Sources;
import dev.premortem.source.helm.HelmTests;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ChartsTest {
    private static final String VALUES = """
            persistence:
              enabled: false
              path: /data
            volumes:
              - name: traefik-config
                mountPath: /data
                type: configMap
            additionalArguments:
              - "--certificatesresolvers.le.acme.email=a@example.com"
              - "--certificatesresolvers.le.acme.storage=/data/acme.json"
            ports:
              websecure:
                tls:
                  certResolver: le
                  domains: [{main: "*.example.com"}]
            service:
              spec:
                loadBalancerIP: 192.0.2.7
            """;

    private static String release(String version, String values) {
        return "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: traefik, namespace: ingress}\nspec:\n"
                + "  chart: {spec: {chart: traefik, version: " + version + "}}\n  values:\n" + values.indent(4);
    }

    private static String mounts(Workload workload) {
        StringBuilder out = new StringBuilder();
        workload.containers()
                .getFirst()
                .mounts()
                .forEach(mount -> out.append(mount.path().value())
                        .append('=')
                        .append(mount.volume())
                        .append(mount.readOnly() ? " ro, " : ", "));
        return out.toString();
    }

    @Test
    void makesTheMountsOfTheChartInItsOrder() {
        Reading reading = Readings.of("r.yaml", release("10.19.4", VALUES));
        Workload traefik = thing(reading.estate(), Workload.class, "default/ingress/Deployment/traefik");
        assertEquals("/data=data, /tmp=tmp, /data=traefik-config ro, ", mounts(traefik));
        Workload.Volume data = traefik.volumes().getFirst();
        assertEquals("emptyDir", data.kind().value());
        assertEquals("r.yaml:8 spec.values.persistence.enabled", at(data.kind().provenance()));
        assertEquals("traefik:2.4.9", traefik.containers().getFirst().image().value());
        assertFalse(traefik.replicas().known());
        assertEquals(List.of(), reading.estate().all(Claim.class));
    }

    @Test
    void assumesTheChartsDefaults() {
        Reading reading = Readings.of("r.yaml", release("10.19.4", "additionalArguments: []\n"));
        Workload traefik = thing(reading.estate(), Workload.class, "default/ingress/Deployment/traefik");
        assertEquals("emptyDir", traefik.volumes().getFirst().kind().value());
        assertTrue(traefik.volumes()
                .getFirst()
                .kind()
                .provenance()
                .toString()
                .contains("chart.traefik.persistence.enabled"));
        Service service = thing(reading.estate(), Service.class, "default/ingress/Service/traefik");
        assertTrue(service.loadBalancer() && !service.type().known());
    }

    @Test
    void makesAClaimWherePersistenceIsOn() {
        Reading reading = Readings.of("r.yaml", release("30.0.0", "persistence: {enabled: true}\n"));
        Workload traefik = thing(reading.estate(), Workload.class, "default/ingress/Deployment/traefik");
        assertEquals(
                "persistentVolumeClaim", traefik.volumes().getFirst().kind().value());
        assertEquals("traefik", traefik.volumes().getFirst().source());
        assertEquals(
                List.of("ReadWriteOnce"),
                thing(reading.estate(), Claim.class, "default/ingress/PersistentVolumeClaim/traefik")
                        .accessModes());
    }

    @Test
    void makesAnIssuerPerResolverAndADefaultForTheEntryPoint() {
        Reading reading = Readings.of(
                "r.yaml",
                release("10.19.4", VALUES),
                "i.yaml",
                "apiVersion: traefik.containo.us/v1alpha1\nkind: IngressRoute\nmetadata: {name: r}\nspec:\n  entryPoints: [websecure]\n  routes: [{match: 'Host(`a.example.com`)', services: [{name: web}]}]\n");
        Issuer issuer = thing(reading.estate(), Issuer.class, "issuer/le");
        assertEquals("/data/acme.json", issuer.storage().orElseThrow().value());
        assertEquals(
                "r.yaml:16 spec.values.additionalArguments[1]",
                at(issuer.storage().orElseThrow().provenance()));
        assertEquals(
                "default/ingress/Deployment/traefik",
                issuer.orderedBy().orElseThrow().text());
        Route route = thing(reading.estate(), Route.class, "default/default/IngressRoute/r");
        assertEquals("le", route.resolver().orElseThrow().value());
        assertEquals("*.example.com", route.certificateNames().getFirst().value());
        Service service = thing(reading.estate(), Service.class, "default/ingress/Service/traefik");
        assertEquals("192.0.2.7", service.fixedAddress().orElseThrow().value());
    }

    @Test
    void recognisesValuesFilesByContent() {
        Reading reading = Readings.of(
                "ingress/values.yaml", VALUES,
                "ingress/ns.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: edge}\n",
                "cni/values.yaml",
                        "kubeProxyReplacement: true\nMTU: 1400\nroutingMode: tunnel\ntunnelProtocol: geneve\nencryption: {enabled: true, type: wireguard}\n",
                "other/values.yaml", "replicas: 3\nimage: x\n");
        assertEquals(
                List.of("default/default/Release/cni cilium", "default/edge/Release/ingress traefik"),
                reading.estate().all(Release.class).stream()
                        .map(release -> release.reference() + " " + release.chart())
                        .toList());
        assertEquals(
                "default/edge/Deployment/ingress-traefik",
                reading.estate().all(Workload.class).getFirst().reference().text());
        Network network =
                thing(reading.estate(), Cluster.class, "cluster/default").network();
        assertEquals(
                "cni/values.yaml:2 MTU",
                at(network.underlayMtuBytes().orElseThrow().provenance()));
        assertEquals(Network.Mode.GENEVE, network.mode().orElseThrow().value());
        assertEquals(
                Network.Encryption.WIREGUARD, network.encryption().orElseThrow().value());
        assertEquals(1, reading.coverage().notUnderstood().size());
    }

    @Test
    void readsResolversOfAnyTraefikAndOfArgoCd() {
        Reading reading = Readings.of(
                "d.yaml",
                        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: t}\nspec: {template: {spec: {containers: [{name: t, image: traefik:v2.10, args: ['--certificatesResolvers.le.acme.caServer=https://x/dir']}]}}}\n",
                "a.yaml",
                        "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: edge, namespace: argocd}\nspec:\n  destination: {namespace: edge}\n  source:\n    chart: traefik\n    targetRevision: 41.0.0\n    helm:\n      releaseName: traefik\n      values: |\n        persistence:\n          enabled: true\n");
        assertEquals(
                "acme.json",
                thing(reading.estate(), Issuer.class, "issuer/le")
                        .storage()
                        .orElseThrow()
                        .value());
        Workload traefik = thing(reading.estate(), Workload.class, "default/edge/Deployment/traefik");
        assertEquals(
                "persistentVolumeClaim", traefik.volumes().getFirst().kind().value());
        assertTrue(at(traefik.volumes().getFirst().kind().provenance()).startsWith("a.yaml:13 "));
    }

    @Test
    void prefersWhatTheClusterDeclares() {
        Reading reading = Readings.of(
                "c.yaml",
                        "apiVersion: premortem.dev/v1\nkind: Site\nmetadata: {name: s}\n---\napiVersion: premortem.dev/v1\nkind: Cluster\nmetadata: {name: main}\nspec: {site: s, network: {mode: native}}\n",
                "cilium/values.yaml", "MTU: 1400\ntunnelProtocol: vxlan\n");
        Network network = thing(reading.estate(), Cluster.class, "cluster/main").network();
        assertEquals(Network.Mode.NATIVE, network.mode().orElseThrow().value());
        assertEquals(1400, network.underlayMtuBytes().orElseThrow().value());
    }

    @Test
    void carriesAnnotationsOfAReleaseToItsWorkload() {
        Reading reading = Readings.of(
                "r.yaml",
                release("30.0.0", "{}\n")
                        .replace(
                                "namespace: ingress}",
                                "namespace: ingress, annotations: {premortem.dev/depends-on: Service/x, premortem.dev/product: web}}"));
        Workload traefik = thing(reading.estate(), Workload.class, "default/ingress/Deployment/traefik");
        assertEquals(
                "default/ingress/Service/x", traefik.dependsOn().getFirst().to().text());
        Product web = thing(reading.estate(), Product.class, "product/web");
        assertEquals(traefik.reference(), web.needs().getFirst().to());
    }

    @Test
    void readsResolversOfAMountedConfiguration() {
        Reading reading = Readings.of(
                "d.yaml",
                        "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: t}\nspec: {template: {spec: {containers: [{name: t, image: traefik:v3}], volumes: [{name: c, configMap: {name: static}}]}}}\n",
                "c.yaml",
                        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: static}\ndata:\n  traefik.yml: |\n    certificatesResolvers:\n      le:\n        acme:\n          storage: /certs/acme.json\n");
        Issuer issuer = thing(reading.estate(), Issuer.class, "issuer/le");
        assertEquals("/certs/acme.json", issuer.storage().orElseThrow().value());
        assertTrue(at(issuer.storage().orElseThrow().provenance()).startsWith("c.yaml:9 "));
    }

    @Test
    void takesNoFileOfTraefikItselfForValues() {
        String resolver = "certificatesResolvers:\n  le:\n    acme:\n      storage: /certs/acme.json\n";
        assertTrue(Readings.of("edge/values.yaml", resolver)
                        .estate()
                        .all(Issuer.class)
                        .size()
                == 1);
        Reading docker = Readings.of(
                "traefik-nas/config/traefik.yaml",
                "entryPoints:\n  https: {address: ':443'}\nproviders:\n  docker: {}\n" + resolver);
        assertEquals(List.of(), docker.estate().all(Issuer.class));
        assertEquals(List.of(), docker.estate().all(Workload.class));
    }

    @Test
    void aKnownChartThatAnUmbrellaTakesInAndThatIsNotAtHandIsAssumedWithTheValuesThatItGets() {
        Reading reading = Sources.readTexts(
                new TreeMap<>(Map.of(
                        "edge/Chart.yaml",
                        """
                                apiVersion: v2
                                name: edge
                                version: 1.0.0
                                dependencies:
                                - {name: metrics-server, version: 3.13.1, repository: 'https://charts.example.com'}
                                - {name: coredns, version: 1.46.2, repository: 'https://charts.example.com', tags: [dns]}
                                """,
                        "edge/values.yaml",
                        "tags: {dns: false}\nmetrics-server: {replicas: 3}\n")),
                Means.PLAIN.rendering(HelmTests.renderers()));
        assertEquals(
                List.of("edge-metrics-server 3 edge/values.yaml:2 metrics-server.replicas"),
                reading.estate().all(Workload.class).stream()
                        .map(one -> one.name() + " " + one.replicas().value() + " "
                                + at(one.replicas().provenance()))
                        .toList());
        assertTrue(
                Readings.problems(reading).getFirst().contains("edge/Chart.yaml:5"),
                () -> "" + Readings.problems(reading));
    }

    @Test
    void anAutoscalerOfTraefiksChartSaysHowManyPodsThereAreAtLeast() {
        Reading reading = Readings.of(
                "traefik.yaml", release("40.2.0", "autoscaling: {enabled: true, minReplicas: 2, maxReplicas: 3}\n"));
        Workload traefik = thing(reading.estate(), Workload.class, "default/ingress/Deployment/traefik");
        assertEquals(2, traefik.replicas().value());
        assertEquals(
                "traefik.yaml:7 spec.values.autoscaling.minReplicas",
                at(traefik.replicas().provenance()));
    }
}
