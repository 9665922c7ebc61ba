package dev.premortem.source.route;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the routes of the Gateway API with the listeners that they join. https://gateway-api.sigs.k8s.io/reference/spec/ */
final class GatewayRoutes {
    private GatewayRoutes() {}

    static void route(Draft draft, Policies policies) {
        Tree tree = draft.tree();
        tree.items("spec.hostnames").forEach(host -> host.text().ifPresent(draft::host));
        for (Tree rule : tree.items("spec.rules")) {
            rule.items("backendRefs").forEach(reference -> backend(draft, reference));
            rule.items("filters").forEach(filter -> filter(draft, filter));
        }
        draft.tls(draft.object.kind().equals("TLSRoute"));
        policies.apply(draft, draft.object);
        for (Tree parent : tree.items("spec.parentRefs")) {
            String namespace = parent.text("namespace").map(Fact::value).orElse(draft.object.namespace());
            Optional<KubernetesObject> gateway = parent.text("name")
                    .flatMap(name -> draft.around.object(draft.object.cluster(), namespace, "Gateway", name.value()));
            gateway.ifPresent(found -> {
                join(draft, parent, found);
                policies.apply(draft, found);
                new Planes(draft.around)
                        .workload(found)
                        .ifPresent(plane ->
                                draft.need(plane.reference(), found.tree().place()));
            });
            draft.className(gateway.flatMap(found -> found.tree().text("spec.gatewayClassName"))
                    .or(() -> parent.text("name")));
        }
    }

    /** A Service that a rule leads to; one of weight 0 gets nothing. */
    static void backend(Draft draft, Tree reference) {
        boolean plain = reference
                .text("kind")
                .map(kind -> kind.value().equals("Service"))
                .orElse(true);
        boolean nothing = reference
                .text("weight")
                .filter(weight -> weight.value().equals("0"))
                .isPresent();
        String namespace = reference.text("namespace").map(Fact::value).orElse(draft.object.namespace());
        if (plain && !nothing) {
            reference.text("name").ifPresent(name -> draft.backend(namespace, name, false));
        }
    }

    /** Filters that ask somebody first: external authorisation, and Traefik's middlewares. */
    private static void filter(Draft draft, Tree filter) {
        filter.at("externalAuth.backendRef").ifPresent(reference -> Policies.asks(draft, reference, draft.object));
        boolean middleware = filter.text("extensionRef.kind")
                .filter(kind -> kind.value().equals("Middleware"))
                .isPresent();
        if (middleware) {
            filter.text("extensionRef.name")
                    .ifPresent(name -> Middlewares.one(draft, draft.object.namespace(), name.value()));
        }
    }

    /** What the listeners bring: host names where the route has none, and the certificate. */
    private static void join(Draft draft, Tree parent, KubernetesObject gateway) {
        List<Tree> listeners = listeners(parent, gateway);
        boolean own = draft.hasHosts();
        boolean passthrough = false;
        for (Tree listener : listeners) {
            if (own && !serves(listener, draft.hosts())) {
                continue;
            }
            if (!own) {
                listener.text("hostname").ifPresent(draft::host);
            }
            draft.tls(listener.at("tls").isPresent());
            passthrough = passthrough
                    || listener.text("tls.mode")
                            .filter(mode -> mode.value().equals("Passthrough"))
                            .isPresent();
            draft.secret(certificate(listener, draft, gateway));
        }
        if (passthrough && !draft.hasSecret()) {
            draft.passthrough();
        }
    }

    private static Optional<Fact<String>> certificate(Tree listener, Draft draft, KubernetesObject gateway) {
        for (Tree reference : listener.items("tls.certificateRefs")) {
            String namespace = reference.text("namespace").map(Fact::value).orElse(gateway.namespace());
            Optional<Fact<String>> name = reference.text("name");
            if (name.isPresent()) {
                return name.map(found ->
                        namespace.equals(draft.object.namespace()) ? found : found.map(text -> namespace + "/" + text));
            }
        }
        return Optional.empty();
    }

    /** True where a listener takes one of the hosts: no host name, the same, or a wildcard above. */
    private static boolean serves(Tree listener, List<String> hosts) {
        Optional<String> wanted =
                listener.text("hostname").map(host -> host.value().toLowerCase(Locale.ROOT));
        return wanted.isEmpty()
                || hosts.stream()
                        .map(host -> host.toLowerCase(Locale.ROOT))
                        .anyMatch(host -> host.equals(wanted.get())
                                || (wanted.get().startsWith("*.")
                                        && host.endsWith(wanted.get().substring(1)))
                                || (host.startsWith("*.") && wanted.get().endsWith(host.substring(1))));
    }

    /** The listeners of a gateway that a route joins: the named one, or all. */
    private static List<Tree> listeners(Tree parent, KubernetesObject gateway) {
        Optional<String> section = parent.text("sectionName").map(Fact::value);
        return gateway.tree().items("spec.listeners").stream()
                .filter(listener -> section.isEmpty()
                        || listener.text("name").map(Fact::value).equals(section))
                .toList();
    }
}
