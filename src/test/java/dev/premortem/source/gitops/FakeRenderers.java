package dev.premortem.source.gitops;

import dev.premortem.fact.Tree;
import dev.premortem.source.render.ChartJob;
import dev.premortem.source.render.FileTree;
import dev.premortem.source.render.OverlayJob;
import dev.premortem.source.render.Rendered;
import dev.premortem.source.render.Renderers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Renders every chart to one Deployment called as the release, and builds no kustomization. Remembers what it was asked. */
final class FakeRenderers implements Renderers {
    final List<ChartJob> charts = new ArrayList<>();
    final List<OverlayJob> overlays = new ArrayList<>();
    FileTree files = FileTree.EMPTY;

    @Override
    public List<Rendered> charts(FileTree tree, List<ChartJob> jobs) {
        charts.addAll(jobs);
        return jobs.stream()
                .map(job -> new Rendered(List.of(deployment(job)), Optional.of("fake 1"), Optional.empty(), List.of()))
                .toList();
    }

    private static Tree deployment(ChartJob job) {
        Tree made = Grafts.mapping(job.place());
        made = Grafts.put(made, List.of("apiVersion"), Grafts.text(job.place(), "apps/v1"));
        made = Grafts.put(made, List.of("kind"), Grafts.text(job.place(), "Deployment"));
        made = Grafts.put(made, List.of("metadata", "name"), Grafts.text(job.place(), job.release()));
        Optional<Tree> replicas = job.values().stream()
                .flatMap(values -> values.at("replicas").stream())
                .reduce((_, later) -> later);
        return replicas.isEmpty() ? made : Grafts.put(made, List.of("spec", "replicas"), replicas.get());
    }

    @Override
    public List<Rendered> overlays(FileTree tree, List<OverlayJob> jobs) {
        files = tree;
        overlays.addAll(jobs);
        return jobs.stream().map(_ -> Rendered.not("is not rendered")).toList();
    }

    /** The job of a release. */
    ChartJob chart(String release) {
        return charts.stream()
                .filter(job -> job.release().equals(release))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + release + " among "
                        + charts.stream().map(ChartJob::release).toList()));
    }
}
