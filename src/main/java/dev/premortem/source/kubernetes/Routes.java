package dev.premortem.source.kubernetes;

import dev.premortem.estate.Dependency;
import dev.premortem.estate.Dependency.When;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Route;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what leads from a host name to services: Ingress, Traefik's IngressRoute, Gateway API routes. */
public final class Routes {
    private static final List<String> KINDS = List.of(
            "networking.k8s.io/Ingress",
            "extensions/Ingress",
            "traefik.io/IngressRoute",
            "traefik.io/IngressRouteTCP",
            "traefik.containo.us/IngressRoute",
            "traefik.containo.us/IngressRouteTCP",
            "gateway.networking.k8s.io/HTTPRoute",
            "gateway.networking.k8s.io/GRPCRoute",
            "gateway.networking.k8s.io/TLSRoute",
            "gateway.networking.k8s.io/TCPRoute");
    private static final Pattern HOST_RULE = Pattern.compile("\\bHost(?:SNI)?\\(([^)]*)\\)");
    private static final Pattern QUOTED = Pattern.compile("[`\"']([^`\"']+)[`\"']");

    private Routes() {}

    /** {@code group/Kind} of everything that is a route. */
    public static List<String> kinds() {
        return KINDS;
    }

    /** The route of an object that is one. */
    public static Route read(KubernetesObject object, Surroundings around) {
        return switch (object.kind()) {
            case "Ingress" -> ingress(object, around);
            case "IngressRoute", "IngressRouteTCP" -> ingressRoute(object, around);
            default -> gatewayRoute(object, around);
        };
    }

    private static Route ingress(KubernetesObject object, Surroundings around) {
        Tree tree = object.tree();
        Map<String, Fact<String>> hosts = new LinkedHashMap<>();
        Map<String, Dependency> backends = new LinkedHashMap<>();
        for (Tree rule : tree.items("spec.rules")) {
            rule.text("host").ifPresent(host -> hosts.putIfAbsent(host.value(), host));
            for (Tree path : rule.items("http.paths")) {
                path.text("backend.service.name")
                        .or(() -> path.text("backend.serviceName"))
                        .ifPresent(name -> backend(object, object.namespace(), name, backends));
            }
        }
        tree.text("spec.defaultBackend.service.name")
                .or(() -> tree.text("spec.backend.serviceName"))
                .ifPresent(name -> backend(object, object.namespace(), name, backends));
        List<Tree> tls = tree.items("spec.tls");
        tls.forEach(item -> item.items("hosts")
                .forEach(host -> host.text().ifPresent(text -> hosts.putIfAbsent(text.value(), text))));
        Map<String, Fact<String>> annotations = object.annotations();
        Optional<Fact<String>> resolver =
                Optional.ofNullable(annotations.get("traefik.ingress.kubernetes.io/router.tls.certresolver"));
        boolean annotated = Optional.ofNullable(annotations.get("traefik.ingress.kubernetes.io/router.tls"))
                .filter(fact -> fact.value().equals("true"))
                .isPresent();
        return route(
                object,
                around,
                hosts,
                backends,
                !tls.isEmpty() || annotated || resolver.isPresent(),
                tls.stream().flatMap(item -> item.text("secretName").stream()).findFirst(),
                resolver,
                List.of(),
                tree.text("spec.ingressClassName")
                        .or(() -> Optional.ofNullable(annotations.get("kubernetes.io/ingress.class"))));
    }

    private static Route ingressRoute(KubernetesObject object, Surroundings around) {
        Tree tree = object.tree();
        Map<String, Fact<String>> hosts = new LinkedHashMap<>();
        Map<String, Dependency> backends = new LinkedHashMap<>();
        for (Tree rule : tree.items("spec.routes")) {
            rule.text("match").ifPresent(match -> hosts(match).forEach(host -> hosts.putIfAbsent(host.value(), host)));
            for (Tree service : rule.items("services")) {
                boolean plain = service.text("kind")
                        .map(kind -> kind.value().equals("Service"))
                        .orElse(true);
                String namespace = service.text("namespace").map(Fact::value).orElse(object.namespace());
                if (plain) {
                    service.text("name").ifPresent(name -> backend(object, namespace, name, backends));
                }
            }
        }
        List<Fact<String>> names = new ArrayList<>();
        for (Tree domain : tree.items("spec.tls.domains")) {
            domain.text("main").ifPresent(names::add);
            domain.items("sans").forEach(san -> san.text().ifPresent(names::add));
        }
        return route(
                object,
                around,
                hosts,
                backends,
                tree.at("spec.tls").isPresent(),
                tree.text("spec.tls.secretName"),
                tree.text("spec.tls.certResolver"),
                names,
                Optional.ofNullable(object.annotations().get("kubernetes.io/ingress.class")));
    }

