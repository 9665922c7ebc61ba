package dev.premortem.model;

import dev.premortem.estate.ConfigMap;
import dev.premortem.estate.Issuer;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Route;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Fact;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
    private static final Pattern CADDY = Pattern.compile("(.*/)?caddy([:@].*)?");

    private static final Pattern ENTRY = Pattern.compile(
            "--entrypoints?\\.([^.=]+)\\.http\\.tls\\.(?:certresolver=(.+)|domains\\[(\\d+)]\\.(?:main|sans(?:\\[\\d+])?)=(.+))",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern RESOLVER = Pattern.compile(
            "--certificatesresolvers\\.([^.=]+)\\.acme\\.(storage|caserver)=(.+)", Pattern.CASE_INSENSITIVE);

    /**
     * One exact set of names.
     *
     * @param label as it is told: the names, joined
     * @param routes that it serves
     * @param hosts that it serves without a route: a proxy with a configuration of its own
     */
    public record NameSet(String label, List<Route> routes, List<String> hosts, Evidence evidence) {
        NameSet(String label, List<Route> routes, Evidence evidence) {
            this(label, routes, List.of(), evidence);
        }

        /** As it stands in the names of conditions. */
        public String word() {
            return label.replace(", ", "+");
        }
    }

    /** Makes what the set serves need its certificate. */
    public static void require(Sketch sketch, NameSet set, Condition certificate) {
        for (Route route : set.routes()) {
            sketch.twin().require(sketch.front().route(route), certificate);
        }
        for (String host : set.hosts()) {
            if (sketch.twin().defines(sketch.front().host(host))) {
                sketch.twin().require(sketch.front().host(host), certificate);
            }
        }
    }

    /** True for Caddy, which fails the handshake where it has no certificate, and tries again by itself. */
    public boolean caddy() {
        return caddy(container);
    }

    private static boolean caddy(Workload.Container container) {
        return CADDY.matcher(container.image().value()).matches();
    }

    /** The stores of the estate. Where no route is known, one set stands for whatever it serves. */
    public static List<AcmeStore> all(Sketch sketch) {
        List<AcmeStore> stores = new ArrayList<>();
        sketch.placement().workloads().values().forEach(workload -> {
            Set<String> labels = new HashSet<>();
            issuers(sketch, workload)
                    .values()
                    .forEach(issuer -> stores.add(of(sketch, issuer, workload).apart(labels)));
            workload.containers().stream()
                    .filter(AcmeStore::caddy)
                    .flatMap(container -> ofCaddy(sketch, workload, container).stream())
                    .forEach(stores::add);
        });
        return stores;
    }

    /** Two resolvers of one workload may order the same names, one for RSA and one for ECDSA: the later one's sets are told by its name too. */
    private AcmeStore apart(Set<String> labels) {
        List<NameSet> told = sets.stream()
                .map(set -> labels.add(set.label())
                        ? set
                        : new NameSet(set.label() + " by " + issuer.name(), set.routes(), set.hosts(), set.evidence()))
                .toList();
        return new AcmeStore(issuer, workload, container, path, storage, told);
    }

    /** Resolvers by name: what the arguments say, and what was read elsewhere. Clusters may use one name for different resolvers. */
    private static SortedMap<String, Issuer> issuers(Sketch sketch, Workload workload) {
        SortedMap<String, Issuer> issuers = new TreeMap<>();
        for (Issuer issuer : sketch.estate().all(Issuer.class)) {
            if (issuer.kind().equals("acme")
                    && issuer.orderedBy().equals(Optional.of(workload.reference()))
                    && !workload.containers().isEmpty()) {
                issuers.put(issuer.name(), issuer);
            }
        }
        for (Workload.Container container : workload.containers()) {
            for (Fact<String> argument : container.arguments()) {
                Matcher matcher = RESOLVER.matcher(argument.value().strip());
                if (matcher.matches()) {
                    String name = matcher.group(1);
                    boolean storage = matcher.group(2).equalsIgnoreCase("storage");
                    Fact<String> value = argument.map(_ -> matcher.group(3).strip());
                    Optional<Issuer> known = Optional.ofNullable(issuers.get(name));
                    issuers.put(
                            name,
                            new Issuer(
                                    Reference.of("issuer", name),
                                    known.map(Issuer::place).orElse(container.place()),
                                    workload.cluster(),
                                    name,
                                    "acme",
                                    storage ? server(known) : Optional.of(value),
                                    Optional.of(workload.reference()),
                                    storage ? Optional.of(value) : storage(known)));
                }
            }
        }
        return issuers;
    }

    private static Optional<Fact<String>> server(Optional<Issuer> known) {
        return known.flatMap(Issuer::server);
    }

    private static Optional<Fact<String>> storage(Optional<Issuer> known) {
        return known.flatMap(Issuer::storage);
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

    /** The official image keeps everything below /data; the names stand in a Caddyfile of a ConfigMap that the pod mounts. */
    private static Optional<AcmeStore> ofCaddy(Sketch sketch, Workload workload, Workload.Container container) {
        SortedMap<String, NameSet> sets = new TreeMap<>();
        Optional<Fact<String>> server = Optional.empty();
        for (ConfigMap map : sketch.estate().all(ConfigMap.class)) {
            boolean mounted = map.cluster().equals(workload.cluster())
                    && map.namespace().equals(workload.namespace())
                    && workload.volumes().stream()
                            .anyMatch(volume -> volume.kind().value().equals("configMap")
                                    && volume.source().equals(map.name()));
            Optional<Fact<String>> text =
                    Optional.ofNullable(map.data().get("Caddyfile")).filter(_ -> mounted);
            if (text.isPresent()) {
                Caddyfile file = Caddyfile.parse(text.get().value());
                server = file.server()
                        .map(url -> text.get().map(_ -> url))
                        .or(() -> text.map(_ -> text.get().map(_ -> "")));
                file.names()
                        .forEach(name -> sets.put(
                                name,
                                new NameSet(
                                        name,
                                        List.of(),
                                        List.of(name),
                                        Evidence.of("site " + name + " in the Caddyfile", text.get()))));
            }
        }
        Issuer issuer = new Issuer(
                Reference.of("issuer", "caddy"),
                container.place(),
                workload.cluster(),
                "caddy",
                "acme",
                server,
                Optional.of(workload.reference()),
                Optional.empty());
        return sets.isEmpty()
                ? Optional.empty()
                : Optional.of(new AcmeStore(
                        issuer,
                        workload,
                        container,
                        "/data/caddy",
                        Storage.of(workload, container, "/data/caddy", false),
                        List.copyOf(sets.values())));
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
            if (!route.cluster().equals(workload.cluster()) || !own && !byEntry) {
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
        if (entries.resolvers().contains(issuer.name())) {
            entries.domains().keySet().forEach(label -> served.putIfAbsent(label, List.of()));
        }
        if (served.isEmpty()) {
            return List.of(
                    new NameSet("every name it serves", List.of(), new Evidence("orders by itself", issuer.place())));
        }
        return served.entrySet().stream()
                .map(entry -> new NameSet(
                        entry.getKey(),
                        List.copyOf(entry.getValue()),
                        java.util.Objects.requireNonNull(evidence.get(entry.getKey()))))
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
                    for (String name : matcher.group(4).split(",")) {
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
