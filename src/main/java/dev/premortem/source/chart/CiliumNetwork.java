package dev.premortem.source.chart;

import dev.premortem.estate.ConfigMap;
import dev.premortem.estate.Network;
import dev.premortem.estate.Network.Encryption;
import dev.premortem.estate.Network.Mode;
import dev.premortem.estate.Release;
import dev.premortem.fact.Fact;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The pod network that Cilium's settings make: from its chart's values or from its {@code cilium-config}. */
public final class CiliumNetwork {
    private static final String SOURCE = "cilium/cilium install/kubernetes/cilium/values.yaml (checked 2026-11-24)";

    private CiliumNetwork() {}

    /** The network of a release of the chart. */
    public static Network of(Release release) {
        ChartValues values = new ChartValues(release, SOURCE);
        Optional<Fact<Mode>> mode = mode(
                        values.text("routingMode"), values.text("tunnelProtocol"), values.text("tunnel"))
                .or(() -> Optional.of(values.assumed("tunnelProtocol", Mode.VXLAN)));
        Optional<Fact<Encryption>> encryption = values.text("encryption.enabled")
                .map(enabled -> enabled.value().equals("true")
                        ? values.text("encryption.type", "ipsec")
                                .map(type -> type.equals("wireguard") ? Encryption.WIREGUARD : Encryption.IPSEC)
                        : enabled.map(ignored -> Encryption.NONE));
        return new Network(
                Optional.of(new Fact<>("cilium", release.place())),
                release.version(),
                mode,
                encryption,
                Optional.empty(),
                Optional.empty(),
                mtu(values.text("MTU")),
                values.text("underlayProtocol").map(fact -> fact.map("ipv6"::equals)),
                values.text("pmtuDiscovery.packetizationLayerPMTUDMode"));
    }

    /** The network of the agents' own configuration. */
    public static Network of(ConfigMap configMap) {
        Map<String, Fact<String>> settings = configMap.data();
        Optional<Fact<Encryption>> wireguard =
                on(settings, "enable-wireguard").map(fact -> fact.map(on -> Encryption.WIREGUARD));
        Optional<Fact<Encryption>> ipsec = on(settings, "enable-ipsec").map(fact -> fact.map(on -> Encryption.IPSEC));
        return new Network(
                Optional.of(new Fact<>("cilium", configMap.place())),
                Optional.empty(),
                mode(get(settings, "routing-mode"), get(settings, "tunnel-protocol"), get(settings, "tunnel")),
                wireguard.or(() -> ipsec),
                Optional.empty(),
                Optional.empty(),
                mtu(get(settings, "mtu")),
                get(settings, "underlay-protocol").map(fact -> fact.map("ipv6"::equals)),
                get(settings, "packetization-layer-pmtud-mode"));
    }

    private static Optional<Fact<String>> get(Map<String, Fact<String>> settings, String key) {
        return Optional.ofNullable(settings.get(key))
                .filter(fact -> !fact.value().isBlank());
    }

    private static Optional<Fact<String>> on(Map<String, Fact<String>> settings, String key) {
        return get(settings, key).filter(fact -> fact.value().equals("true"));
    }

    /** Zero means that Cilium detects the MTU: nothing is declared then. */
    private static Optional<Fact<Integer>> mtu(Optional<Fact<String>> text) {
        return text.filter(fact -> fact.value().matches("[1-9][0-9]{0,5}")).map(fact -> fact.map(Integer::parseInt));
    }

    private static Optional<Fact<Mode>> mode(
            Optional<Fact<String>> routing, Optional<Fact<String>> protocol, Optional<Fact<String>> tunnel) {
        Optional<Fact<Mode>> direct = routing.filter(fact -> fact.value().equals("native"))
                .or(() -> tunnel.filter(fact -> fact.value().equals("disabled")))
                .map(fact -> fact.map(ignored -> Mode.NATIVE));
        return direct.or(() -> protocol.or(() -> tunnel).flatMap(CiliumNetwork::tunnel));
    }

    private static Optional<Fact<Mode>> tunnel(Fact<String> fact) {
        return switch (fact.value().toLowerCase(Locale.ROOT)) {
            case "vxlan" -> Optional.of(fact.map(ignored -> Mode.VXLAN));
            case "geneve" -> Optional.of(fact.map(ignored -> Mode.GENEVE));
            default -> Optional.empty();
        };
    }

    /** The first network's facts, and the second's where the first has none. */
    public static Network merge(Network first, Network second) {
        return new Network(
                first.cni().or(second::cni),
                first.version().or(second::version),
                first.mode().or(second::mode),
                first.encryption().or(second::encryption),
                first.podMtuBytes().or(second::podMtuBytes),
                first.deviceMtuBytes().or(second::deviceMtuBytes),
                first.underlayMtuBytes().or(second::underlayMtuBytes),
                first.ipv6Underlay().or(second::ipv6Underlay),
                first.tcpProbing().or(second::tcpProbing));
    }
}
