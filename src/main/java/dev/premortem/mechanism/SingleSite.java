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
            return List.of();
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
        edits.add(new Edit.CopyDocument(workload.place(), file));
        for (Service service : sketch.estate().all(Service.class)) {
            if (sketch.placement().serves(service, workload)) {
                edits.add(new Edit.CopyDocument(service.place(), file));
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

    private static Reference moved(Reference reference, String from, String to) {
        return new Reference(to + reference.text().substring(from.length()));
    }

    /** Declared dependencies of the other cluster's workloads that name the far one. */
    private static List<Edit> callers(Sketch sketch, Workload workload, Cluster other) {
        Map<Declared, String> changed = new TreeMap<>();
        List<String> targets = new ArrayList<>(List.of(workload.reference().text()));
        sketch.estate().all(Service.class).stream()
                .filter(service -> sketch.placement().serves(service, workload))
                .forEach(service -> targets.add(service.reference().text()));
        for (Workload caller : sketch.placement().workloads().values()) {
            Fact<String> annotation = caller.annotations().get("premortem.dev/depends-on");
            if (!caller.cluster().equals(other.name())
                    || annotation == null
                    || !(annotation.provenance() instanceof Declared place)) {
                continue;
            }
            String text = annotation.value();
            for (String target : targets) {
                text = text.replace(
                        target,
                        moved(new Reference(target), workload.cluster(), other.name())
                                .text());
            }
            if (!text.equals(annotation.value())) {
                changed.put(place, text);
            }
        }
        List<Edit> edits = new ArrayList<>();
        changed.forEach((place, text) -> edits.add(new Edit.SetValue(place, text)));
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
