package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.estate.Cluster;
import dev.premortem.estate.Edit;
import dev.premortem.estate.Link;
import dev.premortem.estate.Network;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Assumption;
import dev.premortem.fact.Catalogue;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.model.Flow;
import dev.premortem.model.Packets;
import dev.premortem.model.Sketch;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Meaning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * A path that routing may choose carries smaller packets than are sent: small exchanges pass, large ones hang. Seen in public at Pinax on 2026-02-07: the primary
 * link failed, the backup's MTU was smaller than what Cilium's pods sent, everything between the sites inside Kubernetes broke and LXC lived.
 */
@AutoService(Mechanism.class)
public final class PathMtu implements Mechanism {
    private static final SortedSet<Flow> NO_FLOWS = java.util.Collections.emptySortedSet();

    private static final String SOURCE =
            "behaviour of tunnels and PMTUD on Linux, tried in a lab of network namespaces (2026-11-24)";

    @Override
    public String id() {
        return "path-mtu";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.E;
    }

    @Override
    public Optional<String> lacks(Sketch sketch) {
        return sketch.ground().links().isEmpty() ? Optional.of("no links declared") : Optional.empty();
    }

    @Override
    public Assumption<Duration> diagnosis() {
        return Catalogue.DIAGNOSE_UNKNOWN;
    }

    @Override
    public boolean mendable() {
        return true;
    }

    @Override
    public void contribute(Sketch sketch) {
        for (Map.Entry<String, SortedSet<Flow>> used : sketch.routing().used().entrySet()) {
            Link link = Objects.requireNonNull(sketch.ground().links().get(used.getKey()));
            for (Flow flow : used.getValue()) {
                judge(sketch, link, flow);
            }
        }
    }

    private void judge(Sketch sketch, Link link, Flow flow) {
        Optional<Packets> packets = Packets.of(sketch, flow);
        if (packets.isEmpty() || packets.get().outerBytes() <= link.mtuBytes().value()) {
            return;
        }
        Packets sent = packets.get();
        List<Evidence> evidence = new ArrayList<>();
        evidence.add(Evidence.of(
                link.reference() + " carries packets of at most "
                        + Packets.bytes(link.mtuBytes().value()),
                link.mtuBytes()));
        evidence.addAll(sent.evidence());
        Optional<Evidence> treatment = treatment(link, sent);
        if (treatment.isEmpty()) {
            return;
        }
        evidence.add(treatment.get());
        Condition lost = sketch.twin()
                .basic(
                        Condition.of(link.reference().text(), "packets:" + flow.word()),
                        false,
                        new Meaning(
                                id(),
                                link.reference() + " carries what is sent",
                                sent.sentence() + ", " + link.reference() + " carries at most "
                                        + Packets.bytes(link.mtuBytes().value())
                                        + ": what is larger is lost, TLS handshakes and answers hang",
                                evidence));
        sketch.twin().require(sketch.routing().fits(link.name(), flow), lost);
    }

