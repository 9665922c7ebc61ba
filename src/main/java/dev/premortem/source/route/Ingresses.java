package dev.premortem.source.route;

import dev.premortem.estate.Reference;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Optional;

/** Reads Ingress with the annotations of its controllers, OpenShift's Route and Contour's HTTPProxy. */
final class Ingresses {
    /** Each asks a URL about every request first. https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/ */
    private static final List<String> ASKS_FIRST = List.of(
            "nginx.ingress.kubernetes.io/auth-url",
            "haproxy-ingress.github.io/auth-url",
            "ingress.kubernetes.io/auth-url");

    private static final String NGINX = "nginx.ingress.kubernetes.io/";
    private static final String TRAEFIK = "traefik.ingress.kubernetes.io/router.";

    private Ingresses() {}

    static void ingress(Draft draft) {
        Tree tree = draft.tree();
        // Another Ingress of the same host carries all that the canary does not take.
        specification(draft, tree, draft.annotated(NGINX + "canary", "true"));
        draft.className(draft.annotation("kubernetes.io/ingress.class"));
        Optional<Fact<String>> resolver = draft.annotation(TRAEFIK + "tls.certresolver");
        draft.resolver(resolver);
        draft.tls(resolver.isPresent() || draft.annotated(TRAEFIK + "tls", "true"));
        draft.annotation(TRAEFIK + "middlewares").ifPresent(names -> Middlewares.named(draft, names));
        ASKS_FIRST.forEach(name -> draft.annotation(name).ifPresent(draft::asks));
        draft.annotation(NGINX + "server-alias").ifPresent(aliases -> {
            for (String alias : aliases.value().split(",", -1)) {
                draft.host(aliases.map(ignored -> alias.strip()));
            }
        });
        if (draft.annotated(NGINX + "ssl-passthrough", "true")) {
            draft.passthrough();
        }
    }

    /** Hosts, backends and certificates of an Ingress, or of the template of one. */
    private static void specification(Draft draft, Tree tree, boolean optional) {
        for (Tree rule : tree.items("spec.rules")) {
            List<Fact<String>> host = rule.text("host").stream().toList();
            host.forEach(draft::host);
            for (Tree path : rule.items("http.paths")) {
                path.text("backend.service.name")
                        .or(() -> path.text("backend.serviceName"))
                        .ifPresent(name -> draft.backend(host, draft.object.namespace(), name, optional));
            }
        }
        tree.text("spec.defaultBackend.service.name")
                .or(() -> tree.text("spec.backend.serviceName"))
                .ifPresent(name -> draft.backend(draft.object.namespace(), name, optional));
        for (Tree item : tree.items("spec.tls")) {
            draft.tls(true);
            item.items("hosts").forEach(host -> host.text().ifPresent(draft::host));
            draft.secret(item.text("secretName"));
        }
        draft.className(tree.text("spec.ingressClassName"));
    }

    /**
     * Gafaelfawr makes an Ingress of the template and lets it ask Gafaelfawr about every request, unless anybody may come.
     * https://gafaelfawr.lsst.io/user-guide/gafaelfawringress.html
     */
    static void gafaelfawr(Draft draft) {
        Tree tree = draft.tree();
        tree.at("template").ifPresent(template -> specification(draft, template, false));
        if (!is(tree, "config.scopes.anonymous", "true")) {
            String own = draft.object.namespace();
            boolean beside = draft.around
                    .object(draft.object.cluster(), own, "Service", "gafaelfawr")
                    .isPresent();
            draft.need(
                    Reference.object(draft.object.cluster(), beside ? own : "gafaelfawr", "Service", "gafaelfawr"),
                    tree.at("config").orElse(tree).place());
        }
    }

    /** OpenShift. https://docs.openshift.com/container-platform/latest/rest_api/network_apis/route-route-openshift-io-v1.html */
    static void openshift(Draft draft) {
        Tree tree = draft.tree();
        draft.family("openshift");
        tree.text("spec.host").ifPresent(draft::host);
        tree.at("spec.to").ifPresent(to -> weighted(draft, to));
        tree.items("spec.alternateBackends").forEach(to -> weighted(draft, to));
        draft.tls(tree.at("spec.tls").isPresent());
        draft.secret(tree.text("spec.tls.externalCertificate.name"));
        if (is(tree, "spec.tls.termination", "passthrough")) {
            draft.passthrough();
        }
    }

    private static void weighted(Draft draft, Tree to) {
        if (!is(to, "weight", "0")) {
            to.text("name").ifPresent(name -> draft.backend(draft.object.namespace(), name, false));
        }
    }

    private static boolean is(Tree tree, String path, String value) {
        return tree.text(path).filter(text -> text.value().equals(value)).isPresent();
    }

    /** Contour. https://projectcontour.io/docs/main/config/fundamentals/ */
    static void httpProxy(Draft draft) {
        Tree tree = draft.tree();
        draft.family("contour");
        tree.text("spec.virtualhost.fqdn").ifPresent(draft::host);
        for (Tree rule : tree.items("spec.routes")) {
            rule.items("services").stream()
                    .filter(service -> !is(service, "mirror", "true"))
                    .forEach(service -> weighted(draft, service));
        }
        tree.items("spec.tcpproxy.services").forEach(service -> weighted(draft, service));
        draft.tls(tree.at("spec.virtualhost.tls").isPresent());
        draft.secret(tree.text("spec.virtualhost.tls.secretName"));
        if (is(tree, "spec.virtualhost.tls.passthrough", "true")) {
            draft.passthrough();
        }
    }
}
