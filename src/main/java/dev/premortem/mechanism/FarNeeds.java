package dev.premortem.mechanism;

import dev.premortem.estate.Cluster;
import dev.premortem.estate.Dependency;
import dev.premortem.estate.Product;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Service;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Fact;
import dev.premortem.model.Sketch;
import dev.premortem.outage.Outage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What products need of a cluster or site that is lost, by way of clusters that are not. */
final class FarNeeds {
    private final Sketch sketch;
    private final Set<String> lost;
    private final List<Need> needs = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();
    private final Deque<Need> open = new ArrayDeque<>();

    private FarNeeds(Sketch sketch, Set<String> lost) {
        this.sketch = sketch;
        this.lost = lost;
    }

    /** A workload of a lost cluster, and the cluster that needs it. */
    record Need(Workload workload, String caller) {}

    /** In the order in which they are met, from the products on. */
    static List<Need> of(Sketch sketch, Outage outage) {
        Set<String> lost = lost(sketch, outage.pivot());
        if (lost.isEmpty()) {
            return List.of();
        }
        FarNeeds far = new FarNeeds(sketch, lost);
        sketch.estate().all(Product.class).stream()
                .filter(product -> outage.products().contains(product.name()))
                .forEach(product -> far.follow(product.needs(), Optional.empty()));
        far.walk();
        return far.needs;
    }

    /** {@code a and b in cluster east too}, with the clusters that need them. */
    static String named(List<Need> needs) {
        TreeMap<String, List<String>> byCaller = new TreeMap<>();
        needs.forEach(need -> byCaller.computeIfAbsent(need.caller(), _ -> new ArrayList<>())
                .add(need.workload().namespace() + "/" + need.workload().name()));
        List<String> groups = new ArrayList<>();
        byCaller.forEach((caller, names) -> groups.add(listed(names) + " in cluster " + caller + " too"));
        return String.join(", ", groups);
    }

    private static String listed(List<String> names) {
        int last = names.size() - 1;
        return last == 0 ? names.getFirst() : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
    }

    private static Set<String> lost(Sketch sketch, String pivot) {
        Set<String> lost = new TreeSet<>();
        for (Cluster cluster : sketch.ground().clusters().values()) {
            boolean itself = pivot.equals("cluster/" + cluster.name());
            List<String> sites = cluster.sites().stream().map(Fact::value).toList();
            boolean itsSite = !sites.isEmpty() && sites.stream().allMatch(site -> pivot.equals("site/" + site));
            if (itself || itsSite) {
                lost.add(cluster.name());
            }
        }
        return lost;
    }

    private void follow(List<Dependency> dependencies, Optional<String> caller) {
        for (Dependency dependency : dependencies) {
            if (!dependency.optional()) {
                resolve(dependency.to())
                        .forEach(workload -> open.add(new Need(workload, caller.orElse(workload.cluster()))));
            }
        }
    }

    private List<Workload> resolve(Reference to) {
        Workload workload = sketch.placement().workloads().get(to.text());
        return workload != null
                ? List.of(workload)
                : sketch.estate()
                        .find(Service.class, to)
                        .map(sketch.placement()::backends)
                        .orElse(List.of());
    }

    private void walk() {
        while (!open.isEmpty()) {
            Need need = open.removeFirst();
            Workload workload = need.workload();
            if (!seen.add(workload.reference().text())) {
                continue;
            }
            boolean far = lost.contains(workload.cluster());
            if (far && !lost.contains(need.caller())) {
                needs.add(need);
            }
            follow(workload.dependsOn(), Optional.of(far ? need.caller() : workload.cluster()));
        }
    }
}
