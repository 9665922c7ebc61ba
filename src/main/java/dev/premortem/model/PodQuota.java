package dev.premortem.model;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Quantities;
import dev.premortem.fact.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a ResourceQuota leaves of its namespace. A quota for some pods only (scopes) is not read.
 *
 * @param object the quota
 * @param hard its limits, by resource
 * @param given what a LimitRange of the namespace gives a container that asks for nothing, by resource
 */
public record PodQuota(KubernetesObject object, Map<String, Fact<String>> hard, Map<String, String> given) {
    /** Thousandths: cores and bytes alike. */
    private static final long UNIT = 1000;

    /** All quotas that can be judged. */
    public static List<PodQuota> all(Sketch sketch) {
        List<PodQuota> all = new ArrayList<>();
        for (KubernetesObject object : sketch.estate().objects("ResourceQuota")) {
            boolean some = !object.tree().items("spec.scopes").isEmpty()
                    || object.tree().at("spec.scopeSelector").isPresent();
            if (!some) {
                Map<String, Fact<String>> hard = new TreeMap<>();
                object.tree()
                        .entries("spec.hard")
                        .forEach(entry ->
                                entry.value().text().ifPresent(text -> hard.put(resource(entry.key()), text)));
                all.add(new PodQuota(object, hard, given(sketch, object)));
            }
        }
        return all;
    }

    /** {@code cpu} is another word for {@code requests.cpu}, {@code count/pods} for {@code pods}. */
    private static String resource(String key) {
        return switch (key) {
            case "cpu", "memory" -> "requests." + key;
            case "count/pods" -> "pods";
            default -> key;
        };
    }

    private static Map<String, String> given(Sketch sketch, KubernetesObject quota) {
        Map<String, String> given = new TreeMap<>();
        for (KubernetesObject object : sketch.estate().objects("LimitRange")) {
            if (!object.cluster().equals(quota.cluster()) || !object.namespace().equals(quota.namespace())) {
                continue;
            }
            for (Tree limit : object.tree().items("spec.limits")) {
                if (limit.text("type")
                        .map(Fact::value)
                        .filter("Container"::equals)
                        .isPresent()) {
                    put(given, "limits.", limit.entries("default"));
                    put(given, "requests.", limit.entries("default"));
                    put(given, "requests.", limit.entries("defaultRequest"));
                }
            }
        }
        return given;
    }

    private static void put(Map<String, String> given, String head, List<Tree.Entry> entries) {
        entries.forEach(entry -> entry.value().text().ifPresent(text -> given.put(head + entry.key(), text.value())));
    }

    /** True for a workload of its namespace whose pods count. */
    public boolean counts(Workload workload) {
        return workload.cluster().equals(object.cluster())
                && workload.namespace().equals(object.namespace())
                && !workload.kind().equals("CronJob")
                && !workload.kind().equals("DaemonSet"); // as many as there are nodes, which no file says
    }

    /** Some pods of one workload. */
    public record Pods(Workload workload, int count) {}

    /** What pods take together, in thousandths by resource. */
    public SortedMap<String, Long> taken(List<Pods> pods) {
        SortedMap<String, Long> taken = new TreeMap<>();
        for (String resource : hard.keySet()) {
            long sum = 0;
            for (Pods each : known(resource) ? pods : List.<Pods>of()) {
                sum += each.count() * asked(each.workload(), resource).orElse(0L);
            }
            taken.put(resource, sum);
        }
        return taken;
    }

    /** The first resource that more pods of one workload would exceed, beside what is taken. */
    public Optional<String> exceeded(SortedMap<String, Long> taken, Workload workload, int more) {
        return hard.keySet().stream()
                .filter(PodQuota::known)
                .filter(resource -> {
                    long sum = taken.getOrDefault(resource, 0L)
                            + (more == 0 ? 0 : more * asked(workload, resource).orElse(0L));
                    return most(resource).filter(most -> sum > most).isPresent();
                })
                .findFirst();
    }

    private Optional<Long> most(String resource) {
        return Optional.ofNullable(hard.get(resource)).map(Fact::value).flatMap(Quantities::thousandths);
    }

    private static boolean known(String resource) {
        return resource.equals("pods") || resource.matches("(requests|limits)\\.(cpu|memory)");
    }

    /** The first resource that the quota limits and a container of the pod does not name: such a pod is refused. */
    public Optional<String> unnamed(Workload workload) {
        return hard.keySet().stream()
                .filter(resource -> known(resource) && !resource.equals("pods"))
                .filter(resource -> asked(workload, resource).isEmpty())
                .findFirst();
    }

    /** What one pod takes of a resource, in thousandths; empty where a container does not say and no LimitRange does for it. */
    private Optional<Long> asked(Workload workload, String resource) {
        if (resource.equals("pods")) {
            return Optional.of(UNIT);
        }
        Tree pod = workload.kind().equals("Pod")
                ? workload.tree()
                : workload.tree().at("spec.template").orElse(workload.tree());
        Optional<Long> sum = Optional.of(0L);
        for (Tree container : pod.items("spec.containers")) {
            Optional<Long> one = ofContainer(container, resource);
            sum = sum.flatMap(soFar -> one.map(more -> soFar + more));
        }
        return sum;
    }

    private Optional<Long> ofContainer(Tree container, String resource) {
        String name = resource.substring(resource.indexOf('.') + 1);
        Optional<String> named = container.text("resources." + resource).map(Fact::value);
        if (resource.startsWith("requests.")) {
            // A limit without a request is the request too:
            // kubernetes.io/docs/concepts/configuration/manage-resources-containers.
            named = named.or(() -> container.text("resources.limits." + name).map(Fact::value));
        }
        return named.or(() -> Optional.ofNullable(given.get(resource))).flatMap(Quantities::thousandths);
    }
}
