package dev.premortem.source.operator;

import dev.premortem.estate.Dependency;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Service;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.kubernetes.KnownKinds;
import dev.premortem.source.kubernetes.Services;
import dev.premortem.source.kubernetes.Surroundings;
import dev.premortem.source.kubernetes.Workloads;
import dev.premortem.source.text.Harvest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The pods and Services that operators make of objects, by the tables of this package. To know one more kind, add a record to a table. */
public final class Operators {
    private static final Map<String, Made> BY_KIND = index();

    private Operators() {}

    private static Map<String, Made> index() {
        Map<String, Made> index = new HashMap<>();
        Stream.of(Databases.ALL, Brokers.ALL, Searching.ALL, Monitoring.ALL, Storing.ALL)
                .flatMap(List::stream)
                .forEach(made -> index.put(made.group() + "/" + made.kind(), made));
        return Map.copyOf(index);
    }

    /** {@code group/Kind} of everything that is known here. */
    public static TreeSet<String> kinds() {
        return new TreeSet<>(BY_KIND.keySet());
    }

    /** True for an object of which an operator makes pods. */
    public static boolean is(KubernetesObject object) {
        return BY_KIND.containsKey(KnownKinds.key(object));
    }

    /** The Services that the operator makes. */
    public static List<Service> services(KubernetesObject object) {
        List<Service> services = new ArrayList<>();
        Made made = BY_KIND.get(KnownKinds.key(object));
        if (made == null) {
            return services;
        }
        for (Pods pods : made.pods()) {
            if (!pods.there().test(object.tree())) {
                continue;
            }
            Map<String, String> labels = labels(pods, object);
            for (String name : names(pods, pods.services(), object)) {
                services.add(service(object, name, labels, made.source()));
            }
        }
        return services;
    }

    private static Service service(KubernetesObject object, String name, Map<String, String> labels, String source) {
        return new Service(
                Reference.object(object.cluster(), object.namespace(), "Service", name),
                object.tree().place(),
                object.cluster(),
                object.namespace(),
                name,
                new Fact<>("ClusterIP", new Assumed("operator.service", source)),
                labels,
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new Tree.Mapping(object.tree().place(), List.of()));
    }

    /** The workloads that the operator makes. */
    public static List<Workload> workloads(KubernetesObject object, Surroundings around, Harvest harvest) {
        List<Workload> workloads = new ArrayList<>();
        Made made = BY_KIND.get(KnownKinds.key(object));
        if (made == null) {
            return workloads;
        }
        for (Pods pods : made.pods()) {
            if (!pods.name().isEmpty() && pods.there().test(object.tree())) {
                Texts.fill(pods.name(), object, Optional.empty())
                        .ifPresent(name -> workloads.add(workload(object, made, pods, name, around, harvest)));
            }
        }
        return workloads;
    }

    private static Workload workload(
            KubernetesObject object, Made made, Pods pods, String name, Surroundings around, Harvest harvest) {
        Map<String, String> labels = labels(pods, object);
        List<Dependency> needed = new ArrayList<>(Services.dependencies(object, around));
        for (String service : names(pods, pods.needs(), object)) {
            needed.add(new Dependency(
                    Reference.object(object.cluster(), object.namespace(), "Service", service),
                    Optional.empty(),
                    false,
                    Dependency.When.RUN,
                    Optional.empty(),
                    object.tree().place()));
        }
        return new Workload(
                Reference.object(
                        object.cluster(), object.namespace(), pods.plain() ? pods.kind() : object.kind(), name),
                object.tree().place(),
                object.cluster(),
                object.namespace(),
                pods.kind(),
                name,
                pods.count().in(object.tree(), made.source(), harvest),
                object.labels(),
                labels,
                object.annotations(),
                List.of(),
                List.of(),
                volumes(pods, object.tree()),
                false,
                Optional.ofNullable(object.annotations().get("premortem.dev/site")),
                Optional.empty(),
                "default",
                Workloads.calls(object, labels, around, needed),
                growing(pods.count(), object.tree()));
    }

    /** The part of the object whose {@code spec} holds {@code replicas}, for a remedy that adds the field; nothing where it is called otherwise. */
    private static Tree growing(Count count, Tree tree) {
        Tree nothing = new Tree.Mapping(tree.place(), List.of());
        if (!count.each().isEmpty() || !count.path().endsWith("spec.replicas")) {
            return nothing;
        }
        String above = count.path().substring(0, count.path().length() - "spec.replicas".length());
        return above.isEmpty()
                ? tree
                : tree.at(above.substring(0, above.length() - 1)).orElse(nothing);
    }

    /** What it keeps: a claim where the object asks for one; of what keeps nothing there is nothing. */
    private static List<Workload.Volume> volumes(Pods pods, Tree tree) {
        if (pods.twice()) {
            return List.of();
        }
        Optional<Tree> storage = pods.storage().isEmpty() ? Optional.empty() : tree.at(pods.storage());
        Declared place = storage.map(Tree::place).orElse(tree.place());
        return List.of(new Workload.Volume("data", new Fact<>("claimTemplate", place), "data", place));
    }

    private static Map<String, String> labels(Pods pods, KubernetesObject object) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (String label : pods.labels()) {
            int equals = label.indexOf('=');
            Texts.fill(label.substring(equals + 1), object, Optional.empty())
                    .ifPresent(value -> labels.put(label.substring(0, equals), value));
        }
        return labels;
    }

    private static List<String> names(Pods pods, List<String> patterns, KubernetesObject object) {
        List<String> names = new ArrayList<>();
        for (String pattern : patterns) {
            if (pattern.contains("{item.")) {
                for (Tree item : object.tree().items(pods.count().each())) {
                    Texts.fill(pattern, object, Optional.of(item)).ifPresent(names::add);
                }
            } else {
                Texts.fill(pattern, object, Optional.empty()).ifPresent(names::add);
            }
        }
        return names;
    }
}
