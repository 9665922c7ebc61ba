package dev.premortem.model;

import dev.premortem.catalogue.Version;
import dev.premortem.catalogue.VersionChanges;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Release;
import dev.premortem.estate.Route;
import dev.premortem.fact.Fact;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ingresses with snippets that a release of ingress-nginx before chart 4.12 takes, and later ones drop from their configuration, because the level of risk that
 * they allow was lowered.
 */
public record RiskyRoutes(Release release, List<Route> routes, List<Evidence> evidence) {
    private static final String SNIPPET = "-snippet";
    private static final String PREFIX = "nginx.ingress.kubernetes.io/";

    /** All of the estate, by release. */
    public static List<RiskyRoutes> all(Sketch sketch) {
        List<RiskyRoutes> found = new ArrayList<>();
        for (Release release : sketch.estate().all(Release.class)) {
            if (release.chart().equals("ingress-nginx") && old(release) && allows(release) && !keeps(release)) {
                of(sketch, release).ifPresent(found::add);
            }
        }
        return found;
    }

    private static boolean old(Release release) {
        return release.version()
                .flatMap(text -> Version.parse(text.value()))
                .filter(version -> version.major() == 4 && version.before(VersionChanges.RISK_LEVEL))
                .isPresent();
    }

    /** Without leave for snippets they are ignored today already. */
    private static boolean allows(Release release) {
        return release.values()
                .text("controller.allowSnippetAnnotations")
                .or(() -> config(release, "allow-snippet-annotations"))
                .map(Fact::value)
                .filter(text -> text.equals("true"))
                .isPresent();
    }

    private static boolean keeps(Release release) {
        return config(release, "annotations-risk-level").isPresent();
    }

    private static Optional<Fact<String>> config(Release release, String key) {
        return release.values().entries("controller.config").stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst()
                .flatMap(entry -> entry.value().text());
    }

    private static Optional<RiskyRoutes> of(Sketch sketch, Release release) {
        String mine = release.values()
                .text("controller.ingressClassResource.name")
                .map(Fact::value)
                .orElse("nginx");
        List<Route> routes = new ArrayList<>();
        List<Evidence> evidence = new ArrayList<>();
        for (Route route : sketch.estate().all(Route.class)) {
            Optional<KubernetesObject> object = sketch.estate().object(route.reference());
            boolean fits = route.kind().equals("Ingress")
                    && route.cluster().equals(release.cluster())
                    && route.className().map(Fact::value).filter(mine::equals).isPresent();
            if (fits && object.isPresent()) {
                object.get().annotations().entrySet().stream()
                        .filter(each -> each.getKey().startsWith(PREFIX)
                                && each.getKey().endsWith(SNIPPET))
                        .sorted(java.util.Map.Entry.comparingByKey())
                        .findFirst()
                        .ifPresent(each -> {
                            routes.add(route);
                            evidence.add(Evidence.of(each.getKey(), each.getValue()));
                        });
            }
        }
        return routes.isEmpty() ? Optional.empty() : Optional.of(new RiskyRoutes(release, routes, evidence));
    }
}
