package dev.premortem.model;

import dev.premortem.estate.Cluster;
import dev.premortem.estate.Node;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Remedy;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A rule that keeps the pods of a workload on different nodes or in different zones, and does not start a pod where that cannot be.
 *
 * @param term the rule: one term of the required anti-affinity
 * @param places how many nodes or zones there are for the pods
 * @param zones true where zones are counted, false for nodes
 */
public record KeptApart(Tree term, int places, boolean zones) {
    /** Where some pods have no place even while nothing moves. */
    public static final Remedy ROOM = Remedy.proposed(
            "give every pod a place: no more pods than nodes or zones",
            List.of(),
            List.of(
                    "lower replicas, or add nodes",
                    "or ask for the spread by preference: preferredDuringSchedulingIgnoredDuringExecution"));

    private static final String REQUIRED =
            "spec.template.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution";
    private static final String HOST = "kubernetes.io/hostname";
    private static final List<String> ZONES =
            List.of("topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone");
    /** Labels that differ from one version of a workload to the next. */
    private static final List<String> OF_VERSION = List.of("pod-template-hash", "controller-revision-hash");

    /** The rule that leaves the fewest places; empty where there is none, or the places are not known. */
    public static Optional<KeptApart> of(Sketch sketch, Workload workload) {
        return workload.tree().items(REQUIRED).stream()
                .filter(term -> term.at("labelSelector")
                        .filter(selector -> Labels.select(selector, workload.podLabels()))
                        .isPresent())
                .flatMap(term -> places(sketch, workload, term).stream())
                .min(Comparator.comparingInt(KeptApart::places));
    }

    private static Optional<KeptApart> places(Sketch sketch, Workload workload, Tree term) {
        String key = term.text("topologyKey").map(Fact::value).orElse("");
        return key.equals(HOST)
                ? nodes(sketch, workload).map(count -> new KeptApart(term, count, false))
                : ZONES.contains(key)
                        ? zones(sketch, workload).map(count -> new KeptApart(term, count, true))
                        : Optional.empty();
    }

    /** How many of a workload's pods find a place. */
    public int placed(Workload workload) {
        return Math.min(places, workload.replicas().value());
    }

    /** True where pods of an old and of a new version may stand together: the rule holds within a version. */
    public boolean withinVersion() {
        return term.items("matchLabelKeys").stream()
                .flatMap(key -> key.text().stream())
                .anyMatch(key -> OF_VERSION.contains(key.value()));
    }

    /** {@code all 3 nodes}, {@code the only zone}. */
    public String all() {
        String word = zones ? "zone" : "node";
        return places == 1 ? "the only " + word : "all " + places + " " + word + "s";
    }

    /** {@code a node}, {@code a zone}. */
    public String one() {
        return zones ? "a zone" : "a node";
    }

    /** How many nodes there are for a workload's pods, where that is known; of a pool that may grow the most that it may have. */
    public static Optional<Integer> nodes(Sketch sketch, Workload workload) {
        List<Tree.Entry> selector = workload.tree().entries("spec.template.spec.nodeSelector");
        if (selector.stream().anyMatch(entry -> entry.key().equals(HOST))) {
            return Optional.of(1);
        }
        if (!selector.isEmpty()) {
            return Optional.empty();
        }
        int pools = Optional.ofNullable(sketch.ground().clusters().get(workload.cluster())).stream()
                .flatMap(cluster -> cluster.nodePools().stream())
                .mapToInt(KeptApart::most)
                .sum();
        int known = Math.max(pools, objects(sketch, workload).size());
        return known == 0 ? Optional.empty() : Optional.of(known);
    }

    private static int most(Cluster.NodePool pool) {
        return pool.max().map(Fact::value).orElse(pool.nodes().value());
    }

    private static List<Node> objects(Sketch sketch, Workload workload) {
        return sketch.estate().all(Node.class).stream()
                .filter(node -> node.cluster().equals(workload.cluster()))
                .toList();
    }

    /** How many zones there are, where every node says its own. */
    private static Optional<Integer> zones(Sketch sketch, Workload workload) {
        List<Node> nodes = objects(sketch, workload);
        SortedSet<String> zones = new TreeSet<>();
        for (Node node : nodes) {
            Optional<String> zone = ZONES.stream()
                    .filter(node.labels()::containsKey)
                    .map(key -> node.labels().getOrDefault(key, ""))
                    .findFirst();
            if (zone.isEmpty()) {
                return Optional.empty();
            }
            zones.add(zone.get());
        }
        boolean pinned =
                !workload.tree().entries("spec.template.spec.nodeSelector").isEmpty();
        return zones.isEmpty() || pinned ? Optional.empty() : Optional.of(zones.size());
    }
}
