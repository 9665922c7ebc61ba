package dev.premortem.model;

import dev.premortem.estate.Cluster;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Fact;
import dev.premortem.twin.Evidence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Room for pods in the node pools of one cluster: requests against what is allocatable. Pods are placed largest first, each on the emptiest node that takes it, as
 * the scheduler's default score does; a sum would say that large pods fit where they do not.
 */
public final class Room {
    private final Cluster cluster;
    private final List<Node> nodes;
    /** Largest first. */
    private final List<long[]> requests;

    private final java.util.SortedMap<Integer, Boolean> fitting = new java.util.TreeMap<>();

    private record Node(long cpu, long memory, long pods) {}

    private Room(Cluster cluster, List<Node> nodes, List<long[]> requests) {
        this.cluster = cluster;
        this.nodes = nodes;
        this.requests = requests;
    }

    /** Room in a cluster; empty where no pool says what is allocatable. */
    public static Optional<Room> of(Sketch sketch, Cluster cluster) {
        List<Node> nodes = new ArrayList<>();
        for (Cluster.NodePool pool : cluster.nodePools()) {
            if (pool.cpuMillis().isEmpty() && pool.memoryBytes().isEmpty()) {
                return Optional.empty();
            }
            for (int i = 0; i < pool.nodes().value(); i++) {
                nodes.add(new Node(
                        pool.cpuMillis().map(Fact::value).orElse(Long.MAX_VALUE / 4),
                        pool.memoryBytes().map(Fact::value).orElse(Long.MAX_VALUE / 4),
                        pool.pods().map(Fact::value).orElse(110)));
            }
        }
        if (nodes.isEmpty()) {
            return Optional.empty();
        }
        List<long[]> requests = new ArrayList<>();
        for (Workload workload : sketch.placement().workloads().values()) {
            if (workload.cluster().equals(cluster.name())) {
                int pods = workload.kind().equals("DaemonSet")
                        ? nodes.size()
                        : workload.replicas().value();
                for (int i = 0; i < Math.min(pods, 10_000); i++) {
                    requests.add(request(workload));
                }
            }
        }
        requests.sort((a, b) -> a[0] != b[0] ? Long.compare(b[0], a[0]) : Long.compare(b[1], a[1]));
        return Optional.of(new Room(cluster, nodes, requests));
    }

    private static long[] request(Workload workload) {
        long cpu = 0;
        long memory = 0;
        for (Workload.Container container : workload.containers()) {
            cpu += container.cpuMillis().map(Fact::value).orElse(0L);
            memory += container.memoryBytes().map(Fact::value).orElse(0L);
        }
        return new long[] {cpu, memory};
    }

    /** True where all pods fit on the nodes that stand, less some of the largest. */
    public boolean fitsWithout(int lostNodes) {
        return fitting.computeIfAbsent(lostNodes, lost -> fits(requests, lost));
    }

    /** True where one more pod of a workload fits beside all that run: the surge of a rolling update. */
    public boolean fitsOneMore(Workload workload) {
        List<long[]> more = new ArrayList<>(requests);
        more.add(request(workload));
        // The pods that run stay where they are; the new one comes last.
        return fits(more, 0);
    }

    private boolean fits(List<long[]> pods, int lostNodes) {
        List<Node> left = new ArrayList<>(nodes);
        left.sort((a, b) -> Long.compare(b.cpu(), a.cpu()));
        List<long[]> free = new ArrayList<>();
        for (Node node : left.subList(Math.min(lostNodes, left.size()), left.size())) {
            free.add(new long[] {node.cpu(), node.memory(), node.pods()});
        }
        for (long[] pod : pods) {
            long[] best = null;
            for (long[] node : free) {
                boolean takes = node[0] >= pod[0] && node[1] >= pod[1] && node[2] >= 1;
                if (takes && (best == null || node[0] > best[0])) {
                    best = node;
                }
            }
            if (best == null) {
                return false;
            }
            best[0] -= pod[0];
            best[1] -= pod[1];
            best[2]--;
        }
        return true;
    }

    /** Time until a new node takes a pod; empty where every pool is at its maximum. */
    public Optional<Fact<Duration>> growth(Sketch sketch) {
        return cluster.nodePools().stream()
                .filter(pool -> pool.max().map(Fact::value).orElse(pool.nodes().value())
                        > pool.nodes().value())
                .map(pool -> pool.startup().orElseGet(() -> sketch.duration(dev.premortem.fact.Catalogue.NODE_START)))
                .findFirst();
    }

    /** What the room is made of, for the chain. */
    public List<Evidence> evidence() {
        List<Evidence> evidence = new ArrayList<>();
        for (Cluster.NodePool pool : cluster.nodePools()) {
            String text = String.format(
                    Locale.ROOT,
                    "pool %s has %d nodes%s",
                    pool.name(),
                    pool.nodes().value(),
                    pool.max().map(max -> ", at most " + max.value()).orElse(""));
            evidence.add(Evidence.of(text, pool.nodes()));
        }
        long cpu = requests.stream().mapToLong(request -> request[0]).sum();
        long allocatable = nodes.stream().mapToLong(Node::cpu).sum();
        Cluster.NodePool first = cluster.nodePools().getFirst();
        first.cpuMillis()
                .ifPresent(each -> evidence.add(Evidence.of(
                        String.format(
                                Locale.ROOT, "pods request %.1f of %.1f cores", cpu / 1000.0, allocatable / 1000.0),
                        each)));
        return evidence;
    }
}
