package dev.premortem.source.draft;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a file that installs a cluster says: Talos, k0sctl, kubeadm, Cluster API.
 *
 * @param cluster its name where the file gives one
 * @param nodes control-plane nodes, 0 where the file does not say
 * @param workers other nodes
 */
record ControlPlane(
        String file, Optional<String> cluster, String distribution, Optional<String> version, int nodes, int workers) {
    /** Those of some documents, in their order. */
    static List<ControlPlane> of(List<Tree> documents) {
        List<ControlPlane> found = new ArrayList<>();
        int talosNodes = 0;
        Optional<Tree> talos = Optional.empty();
        for (Tree tree : documents) {
            String version = text(tree, "apiVersion").orElse("");
            String kind = text(tree, "kind").orElse("");
            if (tree.at("talosVersion").isPresent() && tree.at("nodes").isPresent()) {
                found.add(talhelper(tree));
            } else if (text(tree, "machine.type").isPresent()
                    && tree.at("cluster").isPresent()) {
                boolean plane = text(tree, "machine.type")
                        .filter(type -> type.equals("controlplane"))
                        .isPresent();
                talosNodes += plane ? 1 : 0;
                talos = plane ? Optional.of(tree) : talos;
            } else if (version.startsWith("k0sctl.k0sproject.io/")) {
                found.add(k0sctl(tree));
            } else if (version.startsWith("kubeadm.k8s.io/") && kind.equals("ClusterConfiguration")) {
                found.add(new ControlPlane(
                        file(tree), text(tree, "clusterName"), "kubeadm", text(tree, "kubernetesVersion"), 0, 0));
            } else if (version.startsWith("controlplane.cluster.x-k8s.io/") && kind.endsWith("ControlPlane")) {
                found.add(clusterApi(tree, kind));
            }
        }
        int nodes = talosNodes;
        talos.ifPresent(tree -> found.add(
                new ControlPlane(file(tree), text(tree, "cluster.clusterName"), "talos", Optional.empty(), nodes, 0)));
        return found;
    }

    private static ControlPlane talhelper(Tree tree) {
        List<Tree> nodes = tree.items("nodes");
        int plane = (int) nodes.stream()
                .filter(node -> text(node, "controlPlane")
                        .filter(yes -> yes.equals("true"))
                        .isPresent())
                .count();
        return new ControlPlane(
                file(tree),
                text(tree, "clusterName"),
                "talos",
                text(tree, "talosVersion"),
                plane,
                nodes.size() - plane);
    }

    private static ControlPlane k0sctl(Tree tree) {
        int plane = 0;
        int workers = 0;
        for (Tree host : tree.items("spec.hosts")) {
            String role = text(host, "role").orElse("");
            plane += role.startsWith("controller") || role.equals("single") ? 1 : 0;
            workers += role.endsWith("worker") ? 1 : 0;
        }
        return new ControlPlane(
                file(tree), text(tree, "metadata.name"), "k0s", text(tree, "spec.k0s.version"), plane, workers);
    }

    private static ControlPlane clusterApi(Tree tree, String kind) {
        String distribution = kind.startsWith("Talos") ? "talos" : kind.startsWith("K0s") ? "k0s" : "kubeadm";
        int replicas = text(tree, "spec.replicas")
                .filter(number -> number.matches("[0-9]{1,3}"))
                .map(Integer::parseInt)
                .orElse(0);
        return new ControlPlane(
                file(tree),
                text(tree, "metadata.labels.cluster"),
                distribution,
                text(tree, "spec.version"),
                replicas,
                0);
    }

    private static Optional<String> text(Tree tree, String path) {
        return tree.text(path).map(Fact::value).filter(text -> !text.contains("{"));
    }

    private static String file(Tree tree) {
        return tree.place().file();
    }
}
