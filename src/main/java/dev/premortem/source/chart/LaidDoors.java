package dev.premortem.source.chart;

import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The Services, routes and settings of a release of app-template ({@code classes/_service.tpl}, {@code _route.tpl}, {@code _ingress.tpl}). */
final class LaidDoors {
    private final LaidRelease release;
    private final List<Tree.Entry> controllers;
    private final List<Tree.Entry> services;

    LaidDoors(LaidRelease release) {
        this.release = release;
        this.controllers = release.enabled("controllers");
        this.services = release.enabled("service");
    }

    List<Tree> objects() {
        List<Tree> objects = new ArrayList<>();
        services.forEach(entry -> service(entry).ifPresent(objects::add));
        List<Tree.Entry> settings = release.enabled("configMaps");
        settings.forEach(entry -> objects.add(
                release.object("v1", "ConfigMap", entry, release.nameOf(entry, settings.size()), labels(entry))
                        .put("data", release.resolved(entry.value(), "data"))
                        .done()));
        List<Tree.Entry> routes = release.enabled("route");
        routes.forEach(entry -> route(entry, routes.size()).ifPresent(objects::add));
        List<Tree.Entry> ingresses = release.enabled("ingress");
        ingresses.forEach(entry -> ingress(entry, ingresses.size()).ifPresent(objects::add));
        return objects;
    }

    /** A Service names its controller, or there is only one. */
    private Optional<Tree> service(Tree.Entry entry) {
        String only = controllers.size() == 1 ? controllers.getFirst().key() : "";
        String controller = LaidRelease.text(entry.value(), "controller", only);
        if (controller.isEmpty()) {
            return Optional.empty();
        }
        List<Tree> ports = new ArrayList<>();
        for (Tree.Entry port : entry.value().entries("ports")) {
            if (!LaidRelease.says(port.value(), "enabled", "false")) {
                ports.add(Shape.at(port.place())
                        .put("name", port.key())
                        .take(port.value(), "port", "targetPort", "nodePort")
                        .put("protocol", LaidRelease.says(port.value(), "protocol", "UDP") ? "UDP" : "TCP")
                        .done());
            }
        }
        Tree spec = Shape.at(entry.place())
                .take(entry.value(), "type", "clusterIP", "loadBalancerIP", "loadBalancerClass")
                .take(entry.value(), "externalTrafficPolicy", "externalIPs")
                .put("ports", ports)
                .put("selector", release.selector(entry.place(), controller))
                .done();
        return Optional.of(release.object("v1", "Service", entry, name(entry), labels(entry))
                .put("spec", spec)
                .done());
    }

    private Tree labels(Tree.Entry entry) {
        return release.resolved(entry.value(), "labels")
                .orElseGet(() -> Shape.at(entry.place())
                        .put("app.kubernetes.io/instance", release.name())
                        .done());
    }

    private String name(Tree.Entry service) {
        return release.nameOf(service, services.size());
    }

    /** The Service that a reference means; without a word the only one. */
    private Optional<String> meant(Tree reference) {
        String name = LaidRelease.text(reference, "name", "");
        String identifier = LaidRelease.text(reference, "identifier", "");
        if (!name.isEmpty() && services.stream().noneMatch(each -> each.key().equals(name))) {
            return Optional.of(release.resolve(name));
        }
        String id = identifier.isEmpty() ? name : identifier;
        return services.stream()
                .filter(each -> id.isEmpty() ? services.size() == 1 : each.key().equals(id))
                .map(this::name)
                .findFirst();
    }

    private Optional<Tree> port(Tree reference) {
        return reference
                .at("port")
                .or(() -> services.stream()
                        .flatMap(each -> each.value().entries("ports").stream())
                        .flatMap(port -> port.value().at("port").stream())
                        .findFirst());
    }

    private Optional<Tree> route(Tree.Entry entry, int count) {
        List<Tree> hosts = entry.value().items("hostnames").stream()
                .map(release::resolve)
                .filter(LaidDoors::known)
                .toList();
        List<Tree> backends = new ArrayList<>();
        List<Tree> rules = entry.value().items("rules");
        for (Tree rule : rules) {
            List<Tree> references = rule.items("backendRefs");
            references.forEach(reference -> backend(reference).ifPresent(backends::add));
            if (rule.at("backendRefs").isEmpty()) {
                backend(rule).ifPresent(backends::add);
            }
        }
        if (rules.isEmpty()) {
            backend(Shape.at(entry.place()).done()).ifPresent(backends::add);
        }
        if (hosts.isEmpty() || backends.isEmpty()) {
            return Optional.empty();
        }
        Tree rule = Shape.at(entry.place()).put("backendRefs", backends).done();
        Tree spec = Shape.at(entry.place())
                .put("parentRefs", release.resolved(entry.value(), "parentRefs"))
                .put("hostnames", hosts)
                .put("rules", List.of(rule))
                .done();
        String kind = LaidRelease.text(entry.value(), "kind", "HTTPRoute");
        return Optional.of(
                release.object("gateway.networking.k8s.io/v1", kind, entry, release.nameOf(entry, count), labels(entry))
                        .put("spec", spec)
                        .done());
    }

    private Optional<Tree> backend(Tree reference) {
        return meant(reference)
                .map(name -> Shape.at(reference.place())
                        .put("name", name)
                        .put("port", port(reference))
                        .take(reference, "namespace", "weight")
                        .done());
    }

    private Optional<Tree> ingress(Tree.Entry entry, int count) {
        List<Tree> rules = new ArrayList<>();
        for (Tree host : entry.value().items("hosts")) {
            Optional<Tree> name = release.resolved(host, "host").filter(LaidDoors::known);
            List<Tree> paths = new ArrayList<>();
            for (Tree path : host.items("paths")) {
                Tree reference = path.at("service")
                        .orElseGet(() -> Shape.at(path.place()).done());
                backend(reference).ifPresent(backend -> paths.add(path(path, backend)));
            }
            if (name.isPresent() && !paths.isEmpty()) {
                Tree http = Shape.at(host.place()).put("paths", paths).done();
                rules.add(Shape.at(host.place())
                        .put("host", name)
                        .put("http", http)
                        .done());
            }
        }
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        Tree spec = Shape.at(entry.place())
                .put("ingressClassName", entry.value().at("className"))
                .put("tls", release.resolved(entry.value(), "tls"))
                .put("rules", rules)
                .done();
        return Optional.of(
                release.object("networking.k8s.io/v1", "Ingress", entry, release.nameOf(entry, count), labels(entry))
                        .put("spec", spec)
                        .done());
    }

    private static Tree path(Tree path, Tree backend) {
        Shape service = Shape.at(path.place()).put("name", backend.at("name"));
        backend.at("port")
                .map(port -> Shape.at(port.place()).put("number", port).done())
                .ifPresent(port -> service.put("port", port));
        Tree target = Shape.at(path.place()).put("service", service.done()).done();
        return Shape.at(path.place())
                .put("path", LaidRelease.text(path, "path", "/"))
                .put("pathType", LaidRelease.text(path, "pathType", "Prefix"))
                .put("backend", target)
                .done();
    }

    /** False for what a template that is not understood would say. */
    private static boolean known(Tree name) {
        return name.text().filter(text -> !text.value().contains("{{")).isPresent();
    }
}
