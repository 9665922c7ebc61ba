package dev.premortem.source.route;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.Optional;

/** What Traefik's middlewares make a route need: the service that {@code forwardAuth} asks about every request. */
final class Middlewares {
    private static final String PROVIDER = "@kubernetescrd";

    private Middlewares() {}

    /** Those that a list of objects with name and namespace names. */
    static void listed(Draft draft, Tree holder, String list, String namespace) {
        for (Tree item : holder.items(list)) {
            String in = item.text("namespace").map(Fact::value).orElse(namespace);
            item.text("name").ifPresent(name -> one(draft, in, name.value()));
        }
    }

    /** One by name. */
    static void one(Draft draft, String namespace, String name) {
        draft.around
                .object(draft.object.cluster(), namespace, "Middleware", name)
                .ifPresent(found -> apply(draft, found));
    }

    /** Those of an Ingress' annotation: {@code namespace-name@kubernetescrd}, with commas between. */
    static void named(Draft draft, Fact<String> names) {
        for (String part : names.value().split(",", -1)) {
            String text = part.strip();
            if (text.endsWith(PROVIDER)) {
                split(draft, text.substring(0, text.length() - PROVIDER.length()))
                        .ifPresent(found -> apply(draft, found));
            }
        }
    }

    /** Namespace and name are joined by a dash that both may hold: what exists counts. */
    private static Optional<KubernetesObject> split(Draft draft, String text) {
        for (int dash = text.indexOf('-'); dash > 0; dash = text.indexOf('-', dash + 1)) {
            Optional<KubernetesObject> found = draft.around.object(
                    draft.object.cluster(), text.substring(0, dash), "Middleware", text.substring(dash + 1));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static void apply(Draft draft, KubernetesObject middleware) {
        if (draft.follows(middleware)) {
            middleware.tree().text("spec.forwardAuth.address").ifPresent(draft::asks);
            listed(draft, middleware.tree(), "spec.chain.middlewares", middleware.namespace());
        }
    }
}
