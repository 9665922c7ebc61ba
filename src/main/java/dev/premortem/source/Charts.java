package dev.premortem.source;

import dev.premortem.estate.AbsentChart;
import dev.premortem.estate.Cluster;
import dev.premortem.estate.ConfigMap;
import dev.premortem.estate.Issuer;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Network;
import dev.premortem.estate.Release;
import dev.premortem.estate.Route;
import dev.premortem.estate.Service;
import dev.premortem.estate.Thing;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Sighting;
import dev.premortem.fact.Tree;
import dev.premortem.source.chart.AssumedWorkloads;
import dev.premortem.source.chart.CiliumNetwork;
import dev.premortem.source.chart.Releases;
import dev.premortem.source.chart.TraefikArguments;
import dev.premortem.source.chart.TraefikChart;
import dev.premortem.source.kubernetes.Surroundings;
import dev.premortem.source.text.Embedded;
import dev.premortem.source.text.Harvest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the releases of an estate make of it: Traefik's objects, resolvers and default certificates; Cilium's network. */
final class Charts {
    private final Harvest harvest;
    private final TreeSet<String> done = new TreeSet<>();
    private final TreeSet<String> made = new TreeSet<>();

    Charts(Harvest harvest) {
        this.harvest = harvest;
    }

    /** Notes a release whose chart was rendered: what it makes is among the objects. */
    void rendered(Release release) {
        done.add(key(release));
    }

    private static String key(Release release) {
        return release.reference().text() + "\n" + release.name();
    }

