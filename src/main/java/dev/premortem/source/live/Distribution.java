package dev.premortem.source.live;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Optional;

/** Which Kubernetes a cluster is, by the marks that distributions leave in the version and on nodes. */
final class Distribution {
    /** What a version contains, and the name of the distribution that writes so. */
    private record Mark(String text, String name) {}

    private static final List<Mark> VERSIONS = List.of(
            new Mark("+k3s", "k3s"),
            new Mark("+rke2", "rke2"),
            new Mark("+k0s", "k0s"),
            new Mark("-eks-", "eks"),
            new Mark("-gke.", "gke"));

    private static final List<Mark> LABELS = List.of(
            new Mark("kubernetes.azure.com/cluster", "aks"),
            new Mark("doks.digitalocean.com/node-id", "doks"),
            new Mark("node.openshift.io/os_id", "openshift"),
            new Mark("microk8s.io/cluster", "microk8s"),
            new Mark("kops.k8s.io/instancegroup", "kops"));

    private Distribution() {}

    /** Its name; empty where no mark is known. */
    static Optional<String> of(String version, List<Tree> nodes) {
        Optional<String> byVersion = VERSIONS.stream()
                .filter(mark -> version.contains(mark.text()))
                .map(Mark::name)
                .findFirst();
        boolean talos = nodes.stream()
                .flatMap(node -> node.text("status.nodeInfo.osImage").map(Fact::value).stream())
                .anyMatch(image -> image.startsWith("Talos"));
        boolean kubeadm = nodes.stream()
                .flatMap(node -> node.entries("metadata.annotations").stream())
                .anyMatch(entry -> entry.key().equals("kubeadm.alpha.kubernetes.io/cri-socket"));
        return byVersion
                .or(() -> talos ? Optional.of("talos") : Optional.empty())
                .or(() -> LABELS.stream()
                        .filter(mark -> nodes.stream()
                                .flatMap(node -> node.entries("metadata.labels").stream())
                                .anyMatch(entry -> entry.key().equals(mark.text())))
                        .map(Mark::name)
                        .findFirst())
                .or(() -> kubeadm ? Optional.of("kubeadm") : Optional.empty());
    }
}
