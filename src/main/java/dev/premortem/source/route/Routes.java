package dev.premortem.source.route;

import dev.premortem.estate.Dependency;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Route;
import dev.premortem.estate.Thing;
import dev.premortem.fact.Fact;
import dev.premortem.source.kubernetes.KnownKinds;
import dev.premortem.source.kubernetes.Surroundings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Reads routes of every kind, and says what those need that ask another host name first. */
public final class Routes {
    /** Reads one kind into a draft. */
    private interface Reader {
        void read(Draft draft, Policies policies);
    }

    private static final Map<String, Reader> READERS = readers();

    /** By which external-dns is told a name: up to 0.21, and since. */
    private static final List<String> HOST_NAMES =
            List.of("external-dns.alpha.kubernetes.io/hostname", "external-dns.kubernetes.io/hostname");

    private Routes() {}

    private static Map<String, Reader> readers() {
        Map<String, Reader> readers = new HashMap<>();
        Reader ingress = (draft, policies) -> Ingresses.ingress(draft);
        readers.put("networking.k8s.io/Ingress", ingress);
        readers.put("extensions/Ingress", ingress);
        readers.put("route.openshift.io/Route", (draft, policies) -> Ingresses.openshift(draft));
        readers.put("projectcontour.io/HTTPProxy", (draft, policies) -> Ingresses.httpProxy(draft));
        readers.put("gafaelfawr.lsst.io/GafaelfawrIngress", (draft, policies) -> Ingresses.gafaelfawr(draft));
        Reader traefik = (draft, policies) -> TraefikRoutes.ingressRoute(draft);
        for (String group : List.of("traefik.io", "traefik.containo.us")) {
            readers.put(group + "/IngressRoute", traefik);
            readers.put(group + "/IngressRouteTCP", traefik);
        }
        for (String kind : List.of("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute")) {
            readers.put("gateway.networking.k8s.io/" + kind, GatewayRoutes::route);
        }
        readers.put("networking.istio.io/VirtualService", (draft, policies) -> IstioRoutes.virtualService(draft));
        return Map.copyOf(readers);
    }

    /** {@code group/Kind} of everything that is a route. */
    public static TreeSet<String> kinds() {
        return new TreeSet<>(READERS.keySet());
    }

    /** The route of an object that is one; what it asks by host name is named {@code host/…} until all routes are known. */
    public static Route read(KubernetesObject object, Surroundings around, Policies policies) {
        Draft draft = new Draft(object, around);
        Reader reader = READERS.get(KnownKinds.key(object));
        if (reader != null) {
            reader.read(draft, policies);
        }
        return draft.route();
    }

    /**
     * What external-dns makes of a load balancer: its host names lead to the Service itself.
     * https://kubernetes-sigs.github.io/external-dns/latest/docs/annotations/annotations/
     */
    public static Optional<Route> exposed(KubernetesObject service, Surroundings around) {
        Optional<Fact<String>> found = HOST_NAMES.stream()
                .flatMap(name -> Optional.ofNullable(service.annotations().get(name)).stream())
                .findFirst();
        boolean balanced = service.tree()
                .text("spec.type")
                .filter(type -> type.value().equals("LoadBalancer"))
                .isPresent();
        if (found.isEmpty() || !balanced) {
            return Optional.empty();
        }
        Fact<String> names = found.get();
        Draft draft = new Draft(service, around);
        for (String name : names.value().split(",", -1)) {
            draft.host(names.map(ignored -> name.strip()));
        }
        draft.backend(service.namespace(), names.map(ignored -> service.name()), false);
        return Optional.of(draft.route());
    }

    /** Puts in place of a host name that a route asks the Services that the host's routes lead to; what no route serves is not known. */
    public static void settle(List<Thing> things) {
        Map<String, List<Route>> byHost = new HashMap<>();
        boolean asking = false;
        for (Thing thing : things) {
            if (thing instanceof Route route) {
                route.hosts()
                        .forEach(host -> byHost.computeIfAbsent(host.value(), _ -> new ArrayList<>())
                                .add(route));
                asking = asking || asks(route);
            }
        }
        if (asking) {
            things.replaceAll(thing -> thing instanceof Route route && asks(route) ? settled(route, byHost) : thing);
        }
    }

    private static boolean asks(Route route) {
        return route.dependsOn().stream().anyMatch(Routes::byHost);
    }

    private static boolean byHost(Dependency dependency) {
        return dependency.to().text().startsWith(Draft.HOST);
    }

    private static Route settled(Route route, Map<String, List<Route>> byHost) {
        Map<String, Dependency> needs = new LinkedHashMap<>();
        for (Dependency need : route.dependsOn()) {
            if (!byHost(need)) {
                needs.putIfAbsent(need.to().text(), need);
                continue;
            }
            String host = need.to().text().substring(Draft.HOST.length());
            for (Route asked : byHost.getOrDefault(host, List.of())) {
                for (Dependency backend : asked.backends()) {
                    needs.putIfAbsent(
                            backend.to().text(),
                            new Dependency(
                                    backend.to(),
                                    need.crosses(),
                                    backend.optional(),
                                    need.when(),
                                    need.timeout(),
                                    need.place()));
                }
            }
        }
        return new Route(
                route.reference(),
                route.place(),
                route.cluster(),
                route.namespace(),
                route.kind(),
                route.name(),
                route.hosts(),
                route.backends(),
                route.apart(),
                route.tls(),
                route.secret(),
                route.resolver(),
                route.certificateNames(),
                route.className(),
                List.copyOf(new ArrayList<>(needs.values())),
                route.tree());
    }
}
