package dev.premortem.source.kubernetes;

import dev.premortem.estate.Dependency;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Service;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.declared.Dependencies;
import dev.premortem.source.text.Fields;
import dev.premortem.source.text.Harvest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads Services. */
public final class Services {
    /** Annotations by which a provider keeps or reserves the address of a load balancer, each from that provider's documentation. */
    private static final List<String> PINS = List.of(
            "service.beta.kubernetes.io/aws-load-balancer-eip-allocations",
            "networking.gke.io/load-balancer-ip-addresses",
            "service.beta.kubernetes.io/azure-load-balancer-ipv4",
            "service.beta.kubernetes.io/azure-load-balancer-ipv6",
            "service.beta.kubernetes.io/azure-pip-name",
            "service.beta.kubernetes.io/azure-pip-name-ipv6",
            "kubernetes.digitalocean.com/load-balancer-id",
            "service.beta.kubernetes.io/scw-loadbalancer-ip-ids",
            "service.beta.kubernetes.io/scw-loadbalancer-id",
            "loadbalancer.openstack.org/load-balancer-id",
            "load-balancer.hetzner.cloud/name",
            "service.beta.kubernetes.io/exoscale-loadbalancer-id",
            "kubernetes.civo.com/ipv4-address",
            "oci.oraclecloud.com/reserved-ips",
            "metallb.io/loadBalancerIPs",
            "metallb.universe.tf/loadBalancerIPs",
            "kube-vip.io/loadbalancerIPs",
            "lbipam.cilium.io/ips",
            "io.cilium/lb-ipam-ips");
    /** Those of them whose value is the address itself. */
    private static final Set<String> ADDRESSES = Set.of(
            "service.beta.kubernetes.io/azure-load-balancer-ipv4",
            "metallb.io/loadBalancerIPs",
            "metallb.universe.tf/loadBalancerIPs",
            "kube-vip.io/loadbalancerIPs",
            "lbipam.cilium.io/ips",
            "io.cilium/lb-ipam-ips",
            "kubernetes.civo.com/ipv4-address");

    private Services() {}

    /** The service of an object of kind Service. */
    public static Service read(KubernetesObject object, Surroundings around, Harvest harvest) {
        Tree tree = object.tree();
        Fields spec = spec(tree, harvest);
        Optional<Fact<String>> ip =
                spec.text("loadBalancerIP").filter(found -> !found.value().isBlank());
        Map<String, Fact<String>> annotations = object.annotations();
        return new Service(
                object.reference(),
                tree.place(),
                object.cluster(),
                object.namespace(),
                object.name(),
                spec.text("type")
                        .orElseGet(() -> new Fact<>(
                                "ClusterIP", new Assumed("service.type", "Kubernetes API: ClusterIP by default"))),
                spec.plainMap("selector"),
                annotations,
                ip.or(() -> pin(annotations, PINS)),
                address(tree)
                        .or(() -> around.observed(object.reference(), "address"))
                        .or(() -> ip)
                        .or(() -> pin(annotations, ADDRESSES)),
                first(annotations, "service.cilium.io/global", "io.cilium/global-service")
                        .map(fact -> fact.map("true"::equals)),
                first(annotations, "service.cilium.io/affinity", "io.cilium/service-affinity"),
                spec.text("externalName"),
                dependencies(object, around),
                tree);
    }

    static Fields spec(Tree tree, Harvest harvest) {
        return tree.at("spec")
                .map(spec -> Fields.of(spec, harvest))
                .orElseGet(() -> Fields.of(new Tree.Mapping(tree.place(), List.of()), harvest));
    }

    /** What the annotation of an object declares. */
    public static List<Dependency> dependencies(KubernetesObject object, Surroundings around) {
        return Optional.ofNullable(object.annotations().get("premortem.dev/depends-on"))
                .map(annotation -> Dependencies.annotation(
                        annotation,
                        (dev.premortem.fact.Declared) annotation.provenance(),
                        object.cluster(),
                        object.namespace(),
                        around.clusters()))
                .orElse(List.of());
    }

    private static Optional<Fact<String>> address(Tree tree) {
        return tree.items("status.loadBalancer.ingress").stream()
                .flatMap(item -> item.text("ip").or(() -> item.text("hostname")).stream())
                .findFirst();
    }

    /** What among some annotations pins the address of a load balancer. */
    public static Optional<Fact<String>> pin(Map<String, Fact<String>> annotations) {
        return pin(annotations, PINS);
    }

    /** What among some annotations is itself the address of a load balancer. */
    public static Optional<Fact<String>> pinnedAddress(Map<String, Fact<String>> annotations) {
        return pin(annotations, ADDRESSES);
    }

    private static Optional<Fact<String>> pin(
            Map<String, Fact<String>> annotations, java.util.Collection<String> names) {
        return PINS.stream()
                .filter(names::contains)
                .filter(annotations::containsKey)
                .map(annotations::get)
                .filter(fact -> !fact.value().isBlank())
                .findFirst();
    }

    private static Optional<Fact<String>> first(Map<String, Fact<String>> annotations, String... names) {
        for (String name : names) {
            Fact<String> found = annotations.get(name);
            if (found != null) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
