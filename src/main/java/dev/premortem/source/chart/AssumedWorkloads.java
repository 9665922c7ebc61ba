package dev.premortem.source.chart;

import dev.premortem.catalogue.ChartDefaults;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Release;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The main workload of a release whose chart is not rendered, as far as the published defaults of the chart tell it. */
public final class AssumedWorkloads {
    private AssumedWorkloads() {}

    /** The workload of a release; empty where the chart is not listed or the values rename what it makes. */
    public static Optional<Workload> of(Release release) {
        boolean renamed = release.values().text("nameOverride").isPresent()
                || release.values().text("scaleDownOperator").isPresent();
        return renamed ? Optional.empty() : ChartDefaults.of(release.chart()).map(main -> made(release, main));
    }

    private static Workload made(Release release, ChartDefaults.Main main) {
        ChartValues values = new ChartValues(release, main.source());
        Fact<Integer> replicas = main.replicasAt().isEmpty()
                ? values.assumed("replicas", main.replicas())
                : values.integer(main.replicasAt(), main.replicas());
        String full =
                release.name().contains(release.chart()) ? release.name() : release.name() + "-" + release.chart();
        String name = !main.name().isEmpty()
                ? main.name()
                : release.values().text("fullnameOverride").map(Fact::value).orElse(full);
        Map<String, String> labels = new TreeMap<>(main.labels());
        if (main.instance()) {
            labels.put("app.kubernetes.io/instance", release.name());
        }
        return new Workload(
                Reference.object(release.cluster(), release.namespace(), "Deployment", name),
                release.place(),
                release.cluster(),
                release.namespace(),
                "Deployment",
                name,
                replicas,
                labels,
                labels,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                Optional.of(
                        new Fact<>(main.strategy(), new Assumed("chart." + main.chart() + ".strategy", main.source()))),
                "default",
                List.of(),
                new Tree.Mapping(release.place(), List.of()));
    }
}
