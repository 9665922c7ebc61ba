package dev.premortem.source.chart;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Release;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Embedded;
import dev.premortem.source.text.Harvest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Recognises Helm releases: Flux, Argo CD, k3s, and plain values files of the two charts whose meaning we know. */
public final class Releases {
    /** The charts whose values are understood. */
    public static final List<String> KNOWN = List.of("traefik", "cilium");

    private static final List<String> TRAEFIK_KEYS = List.of(
            "additionalArguments",
            "additionalVolumeMounts",
            "certResolvers",
            "certificatesResolvers",
            "deployment",
            "globalArguments",
            "ingressClass",
            "ingressRoute",
            "persistence",
            "ports",
            "providers",
            "service",
            "updateStrategy",
            "rollingUpdate",
            "experimental",
            "autoscaling",
            "volumes",
            "logs");
    private static final List<String> CILIUM_KEYS = List.of(
            "MTU",
            "autoDirectNodeRoutes",
            "bpf",
            "clustermesh",
            "encryption",
            "hubble",
            "ipam",
            "ipv4NativeRoutingCIDR",
            "k8sServiceHost",
            "kubeProxyReplacement",
            "l2announcements",
            "pmtuDiscovery",
            "routingMode",
            "tunnel",
            "tunnelProtocol",
            "wellKnownIdentities",
            "endpointRoutes",
            "operator",
            "bgpControlPlane");

    /**
     * What another file says about a values file: helmfile, kustomize, the Chart.yaml of an umbrella chart.
     *
     * @param chart chart's name
     */
    public record Hint(
            String chart, Optional<String> name, Optional<String> namespace, Optional<Fact<String>> version) {}

    private Releases() {}

    /** The releases of an object that makes some; Argo CD applications may have several sources. */
    public static List<Release> of(KubernetesObject object, Harvest harvest) {
        return switch (object.kind()) {
            case "HelmRelease" -> flux(object).stream().toList();
            case "Application" -> argo(object, harvest);
            case "HelmChart" -> k3s(object, harvest).stream().toList();
            default -> List.of();
        };
    }

    private static Tree empty(Tree tree, String field) {
        Declared place = tree.place();
        return new Tree.Mapping(new Declared(place.file(), place.line(), field), List.of());
    }

    private static Release release(
            KubernetesObject object,
            String namespace,
            String name,
            String chart,
            Optional<Fact<String>> version,
            Tree values) {
        return new Release(
                object.reference(), object.tree().place(), object.cluster(), namespace, name, chart, version, values);
    }

    private static Optional<Release> flux(KubernetesObject object) {
        Tree tree = object.tree();
        Optional<String> chart = tree.text("spec.chart.spec.chart")
                .or(() -> tree.text("spec.chartRef.name"))
                .map(Fact::value);
        Optional<String> target = tree.text("spec.targetNamespace").map(Fact::value);
        String plain = target.map(namespace -> namespace + "-" + object.name()).orElse(object.name());
        return chart.map(found -> release(
                object,
                target.orElse(object.namespace()),
                tree.text("spec.releaseName").map(Fact::value).orElse(plain),
                last(found),
                tree.text("spec.chart.spec.version"),
                tree.at("spec.values").orElseGet(() -> empty(tree, "spec.values"))));
    }

    private static String last(String chart) {
        return chart.substring(chart.lastIndexOf('/') + 1);
    }

    private static List<Release> argo(KubernetesObject object, Harvest harvest) {
        Tree tree = object.tree();
        Stream<Tree> sources = Stream.concat(tree.at("spec.source").stream(), tree.items("spec.sources").stream());
        return sources.filter(source -> source.text("chart").isPresent())
                .map(source -> release(
                        object,
                        tree.text("spec.destination.namespace").map(Fact::value).orElse("default"),
                        source.text("helm.releaseName").map(Fact::value).orElse(object.name()),
                        last(source.text("chart").map(Fact::value).orElse("")),
                        source.text("targetRevision"),
                        source.at("helm.valuesObject")
                                .or(() -> source.at("helm.values").flatMap(text -> Embedded.read(text, harvest)))
                                .orElseGet(() -> empty(tree, source.place().field() + ".helm.valuesObject"))))
                .toList();
    }

