package dev.premortem.catalogue;

import java.util.List;

/** Charts whose component runs one pod where their values say nothing. Each was read in the chart. */
public final class OnePodCharts {
    /** Every entry below the path is a component of its own. */
    public static final String EACH = "*";

    /**
     * A component of a chart.
     *
     * @param path keys down to the component's values; {@link #EACH} as the last for every entry there, empty for the chart itself
     * @param count key of the number of pods
     * @param source where that was read, and when
     */
    public record Part(String chart, List<String> path, String count, String source) {}

    private static final List<Part> ALL = List.of(
            new Part(
                    "app-template",
                    List.of("controllers", EACH),
                    "replicas",
                    "bjw-s-labs/helm-charts charts/library/common/templates/classes/_deployment.tpl (read 2026-11-25)"),
            new Part("dex", List.of(), "replicaCount", "dexidp/helm-charts charts/dex/values.yaml (read 2026-11-25)"),
            new Part(
                    "ingress-nginx",
                    List.of("controller"),
                    "replicaCount",
                    "the output of ingress-nginx 4.11.8 without values: one replica (read 2026-11-25)"));

    private OnePodCharts() {}

    /** The components of a chart; empty for one that is not listed. */
    public static List<Part> of(String chart) {
        return ALL.stream().filter(part -> part.chart().equals(chart)).toList();
    }
}
