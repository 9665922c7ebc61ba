package dev.premortem.model;

import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The fields of a workload, and of what stands beside it, on which outages depend. */
final class WorkloadTraits {
    private static final String PODS = "spec.template.spec";

    private final List<KubernetesObject> budgets;

    /** @param budgets every PodDisruptionBudget of the estate */
    WorkloadTraits(List<KubernetesObject> budgets) {
        this.budgets = budgets;
    }

    Sister of(Workload workload) {
        SortedMap<String, Trait> traits = new TreeMap<>();
        List<Trait> all = new ArrayList<>();
        if (!workload.kind().equals("DaemonSet")) {
            all.add(replicas(workload));
        }
        all.add(strategy(workload));
        all.add(spread(workload));
        budget(workload).ifPresent(all::add);
        workload.volumes().forEach(volume -> volume(workload, volume).ifPresent(all::add));
        for (Workload.Container container : workload.containers()) {
            all.add(requests(container));
            image(container).ifPresent(all::add);
        }
        all.addAll(probes(workload));
        all.forEach(trait -> traits.put(trait.field(), trait));
        return new Sister(workload.cluster(), workload.reference(), workload.place(), traits);
    }

    private static Declared place(Workload workload, Fact<?> fact) {
        return fact.provenance() instanceof Declared place ? place : workload.place();
    }

    private static Trait replicas(Workload workload) {
        int number = workload.replicas().value();
        boolean set = workload.replicas().known();
        String text = set ? "replicas: " + number : workload.kind() + " " + workload.name() + " sets no replicas: one";
        return new Trait(
                Trait.Kind.REPLICAS,
                List.of("spec", "replicas"),
                number > 1,
                String.valueOf(number),
                number == 0 ? "runs nowhere" : number == 1 ? "runs once" : "runs " + number,
                List.of(new Evidence(text, String.valueOf(number), place(workload, workload.replicas()))),
                Optional.of(workload.tree()));
    }

    private static Trait strategy(Workload workload) {
        boolean recreates = workload.strategy()
                .filter(found -> found.value().equals("Recreate"))
                .isPresent();
        Declared place =
                workload.strategy().map(found -> place(workload, found)).orElse(workload.place());
        return new Trait(
                Trait.Kind.STRATEGY,
                List.of("spec", "strategy", "type"),
                !recreates,
                recreates ? "Recreate" : "RollingUpdate",
                "stops all its pods at each rollout",
                List.of(new Evidence(recreates ? "strategy Recreate" : "rolls", place)),
                Optional.empty());
    }

    private static Trait spread(Workload workload) {
        Optional<Tree> pod = workload.tree().at(PODS);
        Optional<Tree> found = pod.flatMap(spec -> spec.at("topologySpreadConstraints"))
                .filter(tree -> !tree.items().isEmpty())
                .or(() -> pod.flatMap(spec -> spec.at("affinity.podAntiAffinity")));
        return new Trait(
                Trait.Kind.SPREAD,
                List.of("spread"),
                found.isPresent(),
                "",
                "spreads nothing",
                List.of(new Evidence(
                        found.isPresent() ? "its pods are spread" : "nothing spreads its pods",
                        found.map(Tree::place).or(() -> pod.map(Tree::place)).orElse(workload.place()))),
                Optional.empty());
    }

    private Optional<Trait> budget(Workload workload) {
        if (workload.replicas().value() < 2) {
            return Optional.empty(); // over one pod a budget only blocks
        }
        Optional<KubernetesObject> found = budgets.stream()
                .filter(object -> object.cluster().equals(workload.cluster())
                        && object.namespace().equals(workload.namespace())
                        && selects(object.tree(), workload))
                .findFirst();
        return Optional.of(new Trait(
                Trait.Kind.BUDGET,
                List.of("budget"),
                found.isPresent(),
                "",
                "has no budget: a drain may take all its pods at once",
                List.of(new Evidence(
                        found.isPresent()
                                ? "a budget holds some of its pods"
                                : "no PodDisruptionBudget selects its pods",
                        found.map(object -> object.tree().place()).orElse(workload.place()))),
                Optional.empty()));
    }

    static boolean selects(Tree budget, Workload workload) {
        List<Tree.Entry> labels = budget.entries("spec.selector.matchLabels");
        return !labels.isEmpty()
                && labels.stream()
                        .allMatch(label -> label.value()
                                .text()
                                .filter(text ->
                                        text.value().equals(workload.podLabels().get(label.key())))
                                .isPresent());
    }

    /** A claim here and an emptyDir there; other kinds say nothing about what must last. */
    private static Optional<Trait> volume(Workload workload, Workload.Volume volume) {
        String kind = volume.kind().value();
        boolean lasts = kind.equals("persistentVolumeClaim") || kind.equals("claimTemplate");
        if (!lasts && !kind.equals("emptyDir")) {
            return Optional.empty();
        }
        return Optional.of(new Trait(
                Trait.Kind.PERSISTENCE,
                List.of("volume " + volume.name()),
                lasts,
                kind.equals("persistentVolumeClaim") ? volume.source() : kind,
                "keeps volume " + volume.name() + " only as long as the pod",
                List.of(new Evidence(
                        "volume " + volume.name() + " is " + (lasts ? "a claim" : "an emptyDir"),
                        kind,
                        place(workload, volume.kind()))),
                Optional.empty()));
    }

    private static Trait requests(Workload.Container container) {
        Optional<Fact<Long>> found = container.memoryBytes().or(container::cpuMillis);
        return new Trait(
                Trait.Kind.REQUESTS,
                List.of("requests of " + container.name()),
                found.isPresent(),
                "",
                "asks for nothing, so it is evicted first",
                List.of(new Evidence(
                        found.isPresent()
                                ? container.name() + " asks for room"
                                : container.name() + " asks for no room",
                        found.filter(Fact::known)
                                .map(Fact::provenance)
                                .filter(Declared.class::isInstance)
                                .map(Declared.class::cast)
                                .orElse(container.place()))),
                Optional.empty());
    }

    /** The tag; the registry and the path before the name may be a mirror's, and a digest alone cannot be compared. */
    private static Optional<Trait> image(Workload.Container container) {
        String image = container.image().value().replaceFirst("@.*", "");
        String last = image.substring(image.lastIndexOf('/') + 1);
        int colon = last.indexOf(':');
        if (colon <= 0) {
            return Optional.empty();
        }
        String tag = last.substring(colon + 1);
        return Optional.of(new Trait(
                Trait.Kind.VERSION,
                List.of("image " + last.substring(0, colon)),
                true,
                tag,
                "runs " + last,
                List.of(Evidence.of("image " + container.image().value(), container.image())),
                Optional.empty()));
    }

    private static List<Trait> probes(Workload workload) {
        List<Trait> probes = new ArrayList<>();
        for (Tree container : workload.tree().items(PODS + ".containers")) {
            String name = container.text("name").map(Fact::value).orElse("");
            Optional<Tree> probe = container.at("readinessProbe");
            probes.add(new Trait(
                    Trait.Kind.PROBE,
                    List.of("readinessProbe of " + name),
                    probe.isPresent(),
                    "",
                    "gets requests before it is ready",
                    List.of(new Evidence(
                            probe.isPresent() ? name + " says when it is ready" : name + " has no readinessProbe",
                            probe.map(Tree::place).orElse(container.place()))),
                    Optional.empty()));
        }
        return probes;
    }
}
