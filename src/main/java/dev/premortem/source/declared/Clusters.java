package dev.premortem.source.declared;

import dev.premortem.estate.Cluster;
import dev.premortem.estate.Network;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Fields;
import dev.premortem.source.text.Harvest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code Cluster} documents. */
public final class Clusters {
    /**
     * A declared cluster, and what in it names files.
     *
     * @param paths folders whose objects belong to it, as written; empty for the document's own
     * @param certificates PEM files, folders of them, or kubeconfigs, as written
     */
    public record Found(Cluster cluster, List<Fact<String>> paths, List<Fact<String>> certificates) {}

    private final Harvest harvest;

    public Clusters(Harvest harvest) {
        this.harvest = harvest;
    }

    /** The cluster of a document; empty where it has no name. */
    public Optional<Found> read(Tree tree) {
        DeclaredKinds kinds = new DeclaredKinds(harvest);
        DeclaredKinds.Named named = kinds.named(tree);
        Fields spec = kinds.spec(tree);
        spec.allow(
                "site",
                "sites",
                "path",
                "paths",
                "context",
                "controlPlane",
                "distribution",
                "certificates",
                "network",
                "nodePools",
                "loadBalancer",
                "mesh");
        List<Fact<String>> sites = new ArrayList<>(spec.texts("site"));
        sites.addAll(spec.texts("sites"));
        if (spec.get("site").isEmpty() && spec.get("sites").isEmpty()) {
            spec.lacks("site", "the name of a Site");
        }
        List<Fact<String>> paths = new ArrayList<>(spec.texts("path"));
        paths.addAll(spec.texts("paths"));
        Optional<Fields> distribution = spec.below("distribution");
        List<Fact<String>> certificates = spec.texts("certificates");
        return named.name()
                .map(name -> new Found(
                        new Cluster(
                                name,
                                named.place(),
                                true,
                                List.copyOf(sites),
                                members(spec),
                                distribution.flatMap(this::distribution),
                                distribution
                                        .map(found -> found.instants("controllerRestarts"))
                                        .orElse(List.of()),
                                distribution
                                        .map(found -> found.instants("kubeletRestarts"))
                                        .orElse(List.of()),
                                spec.below("network").map(Clusters::network).orElse(Network.UNKNOWN),
                                pools(spec),
                                spec.below("loadBalancer")
                                        .map(Clusters::balancing)
                                        .orElse(Cluster.LoadBalancing.UNKNOWN),
                                spec.text("mesh"),
                                spec.text("context")),
                        List.copyOf(paths),
                        certificates));
    }

    private static List<Cluster.Member> members(Fields spec) {
        List<Cluster.Member> members = new ArrayList<>();
        for (Fields item : spec.each("controlPlane")) {
            item.allow("site", "nodes");
            Optional<Fact<String>> site = item.text("site");
            if (site.isEmpty()) {
                item.lacks("site", "the name of a Site");
            }
            Optional<Fact<Integer>> nodes = item.integer("nodes", 0);
            site.ifPresent(found -> members.add(new Cluster.Member(
                    found, nodes.orElseGet(() -> Places.assumed(1, "control-plane.nodes", "one where not declared")))));
        }
        return List.copyOf(members);
    }

    private Optional<Cluster.Distribution> distribution(Fields fields) {
        fields.allow("name", "version", "createdAt", "upgrades", "controllerRestarts", "kubeletRestarts");
        Optional<Fact<String>> name = fields.text("name");
        if (name.isEmpty()) {
            fields.lacks("name", "a distribution such as k0s, kubeadm, k3s");
        }
        List<Cluster.Upgrade> upgrades = new ArrayList<>();
        for (Fields item : fields.each("upgrades")) {
            item.allow("version", "at");
            Optional<Fact<String>> version = item.text("version");
            Optional<Fact<Instant>> at = item.instant("at");
            if (version.isEmpty() || item.get("at").isEmpty()) {
                item.lacks(version.isEmpty() ? "version" : "at", "the version and the instant of an upgrade");
            }
            if (version.isPresent() && at.isPresent()) {
                upgrades.add(new Cluster.Upgrade(version.get(), at.get()));
            }
        }
        return name.map(found -> new Cluster.Distribution(
                found.map(text -> text.toLowerCase(java.util.Locale.ROOT)),
                fields.text("version"),
                fields.instant("createdAt"),
                List.copyOf(upgrades)));
    }

    private static Network network(Fields fields) {
        fields.allow("cni", "version", "mode", "encryption", "podMtu", "deviceMtu", "ipFamily");
        return new Network(
                fields.text("cni").map(cni -> cni.map(text -> text.toLowerCase(java.util.Locale.ROOT))),
                fields.text("version"),
                fields.choice("mode", Network.Mode.class),
                fields.choice("encryption", Network.Encryption.class),
                fields.integer("podMtu", 68),
                fields.integer("deviceMtu", 68),
                Optional.empty(),
                fields.text("ipFamily")
                        .map(family -> family.map(text -> text.toLowerCase(java.util.Locale.ROOT)
                                .replace("-", "")
                                .startsWith("ipv6"))),
                Optional.empty());
    }

    private static List<Cluster.NodePool> pools(Fields spec) {
        List<Cluster.NodePool> pools = new ArrayList<>();
        for (Fields item : spec.each("nodePools")) {
            item.allow("name", "site", "nodes", "min", "max", "allocatable", "startup", "spot");
            Optional<Fact<String>> name = item.text("name");
            if (name.isEmpty()) {
                item.lacks("name", "a name");
                continue;
            }
            Optional<Fields> allocatable = item.below("allocatable");
            allocatable.ifPresent(found -> found.allow("cpu", "memory", "pods"));
            Optional<Fact<Integer>> min = item.integer("min", 0);
            Optional<Fact<Integer>> nodes = item.integer("nodes", 0).or(() -> min);
            pools.add(new Cluster.NodePool(
                    name.get().value(),
                    item.place(),
                    item.text("site"),
                    nodes.orElseGet(() -> Places.assumed(1, "node-pool.nodes", "one where not declared")),
                    min,
                    item.integer("max", 0),
                    allocatable.flatMap(found -> found.thousandths("cpu")),
                    allocatable.flatMap(found -> found.whole("memory")),
                    allocatable.flatMap(found -> found.integer("pods", 0)),
                    item.duration("startup"),
                    item.flag("spot")));
        }
        return List.copyOf(pools);
    }

    private static Cluster.LoadBalancing balancing(Fields fields) {
        fields.allow("provider", "provisioning", "keepsAddress");
        return new Cluster.LoadBalancing(
                fields.text("provider"), fields.duration("provisioning"), fields.flag("keepsAddress"));
    }

    /** A cluster that nobody declares; {@code default} stands for a whole tree in which none is declared. */
    public static Cluster undeclared(String name, Declared place) {
        return new Cluster(
                name,
                place,
                false,
                List.of(),
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                Network.UNKNOWN,
                List.of(),
                Cluster.LoadBalancing.UNKNOWN,
                Optional.empty(),
                Optional.empty());
    }
}