    private static Optional<Release> k3s(KubernetesObject object, Harvest harvest) {
        Tree tree = object.tree();
        return tree.text("spec.chart")
                .map(chart -> release(
                        object,
                        tree.text("spec.targetNamespace").map(Fact::value).orElse(object.namespace()),
                        object.name(),
                        last(chart.value()),
                        tree.text("spec.version"),
                        tree.at("spec.valuesContent")
                                .flatMap(text -> Embedded.read(text, harvest))
                                .or(() -> tree.at("spec.values"))
                                .orElseGet(() -> empty(tree, "spec.valuesContent"))));
    }

    /** The release of a values file, by its content or by what another file says about it. */
    public static Optional<Release> of(Tree tree, String cluster, Optional<Hint> hint) {
        Optional<String> chart = hint.map(Hint::chart).or(() -> chart(tree));
        if (chart.isEmpty() || !(tree instanceof Tree.Mapping mapping)) {
            return Optional.empty();
        }
        Optional<Tree> nested = mapping.get(chart.get()).filter(Tree.Mapping.class::isInstance);
        Tree values = nested.orElse(tree);
        String file = tree.place().file();
        String name = hint.flatMap(Hint::name).orElseGet(() -> folder(file, chart.get()));
        String namespace = hint.flatMap(Hint::namespace)
                .or(() -> values.text("namespaceOverride").map(Fact::value).filter(text -> !text.isBlank()))
                .orElse("default");
        return Optional.of(new Release(
                Reference.object(cluster, namespace, "Release", name),
                tree.place(),
                cluster,
                namespace,
                name,
                chart.get(),
                hint.flatMap(Hint::version),
                values));
    }

    private static String folder(String file, String chart) {
        int slash = file.lastIndexOf('/');
        String folder = slash < 0 ? "" : file.substring(0, slash);
        String last = folder.substring(folder.lastIndexOf('/') + 1);
        return last.isEmpty()
                        || List.of("values", "helm", "charts", "helm-values").contains(last)
                ? chart
                : last;
    }

    /** Which of the two charts the keys are of; the name of the file helps where they are few. */
    private static Optional<String> chart(Tree tree) {
        boolean document =
                tree.text("apiVersion").isPresent() || tree.text("kind").isPresent();
        // Traefik's own file, as Docker mounts it: the chart's values say ports, and no template reads entryPoints.
        boolean traefiks =
                tree.at("entryPoints").isPresent() && tree.at("ports").isEmpty();
        if (document || traefiks) {
            return Optional.empty();
        }
        for (String chart : KNOWN) {
            List<String> keys = chart.equals("traefik") ? TRAEFIK_KEYS : CILIUM_KEYS;
            boolean named = tree.place().file().contains(chart);
            Optional<Tree> nested = tree.at(chart).filter(Tree.Mapping.class::isInstance);
            if ((named && typical(tree, keys) >= 1)
                    || nested.filter(values -> typical(values, keys) >= 1).isPresent()
                    || (chart.equals("traefik") && surelyTraefik(tree))
                    || (chart.equals("cilium") && surelyCilium(tree))) {
                return Optional.of(chart);
            }
        }
        return Optional.empty();
    }

    private static long typical(Tree tree, List<String> keys) {
        return tree.entries().stream()
                .filter(entry -> keys.contains(entry.key()))
                .count();
    }

    private static boolean surelyTraefik(Tree tree) {
        return tree.at("ports.websecure").isPresent()
                || tree.at("providers.kubernetesCRD").isPresent()
                || tree.at("certResolvers").isPresent()
                || tree.at("certificatesResolvers").isPresent()
                || tree.items("additionalArguments").stream()
                        .anyMatch(item -> item.text()
                                .filter(text ->
                                        TraefikArguments.resolver(text.value()).isPresent())
                                .isPresent());
    }

    private static boolean surelyCilium(Tree tree) {
        long sure = Stream.of(
                        "kubeProxyReplacement",
                        "tunnelProtocol",
                        "routingMode",
                        "MTU",
                        "hubble",
                        "clustermesh",
                        "ipv4NativeRoutingCIDR")
                .filter(key -> tree.at(key).isPresent())
                .count();
        return sure >= 2;
    }
}
