package dev.premortem.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What well-known charts make where their values say nothing, for charts that are not rendered. Each was read in its templates. */
public final class ChartDefaults {
    /**
     * The main workload of a chart.
     *
     * @param replicasAt path of the value that sets the number of pods; empty where no value does
     * @param replicas number of pods where nothing sets it
     * @param strategy strategy of its updates
     * @param name name of the Deployment; empty where it is called as the release
     * @param labels labels of its pods that do not depend on the release
     * @param instance true where its pods bear {@code app.kubernetes.io/instance}, the release's name
     * @param source where that was read, and when
     */
    public record Main(
            String chart,
            String replicasAt,
            int replicas,
            String strategy,
            String name,
            Map<String, String> labels,
            boolean instance,
            String source) {}

    private static final String NAME = "app.kubernetes.io/name";

    private static final List<Main> ALL = List.of(
            new Main(
                    "external-dns",
                    "",
                    1,
                    "Recreate",
                    "",
                    Map.of(NAME, "external-dns"),
                    true,
                    "kubernetes-sigs/external-dns charts/external-dns/templates/deployment.yaml (read 2026-11-25)"),
            new Main(
                    "rook-ceph",
                    "",
                    1,
                    "Recreate",
                    "rook-ceph-operator",
                    Map.of("app", "rook-ceph-operator"),
                    false,
                    "rook/rook deploy/charts/rook-ceph/templates/deployment.yaml (read 2026-11-25)"),
            new Main(
                    "gateway-helm",
                    "deployment.replicas",
                    1,
                    "RollingUpdate",
                    "envoy-gateway",
                    Map.of("control-plane", "envoy-gateway", NAME, "gateway-helm"),
                    true,
                    "envoyproxy/gateway charts/gateway-helm/templates/envoy-gateway-deployment.yaml (read 2026-11-25)"));

    private ChartDefaults() {}

    /** The main workload of a chart; empty for a chart that is not listed. */
    public static Optional<Main> of(String chart) {
        return ALL.stream().filter(main -> main.chart().equals(chart)).findFirst();
    }
}
