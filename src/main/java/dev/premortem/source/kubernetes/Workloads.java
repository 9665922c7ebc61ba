package dev.premortem.source.kubernetes;

import dev.premortem.estate.Dependency;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Fields;
import dev.premortem.source.text.Harvest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads workloads with their pod template. */
public final class Workloads {
    /** Kinds of others that behave as one of Kubernetes' own. */
    private static final Map<String, String> BEHAVES = Map.of(
            "Rollout", "Deployment",
            "CloneSet", "Deployment",
            "DeploymentConfig", "Deployment",
            "VirtualMachine", "StatefulSet");

    private Workloads() {}

    /** The workload of an object that makes pods. */
    public static Workload read(KubernetesObject object, Surroundings around, Harvest harvest) {
        Tree tree = object.tree();
        Fields spec = Services.spec(tree, harvest);
        Tree empty = new Tree.Mapping(tree.place(), List.of());
        Tree template = switch (object.kind()) {
            case "Pod" -> tree;
            case "CronJob" -> tree.at("spec.jobTemplate.spec.template").orElse(empty);
            default -> tree.at("spec.template").orElse(empty);
        };
        Fields pod = Fields.of(template.at("spec").orElse(empty), harvest);
        Map<String, String> podLabels = template.at("metadata")
                .map(metadata -> Fields.of(metadata, harvest).plainMap("labels"))
                .orElse(Map.of());
        List<Workload.Container> containers = containers(pod, "containers");
        List<Workload.Container> initial = containers(pod, "initContainers");
        List<Workload.Volume> volumes = volumes(pod, spec);
        List<Dependency> declared = new ArrayList<>(Services.dependencies(object, around));
        List<Dependency> dependsOn = new HostNames(object, podLabels, around)
                .dependencies(containers, initial, pod.tree(), volumes, declared);
        return new Workload(
                object.reference(),
                tree.place(),
                object.cluster(),
                object.namespace(),
                BEHAVES.getOrDefault(object.kind(), object.kind()),
                object.name(),
                replicas(object.kind(), spec),
                object.labels(),
                podLabels,
                object.annotations(),
                containers,
                initial,
                volumes,
                pod.flag("hostNetwork").map(Fact::value).orElse(false),
                site(object, pod, around),
                strategy(spec),
                pod.text("serviceAccountName").map(Fact::value).orElse("default"),
                dependsOn,
                tree);
    }

    /** What pods of an object without a pod template call: the declared, and the services that its specification names. */
    public static List<Dependency> calls(
            KubernetesObject object, Map<String, String> podLabels, Surroundings around, List<Dependency> declared) {
        HostNames names = new HostNames(object, podLabels, around);
        Optional<Tree> spec = object.tree().at("spec");
        return names.dependencies(
                spec.orElseGet(() -> new Tree.Mapping(object.tree().place(), List.of())), declared);
    }

    private static Fact<Integer> replicas(String kind, Fields spec) {
        String key = kind.equals("Job") ? "parallelism" : "replicas";
        return spec.integer(key, 0)
                .orElseGet(() -> new Fact<>(1, new Assumed("workload.replicas", "Kubernetes API: 1 by default")));
    }

    private static Optional<Fact<String>> strategy(Fields spec) {
        return spec.below("strategy").or(() -> spec.below("updateStrategy")).flatMap(found -> found.text("type"));
    }

    private static Optional<Fact<String>> site(KubernetesObject object, Fields pod, Surroundings around) {
        Optional<Fact<String>> annotated =
                Optional.ofNullable(object.annotations().get("premortem.dev/site"));
        if (annotated.isPresent()) {
            return annotated;
        }
        Map<String, String> selector = new TreeMap<>(pod.plainMap("nodeSelector"));
        Optional<Tree> place = pod.get("nodeSelector");
        for (Tree term : pod.tree()
                .items("affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms")) {
            for (Tree expression : term.items("matchExpressions")) {
                List<Tree> values = expression.items("values");
                boolean in = expression
                        .text("operator")
                        .filter(text -> text.value().equals("In"))
                        .isPresent();
                if (in && values.size() == 1) {
                    expression
                            .text("key")
                            .ifPresent(key -> values.getFirst()
                                    .text()
                                    .ifPresent(value -> selector.putIfAbsent(key.value(), value.value())));
                    place = place.or(() -> Optional.of(expression));
                }
            }
        }
        Optional<Tree> where = place;
        return around.siteOf(selector).flatMap(name -> where.map(tree -> new Fact<>(name, tree.place())));
    }

