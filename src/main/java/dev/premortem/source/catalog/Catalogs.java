package dev.premortem.source.catalog;

import dev.premortem.estate.Dependency;
import dev.premortem.estate.HostedService;
import dev.premortem.estate.Product;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Service;
import dev.premortem.estate.Thing;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.source.text.Harvest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads Backstage's {@code catalog-info.yaml}: what its components need, the workloads that they stand for need. Its entities are no Kubernetes objects. An entity
 * that stands for no workload hands on what it needs itself.
 */
public final class Catalogs {
    private static final int MOST = 1_000;

    private final Map<String, Entity> entities = new TreeMap<>();
    private final Map<String, List<Workload>> workloads = new TreeMap<>();
    private final Map<String, List<Entity>> providers = new TreeMap<>();
    private final Map<String, List<Fact<String>>> needs = new TreeMap<>();

    /** True for an entity of a catalog. */
    public static boolean is(Tree tree) {
        return tree.text("apiVersion")
                .filter(version -> version.value().startsWith("backstage.io/"))
                .isPresent();
    }

    /** Takes in one entity. */
    public void add(Tree tree) {
        Entity.of(tree).ifPresent(entity -> entities.put(entity.key(), entity));
    }

    /** Adds to the workloads what their entities need, and to products of the same name who owns them. */
    public void apply(Harvest harvest) {
        if (entities.isEmpty()) {
            return;
        }
        Map<String, List<Entity>> byLabel = new TreeMap<>();
        for (Entity entity : entities.values()) {
            // One label is enough to find the few entities that a workload may belong to.
            entity.selector().entrySet().stream()
                    .findFirst()
                    .ifPresent(label -> byLabel.computeIfAbsent(label.toString(), _ -> new ArrayList<>())
                            .add(entity));
        }
        List<Service> services = new ArrayList<>();
        Set<String> hosted = new TreeSet<>();
        for (Thing thing : harvest.things) {
            switch (thing) {
                case Workload workload -> meant(workload, byLabel);
                case Service service -> services.add(service);
                case HostedService service -> hosted.add(service.name());
                default -> {}
            }
        }
        relate();
        Map<String, List<Dependency>> added = new TreeMap<>();
        for (Entity entity : entities.values()) {
            List<Workload> own = workloads.getOrDefault(entity.key(), List.of());
            if (own.isEmpty() && !needs.getOrDefault(entity.key(), List.of()).isEmpty()) {
                nothingMeant(entity, hosted, harvest);
            }
            for (Workload workload : own) {
                added.computeIfAbsent(workload.reference().text(), _ -> new ArrayList<>())
                        .addAll(needed(workload, entity, services, hosted));
            }
        }
        harvest.things.replaceAll(thing -> thing instanceof Workload workload
                ? with(workload, added.getOrDefault(workload.reference().text(), List.of()))
                : thing instanceof Product product ? owned(product) : thing);
    }

    private void meant(Workload workload, Map<String, List<Entity>> byLabel) {
        Map<String, Entity> found = new TreeMap<>();
        for (Map<String, String> labels : List.of(workload.labels(), workload.podLabels())) {
            for (Map.Entry<String, String> label : labels.entrySet()) {
                byLabel.getOrDefault(label.toString(), List.of()).stream()
                        .filter(entity -> entity.means(workload))
                        .forEach(entity -> found.put(entity.key(), entity));
            }
        }
        found.keySet()
                .forEach(key ->
                        workloads.computeIfAbsent(key, _ -> new ArrayList<>()).add(workload));
    }

    private static void nothingMeant(Entity entity, Set<String> hosted, Harvest harvest) {
        if (entity.kind().equals("Component") && !hosted.contains(entity.name())) {
            harvest.leftOut(
                    entity.tree().place(),
                    entity.kind(),
                    entity.selector().isEmpty()
                            ? "names no workload (backstage.io/kubernetes-id or kubernetes-label-selector): what it needs is not used"
                            : "no workload has its labels: what it needs is not used");
        }
    }

