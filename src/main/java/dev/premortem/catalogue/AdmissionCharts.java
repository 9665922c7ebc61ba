package dev.premortem.catalogue;

import java.util.List;

/** Charts whose webhook refuses what it cannot be asked about, and that run one pod where their values say nothing. Each was read in the chart. */
public final class AdmissionCharts {
    /**
     * A chart.
     *
     * @param counts paths of values of which one sets the number of pods
     * @param lenient path of a value that makes the webhook let pass what it cannot be asked about
     * @param lets what that value is then
     * @param admits what it has to admit, for people
     * @param source where that was read, and when
     */
    public record Chart(String name, List<String> counts, String lenient, String lets, String admits, String source) {}

    private static final List<Chart> ALL = List.of(
            new Chart(
                    "kyverno",
                    List.of("admissionController.replicas", "replicaCount"),
                    "features.forceFailurePolicyIgnore.enabled",
                    "true",
                    "what its policies match",
                    "kyverno/kyverno charts/kyverno/templates/admission-controller/deployment.yaml, and GetFailurePolicy:"
                            + " Fail where a policy says nothing (read 2026-11-25)"),
            new Chart(
                    "istiod",
                    List.of("pilot.autoscaleMin", "autoscaleMin", "pilot.replicaCount", "replicaCount"),
                    "global.operatorManageWebhooks",
                    "true",
                    "every pod of a namespace that asks for sidecars",
                    "istio/istio @86c9f01f manifests/charts/istio-control/istio-discovery and its output: failurePolicy Fail, and an"
                            + " autoscaler from one pod (read 2026-11-26)"),
            new Chart(
                    "kustomize-mutating-webhook",
                    List.of("replicas"),
                    "webhook.failurePolicy",
                    "Ignore",
                    "every Kustomization of Flux outside of flux-system",
                    "xunholy/fluxcd-kustomize-mutating-webhook deploy/chart/kustomize-mutating-webhook/values.yaml @38c1b8c"
                            + " (read 2026-11-25)"));

    private AdmissionCharts() {}

    /** All of them. */
    public static List<Chart> all() {
        return ALL;
    }
}
