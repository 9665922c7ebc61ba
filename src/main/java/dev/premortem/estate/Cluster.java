package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A Kubernetes cluster.
 *
 * @param declared false for the cluster that stands for the whole tree where none is declared
 * @param sites names of its sites; empty where none is declared
 * @param controlPlane where its control-plane nodes stand
 * @param controllerRestarts instants at which its controllers were started, the past ones too
 */
public record Cluster(
        String name,
        Declared place,
        boolean declared,
        List<Fact<String>> sites,
        List<Member> controlPlane,
        Optional<Distribution> distribution,
        List<Fact<Instant>> controllerRestarts,
        List<Fact<Instant>> kubeletRestarts,
        Network network,
        List<NodePool> nodePools,
        LoadBalancing loadBalancing,
        Optional<Fact<String>> mesh,
        Optional<Fact<String>> context)
        implements Thing {
    /** Control-plane nodes at one site. */
    public record Member(Fact<String> site, Fact<Integer> nodes) {}

    /**
     * Which Kubernetes it is.
     *
     * @param name in lower case: {@code k0s}, {@code kubeadm}, {@code k3s}, {@code rke2}, {@code talos}, {@code microk8s}, {@code eks}…
     */
    public record Distribution(
            Fact<String> name,
            Optional<Fact<String>> version,
            Optional<Fact<Instant>> createdAt,
            List<Upgrade> upgrades) {}

    /** A change of the version. */
    public record Upgrade(Fact<String> version, Fact<Instant> at) {}

    /**
     * Nodes that are alike.
     *
     * @param nodes how many stand now
     * @param max how many the autoscaler may make; the present number where there is none
     * @param cpuMillis allocatable per node, thousandths of a core
     * @param memoryBytes allocatable per node
     * @param startup from a pending pod to a node that takes it
     */
    public record NodePool(
            String name,
            Declared place,
            Optional<Fact<String>> site,
            Fact<Integer> nodes,
            Optional<Fact<Integer>> min,
            Optional<Fact<Integer>> max,
            Optional<Fact<Long>> cpuMillis,
            Optional<Fact<Long>> memoryBytes,
            Optional<Fact<Integer>> pods,
            Optional<Fact<Duration>> startup,
            Optional<Fact<Boolean>> spot) {}

    /** What makes load balancers. */
    public record LoadBalancing(
            Optional<Fact<String>> provider,
            Optional<Fact<Duration>> provisioning,
            Optional<Fact<Boolean>> keepsAddress) {
        /** Nothing declared. */
        public static final LoadBalancing UNKNOWN =
                new LoadBalancing(Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Override
    public Reference reference() {
        return Reference.of("cluster", name);
    }

    /** Reference of one of its node pools. */
    public Reference pool(NodePool pool) {
        return new Reference("node-pool/" + name + "/" + pool.name());
    }
}