    /** The host names of a Traefik rule. */
    static List<Fact<String>> hosts(Fact<String> match) {
        List<Fact<String>> hosts = new ArrayList<>();
        Matcher rule = HOST_RULE.matcher(match.value());
        while (rule.find()) {
            Matcher name = QUOTED.matcher(rule.group(1));
            while (name.find()) {
                String host = name.group(1);
                if (!host.equals("*")) {
                    hosts.add(match.map(ignored -> host));
                }
            }
        }
        return hosts;
    }

    private static Route gatewayRoute(KubernetesObject object, Surroundings around) {
        Tree tree = object.tree();
        Map<String, Fact<String>> hosts = new LinkedHashMap<>();
        Map<String, Dependency> backends = new LinkedHashMap<>();
        tree.items("spec.hostnames").forEach(host -> host.text().ifPresent(text -> hosts.put(text.value(), text)));
        for (Tree rule : tree.items("spec.rules")) {
            for (Tree reference : rule.items("backendRefs")) {
                String namespace = reference.text("namespace").map(Fact::value).orElse(object.namespace());
                boolean plain = reference
                        .text("kind")
                        .map(kind -> kind.value().equals("Service"))
                        .orElse(true);
                if (plain) {
                    reference.text("name").ifPresent(name -> backend(object, namespace, name, backends));
                }
            }
        }
        List<Tree> parents = tree.items("spec.parentRefs");
        boolean tls = object.kind().equals("TLSRoute");
        Optional<Fact<String>> secret = Optional.empty();
        for (Tree parent : parents) {
            String namespace = parent.text("namespace").map(Fact::value).orElse(object.namespace());
            for (Tree listener : listeners(object, parent, namespace, around)) {
                tls = tls || listener.at("tls").isPresent();
                if (hosts.isEmpty()) {
                    listener.text("hostname").ifPresent(host -> hosts.put(host.value(), host));
                }
                // A route names a secret of its own namespace; another's cannot be told apart here.
                if (secret.isEmpty() && namespace.equals(object.namespace())) {
                    secret = listener.items("tls.certificateRefs").stream()
                            .filter(reference -> reference.text("namespace").isEmpty())
                            .flatMap(reference -> reference.text("name").stream())
                            .findFirst();
                }
            }
        }
        Optional<Fact<String>> gateway =
                parents.stream().flatMap(parent -> parent.text("name").stream()).findFirst();
        return route(object, around, hosts, backends, tls, secret, Optional.empty(), List.of(), gateway);
    }

    /** The listeners of a gateway that a route joins: the named one, or all. */
    private static List<Tree> listeners(KubernetesObject object, Tree parent, String namespace, Surroundings around) {
        Optional<String> section = parent.text("sectionName").map(Fact::value);
        return parent
                .text("name")
                .flatMap(name -> around.object(object.cluster(), namespace, "Gateway", name.value()))
                .map(gateway -> gateway.tree().items("spec.listeners"))
                .orElse(List.of())
                .stream()
                .filter(listener -> section.isEmpty()
                        || listener.text("name").map(Fact::value).equals(section))
                .toList();
    }

    private static void backend(
            KubernetesObject object, String namespace, Fact<String> name, Map<String, Dependency> backends) {
        Reference to = Reference.object(object.cluster(), namespace, "Service", name.value());
        if (name.provenance() instanceof Declared place) {
            backends.putIfAbsent(
                    to.text(), new Dependency(to, Optional.empty(), false, When.RUN, Optional.empty(), place));
        }
    }

    private static Route route(
            KubernetesObject object,
            Surroundings around,
            Map<String, Fact<String>> hosts,
            Map<String, Dependency> backends,
            boolean tls,
            Optional<Fact<String>> secret,
            Optional<Fact<String>> resolver,
            List<Fact<String>> names,
            Optional<Fact<String>> className) {
        return new Route(
                object.reference(),
                object.tree().place(),
                object.cluster(),
                object.namespace(),
                object.kind(),
                object.name(),
                List.copyOf(new ArrayList<>(hosts.values())),
                List.copyOf(new ArrayList<>(backends.values())),
                tls,
                secret,
                resolver,
                List.copyOf(names),
                className,
                Services.dependencies(object, around),
                object.tree());
    }
}
