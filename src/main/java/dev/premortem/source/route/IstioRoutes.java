package dev.premortem.source.route;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Service;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads Istio's VirtualService with the Gateway that serves it. https://istio.io/latest/docs/reference/config/networking/virtual-service/ */
final class IstioRoutes {
    private IstioRoutes() {}

    static void virtualService(Draft draft) {
        Tree tree = draft.tree();
        draft.family("istio");
        backends(draft, draft.object);
        for (Tree item : tree.items("spec.gateways")) {
            item.text()
                    .filter(name -> !name.value().equals("mesh"))
                    .flatMap(name -> gateway(draft, name.value()))
                    .ifPresent(gateway -> join(draft, gateway));
        }
        // What the mesh routes within serves nobody outside: its host names are names of services.
        boolean outside = tree.items("spec.gateways").stream()
                .flatMap(item -> item.text().stream())
                .anyMatch(name -> !name.value().equals("mesh"));
        if (outside) {
            tree.items("spec.hosts").forEach(host -> host.text().ifPresent(draft::host));
        }
    }

    private static Optional<KubernetesObject> gateway(Draft draft, String name) {
        int slash = name.indexOf('/');
        String namespace = slash < 0 ? draft.object.namespace() : name.substring(0, slash);
        return draft.around
                .object(draft.object.cluster(), namespace, "Gateway", name.substring(slash + 1))
                .filter(found -> found.apiVersion().startsWith("networking.istio.io/"));
    }

    /** Where the calls go, those that another VirtualService is asked to send included. */
    private static void backends(Draft draft, KubernetesObject from) {
        for (String protocol : List.of("spec.http", "spec.tls", "spec.tcp")) {
            for (Tree rule : from.tree().items(protocol)) {
                rule.items("route").forEach(share -> backend(draft, share, from));
                String namespace =
                        rule.text("delegate.namespace").map(Fact::value).orElse(from.namespace());
                rule.text("delegate.name")
                        .flatMap(name ->
                                draft.around.object(draft.object.cluster(), namespace, "VirtualService", name.value()))
                        .filter(draft::follows)
                        .ifPresent(found -> backends(draft, found));
            }
        }
    }

    private static void backend(Draft draft, Tree share, KubernetesObject from) {
        boolean nothing = share.text("weight")
                .filter(weight -> weight.value().equals("0"))
                .isPresent();
        share.text("destination.host").filter(host -> !nothing).ifPresent(host -> {
            String[] labels = host.value().split("\\.", -1);
            boolean inside = labels.length == 1
                    || (labels.length > 2 && labels[2].equals("svc"))
                    || draft.service(host.value()).isPresent();
            if (inside) {
                draft.backend(labels.length == 1 ? from.namespace() : labels[1], host.map(ignored -> labels[0]), false);
            }
        });
    }

    /** The pods that the gateway's selector picks serve it, and the certificate stands beside them. */
    private static void join(Draft draft, KubernetesObject gateway) {
        Optional<Service> front = front(draft, gateway);
        front.ifPresent(
                service -> draft.need(service.reference(), gateway.tree().place()));
        String beside = front.map(Service::namespace).orElse(gateway.namespace());
        boolean passthrough = false;
        for (Tree server : gateway.tree().items("spec.servers")) {
            boolean through = server.text("tls.mode")
                    .filter(mode -> mode.value().equals("PASSTHROUGH"))
                    .isPresent();
            passthrough = passthrough || through;
            draft.tls(server.text("tls.mode").isPresent() && !through);
            draft.secret(server.text("tls.credentialName")
                    .map(name ->
                            beside.equals(draft.object.namespace()) ? name : name.map(text -> beside + "/" + text)));
        }
        if (passthrough && !draft.hasSecret()) {
            draft.passthrough();
        }
    }

    private static Optional<Service> front(Draft draft, KubernetesObject gateway) {
        List<Tree.Entry> wanted = gateway.tree().entries("spec.selector");
        if (wanted.isEmpty()) {
            return Optional.empty();
        }
        for (Service service : draft.around.services().values()) {
            Map<String, String> selector = service.selector();
            boolean all = service.cluster().equals(draft.object.cluster())
                    && wanted.stream()
                            .allMatch(entry -> entry.value()
                                    .text()
                                    .filter(text -> text.value().equals(selector.get(entry.key())))
                                    .isPresent());
            if (all) {
                return Optional.of(service);
            }
        }
        return Optional.empty();
    }
}
