package dev.premortem.source.declared;

import static dev.premortem.source.Readings.at;
import static dev.premortem.source.Readings.problems;
import static dev.premortem.source.Readings.thing;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.estate.Cluster;
import dev.premortem.estate.Dependency;
import dev.premortem.estate.HostedService;
import dev.premortem.estate.Link;
import dev.premortem.estate.Network;
import dev.premortem.estate.Product;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Workload;
import dev.premortem.estate.Zone;
import dev.premortem.source.Reading;
import dev.premortem.source.Readings;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeclaredKindsTest {
    private static final String SITES = """
            apiVersion: premortem.dev/v1
            kind: Site
            metadata: {name: toronto}
            spec: {zone: tor-1, causes: [power]}
            ---
            apiVersion: premortem.dev/v1
            kind: Site
            metadata: {name: montreal}
            """;

    private static String document(String kind, String name, String spec) {
        return "apiVersion: premortem.dev/v1\nkind: " + kind + "\nmetadata: {name: " + name + "}\nspec:\n"
                + spec.indent(2);
    }

    @Test
    void readsALinkWithEveryFactsPlace() {
        Reading reading = Readings.of(
                "s.yaml",
                SITES,
                "l.yaml",
                document(
                        "Link",
                        "primary",
                        "between: [toronto, montreal]\nmtu: 1500\npreference: 10\npmtud: blocked\nmssClamp: 1360\n"
                                + "convergence: 5s\noversize: dropped\nprobe: {from: 192.0.2.1, to: 192.0.2.2}\n"
                                + "failure: {mtbf: 180d, mttr: 4h}\n"));
        assertEquals(List.of(), problems(reading));
        Link link = thing(reading.estate(), Link.class, "link/primary");
        assertEquals(1500, link.mtuBytes().value());
        assertEquals("l.yaml:6 spec.mtu", at(link.mtuBytes().provenance()));
        assertEquals(Link.Pmtud.BLOCKED, link.pmtud().value());
        assertEquals(1360, link.mssClampBytes().orElseThrow().value());
        assertEquals("PT4H", link.failure().repair().orElseThrow().value().toString());
    }

    @Test
    void assumesWhatALinkDoesNotSay() {
        Reading reading = Readings.of(
                "s.yaml", SITES, "l.yaml", document("Link", "l", "between: [toronto, montreal]\nmtu: 1400\n"));
        Link link = thing(reading.estate(), Link.class, "link/l");
        assertEquals(100, link.preference().value());
        assertTrue(!link.preference().known()
                && !link.pmtud().known()
                && !link.oversize().known());
    }

    @Test
    void saysWhatIsWrongWithALink() {
        Reading reading = Readings.of(
                "s.yaml",
                SITES,
                "l.yaml",
                document("Link", "a", "between: [toronto, montreal]\nmtu: -5\nmssClam: 3\n") + "---\n"
                        + document("Link", "b", "between: [toronto, montral]\nmtu: 1500\n"));
        List<String> problems = problems(reading);
        assertEquals(3, problems.size());
        assertTrue(problems.get(0).startsWith("l.yaml:6: spec.mtu: \"-5\"; expected a whole number"), problems.get(0));
        assertTrue(problems.get(1).contains("spec.mssClam") && problems.get(1).contains("you meant mssClamp"));
        assertTrue(
                problems.get(2).startsWith("l.yaml:13: spec.between[1]: no Site is called \"montral\""),
                problems.get(2));
        assertTrue(problems.get(2).contains("you meant montreal"));
        assertEquals(List.of(), reading.estate().all(Link.class));
    }

    @Test
    void readsAClusterWithItsPools() {
        Reading reading = Readings.of(
                "s.yaml",
                SITES,
                "c/c.yaml",
                document(
                        "Cluster",
                        "main",
                        "sites: [toronto, montreal]\nmesh: m\ncontrolPlane: [{site: toronto, nodes: 3}]\n"
                                + "distribution: {name: K0s, version: v1.34.1+k0s.0, createdAt: 2025-02-24T10:11:12Z,\n"
                                + "  upgrades: [{version: v1.33.0, at: 2025-06-01T00:00:00Z}],\n"
                                + "  controllerRestarts: [2025-05-01T10:00:00Z, 2025-09-01T10:00:00+02:00]}\n"
                                + "network: {cni: Cilium, mode: vxlan, encryption: wireguard, podMtu: 1450, ipFamily: ipv4}\n"
                                + "nodePools: [{name: big, site: toronto, nodes: 3, max: 5, startup: 5m, spot: true,\n"
                                + "  allocatable: {cpu: 3900m, memory: 14Gi, pods: 110}}]\n"
                                + "loadBalancer: {provider: metallb, provisioning: 10s, keepsAddress: false}\n"));
        assertEquals(List.of(), problems(reading));
        Cluster cluster = thing(reading.estate(), Cluster.class, "cluster/main");
        assertEquals("k0s", cluster.distribution().orElseThrow().name().value());
        assertEquals(
                "2025-09-01T08:00:00Z",
                cluster.controllerRestarts().get(1).value().toString());
        assertEquals(
                Network.Encryption.WIREGUARD,
                cluster.network().encryption().orElseThrow().value());
        assertEquals(
                14L << 30,
                cluster.nodePools().getFirst().memoryBytes().orElseThrow().value());
        assertEquals(
                3900, cluster.nodePools().getFirst().cpuMillis().orElseThrow().value());
    }

    @Test
    void givesObjectsToTheDeepestClusterThatClaimsTheirFolder() {
        String pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: []}\n";
        Reading reading = Readings.of(
                "s.yaml",
                SITES,
                "premortem/c.yaml",
                document("Cluster", "main", "site: toronto\npath: ../clusters/main\n") + "---\n"
                        + document("Cluster", "edge", "site: montreal\npath: clusters/edge\n"),
                "clusters/main/p.yaml",
                pod,
                "clusters/edge/p.yaml",
                pod);
        assertEquals(
                List.of("edge/default/Pod/p", "main/default/Pod/p"),
                reading.estate().all(Workload.class).stream()
                        .map(thing -> thing.reference().text())
                        .toList());
    }

    @Test
    void letsOneClusterOwnTheWholeTree() {
        String pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: []}\n";
        Reading one = Readings.of(
                "s.yaml", SITES, "premortem/c.yaml", document("Cluster", "main", "site: toronto\n"), "x/p.yaml", pod);
        assertEquals(
                "main/default/Pod/p",
                one.estate().all(Workload.class).getFirst().reference().text());
        Reading none = Readings.of("x/p.yaml", pod);
        assertEquals(
                "default/default/Pod/p",
                none.estate().all(Workload.class).getFirst().reference().text());
        assertTrue(!thing(none.estate(), Cluster.class, "cluster/default").declared());
    }

    @Test
    void readsHostedServicesAndProducts() {
        Reading reading = Readings.of(
                "s.yaml",
                SITES,
                "h.yaml",
                document(
                        "HostedService",
                        "auth",
                        "site: toronto\nrunsOn: lxc\nnetwork: host\ndependsOn: [hosted-service/db]\n"),
                "p.yaml",
                document(
                        "Product",
                        "search",
                        "needs:\n- main/shop/Deployment/cart\n- {to: hosted-service/auth, network: pod, optional: true, timeout: 3s, when: start}\n"
                                + "urls: [https://shop.example.com/x]\ntier: 1\nfrom: [internet, toronto]\n"));
        assertEquals(List.of(), problems(reading));
        HostedService auth = thing(reading.estate(), HostedService.class, "hosted-service/auth");
        assertEquals(Dependency.Crossing.HOST, auth.network().orElseThrow().value());
        assertTrue(!auth.replicas().known());
        Product search = thing(reading.estate(), Product.class, "product/search");
        Dependency second = search.needs().get(1);
        assertEquals(new Reference("hosted-service/auth"), second.to());
        assertTrue(second.optional());
        assertEquals(Dependency.When.START, second.when());
        assertEquals("p.yaml", second.place().file());
    }

    @Test
    void readsZonesObservationsAndAssumptions() {
        Reading reading = Readings.of(
                "z.yaml",
                        document(
                                "DnsZone",
                                "example.com",
                                "managedBy: hand\nrecords:\n- {name: www, type: A, ttl: 1h, value: {loadBalancer: main/in/Service/t}}\n- {name: x, type: CNAME, ttl: 60, value: www}\n"),
                "o.yaml",
                        "apiVersion: premortem.dev/v1\nkind: Observation\nmetadata: {name: o}\nspec: {of: link/a, fact: mtuBytes, value: 1400, at: 2026-01-01T00:00:00Z, validFor: 30d}\n",
                "a.yaml",
                        document(
                                "Assumptions",
                                "a",
                                "set: [{of: link/a, fact: mttr, value: 4h, because: contract}]\ndefaults: {link: {repair: 4h}, pod.start: 30s}\n"));
        assertEquals(List.of(), problems(reading));
        Zone zone = thing(reading.estate(), Zone.class, "zone/example.com");
        assertEquals(3600, zone.records().getFirst().ttlSeconds().orElseThrow().value());
        assertEquals(
                new Reference("main/in/Service/t"),
                zone.records().getFirst().copiedFrom().orElseThrow().value());
        assertEquals(
                "1400",
                reading.estate()
                        .observations(new Reference("link/a"), "mtuBytes")
                        .getFirst()
                        .value()
                        .text()
                        .orElseThrow()
                        .value());
        assertEquals(
                "PT4H",
                reading.estate()
                        .override(new Reference("link/a"), "repair")
                        .orElseThrow()
                        .value());
        assertEquals(
                List.of("link.repair", "pod.start"),
                List.copyOf(reading.estate().defaults().keySet()));
    }

    @Test
    void namesTheNearestKind() {
        Reading reading = Readings.of("a.yaml", document("Sit", "a", "zone: x\n"));
        assertTrue(
                problems(reading).getFirst().contains("you meant Site"),
                problems(reading).getFirst());
    }

    @Test
    void saysWhatIsMissing() {
        Reading reading = Readings.of(
                "a.yaml", document("Cluster", "a", "mesh: x\n") + "---\n" + document("Product", "p", "tier: 4\n"));
        List<String> problems = problems(reading);
        assertTrue(
                problems.stream().anyMatch(line -> line.startsWith("a.yaml:5: spec.site: is missing")),
                problems.toString());
        assertTrue(problems.stream().anyMatch(line -> line.contains("spec.needs: is missing")), problems.toString());
        assertTrue(
                problems.stream().anyMatch(line -> line.contains("spec.tier: \"4\"; expected 1, 2 or 3")),
                problems.toString());
    }

    @Test
    void aDefaultThatNobodyReadsIsAProblem() {
        Reading reading = Readings.of(
                "a.yaml",
                document("Assumptions", "ours", "defaults: {link.repairs: 4h, pod.start: soon, node.repair: 2h}\n"));
        assertEquals(
                List.of("node.repair"), List.copyOf(reading.estate().defaults().keySet()));
        assertEquals(2, problems(reading).size());
        assertTrue(
                problems(reading).getFirst().contains("no default is called link.repairs"),
                problems(reading).toString());
        assertTrue(
                problems(reading).getFirst().contains("it is called link.repair"),
                problems(reading).toString());
        assertTrue(
                problems(reading).getLast().contains("\"soon\""),
                problems(reading).toString());
    }
}
