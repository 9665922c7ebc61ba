package dev.premortem.model;

import dev.premortem.estate.Cluster;
import dev.premortem.estate.Network;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Fact;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The largest packets that a flow sends, as they appear on a link. Figures: sizes that CNIs subtract, read in their sources on 2026-11-24 (felix
 * int_dataplane.go, cilium pkg/mtu/mtu.go, antrea node_config.go, kube-ovn const.go, flannel backends).
 *
 * @param innerBytes what a pod or host sends
 * @param overheadBytes what encapsulation and encryption add
 * @param tunnelled true where it travels inside another packet
 * @param dontFragment true where the outer packet forbids fragments
 * @param probing true where the sender's TCP finds black holes by itself (Cilium 1.19 and newer)
 */
public record Packets(
        int innerBytes,
        int overheadBytes,
        boolean tunnelled,
        boolean dontFragment,
        boolean probing,
        List<Evidence> evidence) {
    private static final int ETHERNET = 1500;

    /** Size on the link. */
    public int outerBytes() {
        return innerBytes + overheadBytes;
    }

    /** {@code pods send up to 1,450 bytes + 50 for the tunnel = 1,500}. */
    public String sentence() {
        return tunnelled
                ? "pods send up to " + number(innerBytes) + " + " + overheadBytes + " for the tunnel = "
                        + bytes(outerBytes())
                : "senders use packets of up to " + bytes(outerBytes());
    }

    /** What a flow sends; empty where nothing is known about its network. */
    public static Optional<Packets> of(Sketch sketch, Flow flow) {
        if (flow.clusters().isEmpty()) {
            // Hosts send what their devices take; 1500 unless something else is declared.
            Evidence host = new Evidence(
                    "hosts send packets of 1,500 bytes", new Assumed("host.mtu", "Ethernet's default MTU"));
            return Optional.of(new Packets(ETHERNET, 0, false, true, false, List.of(host)));
        }
        Optional<Packets> smallest = Optional.empty();
        for (String name : flow.clusters()) {
            Cluster cluster = sketch.ground().clusters().get(name);
            Optional<Packets> sent = cluster == null ? Optional.empty() : sentBy(cluster);
            if (sent.isEmpty()) {
                return Optional.empty();
            }
            // TCP announces its segment size: the smaller of both ends holds for both directions.
            if (smallest.isEmpty() || sent.get().innerBytes() < smallest.get().innerBytes()) {
                smallest = sent;
            } else if (sent.get().innerBytes() == smallest.get().innerBytes()) {
                smallest = smallest.map(first -> first.alsoBy(sent.get()));
            }
        }
        return smallest;
    }

    private Packets alsoBy(Packets other) {
        List<Evidence> both = new ArrayList<>(evidence);
        other.evidence().stream().filter(each -> !both.contains(each)).forEach(both::add);
        return new Packets(innerBytes, overheadBytes, tunnelled, dontFragment, probing, both);
    }

    private static Optional<Packets> sentBy(Cluster cluster) {
        Network network = cluster.network();
        boolean anything = network.cni().isPresent()
                || network.mode().isPresent()
                || network.podMtuBytes().isPresent()
                || network.underlayMtuBytes().isPresent()
                || network.deviceMtuBytes().isPresent();
        if (!anything) {
            return Optional.empty();
        }
        int overhead = overheadBytes(network);
        List<Evidence> evidence = new ArrayList<>();
        int inner = inner(cluster, network, overhead, evidence);
        mode(network).ifPresent(evidence::add);
        boolean tunnelled = overhead > 0;
        boolean dontFragment = network.ipv6Underlay().map(Fact::value).orElse(false)
                || network.cni()
                        .map(Fact::value)
                        .filter(cni -> cni.contains("ovn") || cni.contains("antrea"))
                        .isPresent();
        return Optional.of(new Packets(inner, overhead, tunnelled, dontFragment, probing(network), evidence));
    }

    private static int inner(Cluster cluster, Network network, int overhead, List<Evidence> evidence) {
        if (network.podMtuBytes().isPresent()) {
            Fact<Integer> pod = network.podMtuBytes().get();
            evidence.add(Evidence.of("pods of " + cluster.name() + " send up to " + bytes(pod.value()), pod));
            return pod.value();
        }
        Optional<Fact<Integer>> underlay = network.underlayMtuBytes().filter(mtu -> mtu.value() > 0);
        if (underlay.isPresent()) {
            int inner = underlay.get().value() - overhead;
            evidence.add(Evidence.of(
                    "pods of " + cluster.name() + " send up to " + number(inner) + " + " + overhead + " = "
                            + bytes(underlay.get().value()),
                    underlay.get()));
            return inner;
        }
        Fact<Integer> device = network.deviceMtuBytes()
                .orElse(new Fact<>(
                        ETHERNET,
                        new Assumed("device.mtu", "Ethernet's default; CNIs look at the node's own device only")));
        int inner = device.value() - overhead;
        evidence.add(Evidence.of(
                "the CNI derives " + number(inner) + " from the node's device of " + bytes(device.value()), device));
        return inner;
    }

    private static Optional<Evidence> mode(Network network) {
        return network.mode()
                .map(mode -> Evidence.of(
                        mode.value().name().toLowerCase(Locale.ROOT) + " adds " + overheadBytes(network) + " bytes",
                        mode));
    }

    /** Cilium sets TCP's own probing in pods since 1.19 unless told not to; others leave the kernel's default, off. */
    private static boolean probing(Network network) {
        if (network.tcpProbing().isPresent()) {
            String mode = network.tcpProbing().get().value();
            return mode.equals("blackhole") || mode.equals("always");
        }
        return network.cni().filter(cni -> cni.value().equals("cilium")).isPresent()
                && network.version()
                        .map(Fact::value)
                        .filter(version -> atLeast(version, 1, 19))
                        .isPresent();
    }

    /** Bytes that encapsulation and encryption add to what a pod sends. */
    public static int overheadBytes(Network network) {
        boolean six = network.ipv6Underlay().map(Fact::value).orElse(false);
        String cni = network.cni().map(Fact::value).orElse("");
        Network.Mode mode = network.mode().map(Fact::value).orElse(defaultMode(cni));
        int tunnel = switch (mode) {
            case VXLAN -> six ? 70 : 50;
            case GENEVE -> cni.contains("ovn") && cni.contains("kube") ? (six ? 120 : 100) : six ? 70 : 50;
            case IPIP -> six ? 40 : 20;
            case WIREGUARD -> cni.equals("flannel") ? 80 : six ? 80 : 60;
            case NATIVE -> 0;
        };
        Network.Encryption encryption = network.encryption().map(Fact::value).orElse(Network.Encryption.NONE);
        int wrapped = switch (encryption) {
            case NONE -> 0;
            case WIREGUARD -> cni.equals("cilium") ? ciliumWireguard(network) : six ? 80 : 60;
            case IPSEC -> cni.equals("antrea") ? 38 : 77;
        };
        return tunnel + wrapped;
    }

    private static int ciliumWireguard(Network network) {
        return network.version()
                        .map(Fact::value)
                        .filter(version -> atLeast(version, 1, 20))
                        .isPresent()
                ? 95
                : 80;
    }

    private static Network.Mode defaultMode(String cni) {
        return switch (cni) {
            case "cilium", "flannel", "canal" -> Network.Mode.VXLAN;
            case "calico" -> Network.Mode.IPIP;
            case "antrea", "kube-ovn", "ovn-kubernetes" -> Network.Mode.GENEVE;
            default -> Network.Mode.NATIVE;
        };
    }

    static boolean atLeast(String version, int major, int minor) {
        String[] parts = version.replaceFirst("^v", "").split("[.+-]", 0);
        try {
            int first = Integer.parseInt(parts[0]);
            int second = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
            return first > major || (first == major && second >= minor);
        } catch (NumberFormatException notAVersion) {
            return false; // a name like "latest" says nothing about its age
        }
    }

    /** {@code 1,450 bytes}. */
    public static String bytes(int size) {
        return number(size) + " bytes";
    }

    private static String number(int size) {
        return String.format(Locale.ROOT, "%,d", size);
    }
}