    private <T extends Thing> List<T> all(Class<T> kind) {
        return harvest.things.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Adds what Traefik's chart makes, unless the tree holds it rendered. Services are added to those that workloads may name. */
    void make(Surroundings around, Map<String, Service> services) {
        Set<String> rendered = new HashSet<>();
        Set<String> renderedFolders = new HashSet<>();
        for (KubernetesObject object : harvest.objects) {
            if (Sighting.is(object.tree().place())) {
                continue;
            }
            rendered.add(object.reference().text());
            if ("traefik".equals(object.labels().get("app.kubernetes.io/name"))
                    && object.apiVersion().equals("apps/v1")) {
                renderedFolders.add(Ownership.folder(object.tree().place().file()));
            }
        }
        // what its parent gives a chart that is absent is what a release would give it
        all(AbsentChart.class).stream()
                .filter(chart -> chart.reference().name().equals(chart.chart())) // an alias names what it makes anew
                .map(AbsentChart::alone)
                .filter(release -> !Releases.KNOWN.contains(release.chart()))
                .forEach(release -> assume(release, rendered));
        for (Release release : all(Release.class)) {
            boolean there =
                    renderedFolders.contains(Ownership.folder(release.place().file()));
            if (!release.chart().equals("traefik") || there || done.contains(key(release))) {
                if (!done.contains(key(release))) {
                    assume(release, rendered);
                }
                continue;
            }
            TraefikChart.Made made = TraefikChart.apply(release, around, harvest);
            made.workload().ifPresent(thing -> this.made.add(thing.reference().text()));
            made.claim().ifPresent(thing -> this.made.add(thing.reference().text()));
            made.workload()
                    .filter(thing -> !rendered.contains(thing.reference().text()))
                    .ifPresent(harvest.things::add);
            made.claim()
                    .filter(thing -> !rendered.contains(thing.reference().text()))
                    .ifPresent(harvest.things::add);
            made.service()
                    .filter(thing -> !rendered.contains(thing.reference().text()))
                    .ifPresent(thing -> services.put(thing.reference().text(), thing));
            harvest.objects.addAll(made.objects());
        }
    }

    /** Adds what the published defaults of a chart tell of a release, unless the tree holds it rendered. */
    private void assume(Release release, Set<String> rendered) {
        AssumedWorkloads.of(release).stream()
                .filter(thing -> !rendered.contains(thing.reference().text()))
                .forEach(harvest.things::add);
        AssumedWorkloads.budgets(release).stream()
                .filter(object -> !rendered.contains(object.reference().text()))
                .forEach(harvest.objects::add);
    }

    /** True for an object seen in a cluster that the values of a release in a file make: the file's place is the one to mend. */
    boolean made(KubernetesObject object) {
        return Sighting.is(object.tree().place())
                && made.contains(object.reference().text());
    }

    /** Resolvers of all workloads, and the default resolver of an entry point on the routes that use it. */
    void resolvers() {
        for (Workload workload : all(Workload.class)) {
            List<Issuer> issuers = TraefikArguments.issuers(workload, configuration(workload));
            harvest.things.addAll(issuers);
            for (TraefikArguments.EntryPoint entryPoint : TraefikArguments.entryPoints(workload)) {
                for (Route route : all(Route.class)) {
                    if (route.cluster().equals(workload.cluster()) && uses(route, entryPoint.name())) {
                        harvest.things.remove(route);
                        harvest.things.add(ordering(route, entryPoint));
                    }
                }
            }
        }
    }

    /** Traefik's static configuration where a workload mounts it from a configMap of its namespace. */
    private List<Tree> configuration(Workload workload) {
        if (workload.containers().stream().noneMatch(one -> one.image().value().contains("traefik"))) {
            return List.of();
        }
        List<Tree> files = new ArrayList<>();
        for (Workload.Volume volume : workload.volumes()) {
            for (ConfigMap configMap : all(ConfigMap.class)) {
                boolean mounted = volume.kind().value().equals("configMap")
                        && configMap.name().equals(volume.source())
                        && configMap.namespace().equals(workload.namespace())
                        && configMap.cluster().equals(workload.cluster());
                if (mounted) {
                    configMap.data().forEach((name, text) -> {
                        if (text.value().contains("certificatesResolvers:")
                                && text.provenance() instanceof Declared place) {
                            Tree.Scalar scalar = new Tree.Scalar(place, Tree.Scalar.Kind.STRING, text.value());
                            Embedded.read(scalar, harvest).ifPresent(files::add);
                        }
                    });
                }
            }
        }
        return files;
    }

    private static boolean uses(Route route, String entryPoint) {
        if (route.secret().isPresent() || route.resolver().isPresent()) {
            return false;
        }
        List<String> named = switch (route.kind()) {
            case "IngressRoute" ->
                route.tree().items("spec.entryPoints").stream()
                        .flatMap(item -> item.text().map(Fact::value).stream())
                        .toList();
            case "Ingress" ->
                route.tree()
                        .at("metadata.annotations")
                        .flatMap(found -> found instanceof Tree.Mapping mapping
                                ? mapping.get("traefik.ingress.kubernetes.io/router.entrypoints")
                                : Optional.empty())
                        .flatMap(Tree::text)
                        .map(text -> List.of(text.value().split("\\s*,\\s*", -1)))
                        .orElse(List.of());
            default -> List.of("none of Traefik's");
        };
        boolean traefiks = route.kind().equals("IngressRoute")
                || route.className()
                        .filter(found -> found.value().contains("traefik"))
                        .isPresent()
                || !named.isEmpty();
        return traefiks && (named.isEmpty() || named.stream().anyMatch(entryPoint::equalsIgnoreCase));
    }

    private static Route ordering(Route route, TraefikArguments.EntryPoint entryPoint) {
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
                true,
                route.secret(),
                entryPoint.resolver(),
                route.certificateNames().isEmpty() ? entryPoint.names() : route.certificateNames(),
                route.className(),
                route.dependsOn(),
                route.tree());
    }

    /** Completes the network of each cluster: what its document declares wins over the agents' configuration, that over the chart's values. */
    void networks() {
        for (Cluster cluster : all(Cluster.class)) {
            Network network = cluster.network();
            for (ConfigMap configMap : all(ConfigMap.class)) {
                if (configMap.cluster().equals(cluster.name())
                        && configMap.name().equals("cilium-config")) {
                    network = CiliumNetwork.merge(network, CiliumNetwork.of(configMap));
                }
            }
            for (Release release : all(Release.class)) {
                if (release.cluster().equals(cluster.name()) && release.chart().equals("cilium")) {
                    network = CiliumNetwork.merge(network, CiliumNetwork.of(release));
                }
            }
            if (!network.equals(cluster.network())) {
                harvest.things.remove(cluster);
                harvest.things.add(new Cluster(
                        cluster.name(),
                        cluster.place(),
                        cluster.declared(),
                        cluster.sites(),
                        cluster.controlPlane(),
                        cluster.distribution(),
                        cluster.controllerRestarts(),
                        cluster.kubeletRestarts(),
                        network,
                        cluster.nodePools(),
                        cluster.loadBalancing(),
                        cluster.mesh(),
                        cluster.context()));
            }
        }
    }
}
