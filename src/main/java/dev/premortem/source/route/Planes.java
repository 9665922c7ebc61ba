package dev.premortem.source.route;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Service;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.kubernetes.KnownKinds;
import dev.premortem.source.kubernetes.Services;
import dev.premortem.source.kubernetes.Surroundings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a controller makes of a Gateway to carry its traffic: Envoy Gateway and Istio a Deployment and a load balancer for each, Cilium a load balancer in front of its
 * agents. https://gateway.envoyproxy.io/docs/api/extension_types/#envoyproxyspec https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/
 * https://docs.cilium.io/en/stable/network/servicemesh/gateway-api/gateway-api/
 */
public final class Planes {
    private static final String LABEL = "gateway.networking.k8s.io/gateway-name";
    private static final String ENVOY = "gateway.envoyproxy.io/gatewayclass-controller";
    private static final String ISTIO = "istio.io/gateway-controller";
    private static final String CILIUM = "io.cilium/gateway-controller";
    private static final Map<String, String> CLASSES =
            Map.of("istio", ISTIO, "cilium", CILIUM, "eg", ENVOY, "envoy-gateway", ENVOY);

    private final Surroundings around;

    public Planes(Surroundings around) {
        this.around = around;
    }

    private Optional<KubernetesObject> gatewayClass(KubernetesObject gateway) {
        return gateway.tree()
                .text("spec.gatewayClassName")
                .flatMap(name -> Optional.ofNullable(around.objects()
                        .get(Reference.clusterScoped(gateway.cluster(), "GatewayClass", name.value())
                                .text())));
    }

    /** The controller of a gateway of the Gateway API; empty text where it is not known. */
    private String controller(KubernetesObject gateway) {
        // An address that is a host name means a Service that somebody else made.
        boolean elsewhere = gateway.tree().items("spec.addresses").stream()
                .anyMatch(address -> address.text("type")
                        .filter(type -> type.value().equals("Hostname"))
                        .isPresent());
        if (elsewhere || !KnownKinds.key(gateway).equals("gateway.networking.k8s.io/Gateway")) {
            return "";
        }
        return gatewayClass(gateway)
                .flatMap(found -> found.tree().text("spec.controllerName"))
                .map(Fact::value)
                .or(() -> gateway.tree()
                        .text("spec.gatewayClassName")
                        .map(name -> CLASSES.getOrDefault(name.value(), "")))
                .orElse("");
    }

    /** The settings of Envoy that a gateway or its class names; empty where they are named and not there. */
    private Optional<Tree> envoy(KubernetesObject gateway) {
        Optional<Tree> own = gateway.tree().at("spec.infrastructure.parametersRef");
        Optional<Tree> named =
                own.or(() -> gatewayClass(gateway).flatMap(found -> found.tree().at("spec.parametersRef")));
        if (named.isEmpty()) {
            return Optional.of(new Tree.Mapping(gateway.tree().place(), List.of()));
        }
        String namespace = named.get().text("namespace").map(Fact::value).orElse(gateway.namespace());
        return named.get()
                .text("name")
                .flatMap(name -> around.object(gateway.cluster(), namespace, "EnvoyProxy", name.value()))
                .map(KubernetesObject::tree);
    }

    /** The workload that carries a gateway's traffic, where the controller makes one for it. */
    public Optional<Workload> workload(KubernetesObject gateway) {
        return switch (controller(gateway)) {
            case ISTIO ->
                Optional.of(workload(
                        gateway,
                        "Deployment",
                        gateway.name() + "-istio",
                        one("https://istio.io/latest/docs/tasks/traffic-management/ingress/gateway-api/")));
            case ENVOY ->
                envoy(gateway)
                        .filter(settings -> settings.at("spec.provider.kubernetes.envoyDaemonSet")
                                .isEmpty())
                        .map(settings -> workload(gateway, "Gateway", gateway.name(), replicas(settings)));
            default -> Optional.empty();
        };
    }

