package dev.premortem.model;

import dev.premortem.catalogue.BitnamiCharts;
import dev.premortem.estate.AbsentChart;
import dev.premortem.estate.Estate;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Release;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Releases of charts that are not rendered, whose image by default was taken away: what runs lives on where nodes keep it. */
public final class LostDefaults {
    private LostDefaults() {}

    /** A chart that somebody asks for, in a version of a repository, with values. */
    private record Asked(
            Reference reference,
            Declared place,
            String name,
            String chart,
            Optional<Fact<String>> version,
            Optional<Fact<String>> repository,
            Tree values) {}

    /** All of an estate, in the order of their references, those that a chart of the tree takes in behind the others. */
    public static List<Standstill.Item> of(Sketch sketch) {
        Estate estate = sketch.estate();
        List<Asked> all = new ArrayList<>();
        for (Release release : estate.all(Release.class)) {
            if (!ReleaseSingles.rendered(estate, release)) {
                all.add(new Asked(
                        release.reference(),
                        release.place(),
                        release.namespace() + "/" + release.name(),
                        release.chart(),
                        ChartOrigins.version(estate, release),
                        ChartOrigins.of(estate, release),
                        release.values()));
            }
        }
        for (AbsentChart chart : estate.all(AbsentChart.class)) {
            all.add(new Asked(
                    chart.reference(),
                    chart.place(),
                    chart.namespace() + "/" + chart.release() + " ("
                            + chart.reference().name() + ")",
                    chart.chart(),
                    Optional.of(chart.version()),
                    Optional.of(chart.repository()),
                    chart.values()));
        }
        return all.stream().flatMap(asked -> item(asked).stream()).toList();
    }

    private static Optional<Standstill.Item> item(Asked asked) {
        Optional<Fact<String>> origin = asked.repository().filter(url -> BitnamiCharts.repository(url.value()));
        Optional<Fact<String>> version =
                asked.version().filter(text -> BitnamiCharts.gone(asked.chart(), text.value()));
        boolean own = Stream.of(
                        "global.imageRegistry", "image.registry", "image.repository", "image.tag", "image.digest")
                .anyMatch(path -> asked.values()
                        .text(path)
                        .filter(text -> !text.value().isBlank())
                        .isPresent());
        if (origin.isEmpty() || version.isEmpty() || own) {
            return Optional.empty();
        }
        String name = asked.name();
        String chart = asked.chart() + " " + version.get().value();
        Declared place = version.get().provenance() instanceof Declared line ? line : asked.place();
        return Optional.of(new Standstill.Item(
                asked.reference(),
                place,
                name + " starts",
                name + " waits in ImagePullBackOff until somebody writes another image",
                "the chart " + chart + " starts " + name + " from a version below docker.io/bitnami,"
                        + " which was taken away in September 2025",
                List.of(
                        Evidence.of("chart " + chart, version.get()),
                        Evidence.of("of " + origin.get().value(), origin.get()),
                        new Evidence(
                                "its image by default is gone",
                                new Assumed("chart." + asked.chart() + ".image", BitnamiCharts.SOURCE))),
                Confidence.LIKELY));
    }
}
