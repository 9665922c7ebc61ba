package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.estate.Edit;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Service;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Assumption;
import dev.premortem.fact.Catalogue;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.model.Flow;
import dev.premortem.model.Placement;
import dev.premortem.model.Sketch;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.TwinBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A service that a mesh shares between clusters goes on sending its share to a cluster that is out of reach: the endpoints stay in the cache, and nothing checks
 * them. Local copies do not help while calls are spread over all clusters. Seen in public reports against Cilium: #19217, #20729, #37333.
 */
@AutoService(Mechanism.class)
public final class MeshCache implements Mechanism {
    private static final String SOURCE =
            "cilium/cilium #19217 and #37333: remote endpoints are kept for ever; --clustermesh-cache-ttl defaults to 0s (2026-11-24)";

    @Override
    public String id() {
        return "mesh-cache";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.E;
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
        for (Placement.Shared shared : sketch.placement().shared()) {
            boolean local = shared.service()
                    .affinity()
                    .filter(affinity -> affinity.value().equals("local"))
                    .isPresent();
            for (String other : local ? List.<String>of() : shared.others()) {
                draw(sketch, shared, other);
            }
        }
    }

    private void draw(Sketch sketch, Placement.Shared shared, String other) {
        TwinBuilder twin = sketch.twin();
        String name = shared.service().reference().text();
        Condition reach = Condition.of(shared.all().name(), "reach:" + other);
        twin.gate(
                reach,
                new Gate.All(reached(sketch, shared, other)),
                Meaning.of("", "cluster " + other + " is in reach", "cluster " + other + " is out of reach"));
        Condition local = Condition.of(name, "local-first:" + other);
        if (!twin.defines(local)) {
            Fact<?> setting = shared.service()
                    .affinity()
                    .<Fact<?>>map(affinity -> affinity)
                    .orElseGet(() -> shared.service().global().orElseThrow());
            twin.basic(
                    local,
                    false,
                    Meaning.of(
                            id(),
                            "calls to " + name + " stay in their own cluster while they can",
                            "calls to " + name + " are spread over the clusters of the mesh; endpoints of " + other
                                    + " stay in the cache when it is out of reach, and their share of the calls hangs",
                            Evidence.of("global service without affinity: local", setting),
                            new Evidence(
                                    "remote endpoints are never revoked by default",
                                    new Assumed("behaviour.cluster-mesh-cache", SOURCE))));
        }
        Condition share = twin.gate(
                Condition.of(shared.all().name(), "share:" + other),
                new Gate.Any(List.of(local, reach)),
                Meaning.of(
                        "",
                        "the share of cluster " + other + " gets through",
                        "the share of cluster " + other + " hangs"));
        twin.require(shared.all(), share);
    }

    /** A cluster is in reach while it stands and traffic from the caller's site gets to one of its sites. */
    private static List<Condition> reached(Sketch sketch, Placement.Shared shared, String other) {
        List<Condition> needed = new ArrayList<>(List.of(sketch.ground().cluster(other)));
        List<String> sites = Optional.ofNullable(sketch.ground().clusters().get(other)).stream()
                .flatMap(cluster -> cluster.sites().stream())
                .map(Fact::value)
                .filter(sketch.ground().sites()::containsKey)
                .toList();
        if (sites.size() == 1) {
            String site = sites.getFirst();
            needed.add(sketch.ground().site(site));
            if (sketch.ground().sites().containsKey(shared.site())
                    && !shared.site().equals(site)) {
                Flow flow = shared.flow().equals(Flow.HOST)
                        ? Flow.HOST
                        : Flow.pods(shared.service().cluster(), other);
                needed.add(sketch.routing().path(shared.site(), site, flow));
            }
        }
        return needed;
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        Optional<Service> service = sketch.estate()
                .find(Service.class, new Reference(Condition.of(outage.pivot()).thing()));
        if (service.isEmpty()) {
            return List.of();
        }
        String title = "let calls to " + service.get().reference()
                + " stay in their own cluster: service.cilium.io/affinity: local";
        Optional<Fact<String>> affinity = service.get().affinity();
        if (affinity.isPresent() && affinity.get().provenance() instanceof Declared place) {
            return List.of(Remedy.proposed(title, List.of(new Edit.SetValue(place, "local")), List.of()));
        }
        Optional<Tree> annotations = service.get().tree().at("metadata.annotations");
        return annotations
                .map(tree -> List.of(Remedy.proposed(
                        title,
                        List.of(new Edit.AddField(tree.place(), "service.cilium.io/affinity", "local")),
                        List.of())))
                .orElse(List.of());
    }
}
