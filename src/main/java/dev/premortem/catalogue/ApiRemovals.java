package dev.premortem.catalogue;

import java.util.List;
import java.util.Optional;

/** Versions of Kubernetes' own APIs that are no longer served. What a removal does: stored objects go on working, and applying the old version is refused. */
public final class ApiRemovals {
    /** Where the removals are published, and when that was read. */
    public static final String SOURCE =
            "kubernetes.io/docs/reference/using-api/deprecation-guide; later ones from FairwindsOps/pluto versions.yaml (2026-11-24)";

    /**
     * One removal.
     *
     * @param minor the first {@code 1.minor} that does not serve it
     * @param instead what serves the kind now; empty where nothing does
     * @param sameShape true where nothing but the version has to be written anew
     */
    public record Removal(String apiVersion, List<String> kinds, int minor, String instead, boolean sameShape) {}

    private static final String ADMISSION = "admissionregistration.k8s.io/";
    private static final String FLOW = "flowcontrol.apiserver.k8s.io/";
    private static final String RBAC = "rbac.authorization.k8s.io/";
    private static final List<String> ROLES = List.of("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding");
    private static final List<String> FLOWS = List.of("FlowSchema", "PriorityLevelConfiguration");
    private static final List<String> WEBHOOKS =
            List.of("MutatingWebhookConfiguration", "ValidatingWebhookConfiguration");
    private static final List<String> POLICIES =
            List.of("ValidatingAdmissionPolicy", "ValidatingAdmissionPolicyBinding");
    private static final List<String> CLAIMS =
            List.of("ResourceClaim", "ResourceClaimTemplate", "ResourceSlice", "DeviceClass");
    private static final List<String> STORAGE = List.of("CSIDriver", "CSINode", "StorageClass", "VolumeAttachment");
    private static final List<String> APPS = List.of("Deployment", "ReplicaSet", "DaemonSet", "StatefulSet");

    private static final List<Removal> ALL = List.of(
            new Removal("extensions/v1beta1", List.of("Deployment", "ReplicaSet", "DaemonSet"), 16, "apps/v1", false),
            new Removal("apps/v1beta1", List.of("Deployment", "ReplicaSet", "StatefulSet"), 16, "apps/v1", false),
            new Removal("apps/v1beta2", APPS, 16, "apps/v1", false),
            new Removal("extensions/v1beta1", List.of("NetworkPolicy"), 16, "networking.k8s.io/v1", true),
            new Removal("extensions/v1beta1", List.of("PodSecurityPolicy"), 16, "", false),
            new Removal("scheduling.k8s.io/v1alpha1", List.of("PriorityClass"), 17, "scheduling.k8s.io/v1", true),
            new Removal(RBAC + "v1alpha1", ROLES, 22, RBAC + "v1", true),
            new Removal(RBAC + "v1beta1", ROLES, 22, RBAC + "v1", true),
            new Removal(ADMISSION + "v1beta1", WEBHOOKS, 22, ADMISSION + "v1", false),
            new Removal(
                    "apiextensions.k8s.io/v1beta1",
                    List.of("CustomResourceDefinition"),
                    22,
                    "apiextensions.k8s.io/v1",
                    false),
            new Removal("apiregistration.k8s.io/v1beta1", List.of("APIService"), 22, "apiregistration.k8s.io/v1", true),
            new Removal(
                    "certificates.k8s.io/v1beta1",
                    List.of("CertificateSigningRequest"),
                    22,
                    "certificates.k8s.io/v1",
                    false),
            new Removal("coordination.k8s.io/v1beta1", List.of("Lease"), 22, "coordination.k8s.io/v1", true),
            new Removal("extensions/v1beta1", List.of("Ingress"), 22, "networking.k8s.io/v1", false),
            new Removal("networking.k8s.io/v1beta1", List.of("Ingress"), 22, "networking.k8s.io/v1", false),
            new Removal("networking.k8s.io/v1beta1", List.of("IngressClass"), 22, "networking.k8s.io/v1", true),
            new Removal("scheduling.k8s.io/v1beta1", List.of("PriorityClass"), 22, "scheduling.k8s.io/v1", true),
            new Removal("storage.k8s.io/v1beta1", STORAGE, 22, "storage.k8s.io/v1", true),
            new Removal("batch/v1beta1", List.of("CronJob"), 25, "batch/v1", true),
            new Removal("discovery.k8s.io/v1beta1", List.of("EndpointSlice"), 25, "discovery.k8s.io/v1", false),
            new Removal("autoscaling/v2beta1", List.of("HorizontalPodAutoscaler"), 25, "autoscaling/v2", false),
            new Removal("policy/v1beta1", List.of("PodDisruptionBudget"), 25, "policy/v1", true),
            new Removal("policy/v1beta1", List.of("PodSecurityPolicy"), 25, "", false),
            new Removal("node.k8s.io/v1beta1", List.of("RuntimeClass"), 25, "node.k8s.io/v1", true),
            new Removal("autoscaling/v2beta2", List.of("HorizontalPodAutoscaler"), 26, "autoscaling/v2", true),
            new Removal(FLOW + "v1beta1", FLOWS, 26, FLOW + "v1", false),
            new Removal("storage.k8s.io/v1beta1", List.of("CSIStorageCapacity"), 27, "storage.k8s.io/v1", true),
            new Removal(FLOW + "v1beta2", FLOWS, 29, FLOW + "v1", false),
            new Removal(FLOW + "v1beta3", FLOWS, 32, FLOW + "v1", false),
            new Removal(ADMISSION + "v1alpha1", POLICIES, 33, ADMISSION + "v1", true),
            new Removal("resource.k8s.io/v1alpha3", CLAIMS, 34, "resource.k8s.io/v1", false),
            new Removal("storage.k8s.io/v1alpha1", List.of("VolumeAttributesClass"), 35, "storage.k8s.io/v1", true),
            new Removal("resource.k8s.io/v1beta1", CLAIMS, 36, "resource.k8s.io/v1", false));

    private ApiRemovals() {}

    /** The removal of a kind in a version; empty where it is served by all releases that are known. */
    public static Optional<Removal> of(String apiVersion, String kind) {
        if (apiVersion.equals("v1")) {
            return Optional.empty();
        }
        return ALL.stream()
                .filter(removal -> removal.apiVersion().equals(apiVersion)
                        && removal.kinds().contains(kind))
                .findFirst();
    }
}
