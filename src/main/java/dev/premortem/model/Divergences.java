package dev.premortem.model;

import dev.premortem.estate.Estate;
import dev.premortem.estate.KubernetesObject;
import dev.premortem.estate.Observation;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Fact;
import dev.premortem.fact.Tree;
import dev.premortem.twin.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Workloads that run otherwise than their file says, to their harm, in a field on which an outage depends. Every other difference is silent. */
public final class Divergences {
    private static final String DRIFT = "drift:";
    private static final Pattern CONTAINER =
            Pattern.compile("spec\\.template\\.spec\\.containers\\[\\d{1,4}]\\.(image|readinessProbe)(\\..*)?");
    private static final Pattern CLAIM =
            Pattern.compile("spec\\.template\\.spec\\.volumes\\[\\d{1,4}]\\.persistentVolumeClaim\\.claimName");
    private static final Pattern SPREAD =
            Pattern.compile("spec\\.template\\.spec\\.(topologySpreadConstraints\\[|affinity\\.podAntiAffinity\\.).*");

    private final Estate estate;
    private final SortedMap<String, List<Divergence>> found = new TreeMap<>();

    private Divergences(Estate estate) {
        this.estate = estate;
    }

    /**
     * One field of a workload.
     *
     * @param words what the cluster does: {@code runs once}
     * @param declared what the file says: {@code replicas: 3}
     */
    public record Divergence(Trait.Kind kind, String words, String declared, List<Evidence> evidence) {}

    /** Those of an estate, by the text of the workload's reference; what starts an outage of its own comes first. */
    public static SortedMap<String, List<Divergence>> of(Estate estate) {
        Divergences all = new Divergences(estate);
        for (Observation each : estate.observations()) {
            if (each.fact().startsWith(DRIFT)) {
                all.judge(each, each.fact().substring(DRIFT.length()));
            }
        }
        all.found.replaceAll((_, fields) -> fields.stream()
                .sorted(Comparator.comparing(Divergence::kind).thenComparing(Divergence::declared))
                .toList());
        return all.found;
    }

    private void judge(Observation observation, String field) {
        String seen = observation.value().text().map(Fact::value).orElse("");
        Optional<Workload> workload = estate.find(Workload.class, observation.of());
        if (workload.isPresent()) {
            declared(workload.get().tree(), field)
                    .flatMap(declared -> judge(field, declared, seen, observation))
                    .ifPresent(divergence -> add(observation.of(), divergence));
        } else if (field.equals("spec.minAvailable") && (seen.isEmpty() || seen.equals("0"))) {
            budget(observation, field);
        }
    }

    private void budget(Observation observation, String field) {
        for (KubernetesObject object : estate.objects()) {
            if (!object.reference().equals(observation.of()) || !object.kind().equals("PodDisruptionBudget")) {
                continue;
            }
            Optional<Fact<String>> declared = declared(object.tree(), field);
            for (Workload workload : estate.all(Workload.class)) {
                boolean held = workload.cluster().equals(object.cluster())
                        && workload.namespace().equals(object.namespace())
                        && WorkloadTraits.selects(object.tree(), workload);
                if (held && declared.isPresent()) {
                    add(
                            workload.reference(),
                            divergence(
                                    Trait.Kind.BUDGET,
                                    "has a budget that holds no pod",
                                    "minAvailable: " + declared.get().value(),
                                    declared.get(),
                                    observation));
                }
            }
        }
    }

    private void add(Reference of, Divergence divergence) {
        List<Divergence> fields = found.computeIfAbsent(of.text(), _ -> new ArrayList<>());
        // a probe that is gone is one difference, however many fields it had
        if (fields.stream().noneMatch(other -> other.words().equals(divergence.words()))) {
            fields.add(divergence);
        }
    }

    private static Optional<Divergence> judge(
            String field, Fact<String> declared, String seen, Observation observation) {
        String file = declared.value();
        if (field.equals("spec.replicas")) {
            int wanted = number(file);
            int runs = number(seen);
            return (runs == 0 && wanted > 0) || (runs == 1 && wanted > 1)
                    ? Optional.of(divergence(
                            Trait.Kind.REPLICAS,
                            runs == 0 ? "runs nowhere" : "runs once",
                            "replicas: " + file,
                            declared,
                            observation))
                    : Optional.empty();
        }
        if (field.equals("spec.strategy.type") && seen.equals("Recreate")) {
            return Optional.of(divergence(
                    Trait.Kind.STRATEGY,
                    "stops all its pods at each rollout",
                    "strategy: " + file,
                    declared,
                    observation));
        }
        Matcher container = CONTAINER.matcher(field);
        if (container.matches() && "image".equals(container.group(1))) {
            return Sisters.behind(tag(seen), tag(file))
                    ? Optional.of(divergence(
                            Trait.Kind.VERSION, "runs " + last(seen), "image: " + last(file), declared, observation))
                    : Optional.empty();
        }
        if (!seen.isEmpty()) {
            return Optional.empty();
        }
        if (container.matches()) {
            return Optional.of(divergence(
                    Trait.Kind.PROBE, "gets requests before it is ready", "a readinessProbe", declared, observation));
        }
        if (CLAIM.matcher(field).matches()) {
            return Optional.of(divergence(
                    Trait.Kind.PERSISTENCE,
                    "keeps what claim " + file + " should hold only as long as the pod",
                    "claimName: " + file,
                    declared,
                    observation));
        }
        return SPREAD.matcher(field).matches()
                ? Optional.of(divergence(
                        Trait.Kind.SPREAD, "spreads nothing", "that its pods are spread", declared, observation))
                : Optional.empty();
    }

    private static Divergence divergence(
            Trait.Kind kind, String words, String says, Fact<String> declared, Observation observation) {
        String seen = observation.value().text().map(Fact::value).orElse("");
        return new Divergence(
                kind,
                words,
                says,
                List.of(
                        new Evidence(
                                "in the cluster " + observation.fact().substring(DRIFT.length()) + " is "
                                        + (seen.isEmpty() ? "not set" : seen),
                                seen,
                                observation.provenance()),
                        Evidence.of("the file says " + declared.value(), declared)));
    }

    private static int number(String text) {
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : -1;
    }

    private static String last(String image) {
        String name = image.replaceFirst("@.*", "");
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static String tag(String image) {
        String name = last(image);
        return name.substring(name.indexOf(':') + 1);
    }

    /** The scalar whose place has the field. */
    private static Optional<Fact<String>> declared(Tree tree, String field) {
        return switch (tree) {
            case Tree.Scalar scalar -> scalar.place().field().equals(field) ? scalar.text() : Optional.empty();
            case Tree.Sequence sequence ->
                sequence.values().stream()
                        .flatMap(item -> declared(item, field).stream())
                        .findFirst();
            case Tree.Mapping mapping ->
                mapping.values().stream()
                        .filter(entry -> field.startsWith(entry.value().place().field()))
                        .flatMap(entry -> declared(entry.value(), field).stream())
                        .findFirst();
        };
    }
}
