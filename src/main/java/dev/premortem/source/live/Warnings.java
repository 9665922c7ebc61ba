package dev.premortem.source.live;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Sighting;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Values;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Warnings among a cluster's events, counted by object and reason. Their messages are not kept: programs write anything into them. */
final class Warnings {
    /** Reasons that speak of an outage that a mechanism knows: no room, no volume, no certificate, no image, no webhook, no address. */
    private static final List<String> TELLING = List.of(
            "FailedScheduling",
            "FailedMount",
            "FailedAttachVolume",
            "FailedCreate",
            "BackOff",
            "Unhealthy",
            "Evicted",
            "OOMKilling",
            "SyncLoadBalancerFailed",
            "FailedToUpdateEndpoint",
            "NodeNotReady",
            "ErrInitIssuer",
            "IssuanceFailed",
            "Failed",
            "ProvisioningFailed");

    private final String cluster;
    private final Instant now;
    private final SortedMap<String, SortedMap<String, Long>> counts = new TreeMap<>();

    Warnings(String cluster, Instant now) {
        this.cluster = cluster;
        this.now = now;
    }

    void add(Tree event) {
        Optional<String> reason = event.text("reason").map(Fact::value).filter(TELLING::contains);
        Optional<String> kind = event.text("involvedObject.kind").map(Fact::value);
        Optional<String> name = event.text("involvedObject.name").map(Fact::value);
        String namespace =
                event.text("involvedObject.namespace").map(Fact::value).orElse("");
        if (reason.isEmpty() || kind.isEmpty() || name.isEmpty()) {
            return;
        }
        long count = event.text("series.count")
                .or(() -> event.text("count"))
                .flatMap(text -> Values.whole(text.value()))
                .orElse(1L);
        String object = cluster + "/" + (namespace.isEmpty() ? "" : namespace + "/") + kind.get() + "/" + name.get();
        counts.computeIfAbsent(object, found -> new TreeMap<>()).merge(reason.get(), count, Long::sum);
    }

    List<Seen> observations() {
        List<Seen> seen = new ArrayList<>();
        counts.forEach((object, reasons) -> {
            Sighting where = new Sighting(now, object);
            reasons.forEach((reason, count) -> seen.add(Seen.observation(
                    cluster,
                    where,
                    object,
                    "warning:" + reason,
                    Seen.text(where, "count", count.toString()),
                    "the events of cluster " + cluster)));
        });
        return seen;
    }
}
