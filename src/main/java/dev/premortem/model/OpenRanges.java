package dev.premortem.model;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Release;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Versions that are ranges without an upper end: the day on which the next major version comes is set by whoever publishes it. */
public final class OpenRanges {
    /** {@code >=1.0.0}, {@code *}, {@code x}: of Masterminds/semver, which Helm, Flux and Argo CD read. */
    private static final Pattern OPEN = Pattern.compile("\\s*(>=?\\s*v?[0-9][^<|,]*|[*xX])\\s*");

    private OpenRanges() {}

    /** What follows such a range, by cluster; clusters that are not for users are left out, because being first is their job. */
    public static SortedMap<String, List<Standstill.Item>> of(Sketch sketch) {
        SortedMap<String, List<Standstill.Item>> items = new TreeMap<>();
        for (Release release : sketch.estate().all(Release.class)) {
            release.version()
                    .ifPresent(version -> add(items, release.cluster(), release.reference(), release.chart(), version));
        }
        for (KubernetesObject object : sketch.estate().objects("OCIRepository")) {
            Optional<Fact<String>> range = object.tree().text("spec.ref.semver");
            range.ifPresent(version -> add(items, object.cluster(), object.reference(), object.name(), version));
        }
        return items;
    }

    private static void add(
            SortedMap<String, List<Standstill.Item>> items,
            String cluster,
            dev.premortem.estate.Reference of,
            String what,
            Fact<String> version) {
        boolean open = OPEN.matcher(version.value()).matches();
        if (open && Sister.serious(cluster) && version.provenance() instanceof Declared place) {
            items.computeIfAbsent(cluster, _ -> new ArrayList<>())
                    .add(new Standstill.Item(
                            of,
                            place,
                            what + " stays as it is",
                            what + " takes it by itself",
                            what + " follows " + version.value() + ": the next major version too, by nobody's decision",
                            List.of(Evidence.of("version " + version.value(), version)),
                            Confidence.SURE));
        }
    }
}
