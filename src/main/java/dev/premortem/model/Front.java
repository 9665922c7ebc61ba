package dev.premortem.model;

import dev.premortem.catalogue.Proxies;
import dev.premortem.estate.Dependency;
import dev.premortem.estate.Product;
import dev.premortem.estate.Route;
import dev.premortem.estate.Service;
import dev.premortem.estate.Workload;
import dev.premortem.estate.Zone;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.Top;
import dev.premortem.twin.TwinBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What users meet: products, the host names they answer under, the routes and load balancers behind these, and the records in front. */
public final class Front {
    /** Words in a name or cluster that make a product weigh a tenth (ranking 6). */
    private static final List<String> LESSER = List.of("staging", "dev", "test", "preview", "demo", "canary");

    /** First labels of host names under which operators' own tools answer: they weigh as little (ranking 6). */
    private static final Set<String> TOOLS = new TreeSet<>(List.of(
            "alertmanager",
            "argo-cd",
            "argo-workflows",
            "argocd",
            "capacitor",
            "flux-webhook",
            "goldilocks",
            "grafana",
            "headlamp",
            "hubble",
            "jaeger",
            "k8s-dashboard",
            "kiali",
            "kibana",
            "kubernetes-dashboard",
            "loki",
            "longhorn",
            "opencost",
            "pgadmin",
            "phpmyadmin",
            "policy-reporter",
            "prometheus",
            "rook",
            "thanos",
            "traefik",
            "zipkin"));

    private final Sketch sketch;
    private final SortedMap<String, List<Route>> hosts = new TreeMap<>();
    private final SortedMap<String, SortedSet<String>> productsByHost = new TreeMap<>();

    private final SortedMap<String, List<Workload>> controllers = new TreeMap<>();
    private final List<Service> loadBalancers;

    Front(Sketch sketch) {
        this.sketch = sketch;
        for (Workload workload : sketch.placement().workloads().values()) {
            if (kindOfController(workload).isPresent()) {
                controllers
                        .computeIfAbsent(workload.cluster(), _ -> new ArrayList<>())
                        .add(workload);
            }
        }
        this.loadBalancers = sketch.estate().all(Service.class).stream()
                .filter(Service::loadBalancer)
                .toList();
        for (Route route : sketch.estate().all(Route.class)) {
            for (Fact<String> host : route.hosts()) {
                hosts.computeIfAbsent(host.value(), _ -> new ArrayList<>()).add(route);
            }
        }
    }

    /** Routes by the host names that they name. */
    public SortedMap<String, List<Route>> hosts() {
        return hosts;
    }

    /** Names of the products that answer under a host name. */
    public SortedMap<String, SortedSet<String>> productsByHost() {
        return productsByHost;
    }

    /** Open condition: the route leads to something that answers. */
    public Condition route(Route route) {
        return Condition.of(route.reference().text());
    }

    /** Open condition: the host name works for its users. Only hosts of products have it. */
    public Condition host(String host) {
        return Condition.of("host/" + host);
    }

    /** The product's condition. */
    public Condition product(Product product) {
        return Condition.of(product.reference().text());
    }

    /** The record that answers for a host name: the exact one before the wildcard. */
    public record Answer(Zone zone, Zone.Entry entry) {}

