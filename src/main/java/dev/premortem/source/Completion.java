package dev.premortem.source;

import dev.premortem.catalogue.Proxies;
import dev.premortem.estate.Cluster;
import dev.premortem.estate.Dependency;
import dev.premortem.estate.Failure;
import dev.premortem.estate.HostedService;
import dev.premortem.estate.Issuer;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Link;
import dev.premortem.estate.Product;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Release;
import dev.premortem.estate.Route;
import dev.premortem.estate.Service;
import dev.premortem.estate.Site;
import dev.premortem.estate.Thing;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.source.text.Harvest;
import dev.premortem.source.text.Near;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The last step of an assembly: names that lead nowhere, products by annotation or by host name, and issuers of one name. */
final class Completion {
    private final Harvest harvest;
    private final TreeSet<String> sites = new TreeSet<>();

    private Completion(Harvest harvest) {
        this.harvest = harvest;
    }

    static void complete(Harvest harvest) {
        Completion completion = new Completion(harvest);
        completion.sites();
        completion.annotatedProducts();
        completion.hostProducts();
        completion.issuers();
    }

    private <T extends Thing> List<T> all(Class<T> kind) {
        return harvest.things.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** A link to nowhere is left out; a cluster or service at an undeclared site stands at one that is made for it. */
    private void sites() {
        all(Site.class).forEach(site -> sites.add(site.name()));
        for (Link link : all(Link.class)) {
            boolean from = declared(link.from());
            boolean to = declared(link.to());
            if (!from || !to) {
                harvest.things.remove(link);
            }
        }
        List<Fact<String>> used = new ArrayList<>();
        all(Cluster.class).forEach(cluster -> {
            used.addAll(cluster.sites());
            cluster.controlPlane().forEach(member -> used.add(member.site()));
            cluster.nodePools().forEach(pool -> pool.site().ifPresent(used::add));
        });
        all(HostedService.class).forEach(service -> used.add(service.site()));
        all(Site.class).forEach(site -> site.parent().ifPresent(used::add));
        for (Fact<String> site : used) {
            if (!declared(site) && site.provenance() instanceof Declared place) {
                sites.add(site.value());
                harvest.things.add(new Site(
                        site.value(),
                        place,
                        Optional.empty(),
                        Map.of(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Failure.UNKNOWN));
            }
        }
        all(Product.class)
                .forEach(product -> product.from().stream()
                        .filter(from -> !from.value().equals("internet"))
                        .forEach(this::declared));
    }

    private boolean declared(Fact<String> site) {
        if (sites.contains(site.value())) {
            return true;
        }
        if (site.provenance() instanceof Declared place) {
            String known = sites.isEmpty() ? "a Site document with this name" : "one of " + String.join(", ", sites);
            harvest.problem(
                    place,
                    "no Site is called \"" + site.value() + "\"",
                    known,
                    Near.nearest(site.value(), List.copyOf(sites))
                            .map(name -> "you meant " + name)
                            .orElse(""));
        }
        return false;
    }

    /** {@code premortem.dev/product} on an object adds it to what the product needs. */
    private void annotatedProducts() {
        SortedMap<String, Product> products = new TreeMap<>();
        all(Product.class).forEach(product -> products.put(product.name(), product));
        for (KubernetesObject object : harvest.objects) {
            Fact<String> annotation = object.annotations().get("premortem.dev/product");
            if (annotation == null || !(annotation.provenance() instanceof Declared place)) {
                continue;
            }
            for (String part : annotation.value().split(",", -1)) {
                String name = part.strip();
                if (!name.isEmpty()) {
                    Product known = products.getOrDefault(name, bare(name, place, true, List.of()));
                    List<Dependency> needs = new ArrayList<>(known.needs());
                    carriers(object)
                            .forEach(reference -> needs.add(new Dependency(
                                    reference, Optional.empty(), false, Dependency.When.RUN, Optional.empty(), place)));
                    products.put(name, needing(known, needs));
                }
            }
        }
        harvest.things.removeIf(Product.class::isInstance);
        harvest.things.addAll(products.values());
    }

    /** The object itself, or the workloads that it makes where it is a release or an operator's. */
    private List<Reference> carriers(KubernetesObject object) {
        List<Reference> made = all(Release.class).stream()
                .filter(release -> release.reference().equals(object.reference()))
                .flatMap(release -> all(Workload.class).stream()
                        .filter(workload -> workload.place().equals(release.place())))
                .map(Workload::reference)
                .toList();
        List<Reference> operated = all(Workload.class).stream()
                .filter(workload -> workload.place().equals(object.tree().place()))
                .map(Workload::reference)
                .toList();
        if (!made.isEmpty()) {
            return made;
        }
        return operated.isEmpty() ? List.of(object.reference()) : operated;
    }

    private static Product needing(Product product, List<Dependency> needs) {
        return new Product(
                product.name(),
                product.place(),
                product.declared(),
                List.copyOf(needs),
                product.urls(),
                product.tier(),
                product.weight(),
                product.hours(),
                product.via(),
                product.from(),
                product.owner());
    }

    private static Product bare(String name, Declared place, boolean declared, List<Fact<String>> urls) {
        return new Product(
                name,
                place,
                declared,
                List.of(),
                urls,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** Host names that routes serve to the outside and no product names: those with the same backends are one product, named by the first of them (ranking 6). */
    private void hostProducts() {
        TreeSet<String> named = new TreeSet<>();
        all(Product.class).forEach(product -> {
            named.add(product.name());
            product.urls().forEach(url -> named.add(host(url.value())));
        });
        SortedMap<String, Fact<String>> hosts = new TreeMap<>();
        SortedMap<String, TreeSet<String>> behind = new TreeMap<>();
        for (Route route : ownProducts()) {
            for (Fact<String> host : route.hosts()) {
                if (outside(host.value()) && host.provenance() instanceof Declared && !named.contains(host.value())) {
                    hosts.putIfAbsent(host.value(), host);
                    TreeSet<String> backends = behind.computeIfAbsent(host.value(), _ -> new TreeSet<>());
                    route.backends().forEach(need -> backends.add(need.to().text()));
                }
            }
        }
        SortedMap<String, List<Fact<String>>> groups = new TreeMap<>();
        hosts.forEach((name, host) -> {
            String backends = String.valueOf(behind.get(name));
            groups.computeIfAbsent(backends.equals("[]") ? name : backends, _ -> new ArrayList<>())
                    .add(host);
        });
        groups.values().forEach(group -> {
            Fact<String> first = group.stream()
                    .filter(host -> !host.value().startsWith("*"))
                    .findFirst()
                    .orElse(group.getFirst());
            if (first.provenance() instanceof Declared place) {
                harvest.things.add(bare(first.value(), place, false, List.copyOf(group)));
            }
        });
    }

    /**
     * Routes that lead to what users come for. The name of an Ingress controller's own load balancer is what the names of products point at; it is left out,
     * unless no other route is known.
     */
    private List<Route> ownProducts() {
        List<Workload> proxies =
                all(Workload.class).stream().filter(Completion::routesForOthers).toList();
        List<Service> doors = all(Service.class).stream()
                .filter(service -> service.loadBalancer() && !service.selector().isEmpty())
                .filter(service -> proxies.stream().anyMatch(workload -> selects(service, workload)))
                .toList();
        List<Route> all = all(Route.class);
        List<Route> rest = all.stream()
                .filter(route ->
                        doors.stream().noneMatch(service -> service.reference().equals(route.reference())))
                .toList();
        return rest.stream().anyMatch(route -> !route.hosts().isEmpty()) ? rest : all;
    }

    private static boolean routesForOthers(Workload workload) {
        return workload.podLabels().containsKey("gateway.networking.k8s.io/gateway-name")
                || workload.containers().stream()
                        .anyMatch(container -> Proxies.routes(container.image().value()));
    }

    private static boolean selects(Service service, Workload workload) {
        return service.cluster().equals(workload.cluster())
                && service.namespace().equals(workload.namespace())
                && workload.podLabels()
                        .entrySet()
                        .containsAll(service.selector().entrySet());
    }

    /** The host name of a URL, with or without scheme and path. */
    static String host(String url) {
        int scheme = url.indexOf("://");
        String rest = scheme < 0 ? url : url.substring(scheme + 3);
        int end = 0;
        while (end < rest.length() && "/:?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        return rest.substring(0, end);
    }

    private static boolean outside(String host) {
        return host.contains(".")
                && !host.contains("{")
                && !host.contains("$")
                && List.of(".local", ".internal", ".localhost", ".svc", ".lan", ".home.arpa").stream()
                        .noneMatch(host::endsWith);
    }

    /** Issuers of one name in several clusters get the cluster into their reference. */
    private void issuers() {
        SortedMap<String, Integer> count = new TreeMap<>();
        all(Issuer.class).forEach(issuer -> count.merge(issuer.reference().text(), 1, Integer::sum));
        for (Issuer issuer : all(Issuer.class)) {
            if (count.getOrDefault(issuer.reference().text(), 0) > 1) {
                harvest.things.remove(issuer);
                harvest.things.add(new Issuer(
                        new Reference("issuer/" + issuer.cluster() + "/" + issuer.name()),
                        issuer.place(),
                        issuer.cluster(),
                        issuer.name(),
                        issuer.kind(),
                        issuer.server(),
                        issuer.orderedBy(),
                        issuer.storage()));
            }
        }
    }
}