    /** Who provides which API, and what each entity needs: its own word, and that of others about it. */
    private void relate() {
        for (Entity entity : entities.values()) {
            entity.named("providesApis", "api")
                    .forEach(api -> providers
                            .computeIfAbsent(api.value(), _ -> new ArrayList<>())
                            .add(entity));
            List<Fact<String>> own = needs.computeIfAbsent(entity.key(), _ -> new ArrayList<>());
            own.addAll(entity.named("dependsOn", "component"));
            own.addAll(entity.named("consumesApis", "api"));
            entity.named("dependencyOf", "component")
                    .forEach(other -> needs.computeIfAbsent(other.value(), _ -> new ArrayList<>())
                            .add(other.map(ignored -> entity.key())));
        }
    }

    private List<Dependency> needed(Workload caller, Entity entity, List<Service> services, Set<String> hosted) {
        Map<String, Dependency> found = new LinkedHashMap<>();
        Set<String> seen = new TreeSet<>(Set.of(entity.key()));
        for (Fact<String> need : needs.getOrDefault(entity.key(), List.of())) {
            if (need.provenance() instanceof Declared place) {
                for (Reference to : targets(caller, need.value(), services, hosted, seen)) {
                    found.putIfAbsent(
                            to.text(),
                            new Dependency(to, Optional.empty(), false, Dependency.When.RUN, Optional.empty(), place));
                }
            }
        }
        return List.copyOf(found.values());
    }

    /** What an entity means to a caller: the Services of its workloads, the workloads, a hosted service of its name, or what it needs itself. */
    private List<Reference> targets(
            Workload caller, String key, List<Service> services, Set<String> hosted, Set<String> seen) {
        List<Reference> found = new ArrayList<>();
        List<String> open = new ArrayList<>(List.of(key));
        while (!open.isEmpty() && seen.size() < MOST) {
            String next = open.removeLast();
            if (!seen.add(next)) {
                continue;
            }
            List<Workload> meant = near(caller, workloads.getOrDefault(next, List.of()));
            String name = next.substring(next.lastIndexOf('/') + 1);
            if (!meant.isEmpty()) {
                found.addAll(fronts(meant, services));
            } else if (hosted.contains(name)) {
                found.add(Reference.of("hosted-service", name));
            } else {
                providers.getOrDefault(next, List.of()).forEach(provider -> open.add(provider.key()));
                needs.getOrDefault(next, List.of()).forEach(need -> open.add(need.value()));
            }
        }
        return found;
    }

    /** Those in the caller's cluster where there are any: the others are other environments. */
    private static List<Workload> near(Workload caller, List<Workload> all) {
        List<Workload> same = all.stream()
                .filter(workload -> workload.cluster().equals(caller.cluster()))
                .filter(workload -> !workload.reference().equals(caller.reference()))
                .toList();
        return same.isEmpty() ? all : same;
    }

    /** Services that lead to some workloads, or the workloads where none does: a worker behind no Service is not asked by others. */
    private static List<Reference> fronts(List<Workload> meant, List<Service> services) {
        List<Reference> found = new ArrayList<>();
        for (Service service : services) {
            boolean leads = !service.selector().isEmpty()
                    && meant.stream()
                            .anyMatch(workload -> workload.cluster().equals(service.cluster())
                                    && workload.namespace().equals(service.namespace())
                                    && workload.podLabels()
                                            .entrySet()
                                            .containsAll(service.selector().entrySet()));
            if (leads) {
                found.add(service.reference());
            }
        }
        return found.isEmpty() ? meant.stream().map(Workload::reference).toList() : found;
    }

    private static Workload with(Workload workload, List<Dependency> more) {
        Map<String, Dependency> all = new LinkedHashMap<>();
        workload.dependsOn().forEach(dependency -> all.put(dependency.to().text(), dependency));
        more.forEach(dependency -> all.putIfAbsent(dependency.to().text(), dependency));
        return more.isEmpty() ? workload : workload.withNeeds(List.copyOf(all.values()));
    }

    private Product owned(Product product) {
        Optional<Fact<String>> owner = List.of("system", "component").stream()
                .flatMap(kind -> Optional.ofNullable(entities.get(Entity.key(product.name(), kind))).stream())
                .flatMap(entity -> entity.tree().text("spec.owner").stream())
                .findFirst();
        return product.owner().isPresent() || owner.isEmpty() ? product : product.ownedBy(owner.get());
    }
}