    /** Address records of a host name in the zones of the estate: exact names first, then the closest wildcard. */
    public List<Answer> answers(String host) {
        for (String candidate : candidates(host)) {
            List<Answer> found = new ArrayList<>();
            for (Zone zone : sketch.estate().all(Zone.class)) {
                for (Zone.Entry entry : zone.records()) {
                    boolean address = entry.type().equals("A")
                            || entry.type().equals("AAAA")
                            || entry.type().equals("CNAME");
                    if (address && fullName(zone, entry).equalsIgnoreCase(candidate)) {
                        found.add(new Answer(zone, entry));
                    }
                }
            }
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    private static List<String> candidates(String host) {
        List<String> names = new ArrayList<>(List.of(host));
        int dot = host.indexOf('.');
        while (dot > 0) {
            names.add("*" + host.substring(dot));
            dot = host.indexOf('.', dot + 1);
        }
        return names;
    }

    /** A record's whole name, without the last dot. */
    public static String fullName(Zone zone, Zone.Entry entry) {
        return entry.name().equals("@") || entry.name().isEmpty() ? zone.origin() : entry.name() + "." + zone.origin();
    }

    /** The ingress controller that serves a route, where the estate has one that fits its kind or class. */
    public Optional<Workload> controller(Route route) {
        for (Dependency need : route.dependsOn()) {
            Workload gateway = sketch.placement().workloads().get(need.to().text());
            if (gateway != null && gateway.podLabels().containsKey("gateway.networking.k8s.io/gateway-name")) {
                return Optional.of(gateway);
            }
        }
        if (route.kind().equals("Service")) {
            return Optional.empty(); // a load balancer of its own, with no controller between
        }
        String wanted = route.kind().startsWith("IngressRoute")
                ? "traefik"
                : route.className().map(Fact::value).orElse("").toLowerCase(Locale.ROOT);
        List<Workload> fitting = controllers.getOrDefault(route.cluster(), List.of()).stream()
                .filter(workload -> kindOfController(workload)
                        .filter(kind -> wanted.isEmpty() || wanted.contains(kind) || kind.contains(wanted))
                        .isPresent())
                .toList();
        return fitting.size() == 1 || (!wanted.isEmpty() && !fitting.isEmpty())
                ? Optional.of(fitting.getFirst())
                : Optional.empty();
    }

    private static Optional<String> kindOfController(Workload workload) {
        return workload.containers().stream()
                .flatMap(container -> Proxies.controller(container.image().value()).stream())
                .findFirst();
    }

    /** The Service of type LoadBalancer in front of a workload. */
    public Optional<Service> loadBalancer(Workload workload) {
        return loadBalancers.stream()
                .filter(service -> sketch.placement().serves(service, workload))
                .findFirst();
    }

    void draw() {
        sketch.estate().all(Route.class).forEach(this::drawRoute);
        List<Product> products = new ArrayList<>(sketch.estate().all(Product.class));
        if (products.isEmpty()) {
            products.addAll(byHost());
        }
        TwinBuilder twin = sketch.twin();
        for (Product product : products) {
            twin.open(product(product), Meaning.of("", product.name() + " is up", product.name() + " is down"));
            twin.top(new Top(product(product), product.name(), weight(product)));
        }
        products.forEach(this::drawProduct);
    }

    /** Where no product is declared, host names with the same backends are one product, named by the first of them. */
    private List<Product> byHost() {
        SortedMap<String, List<String>> groups = new TreeMap<>();
        hosts.forEach((host, routes) -> {
            SortedSet<String> backends = new TreeSet<>();
            routes.forEach(route -> route.backends(host)
                    .forEach(backend -> backends.add(backend.to().text())));
            groups.computeIfAbsent(backends.isEmpty() ? host : backends.toString(), _ -> new ArrayList<>())
                    .add(host);
        });
        List<Product> products = new ArrayList<>();
        groups.forEach((_, names) -> {
            Declared place = java.util.Objects.requireNonNull(hosts.get(names.getFirst()))
                                    .getFirst()
                                    .hosts()
                                    .getFirst()
                                    .provenance()
                            instanceof Declared declared
                    ? declared
                    : Sketch.nowhere();
            List<Fact<String>> urls =
                    names.stream().map(name -> new Fact<>(name, place)).toList();
            products.add(new Product(
                    names.getFirst(),
                    place,
                    false,
                    List.of(),
                    urls,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty()));
        });
        products.sort((a, b) -> a.name().compareTo(b.name()));
        return products;
    }

    private static double weight(Product product) {
        if (product.weight().isPresent()) {
            return product.weight().get().value();
        }
        if (product.tier().isPresent()) {
            return Math.pow(10, Math.max(0, 3 - product.tier().get().value()));
        }
        String name = product.name().toLowerCase(Locale.ROOT);
        boolean tool = TOOLS.contains(name.replaceFirst("[.].*", ""));
        return tool || LESSER.stream().anyMatch(name::contains) ? 0.1 : 1;
    }

    private void drawRoute(Route route) {
        TwinBuilder twin = sketch.twin();
        String name = route.reference().text();
        if (twin.defines(route(route))) {
            return;
        }
        Condition main = twin.open(
                route(route),
                Meaning.of(
                        "",
                        name + " leads somewhere",
                        name + " leads nowhere",
                        Evidence.of(route.kind() + " " + route.name(), new Fact<>(name, route.place()))));
        Optional<Workload> controller = controller(route);
        List<String> from = controller.map(sketch.placement()::sites).orElse(List.of(Placement.ANYWHERE));
        controller.ifPresent(workload -> twin.require(main, sketch.placement().workload(workload)));
        if (controller.isEmpty()
                && sketch.before()
                        .flatMap(before -> before.front().controller(route))
                        .isPresent()) {
            twin.require(
                    main,
                    twin.basic(
                            Condition.of(name, "controller"),
                            false,
                            Meaning.of("", name + " is served", "the ingress controller of " + name + " is deleted")));
        }
        boolean host = controller.map(Workload::hostNetwork).orElse(false);
        String place = from.size() == 1 ? from.getFirst() : Placement.ANYWHERE;
        List<Dependency> needs = new ArrayList<>(route.dependsOn());
        if (route.apart().isEmpty()) {
            needs.addAll(0, route.backends());
        }
        needs.forEach(need -> sketch.placement().need(main, need, place, Optional.of(route.cluster()), host));
        if (!route.apart().isEmpty()) {
            drawHosts(route, main, place, host);
        }
    }

    /** Each host name of a route whose names lead to different services. */
    private void drawHosts(Route route, Condition main, String from, boolean hostNetwork) {
        for (Fact<String> host : route.hosts()) {
            Condition led = sketch.twin()
                    .open(
                            led(route, host.value()),
                            Meaning.of(
                                    "",
                                    route.reference().text() + " leads somewhere for " + host.value(),
                                    route.reference().text() + " leads nowhere for " + host.value(),
                                    Evidence.of("host " + host.value(), host)));
            sketch.twin().require(led, main);
            route.backends(host.value())
                    .forEach(need ->
                            sketch.placement().need(led, need, from, Optional.of(route.cluster()), hostNetwork));
        }
    }

    /** Open condition: what one host name of a route leads to answers. */
    private Condition led(Route route, String host) {
        return route.apart().isEmpty()
                ? route(route)
                : Condition.of(
                        route.reference().text(),
                        "host:"
                                + candidates(host).stream()
                                        .filter(name -> route.hosts().stream()
                                                .anyMatch(own -> own.value().equals(name)))
                                        .findFirst()
                                        .orElse(host));
    }

    private void drawProduct(Product product) {
        TwinBuilder twin = sketch.twin();
        List<String> places = product.from().stream()
                .map(Fact::value)
                .filter(sketch.ground().sites()::containsKey)
                .toList();
        for (Dependency need : product.needs()) {
            for (String place : places.isEmpty() ? List.of(Placement.ANYWHERE) : places) {
                sketch.placement().need(product(product), need, place, Optional.empty(), true);
            }
        }
        for (Fact<String> url : product.urls()) {
            String host = hostOf(url.value());
            productsByHost.computeIfAbsent(host, _ -> new TreeSet<>()).add(product.name());
            if (!twin.defines(host(host))) {
                twin.open(host(host), Meaning.of("", host + " works", host + " does not work"));
                routesOf(host).forEach(route -> twin.require(host(host), led(route, host)));
            }
            twin.require(product(product), host(host));
        }
    }

    /** Routes that serve a host name: exact before wildcard. */
    public List<Route> routesOf(String host) {
        for (String candidate : candidates(host)) {
            List<Route> routes = hosts.get(candidate);
            if (routes != null) {
                return routes;
            }
        }
        return List.of();
    }

    /** The host name of a URL with or without scheme, port and path. */
    public static String hostOf(String url) {
        String rest = url.contains("://") ? url.substring(url.indexOf("://") + 3) : url;
        int slash = rest.indexOf('/');
        rest = slash < 0 ? rest : rest.substring(0, slash);
        int colon = rest.indexOf(':');
        return (colon < 0 ? rest : rest.substring(0, colon)).toLowerCase(Locale.ROOT);
    }
}
