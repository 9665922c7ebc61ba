package dev.premortem.model;

import dev.premortem.catalogue.BitnamiCharts;
import dev.premortem.estate.Release;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Releases of charts that are not rendered, whose image by default was taken away: what runs lives on where nodes keep it. */
public final class LostDefaults {
    private LostDefaults() {}

    /** All of an estate, in the order of their references. */
    public static List<Standstill.Item> of(Sketch sketch) {
        List<Standstill.Item> items = new ArrayList<>();
        for (Release release : sketch.estate().all(Release.class)) {
            if (!ReleaseSingles.rendered(sketch.estate(), release)) {
                item(sketch, release).ifPresent(items::add);
            }
        }
        return items;
    }

    private static Optional<Standstill.Item> item(Sketch sketch, Release release) {
        Optional<Fact<String>> origin =
                ChartOrigins.of(sketch.estate(), release).filter(url -> BitnamiCharts.repository(url.value()));
        Optional<Fact<String>> version = ChartOrigins.version(sketch.estate(), release);
        boolean gone = version.filter(text -> BitnamiCharts.gone(release.chart(), text.value()))
                .isPresent();
        boolean own = Stream.of(
                        "global.imageRegistry", "image.registry", "image.repository", "image.tag", "image.digest")
                .anyMatch(path -> release.values()
                        .text(path)
                        .filter(text -> !text.value().isBlank())
                        .isPresent());
        if (origin.isEmpty() || !gone || own) {
            return Optional.empty();
        }
        String name = release.namespace() + "/" + release.name();
        String chart = release.chart() + " " + version.get().value();
        Declared place = version.get().provenance() instanceof Declared line ? line : release.place();
        return Optional.of(new Standstill.Item(
                release.reference(),
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
                                new Assumed("chart." + release.chart() + ".image", BitnamiCharts.SOURCE))),
                Confidence.LIKELY));
    }
}