    private static Fact<Integer> one(String source) {
        return new Fact<>(1, new Assumed("gateway.replicas", source));
    }

    private static Fact<Integer> replicas(Tree settings) {
        Tree kubernetes = settings.at("spec.provider.kubernetes").orElse(settings);
        return number(kubernetes.text("envoyHpa.minReplicas"))
                .or(() -> number(kubernetes.text("envoyDeployment.replicas")))
                .orElseGet(
                        () -> one("https://gateway.envoyproxy.io/docs/api/extension_types/#kubernetesdeploymentspec"));
    }

    private static Optional<Fact<Integer>> number(Optional<Fact<String>> text) {
        try {
            return text.map(found -> found.map(Integer::valueOf));
        } catch (NumberFormatException e) {
            return Optional.of(new Fact<>(2, new Assumed("gateway.replicas", "not a number: taken as more than one")));
        }
    }

    private static Workload workload(KubernetesObject gateway, String kind, String name, Fact<Integer> replicas) {
        return new Workload(
                Reference.object(gateway.cluster(), gateway.namespace(), kind, name),
                gateway.tree().place(),
                gateway.cluster(),
                gateway.namespace(),
                "Deployment",
                name,
                replicas,
                gateway.labels(),
                Map.of(LABEL, gateway.name()),
                gateway.annotations(),
                List.of(),
                List.of(),
                List.of(),
                false,
                Optional.ofNullable(gateway.annotations().get("premortem.dev/site")),
                Optional.empty(),
                "default",
                List.of(),
                new Tree.Mapping(gateway.tree().place(), List.of()));
    }

    /** The load balancer in front of it, with what pins its address. */
    public Optional<Service> service(KubernetesObject gateway) {
        return switch (controller(gateway)) {
            case ISTIO -> Optional.of(service(gateway, gateway.name() + "-istio", Optional.empty()));
            case CILIUM -> Optional.of(service(gateway, "cilium-gateway-" + gateway.name(), Optional.empty()));
            case ENVOY ->
                envoy(gateway)
                        .filter(settings -> settings.text("spec.provider.kubernetes.envoyService.type")
                                .map(type -> type.value().equals("LoadBalancer"))
                                .orElse(true))
                        .map(settings -> service(
                                gateway,
                                "envoy-" + gateway.namespace() + "-" + gateway.name(),
                                settings.at("spec.provider.kubernetes.envoyService")));
            default -> Optional.empty();
        };
    }

    private static Service service(KubernetesObject gateway, String name, Optional<Tree> settings) {
        Map<String, Fact<String>> annotations = new TreeMap<>();
        for (Tree holder : List.of(
                gateway.tree()
                        .at("spec.infrastructure")
                        .orElseGet(() -> new Tree.Mapping(gateway.tree().place(), List.of())),
                settings.orElseGet(() -> new Tree.Mapping(gateway.tree().place(), List.of())))) {
            holder.entries("annotations")
                    .forEach(entry -> entry.value().text().ifPresent(text -> annotations.put(entry.key(), text)));
        }
        Optional<Fact<String>> wanted = gateway.tree().items("spec.addresses").stream()
                .flatMap(address -> address.text("value").stream())
                .findFirst()
                .or(() -> settings.flatMap(found -> found.text("loadBalancerIP")));
        Optional<Fact<String>> known = gateway.tree().items("status.addresses").stream()
                .flatMap(address -> address.text("value").stream())
                .findFirst();
        return new Service(
                Reference.object(gateway.cluster(), gateway.namespace(), "Service", name),
                gateway.tree().place(),
                gateway.cluster(),
                gateway.namespace(),
                name,
                new Fact<>("LoadBalancer", gateway.tree().place()),
                Map.of(LABEL, gateway.name()),
                annotations,
                wanted.or(() -> Services.pin(annotations)),
                known.or(() -> wanted).or(() -> Services.pinnedAddress(annotations)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new Tree.Mapping(gateway.tree().place(), List.of()));
    }
}
