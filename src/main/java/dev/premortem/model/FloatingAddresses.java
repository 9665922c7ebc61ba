package dev.premortem.model;

import dev.premortem.estate.Installation;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Service;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.outage.Confidence;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Load balancers that take whatever address they get, while nothing in the estate writes the records that name it. */
public final class FloatingAddresses {
    private static final List<String> PINS = List.of(
            "loadbalancerip",
            "-ipv4",
            "-ipv6",
            "pip-name",
            "eip-allocations",
            "/ips",
            "ip-address",
            "load-balancer-ip",
            "global-static-ip",
            "subnet-mapping");
    private static final String BALANCER = "load-balancer";

    private FloatingAddresses() {}

    /** Those of Services and of values that ask a cloud for one; none where a controller of names follows the addresses. */
    public static List<Singles.Item> of(Sketch sketch) {
        boolean followed = sketch.placement().workloads().values().stream()
                .flatMap(workload -> workload.containers().stream())
                .anyMatch(container -> container.image().value().contains("external-dns"));
        List<Singles.Item> items = new ArrayList<>();
        if (followed) {
            return items;
        }
        for (Service service : sketch.estate().all(Service.class)) {
            boolean named = service.annotations().keySet().stream().anyMatch(key -> key.contains("external-dns"));
            if (service.loadBalancer()
                    && service.fixedAddress().isEmpty()
                    && !named
                    && Sister.serious(service.cluster())) {
                Fact<String> name = service.tree()
                        .text("metadata.name")
                        .orElseGet(() -> new Fact<>(service.name(), service.place()));
                items.add(item(
                        service.reference(),
                        name.provenance() instanceof Declared place ? place : service.place(),
                        service.namespace() + "/" + service.name(),
                        Confidence.LIKELY));
            }
        }
        for (Installation each : sketch.estate().all(Installation.class)) {
            if (Sister.serious(each.environment())) {
                asked(each).ifPresent(items::add);
            }
        }
        return items;
    }

    /** Values with a cloud's annotations for a load balancer, and none that pins its address. */
    private static Optional<Singles.Item> asked(Installation each) {
        for (List<String> path : List.of(List.of("controller", "service"), List.of("service"))) {
            List<Tree.Entry> entries = new ArrayList<>();
            boolean pinned = false;
            for (Tree layer : each.layers()) {
                Tree service = Installation.below(layer, path).orElse(layer);
                if (service != layer) {
                    pinned |= service.entries().stream().anyMatch(entry -> pin(entry.key()));
                    entries.addAll(service.entries("annotations"));
                }
            }
            pinned |= entries.stream().anyMatch(entry -> pin(entry.key()));
            Optional<Tree.Entry> last = entries.stream()
                    .filter(entry -> entry.key().contains(BALANCER))
                    .reduce((_, later) -> later);
            if (last.isPresent() && !pinned) {
                String word = each.name() + " in " + each.environment();
                return Optional.of(item(each.reference(), last.get().place(), word, Confidence.POSSIBLE));
            }
        }
        return Optional.empty();
    }

    private static boolean pin(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        return PINS.stream().anyMatch(lower::contains);
    }

    private static Singles.Item item(Reference of, Declared place, String word, Confidence confidence) {
        return new Singles.Item(
                of,
                place,
                word + " takes whatever address it gets",
                List.of(new Evidence("a load balancer without an address of its own", place)),
                confidence);
    }
}
