package dev.premortem.model;

import dev.premortem.estate.Alternative;
import dev.premortem.estate.KubernetesObject;
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
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Load balancers of MetalLB and Cilium that ask for an address which they cannot have: one that another has already and does not share, or one of no pool. The one
 * that comes second, after a rebuild or a restart, waits for an address for ever. https://metallb.io/usage/ https://docs.cilium.io/en/stable/network/lb-ipam/
 */
public final class ClashingAddresses {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");

    private final Sketch sketch;
    private final SortedMap<String, List<long[]>> pools = new TreeMap<>();
    private final SortedMap<String, Boolean> whole = new TreeMap<>();

    private ClashingAddresses(Sketch sketch) {
        this.sketch = sketch;
        for (KubernetesObject object : sketch.estate().objects()) {
            boolean metallb = object.kind().equals("IPAddressPool");
            if (metallb || object.kind().equals("CiliumLoadBalancerIPPool")) {
                List<Tree> ranges = metallb
                        ? object.tree().items("spec.addresses")
                        : object.tree()
                                .items(object.tree().at("spec.blocks").isPresent() ? "spec.blocks" : "spec.cidrs");
                ranges.forEach(range -> read(object.cluster(), range));
            }
        }
    }

    /** True where every range is understood, and no second pool of one name says that this is more than one cluster. */
    private boolean known(String cluster) {
        return whole.getOrDefault(cluster, false)
                && sketch.estate().all(Alternative.class).stream()
                        .map(each -> each.reference().text())
                        .noneMatch(text -> text.contains("IPAddressPool") || text.contains("LoadBalancerIPPool"));
    }

    /** Adds a range; one that is not understood makes the pools of its cluster unknown. */
    private void read(String cluster, Tree range) {
        String text = range.text()
                .or(() -> range.text("cidr"))
                .map(Fact::value)
                .orElseGet(() -> range.text("start").map(Fact::value).orElse("") + "-"
                        + range.text("stop")
                                .or(() -> range.text("start"))
                                .map(Fact::value)
                                .orElse(""));
        Optional<long[]> read = range(text.replace(" ", ""));
        whole.merge(cluster, read.isPresent() || text.contains(":"), Boolean::logicalAnd);
        read.ifPresent(
                found -> pools.computeIfAbsent(cluster, _ -> new ArrayList<>()).add(found));
    }

    private static Optional<long[]> range(String text) {
        int slash = text.indexOf('/');
        int dash = text.indexOf('-');
        String first = text.substring(0, slash > 0 ? slash : dash > 0 ? dash : text.length());
        Optional<Long> from = number(first);
        if (from.isEmpty()) {
            return Optional.empty();
        }
        if (slash > 0) {
            String bits = text.substring(slash + 1);
            if (!bits.matches("[0-9]|[12][0-9]|3[0-2]")) {
                return Optional.empty();
            }
            long size = 1L << (32 - Integer.parseInt(bits));
            long start = from.get() / size * size;
            return Optional.of(new long[] {start, start + size - 1});
        }
        return (dash > 0 ? number(text.substring(dash + 1)) : from).map(to -> new long[] {from.get(), to});
    }

    private static Optional<Long> number(String address) {
        if (!IPV4.matcher(address).matches()) {
            return Optional.empty();
        }
        long value = 0;
        for (String part : address.split("\\.", -1)) {
            int octet = Integer.parseInt(part);
            if (octet > 255) {
                return Optional.empty();
            }
            value = value * 256 + octet;
        }
        return Optional.of(value);
    }

    /** Those of each cluster whose pools are in the tree. */
    public static SortedMap<String, List<Standstill.Item>> of(Sketch sketch) {
        ClashingAddresses clashing = new ClashingAddresses(sketch);
        SortedMap<String, List<Standstill.Item>> items = new TreeMap<>();
        SortedMap<String, Service> holders = new TreeMap<>();
        for (Service service : sketch.estate().all(Service.class)) {
            boolean known = clashing.known(service.cluster());
            Optional<Fact<String>> asked = service.fixedAddress().filter(_ -> service.loadBalancer() && known);
            if (asked.isEmpty()) {
                continue;
            }
            for (String address : asked.get().value().replace(" ", "").split(",", -1)) {
                clashing.judge(service, asked.get(), address, holders)
                        .ifPresent(item -> items.computeIfAbsent(service.cluster(), _ -> new ArrayList<>())
                                .add(item));
            }
        }
        return items;
    }

    private Optional<Standstill.Item> judge(
            Service service, Fact<String> asked, String address, SortedMap<String, Service> holders) {
        Optional<Long> number = number(address);
        if (number.isEmpty() || !(asked.provenance() instanceof Declared place) || place.laid()) {
            return Optional.empty();
        }
        String word = service.namespace() + "/" + service.name();
        boolean pooled = pools.getOrDefault(service.cluster(), List.of()).stream()
                .anyMatch(range -> range[0] <= number.get() && number.get() <= range[1]);
        Service other = holders.putIfAbsent(service.cluster() + "/" + address, service);
        boolean taken = other != null && !(shared(service) && shared(other));
        if (pooled && !taken) {
            return Optional.empty();
        }
        List<Evidence> evidence = new ArrayList<>(List.of(Evidence.of("asks for " + address, asked)));
        if (other != null) {
            other.fixedAddress()
                    .ifPresent(first -> evidence.add(
                            Evidence.of(other.namespace() + "/" + other.name() + " asks for it too", first)));
        }
        return Optional.of(new Standstill.Item(
                service.reference(),
                place,
                word + " has its address",
                word + " has no address, and nobody reaches it",
                word + " asks for " + address
                        + (pooled
                                ? ", which " + other.namespace() + "/" + other.name() + " has and does not share"
                                : ", which is in no pool of its cluster"),
                List.copyOf(evidence),
                Confidence.LIKELY));
    }

    /** True where a key says that the address may be had by several. */
    private static boolean shared(Service service) {
        return service.annotations().keySet().stream()
                .map(key -> key.toLowerCase(Locale.ROOT))
                .anyMatch(key -> key.contains("allow-shared-ip") || key.contains("sharing-key"));
    }
}
