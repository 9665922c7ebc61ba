package dev.premortem.estate;

import dev.premortem.fact.Fact;
import java.util.Optional;

/**
 * The pod network of a cluster.
 *
 * @param cni name in lower case: {@code cilium}, {@code calico}, {@code flannel}
 * @param mode how packets between nodes are wrapped
 * @param encryption what is wrapped around that
 * @param podMtuBytes largest packet that a pod sends, where declared as such
 * @param deviceMtuBytes MTU of the node's device, from which a CNI derives the pods'
 * @param underlayMtuBytes an MTU setting that means the underlay (Cilium's {@code MTU}): the CNI subtracts the overhead itself
 */
public record Network(
        Optional<Fact<String>> cni,
        Optional<Fact<String>> version,
        Optional<Fact<Mode>> mode,
        Optional<Fact<Encryption>> encryption,
        Optional<Fact<Integer>> podMtuBytes,
        Optional<Fact<Integer>> deviceMtuBytes,
        Optional<Fact<Integer>> underlayMtuBytes,
        Optional<Fact<Boolean>> ipv6Underlay,
        Optional<Fact<String>> tcpProbing) {
    /** Nothing declared. */
    public static final Network UNKNOWN = new Network(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Encapsulation between nodes. */
    public enum Mode {
        VXLAN,
        GENEVE,
        IPIP,
        WIREGUARD,
        NATIVE
    }

    /** Encryption between nodes. */
    public enum Encryption {
        NONE,
        WIREGUARD,
        IPSEC
    }
}
