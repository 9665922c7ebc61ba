package dev.premortem.model;

import dev.premortem.estate.Node;
import dev.premortem.fact.Fact;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Clusters of several nodes of which one alone bears the control plane. A cluster of one node is what it is. */
public final class ControlPlaneNodes {
    private static final List<String> ROLES =
            List.of("node-role.kubernetes.io/control-plane", "node-role.kubernetes.io/master");

    private ControlPlaneNodes() {}

    /** The node, by cluster. */
    public static SortedMap<String, List<Standstill.Item>> alone(Sketch sketch) {
        SortedMap<String, List<Standstill.Item>> alone = new TreeMap<>();
        List<Node> nodes = sketch.estate().all(Node.class);
        SortedMap<String, Integer> all = new TreeMap<>();
        SortedMap<String, Integer> members = new TreeMap<>();
        for (Node node : nodes) {
            all.merge(node.cluster(), 1, Integer::sum);
            members.merge(node.cluster(), member(node) ? 1 : 0, Integer::sum);
        }
        for (Node node : nodes) {
            int standing = all.getOrDefault(node.cluster(), 0);
            if (member(node) && members.getOrDefault(node.cluster(), 0) == 1 && standing > 1) {
                alone.put(
                        node.cluster(),
                        List.of(new Standstill.Item(
                                node.reference(),
                                node.place(),
                                "node " + node.name() + " stands",
                                "no API server and no etcd: nothing is rescheduled, scaled or renewed; running pods live on",
                                "node " + node.name() + " alone of " + standing + " nodes bears the control plane",
                                List.of(Evidence.of("node " + node.name(), new Fact<>(node.name(), node.place()))),
                                Confidence.SURE)));
            }
        }
        return alone;
    }

    /** Clusters whose etcd has two members: it answers only while both do, so the second doubles what can fail. */
    public static SortedMap<String, List<Standstill.Item>> pairs(Sketch sketch) {
        SortedMap<String, List<Node>> members = new TreeMap<>();
        for (Node node : sketch.estate().all(Node.class)) {
            if (member(node)) {
                members.computeIfAbsent(node.cluster(), _ -> new ArrayList<>()).add(node);
            }
        }
        SortedMap<String, List<Standstill.Item>> pairs = new TreeMap<>();
        members.forEach((cluster, both) -> {
            if (both.size() == 2) {
                Node node = both.getLast();
                pairs.put(
                        cluster,
                        List.of(new Standstill.Item(
                                node.reference(),
                                node.place(),
                                "both nodes of the control plane stand",
                                "no majority of etcd and no change: nothing is rescheduled, scaled or renewed; running pods live on",
                                both.getFirst().name() + " and " + node.name()
                                        + " bear the control plane: two of two must stand, three would spare one",
                                both.stream()
                                        .map(each -> Evidence.of(
                                                "node " + each.name(), new Fact<>(each.name(), each.place())))
                                        .toList(),
                                Confidence.LIKELY)));
            }
        });
        return pairs;
    }

    private static boolean member(Node node) {
        return ROLES.stream().anyMatch(node.labels()::containsKey);
    }
}