    private static List<Workload.Container> containers(Fields pod, String key) {
        List<Workload.Container> containers = new ArrayList<>();
        for (Fields item : pod.each(key)) {
            List<Fact<String>> arguments = new ArrayList<>(item.texts("command"));
            arguments.addAll(item.texts("args"));
            Map<String, Fact<String>> environment = new java.util.LinkedHashMap<>();
            for (Tree variable : item.tree().items("env")) {
                Optional<Fact<String>> name = variable.text("name");
                Optional<Fact<String>> value = variable.text("value");
                if (name.isPresent() && value.isPresent()) {
                    environment.put(name.get().value(), value.get());
                }
            }
            Optional<Fields> requests = item.below("resources").flatMap(found -> found.below("requests"));
            Optional<Fields> limits = item.below("resources").flatMap(found -> found.below("limits"));
            containers.add(new Workload.Container(
                    item.text("name").map(Fact::value).orElse(""),
                    item.place(),
                    item.text("image").orElseGet(() -> new Fact<>("", item.place())),
                    List.copyOf(arguments),
                    environment,
                    mounts(item),
                    requests.flatMap(found -> found.thousandths("cpu"))
                            .or(() -> limits.flatMap(found -> found.thousandths("cpu"))),
                    requests.flatMap(found -> found.whole("memory"))
                            .or(() -> limits.flatMap(found -> found.whole("memory"))),
                    item.below("securityContext").flatMap(found -> found.flag("readOnlyRootFilesystem"))));
        }
        return List.copyOf(containers);
    }

    private static List<Workload.Mount> mounts(Fields container) {
        List<Workload.Mount> mounts = new ArrayList<>();
        for (Fields item : container.each("volumeMounts")) {
            Optional<Fact<String>> path = item.text("mountPath");
            Optional<Fact<String>> name = item.text("name");
            if (path.isPresent() && name.isPresent()) {
                mounts.add(new Workload.Mount(
                        path.get(),
                        name.get().value(),
                        item.text("subPath").or(() -> item.text("subPathExpr")).map(Fact::value),
                        item.flag("readOnly").map(Fact::value).orElse(false),
                        item.place()));
            }
        }
        return List.copyOf(mounts);
    }

    private static List<Workload.Volume> volumes(Fields pod, Fields spec) {
        List<Workload.Volume> volumes = new ArrayList<>();
        for (Fields item : pod.each("volumes")) {
            String name = item.text("name").map(Fact::value).orElse("");
            // A volume without a source is an emptyDir: the API's own default.
            Fact<String> kind = new Fact<>("emptyDir", item.place());
            String source = "";
            for (Tree.Entry entry : item.tree().entries()) {
                if (!entry.key().equals("name")) {
                    kind = new Fact<>(entry.key(), entry.place());
                    source = source(entry.value());
                    break;
                }
            }
            volumes.add(new Workload.Volume(name, kind, source, item.place()));
        }
        for (Fields item : spec.each("volumeClaimTemplates")) {
            String name = item.tree().text("metadata.name").map(Fact::value).orElse("");
            volumes.add(new Workload.Volume(name, new Fact<>("claimTemplate", item.place()), name, item.place()));
        }
        return List.copyOf(volumes);
    }

    private static String source(Tree volume) {
        for (String key : List.of("claimName", "secretName", "name", "path", "server")) {
            Optional<Fact<String>> found = volume.text(key);
            if (found.isPresent()) {
                return found.get().value();
            }
        }
        return "";
    }
}
