package dev.premortem.source.helm;

import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.fetch.ChartFetcher;
import dev.premortem.source.fetch.Fetched;
import dev.premortem.source.render.AbsentDependency;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.ChartSource;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.Rendered;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A job with all that its result depends on.
 *
 * @param key name of that in the cache
 * @param failed the result, where it is known already that there is nothing to render
 */
record JobInput(ChartJob job, ChartFiles chart, String key, Optional<Rendered> failed) {
    /** Raised with every change of what is made of Helm's output. */
    private static final String KIND = "helm-charts/4";

    static JobInput of(
            FileTree files,
            ChartJob job,
            HelmSettings settings,
            Function<ChartSource.Remote, Fetched> fetched,
            ParsedFiles parsed) {
        try {
            ChartFiles chart = ChartLoader.load(files, job, fetched, parsed);
            if (ChartFiles.value(chart.chart("").orElseGet(() -> nothing(job)), "type")
                    .equals("library")) {
                return not(job, Rendered.not("is a library chart, which other charts include"), parsed);
            }
            boolean empty = chart.files().keySet().stream().noneMatch(JobInput::made);
            if (empty) {
                return not(
                        job,
                        chart.absent().isEmpty()
                                ? Rendered.not("has no templates in the tree")
                                : new Rendered(List.of(), Optional.empty(), without(chart), problems(chart))
                                        .absent(absent(chart)),
                        parsed);
            }
            return new JobInput(job, chart, key(job, chart, settings), Optional.empty());
        } catch (ChartLoader.Missing e) {
            List<Problem> problems = e.problem().stream().toList();
            return not(job, new Rendered(List.of(), Optional.empty(), Optional.of(e.gap()), problems), parsed);
        }
    }

    /** Why a chart is not rendered whole; empty where it is. */
    static Optional<String> without(ChartFiles chart) {
        return chart.absent().isEmpty()
                ? Optional.empty()
                : Optional.of("needs charts that are not in the tree: "
                        + chart.absent().stream()
                                .map(ChartFiles.Absent::what)
                                .distinct()
                                .collect(Collectors.joining(", ")));
    }

    /** Charts that are not there, for those who know them by their values. */
    static List<AbsentDependency> absent(ChartFiles chart) {
        return chart.absent().stream().map(ChartFiles.Absent::dependency).toList();
    }

    /** A problem for each chart that is not there. */
    static List<Problem> problems(ChartFiles chart) {
        return chart.absent().stream()
                .map(absent -> new Problem(
                        absent.place().file(),
                        absent.place().line(),
                        absent.place().field(),
                        "needs the chart " + absent.what() + ", which is not in charts/"
                                + absent.why()
                                        .filter(why -> !why.endsWith(ChartFetcher.OFFERED))
                                        .map(why -> " (" + why + ")")
                                        .orElse(""),
                        "the chart in charts/, or --fetch",
                        "run helm dependency build, or --fetch"))
                .distinct()
                .toList();
    }

    /** True for what objects come from. */
    private static boolean made(String path) {
        return ("/" + path).contains("/templates/") || ("/" + path).contains("/crds/");
    }

    private static Tree nothing(ChartJob job) {
        return new Tree.Mapping(job.place(), List.of());
    }

    private static JobInput not(ChartJob job, Rendered result, ParsedFiles parsed) {
        return new JobInput(job, new ChartFiles("", Collections.emptySortedMap(), parsed), "", Optional.of(result));
    }

    /** What tells one Helm binary from the next, without running it. */
    private static String identity(Path helm) {
        try {
            return helm + " " + Files.size(helm) + " " + Files.getLastModifiedTime(helm);
        } catch (IOException e) {
            return helm.toString();
        }
    }

    private static String key(ChartJob job, ChartFiles chart, HelmSettings settings) {
        ContentCache.Key key = new ContentCache.Key(KIND)
                .with(settings.helm().map(JobInput::identity).orElse(HelmVersions.LIBRARY))
                .with(settings.kubernetes())
                .with(job.place().toString())
                .with(job.release())
                .with(job.namespace())
                .with(String.valueOf(job.crds()))
                .with(chart.root());
        for (Tree values : job.values()) {
            key.with(RenderedCodec.tree(values));
        }
        chart.files()
                .forEach(
                        (path, content) -> key.with(path).with(content.origin()).with(content.bytes()));
        // the chart's file no longer names them, but what is said of them is kept too
        chart.absent()
                .forEach(absent -> key.with(absent.what())
                        .with(absent.place().toString())
                        .with(absent.why().orElse("")));
        return key.name();
    }
}
