package dev.premortem.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What well-known charts make where their values say nothing, for charts that are not rendered. Each was read in its templates or its output. */
public final class ChartDefaults {
    private ChartDefaults() {}

    /**
     * A chart in the versions for which that was read: the same major release, or the same minor one below 1.0.
     *
     * @param base word that the names of what it makes end in, where the release is not called so
     * @param source where that was read, and when
     */
    public record Chart(String name, String base, Version from, Version below, List<Part> parts, String source) {}

    /**
     * A workload of a chart.
     *
     * @param name its name; empty where it is called as the release, with a dash in front where that is added to it
     * @param switchAt path of the value that takes it away by {@code false}; empty where none does
     * @param replicasAt path of the value that sets the number of pods; empty where no value does
     * @param replicas number of pods where nothing sets it
     * @param strategy strategy of its updates
     * @param labels labels of its pods that do not depend on the release
     * @param instance true where its pods bear {@code app.kubernetes.io/instance}, the release's name
     */
    public record Part(
            String kind,
            String name,
            String switchAt,
            String replicasAt,
            int replicas,
            String strategy,
            SortedMap<String, String> labels,
            boolean instance,
            Optional<Budget> budget) {
        Part(String name, String replicasAt, Map<String, String> labels) {
            this("Deployment", name, "", replicasAt, 1, "RollingUpdate", new TreeMap<>(labels), true, Optional.empty());
        }

        Part as(String otherKind, int count, String update) {
            return new Part(otherKind, name, switchAt, replicasAt, count, update, labels, instance, budget);
        }

        Part unless(String path) {
            return new Part(kind, name, path, replicasAt, replicas, strategy, labels, instance, budget);
        }

        Part without() {
            return new Part(kind, name, switchAt, replicasAt, replicas, strategy, labels, false, budget);
        }

        /** With a budget at a path that is made by {@code enabled}, with a limit where its values name none. */
        Part budgeted(String at, String field, int limit) {
            return withBudget(new Budget(at, Made.ENABLED, field, limit));
        }

        /** With a budget of the figures at a path, made where there are some. */
        Part budgeted(String at) {
            return withBudget(new Budget(at, Made.GIVEN, "", 0));
        }

        /** With a budget that no value takes away. */
        Part alwaysBudgeted(String at, String field, int limit) {
            return withBudget(new Budget(at, Made.ALWAYS, field, limit));
        }

        private Part withBudget(Budget made) {
            return new Part(kind, name, switchAt, replicasAt, replicas, strategy, labels, instance, Optional.of(made));
        }
    }

    /**
     * The PodDisruptionBudget that a chart makes over the pods of a workload.
     *
     * @param at path of its values
     * @param made what makes it
     * @param field which limit it has where its values name none; empty where it then has none
     */
    public record Budget(String at, Made made, String field, int limit) {}

    /** What makes a budget. */
    public enum Made {
        /** {@code enabled} among its values. */
        ENABLED,
        /** Any figure among them. */
        GIVEN,
        /** Nothing has to. */
        ALWAYS
    }

    /** A chart in a version; empty for one that is not listed, or not in that version. One without a version is taken for the newest. */
    public static Optional<Chart> of(String chart, Optional<String> version) {
        Optional<Version> asked = version.flatMap(Version::parse);
        return KnownCharts.ALL.stream()
                .filter(one -> one.name().equals(chart))
                .filter(one -> asked.filter(found -> found.before(one.from()) || !found.before(one.below()))
                        .isEmpty())
                .findFirst();
    }
}
