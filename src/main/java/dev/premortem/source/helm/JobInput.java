package dev.premortem.source.helm;

import dev.premortem.fact.Problem;
import dev.premortem.fact.Tree;
import dev.premortem.source.cache.ContentCache;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.ChartSource;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.Rendered;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A job with all that its result depends on.
 *
 * @param key name of that in the cache
 * @param failed the result, where it is known already that there is nothing to render
 */
record JobInput(ChartJob job, ChartFiles chart, String key, Optional<Rendered> failed) {
    /** Raised with every change of what is made of Helm's output. */
    private static final String KIND = "helm-charts/1";

    static JobInput of(
            FileTree files,
            ChartJob job,
            HelmSettings settings,
            Function<ChartSource.Remote, Optional<byte[]>> fetched) {
        try {
            ChartFiles chart = ChartLoader.load(files, job.source(), fetched);
            if (ChartFiles.value(chart.chart("").orElseGet(() -> nothing(job)), "type")
                    .equals("library")) {
                return not(job, Rendered.not("is a library chart, which other charts include"));
            }
            boolean empty = chart.files().keySet().stream().noneMatch(JobInput::made);
            if (empty) {
                return not(job, Rendered.not("has no templates in the tree"));
            }
            return new JobInput(job, chart, key(job, chart, settings), Optional.empty());
        } catch (ChartLoader.Missing e) {
            List<Problem> problems = e.problem().stream().toList();
            return not(job, new Rendered(List.of(), Optional.empty(), Optional.of(e.gap()), problems));
        }
    }

    /** True for what objects come from. */
    private static boolean made(String path) {
        return ("/" + path).contains("/templates/") || ("/" + path).contains("/crds/");
    }

    private static Tree nothing(ChartJob job) {
        return new Tree.Mapping(job.place(), List.of());
    }

    private static JobInput not(ChartJob job, Rendered result) {
        return new JobInput(job, new ChartFiles("", java.util.Collections.emptySortedMap()), "", Optional.of(result));
    }

    private static String key(ChartJob job, ChartFiles chart, HelmSettings settings) {
        ContentCache.Key key = new ContentCache.Key(KIND)
                .with(settings.helm().map(Object::toString).orElse(HelmVersions.LIBRARY))
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
        return key.name();
    }
}
