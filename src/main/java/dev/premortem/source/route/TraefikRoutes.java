package dev.premortem.source.route;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads Traefik's IngressRoute and what it leads through: TraefikService and Middleware. https://doc.traefik.io/traefik/reference/routing-configuration/kubernetes/crd/ */
final class TraefikRoutes {
    private static final Pattern HOST_RULE = Pattern.compile("\\bHost(?:SNI)?\\(([^)]*)\\)");
    private static final Pattern QUOTED = Pattern.compile("[`\"']([^`\"']+)[`\"']");

    private TraefikRoutes() {}

    static void ingressRoute(Draft draft) {
        Tree tree = draft.tree();
        for (Tree rule : tree.items("spec.routes")) {
            List<Fact<String>> hosts =
                    rule.text("match").map(TraefikRoutes::hosts).orElse(List.of());
            hosts.forEach(draft::host);
            rule.items("services").forEach(service -> service(draft, hosts, service, draft.object.namespace()));
            Middlewares.listed(draft, rule, "middlewares", draft.object.namespace());
        }
        for (Tree domain : tree.items("spec.tls.domains")) {
            domain.text("main").ifPresent(draft::certificateName);
            domain.items("sans").forEach(san -> san.text().ifPresent(draft::certificateName));
        }
        draft.tls(tree.at("spec.tls").isPresent());
        draft.secret(tree.text("spec.tls.secretName"));
        draft.resolver(tree.text("spec.tls.certResolver"));
        draft.className(draft.annotation("kubernetes.io/ingress.class"));
        if (is(tree, "spec.tls.passthrough", "true")) {
            draft.passthrough();
        }
    }

    private static boolean is(Tree tree, String path, String value) {
        return tree.text(path).filter(text -> text.value().equals(value)).isPresent();
    }

    /** A Service, or the Services that a TraefikService shares the calls between. */
    private static void service(Draft draft, List<Fact<String>> hosts, Tree service, String namespace) {
        String in = service.text("namespace").map(Fact::value).orElse(namespace);
        if (is(service, "weight", "0")) {
            return;
        }
        if (!is(service, "kind", "TraefikService")) {
            service.text("name").ifPresent(name -> draft.backend(hosts, in, name, false));
            return;
        }
        service.text("name")
                .flatMap(name -> draft.around.object(draft.object.cluster(), in, "TraefikService", name.value()))
                .filter(draft::follows)
                .ifPresent(found -> {
                    for (String shared : List.of("spec.weighted.services", "spec.highestRandomWeight.services")) {
                        found.tree().items(shared).forEach(item -> service(draft, hosts, item, found.namespace()));
                    }
                    // What is mirrored gets copies only.
                    found.tree().at("spec.mirroring").ifPresent(main -> service(draft, hosts, main, found.namespace()));
                });
    }

    /** The host names of a Traefik rule. */
    static List<Fact<String>> hosts(Fact<String> match) {
        List<Fact<String>> hosts = new ArrayList<>();
        Matcher rule = HOST_RULE.matcher(match.value());
        while (rule.find()) {
            Matcher name = QUOTED.matcher(rule.group(1));
            while (name.find()) {
                String host = name.group(1);
                hosts.add(match.map(ignored -> host));
            }
        }
        return hosts;
    }
}
