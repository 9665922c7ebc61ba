package dev.premortem.estate;

import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A workload: Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob or Pod, or what an operator makes of an object of its own.
 *
 * @param kind the kind as which it behaves; the reference has the kind of the object
 * @param replicas how many pods; 1 where the field is absent (Kubernetes' default)
 * @param site site it is pinned to, by annotation or node selector
 * @param strategy {@code RollingUpdate}, {@code Recreate} or {@code OnDelete}
 * @param serviceAccount name of its service account, {@code default} where absent
 * @param tree the whole object
 */
public record Workload(
        Reference reference,
        Declared place,
        String cluster,
        String namespace,
        String kind,
        String name,
        Fact<Integer> replicas,
        Map<String, String> labels,
        Map<String, String> podLabels,
        Map<String, Fact<String>> annotations,
        List<Container> containers,
        List<Container> initContainers,
        List<Volume> volumes,
        boolean hostNetwork,
        Optional<Fact<String>> site,
        Optional<Fact<String>> strategy,
        String serviceAccount,
        List<Dependency> dependsOn,
        Tree tree)
        implements Thing {
    /**
     * One container.
     *
     * @param environment name and value of each variable that has a literal value
     * @param cpuMillis request, thousandths of a core
     * @param memoryBytes request
     */
    public record Container(
            String name,
            Declared place,
            Fact<String> image,
            List<Fact<String>> arguments,
            Map<String, Fact<String>> environment,
            List<Mount> mounts,
            Optional<Fact<Long>> cpuMillis,
            Optional<Fact<Long>> memoryBytes,
            Optional<Fact<Boolean>> readOnlyRoot) {}

    /** A volume mounted at a path; in the order of the file, later ones over earlier ones. */
    public record Mount(Fact<String> path, String volume, Optional<String> subPath, boolean readOnly, Declared place) {}

    /**
     * A volume of the pod.
     *
     * @param kind {@code persistentVolumeClaim}, {@code emptyDir}, {@code configMap}, {@code secret}, {@code hostPath}, {@code claimTemplate}…
     * @param source claim's, configMap's or secret's name; empty where it has none
     */
    public record Volume(String name, Fact<String> kind, String source, Declared place) {}

    /** The same with another number of pods. */
    public Workload withReplicas(Fact<Integer> count) {
        return new Workload(
                reference,
                place,
                cluster,
                namespace,
                kind,
                name,
                count,
                labels,
                podLabels,
                annotations,
                containers,
                initContainers,
                volumes,
                hostNetwork,
                site,
                strategy,
                serviceAccount,
                dependsOn,
                tree);
    }

    /** The same with more that it needs. */
    public Workload withNeeds(List<Dependency> needs) {
        return new Workload(
                reference,
                place,
                cluster,
                namespace,
                kind,
                name,
                replicas,
                labels,
                podLabels,
                annotations,
                containers,
                initContainers,
                volumes,
                hostNetwork,
                site,
                strategy,
                serviceAccount,
                needs,
                tree);
    }

    /** True where no volume of its pods outlives them: several copies share no data. What it keeps elsewhere is not seen. */
    public boolean stateless() {
        return volumes.stream()
                .allMatch(volume -> PASSING.contains(volume.kind().value()));
    }

    private static final List<String> PASSING = List.of("configMap", "secret", "projected", "downwardAPI", "emptyDir");
}
