package dev.premortem.model;

import dev.premortem.catalogue.AdmissionCharts;
import dev.premortem.estate.Release;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Fact;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;

/** Releases of webhooks that fail closed and run one pod by what their charts do where values say nothing; charts that are rendered show it themselves. */
public final class AdmissionReleases {
    private AdmissionReleases() {}

    /** Those of an estate. */
    public static List<Singles.Item> of(Sketch sketch) {
        List<Singles.Item> items = new ArrayList<>();
        for (AdmissionCharts.Chart chart : AdmissionCharts.all()) {
            for (Release release : sketch.estate().all(Release.class)) {
                if (release.chart().equals(chart.name())
                        && once(release, chart)
                        && !ReleaseSingles.rendered(sketch.estate(), release)) {
                    items.add(item(release, chart));
                }
            }
        }
        return items;
    }

    private static boolean once(Release release, AdmissionCharts.Chart chart) {
        boolean several = chart.counts().stream()
                .flatMap(path -> release.values().text(path).stream())
                .map(Fact::value)
                .anyMatch(count -> !count.equals("1"));
        boolean lenient = release.values()
                .text(chart.lenient())
                .filter(value -> value.value().equals(chart.lets()))
                .isPresent();
        return !several && !lenient;
    }

    private static Singles.Item item(Release release, AdmissionCharts.Chart chart) {
        boolean said = !release.values().entries().isEmpty();
        String word = release.namespace() + "/" + release.name();
        return new Singles.Item(
                release.reference(),
                said ? release.values().place() : release.place(),
                word + " alone admits " + chart.admits(),
                List.of(
                        new Evidence(
                                "no second pod in the values of " + word,
                                said ? release.values().place() : release.place()),
                        new Evidence(
                                "it fails closed", new Assumed("chart." + chart.name() + ".webhook", chart.source()))),
                Confidence.POSSIBLE);
    }
}
