package dev.premortem.model;

import dev.premortem.estate.Node;
import dev.premortem.fact.Fact;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
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
        for (Node node : nodes) {
            long standing = nodes.stream()
                    .filter(each -> each.cluster().equals(node.cluster()))
                    .count();
            long members = nodes.stream()
                    .filter(each -> each.cluster().equals(node.cluster()) && member(each))
                    .count();
            if (member(node) && members == 1 && standing > 1) {
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

    private static boolean member(Node node) {
        return ROLES.stream().anyMatch(node.labels()::containsKey);
    }
}
