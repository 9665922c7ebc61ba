package dev.premortem.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Small random estates as the text of their files: sites, links, clusters, workloads, hosted services, zones and products that refer to each other. */
public final class RandomEstates {
    private final Random random;
    private final SortedMap<String, String> files = new TreeMap<>();
    private final List<String> sites = new ArrayList<>();
    private final List<String> clusters = new ArrayList<>();
    private final List<String> targets = new ArrayList<>();

    private RandomEstates(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L + 1);
    }

    /** The files of one estate, by name. */
    public static SortedMap<String, String> of(long seed) {
        RandomEstates made = new RandomEstates(seed);
        made.sites();
        made.links();
        made.clusters();
        made.hosted();
        made.workloads();
        made.products();
        if (made.random.nextInt(3) == 0) {
            made.front();
        }
        return made.files;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private boolean once(int in) {
        return random.nextInt(in) == 0;
    }

    private static String declared(String kind, String name, String spec) {
        return "apiVersion: premortem.dev/v1\nkind: " + kind + "\nmetadata: {name: " + name + "}\nspec:\n"
                + spec.indent(2);
    }

    private void sites() {
        int count = once(5) ? 1 : 2 + random.nextInt(2);
        for (int i = 0; i < count; i++) {
            String name = "s" + i;
            sites.add(name);
            String provider = once(3) ? "provider: p" + random.nextInt(2) + "\n" : "";
            String parent = i > 0 && once(8) ? "parent: s0\n" : "";
            files.put("premortem/" + name + ".yaml", declared("Site", name, "zone: z" + i + "\n" + provider + parent));
        }
    }

    private void links() {
        for (int a = 0; a < sites.size(); a++) {
            for (int b = a + 1; b < sites.size(); b++) {
                int parallel = one(List.of(0, 1, 2, 2, 3));
                for (int i = 0; i < parallel; i++) {
                    String name = "l" + a + b + i;
                    // Equal preferences are ties on purpose.
                    String spec = "between: [" + sites.get(a) + ", " + sites.get(b) + "]\nmtu: "
                            + one(List.of(1500, 1500, 1600, 1400, 9000)) + "\npreference: " + one(List.of(10, 10, 20))
                            + "\npmtud: " + one(List.of("working", "blocked", "blocked", "unknown")) + "\noversize: "
                            + one(List.of("dropped", "dropped", "fragmented", "unknown")) + "\n"
                            + (once(3) ? "mssClamp: " + one(List.of("1300", "1360")) + "\n" : "")
                            + (once(3) ? "provider: p" + random.nextInt(2) + "\n" : "")
                            // A link may run through a thing that itself needs links.
                            + (once(5)
                                    ? "causes: [" + one(List.of("dig", "hosted-service/h0", "hosted-service/h1"))
                                            + "]\n"
                                    : "")
                            + (once(3) ? "failure: {mtbf: 90d, mttr: 6h}\n" : "");
                    files.put("premortem/" + name + ".yaml", declared("Link", name, spec));
                }
            }
        }
    }

    private void clusters() {
        int count = once(4) ? 1 : 2;
        for (int i = 0; i < count; i++) {
            String name = "c" + i;
            clusters.add(name);
            files.put(name + "/ns.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: apps}\n");
            String site = once(4) ? one(sites) : sites.get(i % sites.size());
            String spec = (once(3) ? "sites: " + sites : "site: " + site) + "\npath: ../" + name + "\n"
                    + (once(4) ? "" : "mesh: all\n")
                    + (once(2)
                            ? "controlPlane:\n  - {site: " + one(sites) + ", nodes: " + one(List.of(1, 3)) + "}\n"
                            : "")
                    + network()
                    + (once(3)
                            ? "distribution: {name: k0s, version: v1.33.4+k0s.0, createdAt: 2025-12-"
                                    + one(List.of("05", "20")) + "T09:00:00Z}\n"
                            : "")
                    + (once(2)
                            ? "nodePools:\n  - {name: w, site: " + site + ", nodes: " + one(List.of(1, 2, 4))
                                    + one(List.of("", ", max: 2", ", max: 6"))
                                    + ", allocatable: {cpu: 2, memory: 8Gi, pods: 110}}\n"
                            : "");
            files.put("premortem/" + name + ".yaml", declared("Cluster", name, spec));
        }
    }

    private String network() {
        return one(List.of(
                "",
                "network: {cni: cilium, version: 1.17.6, mode: vxlan, encryption: none, podMtu: 1450}\n",
                "network: {cni: cilium, version: 1.17.6, mode: vxlan, encryption: wireguard, deviceMtu: 1500}\n",
                "network: {cni: calico, mode: ipip, encryption: none, podMtu: 1480}\n",
                "network: {mode: native, encryption: none, deviceMtu: 1500}\n"));
    }

    private void hosted() {
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            String name = "h" + i;
            String spec = "site: " + one(sites) + "\nrunsOn: " + one(List.of("lxc", "vm", "metal")) + "\nreplicas: "
                    + one(List.of(1, 1, 2)) + "\nnetwork: host\n"
                    + (once(3) ? "host: m" + random.nextInt(2) + "\n" : "")
                    + (!targets.isEmpty() && once(2) ? "dependsOn:\n  - {to: " + one(targets) + "}\n" : "")
                    + (once(8) ? "state: [/var/lib/x]\n" : "");
            targets.add("hosted-service/" + name);
            files.put("premortem/" + name + ".yaml", declared("HostedService", name, spec));
        }
    }

    private void workloads() {
        int count = 1 + random.nextInt(4);
        List<String> services = new ArrayList<>();
        List<String> homes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            homes.add(one(clusters));
            services.add(homes.get(i) + "/apps/Service/w" + i);
        }
        targets.addAll(services);
        for (int i = 0; i < count; i++) {
            int me = i;
            // Any of them, later ones too: dependencies may form cycles.
            String needs = targets.stream()
                    .filter(target -> !target.equals(services.get(me)) && once(3))
                    .collect(Collectors.joining(", "));
            files.put(
                    homes.get(i) + "/w" + i + ".yaml",
                    workload(
                            "w" + i,
                            one(List.of("Deployment", "Deployment", "StatefulSet")),
                            one(List.of(1, 1, 2, 3)),
                            needs));
        }
    }

    private String workload(String name, String kind, int replicas, String needs) {
        String pods =
                "  selector: {matchLabels: {app: " + name + "}}\n  template:\n    metadata: {labels: {app: " + name
                        + "}}\n    spec:\n" + (once(6) ? "      hostNetwork: true\n" : "")
                        + "      containers:\n        - name: main\n          image: example.com/" + name
                        + ":1\n          resources: {requests: {cpu: " + one(List.of("100m", "900m", "1500m"))
                        + ", memory: 1Gi}}\n" + (once(4) ? volume(name) : "");
        return "apiVersion: apps/v1\nkind: " + kind + "\nmetadata:\n  name: " + name + "\n  namespace: apps\n"
                + (needs.isEmpty() ? "" : "  annotations: {premortem.dev/depends-on: \"" + needs + "\"}\n")
                + "spec:\n"
                + (kind.equals("DaemonSet") ? "" : "  replicas: " + replicas + "\n")
                + (kind.equals("StatefulSet") ? "  serviceName: " + name + "\n" : "")
                + pods + "---\napiVersion: v1\nkind: Service\nmetadata: {name: " + name
                + ", namespace: apps}\nspec: {selector: {app: " + name + "}, ports: [{port: 80}]}\n";
    }

    private String volume(String name) {
        return "          volumeMounts: [{name: data, mountPath: /data}]\n      volumes:\n        - name: data\n          "
                + one(List.of(
                        "emptyDir: {}", "hostPath: {path: /srv}", "persistentVolumeClaim: {claimName: " + name + "}"))
                + "\n";
    }

    private void products() {
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            String needs =
                    one(targets) + (once(3) ? ", " + one(targets) : "") + (i > 0 && once(4) ? ", product/p0" : "");
            files.put(
                    "premortem/p" + i + ".yaml",
                    declared("Product", "p" + i, "needs: [" + needs + "]\ntier: " + (1 + random.nextInt(3)) + "\n"));
        }
    }

    /** A product behind Traefik, whose certificates lie in a volatile or a lasting store, and a zone that names its address. */
    private void front() {
        String cluster = one(clusters);
        files.put(cluster + "/traefik.yaml", """
                apiVersion: helm.toolkit.fluxcd.io/v2
                kind: HelmRelease
                metadata: {name: traefik, namespace: ingress}
                spec:
                  chart: {spec: {chart: traefik, version: 10.6.1, sourceRef: {kind: HelmRepository, name: traefik}}}
                  values:
                    deployment: {replicas: 1}
                    additionalArguments:
                      - --certificatesresolvers.le.acme.email=a@example.com
                      - --certificatesresolvers.le.acme.storage=/data/acme.json
                      - --certificatesresolvers.le.acme.dnschallenge.provider=ovh
                    persistence: {enabled: %s, path: /data}
                """.formatted(one(List.of("true", "false"))));
        files.put(cluster + "/route.yaml", """
                apiVersion: traefik.containo.us/v1alpha1
                kind: IngressRoute
                metadata: {name: shop, namespace: apps}
                spec:
                  routes:
                    - kind: Rule
                      match: Host(`shop.example.com`)
                      services: [{name: web, port: 80}]
                  tls: {certResolver: le, domains: [{main: example.com, sans: ["*.example.com"]}]}
                """);
        files.put(cluster + "/web.yaml", workload("web", "Deployment", one(List.of(1, 2)), ""));
        files.put(
                "premortem/shop.yaml",
                declared(
                        "Product",
                        "shop",
                        "needs: [" + cluster
                                + "/apps/Service/web]\nurls: [https://shop.example.com]\nfrom: [internet]\n"));
        files.put(
                "premortem/zone.yaml",
                declared(
                        "DnsZone",
                        "example.com",
                        "origin: example.com\nmanagedBy: " + one(List.of("hand", "external-dns"))
                                + "\nrecords:\n  - {name: shop, type: A, ttl: 300, value: 203.0.113.7}\n"));
        observe(cluster, "Service", "address", "203.0.113.7");
        observe(cluster, "Deployment", "restarts", "10 per 7d");
    }

    private void observe(String cluster, String kind, String fact, String value) {
        files.put(
                "premortem/" + fact + ".yaml",
                declared(
                        "Observation",
                        fact,
                        "of: " + cluster + "/ingress/" + kind + "/traefik\nfact: " + fact + "\nvalue: " + value
                                + "\nat: 2026-11-24T11:00:00Z\n"));
    }
}
