package dev.premortem.model;

import dev.premortem.catalogue.RefusedSettings;
import dev.premortem.catalogue.Version;
import dev.premortem.estate.Release;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Releases at an exact version whose values a later version refuses, or theirs already does. */
public final class OutgrownSettings {
    private OutgrownSettings() {}

    /** Those that the pinned version still takes, or those that it refuses already. */
    public static List<Standstill.Item> of(Sketch sketch, boolean already) {
        List<Standstill.Item> items = new ArrayList<>();
        for (Release release : sketch.estate().all(Release.class)) {
            Optional<Fact<String>> pinned = ChartOrigins.version(sketch.estate(), release);
            Optional<Version> version = pinned.flatMap(text -> Version.parse(text.value()));
            for (RefusedSettings.Setting setting : RefusedSettings.on(sketch.now())) {
                Optional<Fact<String>> set = setting.paths().stream()
                        .flatMap(path -> release.values().text(path).stream())
                        .filter(text -> text.value().equals(setting.value()))
                        .findFirst();
                if (release.chart().equals(setting.chart())
                        && set.isPresent()
                        && version.isPresent()
                        && version.get().before(setting.to()) != already) {
                    items.add(item(release, setting, set.get(), pinned.get()));
                }
            }
        }
        return items;
    }

    private static Standstill.Item item(
            Release release, RefusedSettings.Setting setting, Fact<String> set, Fact<String> pinned) {
        String name = release.namespace() + "/" + release.name();
        return new Standstill.Item(
                release.reference(),
                set.provenance() instanceof Declared place ? place : release.place(),
                name + " does its work",
                name + " " + setting.what(),
                name + " is set to " + setting.value() + ", which " + setting.chart() + " takes before chart "
                        + setting.to().major() + "." + setting.to().minor() + "."
                        + setting.to().patch()
                        + " only; instead: " + setting.instead(),
                List.of(
                        Evidence.of(setting.value(), set),
                        Evidence.of("chart " + setting.chart() + " " + pinned.value(), pinned),
                        new Evidence(
                                "a later version refuses it",
                                new Assumed("behaviour.refused-setting", setting.source()))),
                Confidence.LIKELY);
    }
}