    /** Why a packet that is too large is lost for good; empty where something saves it. */
    private static Optional<Evidence> treatment(Link link, Packets sent) {
        if (sent.probing()) {
            return Optional.empty(); // TCP finds the size after a stall of about 3 s a connection: slow, not down
        }
        if (!sent.tunnelled()) {
            if (link.mssClampBytes()
                    .filter(clamp -> clamp.value() + 40 <= link.mtuBytes().value())
                    .isPresent()) {
                return Optional.empty();
            }
            return switch (link.pmtud().value()) {
                case WORKING -> Optional.empty();
                case BLOCKED -> Optional.of(Evidence.of("answers 'too big' are blocked on the way", link.pmtud()));
                // Hosts set the don't-fragment bit and learn the size where routers answer, which they do unless
                // somebody filters.
                case UNKNOWN -> Optional.empty();
            };
        }
        if (sent.dontFragment()) {
            return Optional.of(new Evidence(
                    "the tunnel forbids fragments; 'too big' reaches the node, not the pod",
                    new Assumed("behaviour.outer-df", SOURCE)));
        }
        return switch (link.oversize().value()) {
            case FRAGMENTED -> Optional.empty();
            case DROPPED ->
                Optional.of(Evidence.of("what is too large is dropped unseen on that link", link.oversize()));
            case UNKNOWN ->
                Optional.of(new Evidence(
                        "what is too large is dropped unseen, as layer-2 links do",
                        new Assumed(
                                "guess.link.oversize", "a layer-2 hop drops; not declared for " + link.reference())));
        };
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        String name = Condition.of(outage.pivot()).thing().substring("link/".length());
        Link link = sketch.ground().links().get(name);
        if (link == null) {
            return List.of();
        }
        List<Remedy> remedies = new ArrayList<>();
        lower(sketch, link).ifPresent(remedies::add);
        raise(sketch, link).ifPresent(remedies::add);
        return remedies;
    }

    /** The largest safe size: the smallest MTU of every link that these pods' packets may cross. */
    private Optional<Remedy> lower(Sketch sketch, Link narrow) {
        Map<String, Integer> safe = new TreeMap<>();
        sketch.routing().used().forEach((name, flows) -> {
            int mtu = Objects.requireNonNull(sketch.ground().links().get(name))
                    .mtuBytes()
                    .value();
            flows.forEach(flow -> flow.clusters().forEach(cluster -> safe.merge(cluster, mtu, Math::min)));
        });
        List<Edit> edits = new ArrayList<>();
        List<String> titles = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        for (Flow flow : sketch.routing().used().getOrDefault(narrow.name(), NO_FLOWS)) {
            for (String name : flow.clusters()) {
                Cluster cluster = sketch.ground().clusters().get(name);
                Network network = cluster == null ? Network.UNKNOWN : cluster.network();
                int target = safe.getOrDefault(name, narrow.mtuBytes().value());
                Optional<Fact<Integer>> setting = network.underlayMtuBytes().or(network::deviceMtuBytes);
                int wanted = target;
                if (network.podMtuBytes().isPresent()) {
                    setting = network.podMtuBytes();
                    wanted = target - Packets.overheadBytes(network);
                }
                if (setting.isPresent()
                        && setting.get().provenance() instanceof Declared place
                        && setting.get().value() > wanted) {
                    Edit edit = new Edit.SetValue(place, String.valueOf(wanted));
                    if (!edits.contains(edit)) {
                        edits.add(edit);
                        titles.add(last(place.field()) + ": " + setting.get().value() + " → " + wanted);
                        steps.add("roll the network agents of cluster " + name
                                + ", then the pods: those that run keep the old size");
                    }
                }
            }
        }
        return edits.isEmpty()
                ? Optional.empty()
                : Optional.of(Remedy.proposed(
                        String.join("; ", titles.stream().distinct().toList()), edits, steps));
    }

    private static Optional<Remedy> raise(Sketch sketch, Link link) {
        int needed = 0;
        for (Flow flow : sketch.routing().used().getOrDefault(link.name(), NO_FLOWS)) {
            needed = Math.max(
                    needed, Packets.of(sketch, flow).map(Packets::outerBytes).orElse(0));
        }
        if (needed <= link.mtuBytes().value() || !(link.mtuBytes().provenance() instanceof Declared place)) {
            return Optional.empty();
        }
        return Optional.of(
                Remedy.proposed(
                        "raise the MTU of " + link.reference() + " from "
                                + link.mtuBytes().value() + " to " + needed + " bytes",
                        List.of(new Edit.SetValue(place, String.valueOf(needed))),
                        List.of(
                                "have the carrier raise it, measure it with a DF probe on that very link, then declare it here")));
    }

    private static String last(String field) {
        return field.substring(field.lastIndexOf('.') + 1);
    }
}
