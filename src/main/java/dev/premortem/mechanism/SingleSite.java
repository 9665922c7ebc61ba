package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.estate.Cluster;
import dev.premortem.estate.Edit;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Service;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.model.Sketch;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that products of several sites need runs in one site only. Seen in public at Pinax on 2026-02-24: part of the authentication service had moved into one
 * cluster, and the loss of that cluster was the loss of products everywhere.
 */
@AutoService(Mechanism.class)
public final class SingleSite implements Mechanism {
    @Override
    public String id() {
        return "single-site";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.F;
    }

    @Override
    public Optional<String> lacks(Sketch sketch) {
        return sketch.ground().sites().isEmpty() ? Optional.of("no sites declared") : Optional.empty();
    }

    @Override
    public void contribute(Sketch sketch) {
        // Placement draws the gate over a workload's sites, and names this mechanism as its owner.
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        Workload workload = pivot(sketch, outage);
        if (workload == null) {
            return together(sketch, outage).stream().toList();
        }
        List<Remedy> remedies = new ArrayList<>();
        for (Cluster other : sketch.ground().clusters().values()) {
            if (other.name().equals(workload.cluster()) || sameSites(sketch, workload, other)) {
                continue;
            }
            replicate(sketch, workload, other).ifPresent(remedies::add);
        }
        return remedies;
    }

    private static @Nullable Workload pivot(Sketch sketch, Outage outage) {
        Workload workload = sketch.placement().workloads().get(outage.pivot());
        if (workload != null) {
            return workload;
        }
        List<Workload> backends = sketch.estate()
                .find(Service.class, new Reference(outage.pivot()))
                .map(sketch.placement()::backends)
                .orElse(List.of());
        return backends.size() == 1 ? backends.getFirst() : null;
    }

    /** Where products need several things of a cluster that is lost, all of them run in the clusters that need them too: one alone would not do. */
    private static Optional<Remedy> together(Sketch sketch, Outage outage) {
        List<Remedy> parts = new ArrayList<>();
        List<FarNeeds.Need> needs = FarNeeds.of(sketch, outage);
        for (FarNeeds.Need need : needs) {
            Cluster other = sketch.ground().clusters().get(need.caller());
            if (other == null) {
                return Optional.empty();
            }
            Optional<Remedy> part = replicate(sketch, need.workload(), other);
            if (part.isEmpty() || part.get().edits().isEmpty()) {
                return Optional.empty(); // what is already there, or keeps data of its own, needs a person to look
            }
            parts.add(part.get());
        }
        if (parts.size() < 2) {
            return Optional.empty();
        }
        List<String> titles = parts.stream().map(Remedy::title).toList();
        return Optional.of(Remedy.joint(
                "run " + FarNeeds.named(needs) + ", and let their callers there use them",
                parts.stream().flatMap(part -> part.edits().stream()).distinct().toList(),
                parts.getFirst().steps(),
                titles));
    }

    private static boolean sameSites(Sketch sketch, Workload workload, Cluster other) {
        return other.sites().stream()
                .map(Fact::value)
                .allMatch(sketch.placement().sites(workload)::contains);
    }

    /** Copies the workload and its services into another cluster, and lets that cluster's callers use their own. */
    private static Optional<Remedy> replicate(Sketch sketch, Workload workload, Cluster other) {
        if (sketch.estate()
                .find(Workload.class, moved(workload.reference(), workload.cluster(), other.name()))
                .isPresent()) {
            return Optional.empty();
        }
        String title = "run " + workload.namespace() + "/" + workload.name() + " in cluster " + other.name()
                + " too, and let its callers there use it";
        if (!workload.stateless()) {
            // Whether it may run twice, and how the copies agree, no file says: a text and no patch.
            return Optional.of(Remedy.proposed(
                    title,
                    List.of(),
                    List.of(
                            "find out how " + workload.name()
                                    + " is replicated: two copies that do not know of each other drift apart",
                            "set that up, let the callers in " + other.name()
                                    + " use their own copy, then fail one site on purpose")));
        }
        String folder = folderOf(sketch, other.name());
        List<Edit> edits = new ArrayList<>();
        String file = folder + workload.namespace() + "-" + workload.name() + ".yaml";
        edits.add(new Edit.CopyDocument(
                workload.place(), file, Optional.of(copied(workload.reference(), workload, other))));
        for (Service service : sketch.estate().all(Service.class)) {
            if (sketch.placement().serves(service, workload)) {
                edits.add(new Edit.CopyDocument(
                        service.place(), file, Optional.of(copied(service.reference(), workload, other))));
            }
        }
        edits.addAll(callers(sketch, workload, other));
        return Optional.of(
                Remedy.proposed(
                        title,
                        edits,
                        List.of(
                                "copy the secrets and configuration it needs, decide where its data is written, then fail one site on purpose")));
    }

    private static Edit.Renamed copied(Reference reference, Workload workload, Cluster other) {
        return new Edit.Renamed(reference, moved(reference, workload.cluster(), other.name()));
    }

    private static Reference moved(Reference reference, String from, String to) {
        return new Reference(to + reference.text().substring(from.length()));
    }

    /** Declared dependencies of the other cluster's workloads that name the far one. */
    private static List<Edit> callers(Sketch sketch, Workload workload, Cluster other) {
        List<Reference> targets = new ArrayList<>(List.of(workload.reference()));
        sketch.estate().all(Service.class).stream()
                .filter(service -> sketch.placement().serves(service, workload))
                .forEach(service -> targets.add(service.reference()));
        Map<Declared, String> texts = new TreeMap<>();
        for (Workload caller : sketch.placement().workloads().values()) {
            Fact<String> annotation = caller.annotations().get("premortem.dev/depends-on");
            if (caller.cluster().equals(other.name())
                    && annotation != null
                    && annotation.provenance() instanceof Declared place) {
                texts.put(place, annotation.value());
            }
        }
        List<Edit> edits = new ArrayList<>();
        texts.forEach((place, text) -> targets.stream()
                .map(target -> copied(target, workload, other))
                .filter(renamed -> !renamed.in(text).equals(text))
                .forEach(renamed -> edits.add(new Edit.Repoint(place, renamed))));
        return edits;
    }

    /** A folder that belongs to the cluster: where most of its workloads stand. */
    private static String folderOf(Sketch sketch, String cluster) {
        Map<String, Integer> count = new TreeMap<>();
        sketch.placement().workloads().values().stream()
                .filter(workload -> workload.cluster().equals(cluster))
                .forEach(workload -> count.merge(workload.place().file().replaceFirst("[^/]*$", ""), 1, Integer::sum));
        return count.entrySet().stream()
                .max(Map.Entry.<String, Integer>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(java.util.Comparator.reverseOrder())))
                .map(Map.Entry::getKey)
                .orElseGet(() -> java.util.Objects.requireNonNull(
                                sketch.ground().clusters().get(cluster))
                        .place()
                        .file()
                        .replaceFirst("[^/]*$", ""));
    }
}
