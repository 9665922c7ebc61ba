package dev.premortem.model;

import dev.premortem.estate.Release;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Releases of cert-manager that take their definitions with them when they go, and with these every Certificate and issuer of the cluster. */
public final class RemovedDefinitions {
    private static final String SOURCE =
            "cert-manager/cert-manager#6719 and cert-manager.io/docs/installation/reinstall (2026-11-25)";

    private RemovedDefinitions() {}

    /** Those that say so, by cluster. */
    public static SortedMap<String, List<Standstill.Item>> of(Sketch sketch) {
        SortedMap<String, List<Standstill.Item>> items = new TreeMap<>();
        for (Release release : sketch.estate().all(Release.class)) {
            Optional<Fact<String>> keep = release.values()
                    .text("crds.keep")
                    .filter(text -> release.chart().equals("cert-manager")
                            && text.value().equals("false"));
            if (keep.isPresent() && keep.get().provenance() instanceof Declared place) {
                items.computeIfAbsent(release.cluster(), _ -> new ArrayList<>())
                        .add(new Standstill.Item(
                                release.reference(),
                                place,
                                "certificates are renewed",
                                "no certificate is renewed any more; each serves until its end",
                                "the definitions go with the release, and every Certificate and issuer with them",
                                List.of(
                                        Evidence.of("crds.keep: false", keep.get()),
                                        new Evidence(
                                                "definitions are deleted", new Assumed("behaviour.crds-keep", SOURCE))),
                                Confidence.LIKELY));
            }
        }
        return items;
    }
}
