package dev.premortem.source.live;

import java.util.List;

/** The kinds that are read from a cluster, and no others. {@code deploy/rbac.yaml} grants exactly these. */
public final class LiveKinds {
    private static final String TRAEFIK = "traefik.io";
    private static final String GATEWAY = "gateway.networking.k8s.io";
    private static final String CERTIFICATES = "cert-manager.io";

    private LiveKinds() {}

    /** All of them, nodes first. */
    public static List<LiveKind> all() {
        return List.of(
                kind("", "v1", "nodes", "Node"),
                kind("", "v1", "pods", "Pod"),
                kind("", "v1", "services", "Service"),
                kind("", "v1", "configmaps", "ConfigMap"),
                // Of Secrets only those that hold a served certificate leave the API server.
                new LiveKind("", List.of("v1"), "secrets", "Secret", "type=kubernetes.io/tls"),
                new LiveKind("", List.of("v1"), "events", "Event", "type=Warning"),
                kind("", "v1", "persistentvolumes", "PersistentVolume"),
                kind("", "v1", "persistentvolumeclaims", "PersistentVolumeClaim"),
                kind("apps", "v1", "deployments", "Deployment"),
                kind("apps", "v1", "statefulsets", "StatefulSet"),
                kind("apps", "v1", "daemonsets", "DaemonSet"),
                kind("batch", "v1", "cronjobs", "CronJob"),
                kind("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler"),
                kind("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget"),
                kind("storage.k8s.io", "v1", "storageclasses", "StorageClass"),
                kind("networking.k8s.io", "v1", "ingresses", "Ingress"),
                kind("networking.k8s.io", "v1", "ingressclasses", "IngressClass"),
                kind(
                        "admissionregistration.k8s.io",
                        "v1",
                        "validatingwebhookconfigurations",
                        "ValidatingWebhookConfiguration"),
                kind(
                        "admissionregistration.k8s.io",
                        "v1",
                        "mutatingwebhookconfigurations",
                        "MutatingWebhookConfiguration"),
                new LiveKind(GATEWAY, List.of("v1", "v1beta1"), "gateways", "Gateway", ""),
                new LiveKind(GATEWAY, List.of("v1", "v1beta1"), "httproutes", "HTTPRoute", ""),
                kind(GATEWAY, "v1", "grpcroutes", "GRPCRoute"),
                new LiveKind(GATEWAY, List.of("v1", "v1alpha3", "v1alpha2"), "tlsroutes", "TLSRoute", ""),
                kind(TRAEFIK, "v1alpha1", "ingressroutes", "IngressRoute"),
                kind(TRAEFIK, "v1alpha1", "ingressroutetcps", "IngressRouteTCP"),
                kind(TRAEFIK, "v1alpha1", "tlsstores", "TLSStore"),
                kind(CERTIFICATES, "v1", "certificates", "Certificate"),
                kind(CERTIFICATES, "v1", "issuers", "Issuer"),
                kind(CERTIFICATES, "v1", "clusterissuers", "ClusterIssuer"),
                kind("metallb.io", "v1beta1", "ipaddresspools", "IPAddressPool"),
                new LiveKind(
                        "cilium.io",
                        List.of("v2", "v2alpha1"),
                        "ciliumloadbalancerippools",
                        "CiliumLoadBalancerIPPool",
                        ""),
                kind("keda.sh", "v1alpha1", "scaledobjects", "ScaledObject"),
                kind("argoproj.io", "v1alpha1", "rollouts", "Rollout"));
    }

    private static LiveKind kind(String group, String version, String plural, String kind) {
        return new LiveKind(group, List.of(version), plural, kind, "");
    }
}
