package dev.premortem.source.live;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Sighting;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What the pods of a cluster say of the workloads that made them: how often they restart, and since when they stand. */
final class Pods {
    /** Restarts of a shorter time say nothing of a rate. */
    private static final Duration LEAST = Duration.ofHours(1);

    private static final int MOST_STARTS = 50;

    private final String cluster;
    private final Instant now;
    private final SortedMap<String, Tally> tallies = new TreeMap<>();

    Pods(String cluster, Instant now) {
        this.cluster = cluster;
        this.now = now;
    }

    /** Counts of one workload. */
    private static final class Tally {
        private long restarts;
        private Optional<Instant> oldest = Optional.empty();
        private final List<Instant> starts = new ArrayList<>();
    }

    /** Counts a pod; false where no workload made it, so that it is an object of its own. */
    boolean add(Tree pod) {
        Optional<String> owner = owner(pod);
        if (owner.isEmpty()) {
            return pod.at("metadata.ownerReferences").isPresent();
        }
        Tally tally = tallies.computeIfAbsent(owner.get(), name -> new Tally());
        for (String list : List.of("status.containerStatuses", "status.initContainerStatuses")) {
            for (Tree status : pod.items(list)) {
                tally.restarts += status.text("restartCount")
                        .flatMap(count -> Values.whole(count.value()))
                        .orElse(0L);
            }
        }
        Optional<Instant> start = pod.text("status.startTime")
                .or(() -> pod.text("metadata.creationTimestamp"))
                .map(Fact::value)
                .flatMap(Values::instant);
        start.ifPresent(at -> {
            tally.starts.add(at);
            tally.oldest = tally.oldest.filter(known -> known.isBefore(at)).or(() -> Optional.of(at));
        });
        return true;
    }

    /** The workload that made a pod. A ReplicaSet bears its Deployment's name and the hash that its pods are labelled with. */
    private Optional<String> owner(Tree pod) {
        Optional<String> namespace = pod.text("metadata.namespace").map(Fact::value);
        for (Tree reference : pod.items("metadata.ownerReferences")) {
            Optional<String> kind = reference.text("kind").map(Fact::value);
            Optional<String> name = reference.text("name").map(Fact::value);
            if (namespace.isEmpty() || kind.isEmpty() || name.isEmpty()) {
                continue;
            }
            String start = cluster + "/" + namespace.get() + "/";
            switch (kind.get()) {
                case "StatefulSet", "DaemonSet" -> {
                    return Optional.of(start + kind.get() + "/" + name.get());
                }
                case "ReplicaSet" -> {
                    Optional<String> hash = pod.text("metadata.labels.pod-template-hash")
                            .map(Fact::value)
                            .filter(found -> name.get().endsWith("-" + found));
                    return hash.map(found -> start + "Deployment/"
                            + name.get().substring(0, name.get().length() - found.length() - 1));
                }
                default -> {
                    // Jobs, static pods and operators' own kinds make pods whose restarts no mechanism asks for.
                }
            }
        }
        return Optional.empty();
    }

    /** What was counted. */
    List<Seen> observations() {
        List<Seen> seen = new ArrayList<>();
        tallies.forEach((workload, tally) -> {
            Sighting where = new Sighting(now, workload);
            String by = "the pods of cluster " + cluster;
            tally.oldest
                    .map(oldest -> Duration.between(oldest, now))
                    .filter(window -> window.compareTo(LEAST) >= 0 && tally.restarts > 0)
                    .ifPresent(window -> seen.add(Seen.observation(
                            cluster,
                            where,
                            workload,
                            "restarts",
                            Seen.text(where, "status", tally.restarts + " per " + window.toHours() + "h"),
                            by)));
            if (!tally.starts.isEmpty()) {
                List<Tree> starts = tally.starts.stream()
                        .sorted()
                        .limit(MOST_STARTS)
                        .map(at -> Seen.text(where, "status.startTime", at.toString()))
                        .toList();
                seen.add(Seen.observation(
                        cluster,
                        where,
                        workload,
                        "restartedAt",
                        new Tree.Sequence(where.place("status.startTime"), starts),
                        by));
            }
        });
        return seen;
    }
}
