package dev.premortem.source.kubernetes;

import dev.premortem.estate.Node;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The nodes that a configuration of talhelper lists (talconfig.yaml, budimanjojo/talhelper). */
public final class TalosNodes {
    private TalosNodes() {}

    /** True for such a configuration. */
    public static boolean is(Tree tree) {
        return tree.text("clusterName").isPresent()
                && tree.text("endpoint").isPresent()
                && tree.items("nodes").stream()
                        .anyMatch(node -> node.text("hostname").isPresent());
    }

    /** Its nodes; those with {@code controlPlane: true} bear the role. */
    public static List<Node> read(Tree tree, String cluster) {
        List<Node> nodes = new ArrayList<>();
        for (Tree node : tree.items("nodes")) {
            Optional<Fact<String>> name = node.text("hostname");
            Optional<Tree> role = node.at("controlPlane");
            boolean member = role.filter(flag -> flag instanceof Tree.Scalar scalar && scalar.isTrue())
                    .isPresent();
            name.ifPresent(found -> nodes.add(new Node(
                    Reference.clusterScoped(cluster, "Node", found.value()),
                    found.provenance() instanceof Declared place ? place : node.place(),
                    cluster,
                    found.value(),
                    member ? Map.of("node-role.kubernetes.io/control-plane", "") : Map.of(),
                    Optional.empty(),
                    Optional.empty())));
        }
        return nodes;
    }
}
