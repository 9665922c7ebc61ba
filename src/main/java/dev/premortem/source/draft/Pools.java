package dev.premortem.source.draft;

import dev.premortem.estate.Node;
import dev.premortem.fact.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the Node objects of a cluster say: zones, control-plane nodes, and pools of nodes that are alike. */
final class Pools {
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final List<String> POOL_LABELS = List.of(
            "cloud.google.com/gke-nodepool",
            "eks.amazonaws.com/nodegroup",
            "kubernetes.azure.com/agentpool",
            "agentpool",
            "karpenter.sh/nodepool",
            "doks.digitalocean.com/node-pool",
            "k8s.scaleway.com/pool-name",
            "node.kubernetes.io/instance-type");
    private static final long MIB = 1L << 20;

    private final List<Node> nodes;

    Pools(List<Node> nodes) {
        this.nodes = nodes;
    }

    boolean none() {
        return nodes.isEmpty();
    }

    static Optional<String> zone(Node node) {
        return Optional.ofNullable(node.labels().get(ZONE)).filter(zone -> !zone.isBlank());
    }

    private static boolean plane(Node node) {
        return node.labels().containsKey("node-role.kubernetes.io/control-plane")
                || node.labels().containsKey("node-role.kubernetes.io/master");
    }

    /** Control-plane nodes by zone; those without a zone under the empty name. */
    Map<String, Integer> planes() {
        Map<String, Integer> count = new TreeMap<>();
        nodes.stream()
                .filter(Pools::plane)
                .forEach(node -> count.merge(zone(node).orElse(""), 1, Integer::sum));
        return count;
    }

    /**
     * Nodes that are alike.
     *
     * @param zone empty where the nodes have none
     */
    record Pool(String name, String zone, int nodes, Optional<Long> cpuMillis, Optional<Long> memoryBytes) {
        /** As an item of a list. */
        String item(Optional<String> site) {
            StringBuilder out = new StringBuilder("{name: ").append(Scalar.of(name));
            site.ifPresent(where -> out.append(", site: ").append(Scalar.of(where)));
            out.append(", nodes: ").append(nodes);
            if (cpuMillis.isPresent() && memoryBytes.isPresent()) {
                out.append(", allocatable: {cpu: ")
                        .append(cpuMillis.get())
                        .append("m, memory: ")
                        .append(memoryBytes.get() / MIB)
                        .append("Mi}");
            }
            return out.append('}').toString();
        }
    }

    /** Pools of workers, the largest first; where there are none, control-plane nodes run everything and are a pool. */
    List<Pool> pools() {
        List<Node> workers = nodes.stream().filter(node -> !plane(node)).toList();
        Map<String, List<Node>> alike = new TreeMap<>();
        for (Node node : workers.isEmpty() ? nodes : workers) {
            alike.computeIfAbsent(
                            label(node) + "\n" + zone(node).orElse("") + "\n" + size(node), key -> new ArrayList<>())
                    .add(node);
        }
        Map<String, Integer> taken = new TreeMap<>();
        List<Pool> pools = new ArrayList<>();
        alike.values().stream()
                .sorted((one, other) -> Integer.compare(other.size(), one.size()))
                .forEach(group -> {
                    Node first = group.getFirst();
                    String label = label(first);
                    int count = taken.merge(label, 1, Integer::sum);
                    pools.add(new Pool(
                            count == 1 ? label : label + "-" + count,
                            zone(first).orElse(""),
                            group.size(),
                            first.cpuMillis().map(Fact::value),
                            first.memoryBytes().map(Fact::value)));
                });
        return pools;
    }

    /** Sizes within 256 MiB are one: what a kernel keeps for itself differs a little from node to node. */
    private static String size(Node node) {
        return node.cpuMillis().map(Fact::value).orElse(0L) + " "
                + node.memoryBytes().map(Fact::value).orElse(0L) / (256 * MIB);
    }

    private static String label(Node node) {
        for (String label : POOL_LABELS) {
            String value = node.labels().getOrDefault(label, "");
            if (!Scalar.name(value).isEmpty()) {
                return Scalar.name(value);
            }
        }
        return "workers";
    }
}
