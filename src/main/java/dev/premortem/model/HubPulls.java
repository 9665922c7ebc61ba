package dev.premortem.model;

import dev.premortem.catalogue.Images;
import dev.premortem.estate.Cluster;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.outage.Instance;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How often a cluster at least pulls from Docker Hub without a login when all of its nodes start anew: each image once, and those of DaemonSets once for each
 * node. Clusters with fewer than the limit, and those with a cache of their own between, are left out.
 *
 * @param least the least number of pulls
 */
public record HubPulls(String cluster, int least, List<Evidence> evidence, List<Instance> instances) {
    private static final int SHOWN = 20;

    /** Of all clusters above the limit. */
    public static List<HubPulls> all(Sketch sketch) {
        SortedMap<String, List<Workload>> byCluster = new TreeMap<>();
        sketch.placement()
                .workloads()
                .values()
                .forEach(workload -> byCluster
                        .computeIfAbsent(workload.cluster(), _ -> new ArrayList<>())
                        .add(workload));
        List<HubPulls> found = new ArrayList<>();
        byCluster.forEach((cluster, workloads) -> of(sketch, cluster, workloads).ifPresent(found::add));
        return found;
    }

    private static Optional<HubPulls> of(Sketch sketch, String cluster, List<Workload> workloads) {
        int nodes = Optional.ofNullable(sketch.ground().clusters().get(cluster)).stream()
                .flatMap(found -> found.nodePools().stream())
                .map(Cluster.NodePool::nodes)
                .mapToInt(Fact::value)
                .sum();
        SortedSet<String> once = new TreeSet<>();
        SortedSet<String> everywhere = new TreeSet<>();
        List<Evidence> evidence = new ArrayList<>();
        List<Instance> instances = new ArrayList<>();
        for (Workload workload : workloads) {
            if (cache(workload)) {
                return Optional.empty();
            }
            boolean daemon = workload.kind().equals("DaemonSet");
            for (Fact<String> image :
                    daemon || workload.replicas().value() > 0 ? images(workload) : List.<Fact<String>>of()) {
                if ((daemon ? everywhere : once).add(image.value()) && instances.size() < SHOWN) {
                    evidence.add(Evidence.of("image " + image.value(), image));
                    instances.add(new Instance(
                            workload.reference().text(),
                            image.provenance() instanceof Declared place ? place : workload.place()));
                }
            }
        }
        once.removeAll(everywhere);
        int least = once.size() + everywhere.size() * Math.max(1, nodes);
        evidence.add(new Evidence(
                Images.HUB_PULLS + " pulls in six hours from one address",
                new Assumed("behaviour.hub-limit", Images.HUB_PULLS_SOURCE)));
        return least > Images.HUB_PULLS
                ? Optional.of(new HubPulls(cluster, least, List.copyOf(evidence), List.copyOf(instances)))
                : Optional.empty();
    }

    /** Spegel and the like: nodes give each other what they have, and a mirror asks the hub once. */
    private static boolean cache(Workload workload) {
        return workload.containers().stream()
                .map(container -> container.image().value())
                .anyMatch(image ->
                        image.contains("spegel") || image.contains("dragonfly") || image.contains("kube-image-keeper"));
    }

    /** Images of the hub that are pulled without a login. */
    private static List<Fact<String>> images(Workload workload) {
        String pod = workload.kind().equals("Pod") ? "spec" : "spec.template.spec";
        if (!workload.tree().items(pod + ".imagePullSecrets").isEmpty()) {
            return List.of();
        }
        return Stream.concat(workload.initContainers().stream(), workload.containers().stream())
                .map(Workload.Container::image)
                .filter(image -> Images.parse(image.value())
                        .filter(name -> name.registry().equals(Images.HUB))
                        .isPresent())
                .toList();
    }
}
