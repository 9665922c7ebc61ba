package dev.premortem.model;

import dev.premortem.estate.Issuer;
import dev.premortem.estate.Route;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Fact;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The store of a proxy that orders certificates itself: where it lies, how long it lasts, and which exact sets of names a start with an empty store
 * orders. One order per set of declared names, or per route's host names; what a wanted wildcard covers is not ordered again (Traefik v2 and v3).
 *
 * @param path of the file inside the container
 * @param sets what an empty store orders, sorted by label
 */
public record AcmeStore(
        Issuer issuer,
        Workload workload,
        Workload.Container container,
        String path,
        Storage storage,
        List<NameSet> sets) {
    private static final Pattern ENTRY = Pattern.compile(
            "--entrypoints?\\.([^.=]+)\\.http\\.tls\\.(?:certresolver=(.+)|domains\\[(\\d+)]\\.(?:main|sans(?:\\[\\d+])?)=(.+))",
            Pattern.CASE_INSENSITIVE);

    /**
     * One exact set of names.
     *
     * @param label as it is told: the names, joined
     * @param routes that it serves
     */
    public record NameSet(String label, List<Route> routes, Evidence evidence) {}

    /** The stores of the estate that somebody's routes depend on. */
    public static List<AcmeStore> all(Sketch sketch) {
        List<AcmeStore> stores = new ArrayList<>();
        for (Issuer issuer : sketch.estate().all(Issuer.class)) {
            if (issuer.kind().equals("acme") && issuer.orderedBy().isPresent()) {
                Workload workload = sketch.placement()
                        .workloads()
                        .get(issuer.orderedBy().get().text());
                if (workload != null && !workload.containers().isEmpty()) {
                    AcmeStore store = of(sketch, issuer, workload);
                    if (!store.sets().isEmpty()) {
                        stores.add(store);
                    }
                }
            }
        }
        return stores;
    }

    private static AcmeStore of(Sketch sketch, Issuer issuer, Workload workload) {
        Workload.Container container = workload.containers().stream()
                .filter(candidate -> candidate.image().value().contains("traefik"))
                .findFirst()
                .orElse(workload.containers().getFirst());
        String told = issuer.storage().map(Fact::value).orElse("acme.json");
        String path = told.startsWith("/") ? told : "/" + told;
        return new AcmeStore(
                issuer,
                workload,
                container,
                path,
                Storage.of(workload, container, path, false),
                sets(sketch, issuer, workload, container));
    }

    private static List<NameSet> sets(Sketch sketch, Issuer issuer, Workload workload, Workload.Container container) {
        Entries entries = Entries.of(container);
        SortedMap<String, SortedSet<String>> wanted = new TreeMap<>();
        SortedMap<String, Evidence> evidence = new TreeMap<>();
        Map<Route, SortedSet<String>> needs = new LinkedHashMap<>();
        for (Route route : sketch.estate().all(Route.class)) {
            boolean own = route.resolver().map(Fact::value).equals(Optional.of(issuer.name()));
            boolean byEntry = entries.resolvers().contains(issuer.name())
                    && route.resolver().isEmpty()
                    && route.secret().isEmpty()
                    && sketch.front().controller(route).equals(Optional.of(workload));
            if (!route.cluster().equals(workload.cluster()) || (!own && !byEntry)) {
                continue;
            }
            SortedSet<String> names =
                    names(route.certificateNames().isEmpty() ? route.hosts() : route.certificateNames());
            if (names.isEmpty()) {
                continue;
            }
            needs.put(route, names);
            wanted.put(String.join(", ", names), names);
            evidence.putIfAbsent(String.join(", ", names), new Evidence("ordered by " + route.name(), route.place()));
        }
        if (entries.resolvers().contains(issuer.name())) {
            entries.domains().forEach((label, names) -> {
                wanted.put(label, names);
                evidence.putIfAbsent(label, new Evidence("tls.domains " + label, container.place()));
            });
        }
        SortedMap<String, List<Route>> served = new TreeMap<>();
        needs.forEach((route, names) -> served.computeIfAbsent(covering(names, wanted), _ -> new ArrayList<>())
                .add(route));
        return served.entrySet().stream()
                .map(entry -> new NameSet(
                        entry.getKey(),
                        List.copyOf(entry.getValue()),
                        Objects.requireNonNull(evidence.get(entry.getKey()))))
                .toList();
    }

    /** The label of the set that serves these names: another whose wildcards cover them all, or their own. */
    private static String covering(SortedSet<String> names, SortedMap<String, SortedSet<String>> wanted) {
        for (Map.Entry<String, SortedSet<String>> other : wanted.entrySet()) {
            if (!other.getValue().equals(names)
                    && names.stream()
                            .allMatch(name -> other.getValue().contains(name)
                                    || other.getValue().contains(parent(name)))) {
                return other.getKey();
            }
        }
        return String.join(", ", names);
    }

    private static String parent(String name) {
        int dot = name.indexOf('.');
        return dot < 0 || name.startsWith("*") ? name : "*" + name.substring(dot);
    }

    private static SortedSet<String> names(List<Fact<String>> facts) {
        SortedSet<String> names = new TreeSet<>();
        facts.forEach(fact -> names.add(fact.value().toLowerCase(Locale.ROOT)));
        return names;
    }

    /** What the arguments say about TLS of whole entry points. */
    private record Entries(SortedSet<String> resolvers, SortedMap<String, SortedSet<String>> domains) {
        static Entries of(Workload.Container container) {
            SortedSet<String> resolvers = new TreeSet<>();
            SortedMap<String, SortedSet<String>> indexed = new TreeMap<>();
            for (Fact<String> argument : container.arguments()) {
                Matcher matcher = ENTRY.matcher(argument.value().strip());
                if (!matcher.matches()) {
                    continue;
                }
                if (matcher.group(2) != null) {
                    resolvers.add(matcher.group(2).strip());
                } else {
                    for (String name : matcher.group(4).split(",", 0)) {
                        indexed.computeIfAbsent(matcher.group(1) + " " + matcher.group(3), _ -> new TreeSet<>())
                                .add(name.strip().toLowerCase(Locale.ROOT));
                    }
                }
            }
            SortedMap<String, SortedSet<String>> domains = new TreeMap<>();
            indexed.values().forEach(names -> domains.put(String.join(", ", names), names));
            return new Entries(resolvers, domains);
        }
    }
}
