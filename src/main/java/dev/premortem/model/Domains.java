package dev.premortem.model;

import dev.premortem.estate.Cluster;
import dev.premortem.estate.Node;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The nodes and zones that there are for the pods of one workload, where these are known. */
public final class Domains {
    private static final String HOST = "kubernetes.io/hostname";
    private static final List<String> ZONES =
            List.of("topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone");
    private static final List<String> BARRING = List.of("NoSchedule", "NoExecute");
    /** Taints that come and go with what happens to a node. */
    private static final String PASSING = "node.kubernetes.io/";

    private final Sketch sketch;
    private final Workload workload;
    private final List<Node> nodes;

    Domains(Sketch sketch, Workload workload) {
        this.sketch = sketch;
        this.workload = workload;
        this.nodes = sketch.estate().all(Node.class).stream()
                .filter(node -> node.cluster().equals(workload.cluster()))
                .toList();
    }

    /** How many nodes there are for a workload's pods, where that is known; of a pool that may grow the most that it may have. */
    public static Optional<Integer> nodes(Sketch sketch, Workload workload) {
        return new Domains(sketch, workload).count(HOST);
    }

    /** {@code node} or {@code zone}. */
    static String word(String topologyKey) {
        return topologyKey.equals(HOST) ? "node" : "zone";
    }

    /** How many domains of a kind take pods; empty where that is not known, or the pods are held to some nodes by a label. */
    Optional<Integer> count(String topologyKey) {
        if (topologyKey.equals(HOST)
                && pod().entries("nodeSelector").stream()
                        .anyMatch(entry -> entry.key().equals(HOST))) {
            return Optional.of(1);
        }
        if (chosen()) {
            return Optional.empty();
        }
        int taking = (int) domains(topologyKey).values().stream()
                .filter(count -> count > 0)
                .count();
        int known = topologyKey.equals(HOST) ? Math.max(pools(), taking) : taking;
        return known == 0 ? Optional.empty() : Optional.of(known);
    }

    /** How many nodes of each domain take the pods; empty where not all nodes are known, or the pods choose among them. */
    SortedMap<String, Integer> open(String topologyKey) {
        boolean affinity = pod().at("affinity.nodeAffinity").isPresent();
        return chosen() || affinity || pools() > nodes.size() ? Collections.emptySortedMap() : domains(topologyKey);
    }

    private SortedMap<String, Integer> domains(String topologyKey) {
        SortedMap<String, Integer> domains = new TreeMap<>();
        for (Node node : nodes) {
            Optional<String> domain = domain(node, topologyKey);
            if (domain.isEmpty()) {
                return Collections.emptySortedMap(); // one that does not say its zone may stand in any
            }
            domains.merge(domain.get(), taint(node).isEmpty() ? 1 : 0, Integer::sum);
        }
        return domains;
    }

    private static Optional<String> domain(Node node, String topologyKey) {
        return topologyKey.equals(HOST)
                ? Optional.of(node.name())
                : ZONES.contains(topologyKey)
                        ? ZONES.stream()
                                .filter(node.labels()::containsKey)
                                .map(key -> node.labels().getOrDefault(key, ""))
                                .findFirst()
                        : Optional.empty();
    }

    /** What says that a node takes none of the pods, node by node. */
    List<Evidence> shut() {
        List<Evidence> shut = new ArrayList<>();
        for (Node node : nodes) {
            taint(node)
                    .ifPresent(taint -> shut.add(new Evidence(
                            "node " + node.name() + " takes none of them: "
                                    + taint.text("key").map(Fact::value).orElse(""),
                            taint.place())));
        }
        return shut;
    }

    /** A taint that stays and that the pods do not tolerate. */
    private Optional<Tree> taint(Node node) {
        return sketch.estate().object(node.reference()).stream()
                .flatMap(object -> object.tree().items("spec.taints").stream())
                .filter(taint -> BARRING.contains(text(taint, "effect"))
                        && !text(taint, "key").startsWith(PASSING))
                .filter(taint -> pod().items("tolerations").stream().noneMatch(one -> tolerates(one, taint)))
                .findFirst();
    }

    private static boolean tolerates(Tree toleration, Tree taint) {
        String key = text(toleration, "key");
        String effect = text(toleration, "effect");
        boolean exists = text(toleration, "operator").equals("Exists");
        return (effect.isEmpty() || effect.equals(text(taint, "effect")))
                && (key.isEmpty() ? exists : key.equals(text(taint, "key")))
                && (exists || text(toleration, "value").equals(text(taint, "value")));
    }

    private static String text(Tree tree, String path) {
        return tree.text(path).map(Fact::value).orElse("");
    }

    private Tree pod() {
        return workload.tree().at("spec.template.spec").orElse(workload.tree());
    }

    private boolean chosen() {
        return !pod().entries("nodeSelector").isEmpty();
    }

    private int pools() {
        return Optional.ofNullable(sketch.ground().clusters().get(workload.cluster())).stream()
                .flatMap(cluster -> cluster.nodePools().stream())
                .mapToInt(Domains::most)
                .sum();
    }

    private static int most(Cluster.NodePool pool) {
        return pool.max().map(Fact::value).orElse(pool.nodes().value());
    }
}
