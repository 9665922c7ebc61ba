package dev.premortem.source.chart;

import dev.premortem.catalogue.ChartDefaults;
import dev.premortem.catalogue.ChartDefaults.Budget;
import dev.premortem.catalogue.ChartDefaults.Chart;
import dev.premortem.catalogue.ChartDefaults.Part;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Release;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.render.Rendered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Workloads and budgets of a release whose chart is not rendered, as far as the published defaults of the chart tell them. */
public final class AssumedWorkloads {
    private static final String INSTANCE = "app.kubernetes.io/instance";

    /** Switches beside a number of pods by which something else decides it. */
    private static final List<String> SCALED = List.of("autoscaling.enabled", "hpa.enabled", "autoscaler.enabled");

    /** Values that give what a chart makes other names, or make something else of it. */
    private static final List<String> RENAMING = List.of(
            "nameOverride",
            "scaleDownOperator",
            "controller.name",
            "global.enabled",
            "operator.name",
            "server.daemonSet.enabled",
            "server.fullnameOverride",
            "server.name",
            "server.statefulSet.enabled",
            "web.serverOnly",
            "webhooks.name");

    private final Release release;
    private final Chart chart;
    private final ChartValues values;

    private AssumedWorkloads(Release release, Chart chart) {
        this.release = release;
        this.chart = chart;
        this.values = new ChartValues(release, chart.source());
    }

    /** The workloads of a release; none where the chart is not listed or the values rename what it makes. */
    public static List<Workload> of(Release release) {
        return known(release)
                .map(assumed -> assumed.parts().stream().map(assumed::workload).toList())
                .orElse(List.of());
    }

    /** The budgets over these workloads that the values ask for. */
    public static List<KubernetesObject> budgets(Release release) {
        return known(release)
                .map(assumed -> assumed.parts().stream()
                        .flatMap(part -> part.budget().flatMap(budget -> assumed.budget(part, budget)).stream())
                        .toList())
                .orElse(List.of());
    }

    private static Optional<AssumedWorkloads> known(Release release) {
        boolean renamed =
                RENAMING.stream().anyMatch(path -> release.values().text(path).isPresent());
        return renamed
                ? Optional.empty()
                : ChartDefaults.of(release.chart(), release.version().map(Fact::value))
                        .map(chart -> new AssumedWorkloads(release, chart));
    }

    private List<Part> parts() {
        return chart.parts().stream()
                .filter(part -> part.switchAt().isEmpty() || says(part.switchAt(), "true", true))
                .filter(part -> !scaled(part.replicasAt()))
                .toList();
    }

    private boolean says(String path, String word, boolean otherwise) {
        return release.values()
                .text(path)
                .map(text -> text.value().equals(word))
                .orElse(otherwise);
    }

    private boolean scaled(String replicasAt) {
        String beside = replicasAt.contains(".") ? replicasAt.substring(0, replicasAt.lastIndexOf('.') + 1) : "";
        return SCALED.stream().anyMatch(path -> says(beside + path, "true", false));
    }

    private String name(Part part) {
        String plain = release.name().contains(chart.base()) ? release.name() : release.name() + "-" + chart.base();
        String full = release.values().text("fullnameOverride").map(Fact::value).orElse(plain);
        boolean fixed = !part.name().isEmpty() && !part.name().startsWith("-");
        return fixed ? part.name() : full + part.name();
    }

    private SortedMap<String, String> labels(Part part) {
        SortedMap<String, String> labels = new TreeMap<>(part.labels());
        if (part.instance()) {
            labels.put(INSTANCE, release.name());
        }
        return labels;
    }

    private Workload workload(Part part) {
        Fact<Integer> replicas = part.replicasAt().isEmpty()
                ? values.assumed("replicas", part.replicas())
                : values.integer(part.replicasAt(), part.replicas());
        SortedMap<String, String> labels = labels(part);
        return new Workload(
                Reference.object(release.cluster(), release.namespace(), part.kind(), name(part)),
                release.place(),
                release.cluster(),
                release.namespace(),
                part.kind(),
                name(part),
                replicas,
                labels,
                labels,
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                false,
                Optional.empty(),
                Optional.of(values.assumed("strategy", part.strategy())),
                "default",
                List.of(),
                new Tree.Mapping(release.place(), List.of()));
    }

    private Optional<KubernetesObject> budget(Part part, Budget budget) {
        Optional<Tree> asked = release.values().at(budget.at()).filter(Tree.Mapping.class::isInstance);
        boolean made = switch (budget.made()) {
            case ENABLED -> asked.isPresent() && says(budget.at() + ".enabled", "true", false);
            case GIVEN -> asked.isPresent();
            case ALWAYS -> true;
        };
        if (!made) {
            return Optional.empty();
        }
        Declared place = asked.map(Tree::place)
                .orElseGet(() -> new Declared(
                        release.place().file(), release.place().line(), Rendered.MADE)); // no value of it to edit
        List<Tree.Entry> spec = new ArrayList<>();
        for (String field : List.of("maxUnavailable", "minAvailable")) {
            asked.flatMap(values -> values.at(field))
                    .filter(figure -> figure.text().isPresent())
                    .ifPresent(figure -> spec.add(new Tree.Entry(field, figure.place(), figure)));
        }
        if (spec.isEmpty() && !budget.field().isEmpty()) {
            // The place of the whole: no line holds the limit.
            Tree limit = new Tree.Scalar(place, Tree.Scalar.Kind.INTEGER, String.valueOf(budget.limit()));
            spec.add(new Tree.Entry(budget.field(), place, limit));
        }
        return spec.isEmpty() ? Optional.empty() : Optional.of(object(part, place, spec));
    }

    private KubernetesObject object(Part part, Declared place, List<Tree.Entry> spec) {
        List<Tree.Entry> match = new ArrayList<>();
        labels(part)
                .forEach((key, value) ->
                        match.add(new Tree.Entry(key, place, new Tree.Scalar(place, Tree.Scalar.Kind.STRING, value))));
        Tree labels = new Tree.Mapping(place, match);
        Tree selector = new Tree.Mapping(place, List.of(new Tree.Entry("matchLabels", place, labels)));
        spec.add(new Tree.Entry("selector", place, selector));
        Tree whole = new Tree.Mapping(place, List.copyOf(spec));
        return new KubernetesObject(
                Reference.object(release.cluster(), release.namespace(), "PodDisruptionBudget", name(part)),
                release.cluster(),
                "policy/v1",
                "PodDisruptionBudget",
                release.namespace(),
                name(part),
                Map.of(),
                Map.of(),
                new Tree.Mapping(place, List.of(new Tree.Entry("spec", place, whole))));
    }
}
