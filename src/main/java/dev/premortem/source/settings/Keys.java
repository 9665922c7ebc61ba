package dev.premortem.source.settings;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The keys of {@code .premortem.yaml}. */
public final class Keys {
    /** Options whose values of several files add up. */
    static final List<String> ADDED = List.of("not-mechanism", "live");

    private static final SortedMap<String, String> OPTIONS = new TreeMap<>(Map.ofEntries(
            Map.entry("all", "all"),
            Map.entry("baseline", "baseline"),
            Map.entry("coverage", "coverage"),
            Map.entry("failOn", "fail-on"),
            Map.entry("fetch", "fetch"),
            Map.entry("format", "format"),
            Map.entry("helm", "helm"),
            Map.entry("horizon", "horizon"),
            Map.entry("kubeVersion", "kube-version"),
            Map.entry("live", "live"),
            Map.entry("mechanisms", "mechanism"),
            Map.entry("noCache", "no-cache"),
            Map.entry("noColor", "no-color"),
            Map.entry("noRender", "no-render"),
            Map.entry("notMechanisms", "not-mechanism"),
            Map.entry("order", "order"),
            Map.entry("prometheus", "prometheus"),
            Map.entry("quiet", "quiet")));

    private Keys() {}

    /** The long name of each key's option, without dashes. */
    public static SortedMap<String, String> options() {
        return Collections.unmodifiableSortedMap(OPTIONS);
    }

    /** Every key, {@code accept} and {@code ignore} too. */
    static String[] all() {
        List<String> names = new java.util.ArrayList<>(OPTIONS.keySet());
        names.addAll(List.of("accept", "ignore"));
        Collections.sort(names);
        return names.toArray(String[]::new);
    }
}
