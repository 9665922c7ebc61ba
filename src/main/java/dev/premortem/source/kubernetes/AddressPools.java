package dev.premortem.source.kubernetes;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Service;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pools from which load balancers get their addresses: MetalLB's IPAddressPool, Cilium's CiliumLoadBalancerIPPool. A pool of one address pins it; of a larger one a
 * load balancer that is made anew may get another. https://metallb.io/usage/ https://docs.cilium.io/en/stable/network/lb-ipam/
 */
public final class AddressPools {
    private static final List<String> CHOSEN = List.of("metallb.io/address-pool", "metallb.universe.tf/address-pool");

    /**
     * One pool.
     *
     * @param open where any Service may get its addresses without asking for the pool
     * @param only its address, where it holds one alone
     */
    private record Pool(
            String cluster, String name, boolean metallb, boolean open, Tree selector, Optional<Fact<String>> only) {}

    private final List<Pool> pools = new ArrayList<>();

    /** Those among all objects. */
    public AddressPools(Collection<KubernetesObject> objects) {
        for (KubernetesObject object : objects) {
            switch (KnownKinds.key(object)) {
                case "metallb.io/IPAddressPool" -> pools.add(metallb(object));
                case "cilium.io/CiliumLoadBalancerIPPool" -> cilium(object).ifPresent(pools::add);
                default -> {}
            }
        }
    }

    /** True where there are none. */
    public boolean none() {
        return pools.isEmpty();
    }

    private static Pool metallb(KubernetesObject object) {
        Tree tree = object.tree();
        boolean open = tree.text("spec.autoAssign")
                        .filter(text -> text.value().equals("false"))
                        .isEmpty()
                && tree.at("spec.serviceAllocation").isEmpty();
        List<Fact<String>> ranges = tree.items("spec.addresses").stream()
                .flatMap(item -> item.text().stream())
                .toList();
        Optional<Fact<String>> only = ranges.size() == 1 ? single(ranges.getFirst()) : Optional.empty();
        return new Pool(object.cluster(), object.name(), true, open, nothing(tree), only);
    }

    private static Tree nothing(Tree tree) {
        return new Tree.Mapping(tree.place(), List.of());
    }

    private static Optional<Pool> cilium(KubernetesObject object) {
        Tree tree = object.tree();
        boolean disabled = tree.text("spec.disabled")
                .filter(text -> text.value().equals("true"))
                .isPresent();
        List<Tree> blocks = tree.items("spec.blocks").isEmpty() ? tree.items("spec.cidrs") : tree.items("spec.blocks");
        Optional<Fact<String>> only = Optional.empty();
        if (blocks.size() == 1) {
            Tree block = blocks.getFirst();
            Optional<Fact<String>> start = block.text("start");
            only = block.text("cidr")
                    .flatMap(AddressPools::single)
                    .or(() -> start.filter(first -> block.text("stop")
                            .map(last -> last.value().equals(first.value()))
                            .orElse(true)));
        }
        Tree selector = tree.at("spec.serviceSelector").orElseGet(() -> nothing(tree));
        return disabled
                ? Optional.empty()
                : Optional.of(new Pool(object.cluster(), object.name(), false, true, selector, only));
    }

    /** The address of a range that holds one: {@code a}, {@code a-a}, {@code a/32}, {@code a/128}. */
    private static Optional<Fact<String>> single(Fact<String> range) {
        String text = range.value().strip();
        int slash = text.indexOf('/');
        if (slash > 0) {
            boolean whole = text.endsWith(text.contains(":") ? "/128" : "/32");
            return whole ? Optional.of(range.map(ignored -> text.substring(0, slash))) : Optional.empty();
        }
        int dash = text.indexOf('-');
        if (dash < 0) {
            return Optional.of(range.map(ignored -> text));
        }
        String first = text.substring(0, dash).strip();
        return first.equals(text.substring(dash + 1).strip())
                ? Optional.of(range.map(ignored -> first))
                : Optional.empty();
    }

    /** The service with the address that its pool pins, where no annotation does. */
    public Service apply(Service service, Map<String, String> labels) {
        if (!service.loadBalancer() || service.fixedAddress().isPresent()) {
            return service;
        }
        Optional<String> chosen = CHOSEN.stream()
                .flatMap(name -> Optional.ofNullable(service.annotations().get(name)).stream())
                .map(Fact::value)
                .findFirst();
        List<Pool> fitting = pools.stream()
                .filter(pool -> pool.cluster().equals(service.cluster()))
                .filter(pool -> chosen.map(name -> pool.metallb() && pool.name().equals(name))
                        .orElseGet(() -> pool.open() && selects(pool.selector(), service, labels)))
                .toList();
        return fitting.size() == 1
                ? fitting.getFirst().only().map(service::pinned).orElse(service)
                : service;
    }

    /** True where a pool may serve a Service; one with expressions might, so that it counts and is not judged. */
    private static boolean selects(Tree selector, Service service, Map<String, String> labels) {
        for (Tree.Entry entry : selector.entries("matchLabels")) {
            String has = switch (entry.key()) {
                case "io.kubernetes.service.namespace" -> service.namespace();
                case "io.kubernetes.service.name" -> service.name();
                default -> labels.getOrDefault(entry.key(), "");
            };
            if (!entry.value().text().map(Fact::value).orElse("").equals(has)) {
                return false;
            }
        }
        return true;
    }
}
