package dev.premortem.source.kubernetes;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Fields;
import dev.premortem.source.text.Harvest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Recognises Kubernetes objects and reads what all of them have: kind, namespace, name, labels, annotations. */
public final class Objects {
    private static final Set<String> CLUSTER_SCOPED = Set.of(
            "APIService",
            "CSIDriver",
            "CSINode",
            "CertificateSigningRequest",
            "CiliumBGPClusterConfig",
            "CiliumClusterwideNetworkPolicy",
            "CiliumL2AnnouncementPolicy",
            "CiliumLoadBalancerIPPool",
            "CiliumNode",
            "ClusterIssuer",
            "ClusterPolicy",
            "ClusterRole",
            "ClusterRoleBinding",
            "ClusterSecretStore",
            "CustomResourceDefinition",
            "EC2NodeClass",
            "FlowSchema",
            "GatewayClass",
            "IngressClass",
            "IPAddressClaim",
            "MutatingWebhookConfiguration",
            "Namespace",
            "Node",
            "NodeClaim",
            "NodePool",
            "PersistentVolume",
            "PriorityClass",
            "PriorityLevelConfiguration",
            "RuntimeClass",
            "StorageClass",
            "TokenReview",
            "ValidatingAdmissionPolicy",
            "ValidatingAdmissionPolicyBinding",
            "ValidatingWebhookConfiguration",
            "VolumeAttachment",
            "VolumeSnapshotClass",
            "VolumeSnapshotContent");

    private Objects() {}

    /** True for a mapping with an API version and a kind that no other reader claims. */
    public static boolean is(Tree tree) {
        return tree.text("apiVersion").isPresent() && tree.text("kind").isPresent();
    }

    /**
     * Its reference within a cluster; empty where it has no name.
     *
     * @param overlay the namespace that a kustomization puts it into
     */
    public static Optional<Reference> reference(Tree tree, String cluster, Optional<String> overlay) {
        Optional<String> kind = tree.text("kind").map(Fact::value);
        Optional<String> name = tree.text("metadata.name").map(Fact::value).filter(text -> !text.isBlank());
        if (kind.isEmpty() || name.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                CLUSTER_SCOPED.contains(kind.get())
                        ? Reference.clusterScoped(cluster, kind.get(), name.get())
                        : Reference.object(cluster, namespace(tree, overlay), kind.get(), name.get()));
    }

    private static String namespace(Tree tree, Optional<String> overlay) {
        return overlay.isPresent()
                ? overlay.get()
                : tree.text("metadata.namespace")
                        .map(Fact::value)
                        .filter(text -> !text.isBlank())
                        .orElse("default");
    }

    /** The object as read; a missing name is a problem, but for {@code generateName} and kinds that only tools read. */
    public static Optional<KubernetesObject> read(
            Tree tree, String cluster, Optional<String> overlay, Harvest harvest) {
        Optional<Reference> reference = reference(tree, cluster, overlay);
        String kind = tree.text("kind").map(Fact::value).orElse("");
        if (reference.isEmpty()) {
            if (tree.at("metadata.generateName").isEmpty()) {
                harvest.leftOut(tree.place(), kind, "has no metadata.name");
            } else {
                harvest.aside(tree.place(), kind, "is named when somebody creates it (metadata.generateName)");
            }
            return Optional.empty();
        }
        Fields metadata = tree.at("metadata")
                .map(found -> Fields.of(found, harvest))
                .orElseGet(() -> Fields.of(new Tree.Mapping(tree.place(), List.of()), harvest));
        return Optional.of(new KubernetesObject(
                reference.get(),
                cluster,
                tree.text("apiVersion").map(Fact::value).orElse(""),
                kind,
                CLUSTER_SCOPED.contains(kind) ? "" : namespace(tree, overlay),
                reference.get().name(),
                metadata.plainMap("labels"),
                metadata.textMap("annotations"),
                tree));
    }
}
