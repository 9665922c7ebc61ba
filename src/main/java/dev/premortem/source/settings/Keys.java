package dev.premortem.source.settings;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The keys of {@code .premortem.yaml}. */
public final class Keys {
    /** Options whose values of several files add up. */
    static final List<String> ADDED = List.of("not-mechanism");

    private static final SortedMap<String, String> OPTIONS = new TreeMap<>(Map.ofEntries(
            Map.entry("all", "all"),
            Map.entry("baseline", "baseline"),
            Map.entry("coverage", "coverage"),
            Map.entry("failOn", "fail-on"),
            Map.entry("format", "format"),
            Map.entry("horizon", "horizon"),
            Map.entry("kubeVersion", "kube-version"),
            Map.entry("mechanisms", "mechanism"),
            Map.entry("noCache", "no-cache"),
            Map.entry("noColor", "no-color"),
            Map.entry("noRender", "no-render"),
            Map.entry("notMechanisms", "not-mechanism"),
            Map.entry("order", "order"),
            Map.entry("quiet", "quiet")));

    /**
     * Options that no file may set, by what they do: whoever checks a stranger's repository would connect with credentials of his own, or run
     * a program, because the stranger says so.
     */
    static final SortedMap<String, String> REFUSED = Collections.unmodifiableSortedMap(new TreeMap<>(Map.of(
            "fetch", "opens connections",
            "helm", "runs a program",
            "live", "opens connections with your credentials",
            "prometheus", "opens connections with your credentials")));

    private Keys() {}

    /** The long name of each key's option, without dashes. */
    public static SortedMap<String, String> options() {
        return Collections.unmodifiableSortedMap(OPTIONS);
    }

    /** Every key, {@code accept} and {@code ignore} too, and those that are refused. */
    static String[] all() {
        List<String> names = new java.util.ArrayList<>(OPTIONS.keySet());
        names.addAll(List.of("accept", "ignore"));
        names.addAll(REFUSED.keySet());
        Collections.sort(names);
        return names.toArray(String[]::new);
    }
}
