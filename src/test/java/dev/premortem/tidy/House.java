package dev.premortem.tidy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The packages, their rings, and what each may import. A package below a named one has its row unless it has its own. */
final class House {
    private static final List<String> CORE_RESULTS = List.of("fact", "estate", "outage");

    private final Map<String, Set<String>> rows = new TreeMap<>();
    private final Set<String> pure = new TreeSet<>();

    House() {
        pure("fact");
        pure("estate", "fact");
        pure("catalogue", "fact", "twin.process");
        pure("twin", "fact");
        pure("twin.process", "fact", "twin");
        pure("engine.sweep", "fact", "twin");
        pure("engine.cuts", "fact", "twin");
        pure("engine.timeline", "fact", "twin");
        pure("outage", "fact", "estate", "twin");
        pure("model", "fact", "estate", "catalogue", "twin", "twin.process", "outage");
        pure("mechanism", "fact", "estate", "catalogue", "twin", "twin.process", "outage", "model");
        pure(
                "predict",
                "fact",
                "estate",
                "catalogue",
                "twin",
                "twin.process",
                "engine.sweep",
                "engine.cuts",
                "engine.timeline",
                "outage",
                "model",
                "mechanism");
        pure("incident", "fact", "estate", "outage");
        pure("diagnose", "fact", "estate", "outage", "predict");
        row("source", "fact", "estate", "catalogue", "engine.cuts", "outage", "predict", "source");
        row("kept", "fact", "estate", "twin", "outage");
        row("probe", "fact", "estate");
        row("report", "fact", "estate", "twin", "outage", "model", "mechanism", "predict");
        row("alert", "fact", "outage", "incident");
        row("store", "fact", "outage", "incident");
        row("watch", everything());
        row("web", everything());
        row("cli", everything());
    }

    private String[] everything() {
        return rows.keySet().toArray(String[]::new);
    }

    private void pure(String name, String... imports) {
        pure.add(name);
        row(name, imports);
    }

    private void row(String name, String... imports) {
        rows.put(name, new TreeSet<>(List.of(imports)));
    }

    /** The row that a package stands in; empty where it stands in none. */
    String room(String name) {
        for (String here = name;
                !here.isEmpty();
                here = here.contains(".") ? here.substring(0, here.lastIndexOf('.')) : "") {
            if (rows.containsKey(here)) {
                return here;
            }
        }
        return "";
    }

    boolean mayImport(String from, String to) {
        return room(from).equals(room(to))
                || rows.getOrDefault(room(from), Set.of()).contains(room(to));
    }

    boolean isPure(String name) {
        return pure.contains(room(name));
    }

    /** Rings 0 to 4, where names are watched. */
    boolean isCore(String name) {
        return isPure(name) || CORE_RESULTS.contains(room(name));
    }
}
