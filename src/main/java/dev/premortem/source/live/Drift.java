package dev.premortem.source.live;

import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A field on which an outage depends and whose value in the cluster is not that of the file. Fields that a file leaves out are no drift: defaults,
 * controllers and webhooks fill them in.
 *
 * @param field path in the file's object
 * @param declared what the file says
 * @param seen what the cluster has, empty where it has nothing
 */
public record Drift(String field, String declared, String seen) {
    private static final int LONGEST = 200;

    private static final List<String> POD = List.of(
            ".spec.containers",
            ".spec.initContainers",
            ".spec.volumes",
            ".spec.nodeSelector",
            ".spec.hostNetwork",
            ".spec.serviceAccountName",
            ".spec.priorityClassName",
            ".spec.terminationGracePeriodSeconds",
            ".spec.dnsPolicy",
            ".spec.affinity",
            ".spec.topologySpreadConstraints",
            ".spec.tolerations");

    private static final List<String> WORKLOAD =
            List.of("spec.replicas", "spec.strategy", "spec.updateStrategy", "spec.volumeClaimTemplates");

    /** Paths below which a difference counts, by kind. */
    private static final Map<String, List<String>> OTHERS = Map.of(
            "Service",
                    List.of(
                            "spec.type",
                            "spec.ports",
                            "spec.selector",
                            "spec.loadBalancerIP",
                            "spec.externalTrafficPolicy"),
            "HorizontalPodAutoscaler", List.of("spec.minReplicas", "spec.maxReplicas"),
            "PodDisruptionBudget", List.of("spec.minAvailable", "spec.maxUnavailable", "spec.selector"),
            "PersistentVolumeClaim", List.of("spec.storageClassName", "spec.accessModes"),
            "StorageClass", List.of("provisioner", "reclaimPolicy", "volumeBindingMode"),
            "Ingress", List.of("spec"),
            "Certificate", List.of("spec"),
            "ConfigMap", List.of("data"),
            "IngressRoute", List.of("spec"),
            "HTTPRoute", List.of("spec"));

    /** The differences of one object, in the file's order. */
    public static List<Drift> between(String kind, Tree file, Tree seen) {
        List<Drift> found = new ArrayList<>();
        compare("", file, Optional.of(seen), telling(kind), found);
        return found;
    }

    private static Predicate<String> telling(String kind) {
        return switch (kind) {
            case "Deployment", "StatefulSet", "DaemonSet" ->
                path -> below(path, WORKLOAD) || pod(path, "spec.template");
            case "CronJob" ->
                path -> path.equals("spec.schedule")
                        || path.equals("spec.suspend")
                        || pod(path, "spec.jobTemplate.spec.template");
            default -> path -> below(path, OTHERS.getOrDefault(kind, List.of()));
        };
    }

    private static boolean pod(String path, String template) {
        return path.startsWith(template) && below(path.substring(template.length()), POD);
    }

    private static boolean below(String path, List<String> roots) {
        return roots.stream()
                .anyMatch(root -> path.startsWith(root)
                        && (path.length() == root.length() || ".[".indexOf(path.charAt(root.length())) >= 0));
    }

    private static void compare(
            String path, Tree file, Optional<Tree> seen, Predicate<String> telling, List<Drift> found) {
        switch (file) {
            case Tree.Scalar scalar -> {
                boolean nothing =
                        scalar.kind() == Tree.Scalar.Kind.NULL || scalar.value().isEmpty();
                String other = seen.flatMap(Tree::text).map(Fact::value).orElse("");
                if (!nothing && telling.test(path) && !same(scalar.value(), other) && !absentDefault(scalar, seen)) {
                    found.add(new Drift(path, shortened(scalar.value()), shortened(other)));
                }
            }
            case Tree.Sequence sequence -> {
                List<Tree> others = seen.map(Tree::items).orElse(List.of());
                for (int i = 0; i < sequence.values().size(); i++) {
                    Tree item = sequence.values().get(i);
                    compare(path + "[" + i + "]", item, partner(item, i, others), telling, found);
                }
            }
            case Tree.Mapping mapping -> {
                for (Tree.Entry entry : mapping.values()) {
                    Optional<Tree> other = seen.flatMap(
                            tree -> tree instanceof Tree.Mapping there ? there.get(entry.key()) : Optional.empty());
                    compare(step(path, entry.key()), entry.value(), other, telling, found);
                }
            }
        }
    }

    /** As readers of files spell paths: keys with dots or slashes stand in brackets. */
    private static String step(String path, String key) {
        boolean plain = key.indexOf('.') < 0 && key.indexOf('/') < 0;
        return path.isEmpty() ? key : path + (plain ? "." + key : "[" + key + "]");
    }

    /** The API server drops a false and a zero where they are the default. */
    private static boolean absentDefault(Tree.Scalar scalar, Optional<Tree> seen) {
        return seen.isEmpty()
                && (scalar.value().equals("false") || scalar.value().equals("0"));
    }

    /** Items are matched by name where they have one, as the API server does; otherwise by their place. */
    private static Optional<Tree> partner(Tree item, int index, List<Tree> others) {
        for (String key : List.of("name", "containerPort", "port", "mountPath", "host")) {
            Optional<String> name = item.text(key).map(Fact::value);
            if (name.isPresent()) {
                return others.stream()
                        .filter(other -> other.text(key).map(Fact::value).equals(name))
                        .findFirst();
            }
        }
        return index < others.size() ? Optional.of(others.get(index)) : Optional.empty();
    }

    /** Equal texts, quantities ({@code 500m} is {@code 0.5}) and durations ({@code 90d} is {@code 2160h0m0s}). */
    private static boolean same(String declared, String seen) {
        return declared.strip().equals(seen.strip())
                || (Values.thousandths(declared).isPresent()
                        && Values.thousandths(declared).equals(Values.thousandths(seen)))
                || (Values.duration(declared).isPresent()
                        && Values.duration(declared).equals(Values.duration(seen)));
    }

    private static String shortened(String text) {
        String line = text.lines().findFirst().orElse("");
        return text.length() > LONGEST || text.contains("\n")
                ? line.substring(0, Math.min(line.length(), LONGEST / 2)) + "… (" + text.length() + " characters)"
                : text;
    }
}
