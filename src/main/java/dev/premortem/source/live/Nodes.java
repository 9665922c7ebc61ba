package dev.premortem.source.live;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Sighting;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the nodes of a cluster say of it: sites by zone, control plane, node pools, and what is wrong with one now. */
final class Nodes {
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final List<String> CONTROL =
            List.of("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master");
    /** Labels by which providers and autoscalers name a pool, each from its provider's documentation. */
    private static final List<String> POOLS = List.of(
            "cloud.google.com/gke-nodepool",
            "eks.amazonaws.com/nodegroup",
            "kubernetes.azure.com/agentpool",
            "karpenter.sh/nodepool",
            "doks.digitalocean.com/node-pool",
            "k8s.scaleway.com/pool-name",
            "alpha.eksctl.io/nodegroup-name");

    private final String cluster;
    private final Sighting where;
    private final List<Tree> nodes;
    private final Names names;

    Nodes(String cluster, Instant now, List<Tree> nodes, Names names) {
        this.cluster = cluster;
        this.where = new Sighting(now, cluster);
        this.nodes = nodes;
        this.names = names;
    }

    private static Optional<String> label(Tree node, String key) {
        return node.at("metadata.labels")
                .filter(Tree.Mapping.class::isInstance)
                .map(Tree.Mapping.class::cast)
                .flatMap(labels -> labels.get(key))
                .flatMap(Tree::text)
                .map(Fact::value);
    }

    /** The declared site of a node; its zone where no site is declared at all. */
    private Optional<String> site(Tree node) {
        return names.anySite() ? names.site(node) : label(node, ZONE).filter(text -> !text.isBlank());
    }

    private static boolean controls(Tree node) {
        return CONTROL.stream().anyMatch(key -> label(node, key).isPresent());
    }

    /** A control-plane node that takes no ordinary pods. */
    private static boolean closed(Tree node) {
        boolean tainted = node.items("spec.taints").stream()
                .anyMatch(taint -> taint.text("key").map(Fact::value).stream().anyMatch(CONTROL::contains));
        return tainted
                || node.text("spec.unschedulable")
                        .filter(text -> text.value().equals("true"))
                        .isPresent();
    }

    /** Addresses at which kubelets answer, by node. */
    SortedMap<String, String> addresses() {
        SortedMap<String, String> addresses = new TreeMap<>();
        for (Tree node : nodes) {
            for (Tree address : node.items("status.addresses")) {
                if (address.text("type")
                        .filter(type -> type.value().equals("InternalIP"))
                        .isPresent()) {
                    node.text("metadata.name")
                            .ifPresent(name -> address.text("address")
                                    .ifPresent(at -> addresses.putIfAbsent(name.value(), at.value())));
                }
            }
        }
        return addresses;
    }

    /** Ages, and conditions that are not as they should be. */
    List<Seen> observations() {
        List<Seen> seen = new ArrayList<>();
        for (Tree node : nodes) {
            Optional<String> name = node.text("metadata.name").map(Fact::value);
            if (name.isEmpty()) {
                continue;
            }
            String reference = cluster + "/Node/" + name.get();
            Sighting at = new Sighting(where.at(), reference);
            node.text("metadata.creationTimestamp")
                    .ifPresent(created -> seen.add(observation(at, "createdAt", created.value())));
            for (Tree condition : node.items("status.conditions")) {
                String type = condition.text("type").map(Fact::value).orElse("");
                String status = condition.text("status").map(Fact::value).orElse("");
                if (!status.equals(type.equals("Ready") ? "True" : "False")) {
                    String since = condition
                            .text("lastTransitionTime")
                            .map(time -> " since " + time.value())
                            .orElse("");
                    seen.add(observation(at, "condition:" + type, status + since));
                }
            }
        }
        return seen;
    }

    private Seen observation(Sighting at, String fact, String value) {
        return Seen.observation(
                cluster, at, at.in(), fact, Seen.text(at, "status", value), "the nodes of cluster " + cluster);
    }

    /** The zones as sites, where every node has one and no site is declared. */
    List<Seen> sites() {
        List<Seen> sites = new ArrayList<>();
        for (String zone : names.anySite() ? List.<String>of() : zones()) {
            Sighting at = new Sighting(where.at(), zone);
            sites.add(new Seen(
                    Seen.mapping(
                            at,
                            "",
                            List.of(
                                    Seen.entry(at, "apiVersion", "apiVersion", "premortem.dev/v1"),
                                    Seen.entry(at, "kind", "kind", "Site"),
                                    nested(at, "metadata", List.of(Seen.entry(at, "metadata.name", "name", zone))),
                                    nested(at, "spec", List.of(Seen.entry(at, "spec.zone", "zone", zone))))),
                    cluster));
        }
        return sites;
    }

    private TreeSet<String> zones() {
        TreeSet<String> zones = new TreeSet<>();
        nodes.forEach(node -> site(node).ifPresent(zones::add));
        return nodes.stream().allMatch(node -> site(node).isPresent()) ? zones : new TreeSet<>();
    }

    private static Tree.Entry nested(Sighting at, String key, List<Tree.Entry> entries) {
        return new Tree.Entry(key, at.place(key), Seen.mapping(at, key, entries));
    }

    /** The cluster as a document of ours: context, sites, control plane, distribution, node pools. */
    Seen cluster(Optional<String> version, String context) {
        boolean zoned = !zones().isEmpty();
        List<Tree.Entry> spec = new ArrayList<>();
        spec.add(Seen.entry(where, "spec.context", "context", context));
        spec.add(new Tree.Entry(
                "sites",
                where.place("spec.sites"),
                new Tree.Sequence(
                        where.place("spec.sites"),
                        zones().stream()
                                .map(zone -> Seen.text(where, "spec.sites", zone))
                                .toList())));
        if (zoned) {
            list("controlPlane", members(), spec);
        }
        version.ifPresent(found -> Distribution.of(found, nodes)
                .ifPresent(name -> spec.add(nested(
                        where,
                        "distribution",
                        List.of(
                                Seen.entry(where, "distribution.name", "name", name),
                                Seen.entry(where, "distribution.version", "version", found))))));
        list("nodePools", pools(zoned), spec);
        return new Seen(
                Seen.mapping(
                        where,
                        "",
                        List.of(
                                Seen.entry(where, "apiVersion", "apiVersion", "premortem.dev/v1"),
                                Seen.entry(where, "kind", "kind", "Cluster"),
                                nested(where, "metadata", List.of(Seen.entry(where, "metadata.name", "name", cluster))),
                                nested(where, "spec", spec))),
                cluster);
    }

    private void list(String key, List<Tree> items, List<Tree.Entry> spec) {
        if (!items.isEmpty()) {
            spec.add(new Tree.Entry(key, where.place(key), new Tree.Sequence(where.place(key), items)));
        }
    }

    private List<Tree> members() {
        SortedMap<String, Integer> members = new TreeMap<>();
        nodes.stream()
                .filter(Nodes::controls)
                .forEach(node -> site(node).ifPresent(zone -> members.merge(zone, 1, Integer::sum)));
        List<Tree> found = new ArrayList<>();
        members.forEach((zone, count) -> found.add(Seen.mapping(
                where,
                "controlPlane",
                List.of(
                        Seen.entry(where, "controlPlane.site", "site", zone),
                        Seen.entry(where, "controlPlane.nodes", "nodes", count.toString())))));
        return found;
    }

    /** One pool for what providers call one, in one zone. */
    private List<Tree> pools(boolean zoned) {
        SortedMap<String, List<Tree>> pools = new TreeMap<>();
        for (Tree node : nodes) {
            if (!closed(node)) {
                String pool = POOLS.stream()
                        .flatMap(key -> label(node, key).stream())
                        .findFirst()
                        .orElse("nodes");
                pools.computeIfAbsent(pool + (zoned ? "\n" + site(node).orElse("") : ""), key -> new ArrayList<>())
                        .add(node);
            }
        }
        List<Tree> found = new ArrayList<>();
        pools.forEach((key, members) -> found.add(pool(key, members)));
        return found;
    }

    private Tree pool(String key, List<Tree> members) {
        List<Tree.Entry> entries = new ArrayList<>();
        entries.add(Seen.entry(where, "nodePools.name", "name", key.replace('\n', '-')));
        if (key.contains("\n")) {
            entries.add(Seen.entry(where, "nodePools.site", "site", key.substring(key.indexOf('\n') + 1)));
        }
        entries.add(Seen.entry(where, "nodePools.nodes", "nodes", Integer.toString(members.size())));
        List<Tree.Entry> room = new ArrayList<>();
        least(members, "cpu", true)
                .ifPresent(cpu -> room.add(Seen.entry(where, "nodePools.allocatable.cpu", "cpu", cpu + "m")));
        least(members, "memory", false)
                .ifPresent(bytes ->
                        room.add(Seen.entry(where, "nodePools.allocatable.memory", "memory", bytes.toString())));
        least(members, "pods", false)
                .ifPresent(pods -> room.add(Seen.entry(where, "nodePools.allocatable.pods", "pods", pods.toString())));
        if (!room.isEmpty()) {
            entries.add(new Tree.Entry(
                    "allocatable",
                    where.place("nodePools.allocatable"),
                    Seen.mapping(where, "nodePools.allocatable", room)));
        }
        return Seen.mapping(where, "nodePools", entries);
    }

    private static Optional<Long> least(List<Tree> members, String resource, boolean thousandths) {
        return members.stream()
                .flatMap(node -> node.text("status.allocatable." + resource).stream())
                .flatMap(text -> (thousandths ? Values.thousandths(text.value()) : Values.whole(text.value())).stream())
                .min(Long::compare);
    }
}
