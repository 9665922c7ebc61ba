package dev.premortem.mechanism;

import com.google.auto.service.AutoService;
import dev.premortem.estate.Claim;
import dev.premortem.estate.Edit;
import dev.premortem.estate.Reference;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Declared;
import dev.premortem.model.Divergences;
import dev.premortem.model.OpenRanges;
import dev.premortem.model.Proposal;
import dev.premortem.model.Sister;
import dev.premortem.model.Sisters;
import dev.premortem.model.Sketch;
import dev.premortem.model.Standstill;
import dev.premortem.model.Trait;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Instance;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Step;
import dev.premortem.outage.Trigger;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Meaning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The same component stands in several clusters, and one of them lacks what its sisters have: a second replica, a volume, a version. Whoever knows the sisters
 * expects it to survive what they survive. Seen in public at the UK Ministry of Justice on 2023-07-21: a setting of the CNI was on in the test cluster and off in
 * the live one, until nodes ran out of addresses.
 */
@AutoService(Mechanism.class)
public final class Drift implements Mechanism {
    private static final String AS_ITS_FILE = "as-its-file";
    private static final int MOST_TOLD = 10;
    private static final int MOST_NAMED = 3;

    @Override
    public String id() {
        return "drift";
    }

    @Override
    public OutageClass outageClass() {
        return OutageClass.D;
    }

    @Override
    public void contribute(Sketch sketch) {
        for (Sisters.Family family : Sisters.families(sketch.estate())) {
            List<Sisters.Difference> differences = Sisters.differences(family);
            if (!differences.isEmpty()) {
                draw(sketch, family, differences);
            }
        }
        Sisters.laggards(sketch.estate()).forEach((family, behind) -> {
            if (!sketch.twin()
                    .defines(Condition.of(
                            pivot(family),
                            "as-its-sisters:"
                                    + behind.getFirst().odd().getFirst().environment()))) {
                draw(sketch, family, behind);
            }
        });
        follow(sketch);
        Divergences.of(sketch.estate()).forEach((name, fields) -> {
            Workload workload = sketch.placement().workloads().get(name);
            if (workload != null) {
                diverges(sketch, workload, fields);
            }
        });
    }

    /** Versions that move by themselves: what was tried is not what runs tomorrow. */
    private void follow(Sketch sketch) {
        if (sketch.simulating()) {
            return;
        }
        OpenRanges.of(sketch)
                .forEach((cluster, items) -> new Standstill(
                                id(),
                                cluster,
                                "versions",
                                OutageClass.F,
                                new Standstill.Words(
                                        "nobody publishes a new version",
                                        "a new major version is published",
                                        "what runs in " + cluster + " was decided by somebody",
                                        "what runs was tried by nobody here",
                                        "when a new major version is published"))
                        .propose(
                                sketch,
                                items,
                                items.size() == 1
                                        ? "one component of " + cluster + " takes any newer version by itself"
                                        : items.size() + " components of " + cluster
                                                + " take any newer version by themselves"));
    }

    /** What runs is not what the file says: whoever reads the file expects it to survive what it does not. */
    private void diverges(Sketch sketch, Workload workload, List<Divergences.Divergence> fields) {
        String name = workload.reference().text();
        String where = " in cluster " + workload.cluster();
        Trait.Kind first = fields.getFirst().kind();
        Condition alike = sketch.twin()
                .basic(
                        Condition.of(name, AS_ITS_FILE),
                        false,
                        Meaning.of("", workload.name() + " runs" + where + " as its file says", ""));
        Condition spared = sketch.twin()
                .basic(
                        Condition.of(name, "spared-as-it-runs"),
                        true,
                        Meaning.of("", "nothing asks for what it lacks", ""));
        Condition safe = sketch.twin()
                .gate(
                        Condition.of(name, "stands-as-it-runs"),
                        new Gate.Any(List.of(alike, spared)),
                        // the first step of the chain tells it
                        Meaning.of(id(), workload.name() + where + " stands it", ""));
        boolean shown = first == Trait.Kind.REPLICAS || first == Trait.Kind.PERSISTENCE;
        if (shown) {
            sketch.placement().require(workload, safe);
        }
        boolean again =
                first == Trait.Kind.REPLICAS && !fields.getFirst().words().endsWith("nowhere");
        sketch.propose(new Proposal(
                id(),
                first == Trait.Kind.VERSION ? Trigger.Type.CHANGE : Trigger.Type.CHURN,
                outageClass(),
                alike,
                List.of(new Proposal.Loss(
                        spared, Duration.ofHours(1), again ? Duration.ofMinutes(5) : Proposal.Loss.FOR_EVER)),
                Set.of(),
                Optional.empty(),
                shown ? Confidence.LIKELY : Confidence.POSSIBLE,
                when(first, where),
                diagnosis(),
                fields.stream()
                        .map(field -> new Step(
                                name + "#" + AS_ITS_FILE,
                                workload.name() + " " + field.words() + where + ", its file says " + field.declared(),
                                Optional.empty(),
                                field.evidence()))
                        .toList(),
                List.of(new Instance(name, workload.place()))));
    }

    private static String pivot(Sisters.Family family) {
        return "component/" + family.name();
    }

    private void draw(Sketch sketch, Sisters.Family family, List<Sisters.Difference> differences) {
        Sisters.Difference first = differences.getFirst();
        List<Step> prelude = new ArrayList<>();
        List<Evidence> all = new ArrayList<>();
        for (Sisters.Difference difference : differences) {
            Step step = step(family, difference);
            prelude.add(step);
            all.addAll(step.evidence());
        }
        boolean drawn = family.objects() && first.kind() == Trait.Kind.REPLICAS;
        for (Sister odd : first.odd()) {
            sketch.twin()
                    .basic(
                            Condition.of(pivot(family), "as-its-sisters:" + odd.environment()),
                            false,
                            new Meaning(
                                    id(),
                                    plain(family) + " is in " + odd.environment() + " as elsewhere",
                                    drawn ? prelude.getFirst().text() : "",
                                    drawn ? List.copyOf(all) : List.of()));
        }
        if (!drawn) { // what runs once is drawn by single-replica, which asks for the condition above
            propose(sketch, family, first, prelude);
        }
    }

    private static String plain(Sisters.Family family) {
        return family.name().substring(family.name().lastIndexOf('/') + 1);
    }

    /** The component, with the part of it that a deeper field is about: {@code redis of gafaelfawr}. */
    private static String named(Sisters.Family family, Sisters.Difference difference) {
        List<String> part = difference.example().part();
        return part.isEmpty() ? plain(family) : String.join(".", part) + " of " + plain(family);
    }

    private static String environments(List<Sister> sisters) {
        List<String> names = sisters.stream().map(Sister::environment).toList();
        return names.size() <= MOST_NAMED
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMED)) + " and " + (names.size() - MOST_NAMED) + " more";
    }

    private static Step step(Sisters.Family family, Sisters.Difference difference) {
        List<Evidence> evidence = new ArrayList<>();
        // The first of the others comes early, so that both sides are seen where the list is cut.
        for (Sister odd : difference.odd()) {
            if (evidence.size() < MOST_TOLD) {
                for (Evidence each : difference.oddTrait(odd).evidence()) {
                    if (!evidence.contains(each)) {
                        evidence.add(each);
                    }
                }
            }
        }
        Sister example = difference.others().getFirst();
        difference.example().evidence().stream()
                .map(each -> new Evidence(example.environment() + ": " + each.text(), each.value(), each.provenance()))
                .forEach(evidence::add);
        String others = difference.kind().plain()
                ? ", " + environments(difference.others()) + " "
                        + difference.example().value()
                : difference.kind() == Trait.Kind.REPLICAS
                        ? ", more often in " + environments(difference.others())
                        : ", unlike in " + environments(difference.others());
        return new Step(
                pivot(family) + "#as-its-sisters",
                named(family, difference) + " "
                        + difference.oddTrait(difference.odd().getFirst()).words() + " in "
                        + environments(difference.odd()) + others,
                Optional.empty(),
                evidence);
    }

    /** The end of the title. */
    private static String when(Sisters.Difference difference) {
        return when(difference.kind(), " in " + environments(difference.odd()));
    }

    private static String when(Trait.Kind kind, String where) {
        return switch (kind) {
            case REPLICAS -> "while its one pod is made anew" + where;
            case PERSISTENCE -> "at the next new pod" + where + ", which starts empty";
            case ISSUER -> "at the next certificate" + where + ", which no client trusts";
            case FAILURE_POLICY -> "while its webhook is away" + where;
            case STRATEGY -> "at each rollout" + where;
            case BUDGET, SPREAD -> "at the next drain or lost node" + where;
            case PROBE -> "at the next rollout" + where;
            case REQUESTS -> "when a node runs short" + where;
            case NETWORK -> "when what its sisters carry is sent" + where;
            case VERSION -> "on the day of the jump to its sisters' version" + where;
        };
    }

    private void propose(Sketch sketch, Sisters.Family family, Sisters.Difference first, List<Step> prelude) {
        Condition pivot = Condition.of(
                pivot(family), "as-its-sisters:" + first.odd().getFirst().environment());
        List<Proposal.Loss> losses = new ArrayList<>();
        List<Instance> instances = new ArrayList<>();
        boolean shown = false;
        for (Sister odd : first.odd()) {
            String thing = pivot(family);
            Condition alike = Condition.of(thing, "as-its-sisters:" + odd.environment());
            Condition spared = sketch.twin()
                    .basic(
                            Condition.of(thing, "spared:" + odd.environment()),
                            true,
                            Meaning.of("", "nothing asks for what it lacks", ""));
            Condition safe = sketch.twin()
                    .gate(
                            Condition.of(thing, "safe:" + odd.environment()),
                            new Gate.Any(List.of(alike, spared)),
                            // the first step of the chain tells it
                            Meaning.of(id(), named(family, first) + " in " + odd.environment() + " stands it", ""));
            Workload workload = sketch.placement().workloads().get(odd.of().text());
            if (workload != null && first.kind() == Trait.Kind.PERSISTENCE) {
                sketch.placement().require(workload, safe);
                shown = true;
            }
            losses.add(new Proposal.Loss(spared, Duration.ofHours(1), Proposal.Loss.FOR_EVER));
            first.oddTrait(odd)
                    .place()
                    .ifPresent(place -> instances.add(new Instance(odd.of().text(), place)));
        }
        sketch.propose(new Proposal(
                id(),
                first.kind() == Trait.Kind.VERSION ? Trigger.Type.CHANGE : Trigger.Type.CHURN,
                outageClass(),
                pivot,
                losses,
                Set.of(),
                Optional.empty(),
                shown ? Confidence.LIKELY : Confidence.POSSIBLE,
                when(first),
                diagnosis(),
                prelude,
                instances));
    }

    @Override
    public List<Remedy> remedies(Sketch sketch, Outage outage) {
        for (Sisters.Family family : Sisters.families(sketch.estate())) {
            List<Sisters.Difference> differences = Sisters.differences(family);
            if (!differences.isEmpty() && outage.pivot().equals(pivot(family) + "#as-its-sisters")) {
                return remedy(sketch, differences).stream().toList();
            }
        }
        if (outage.pivot().endsWith("#" + AS_ITS_FILE)) {
            return List.of(Remedy.proposed(
                    "bring back what the file says",
                    List.of(),
                    List.of(
                            "kubectl diff shows what would change",
                            "apply the file, or let Flux or Argo CD take the object back",
                            "where the cluster is right, commit what it has")));
        }
        return List.of();
    }

    /** Gives the odd ones what the least of their sisters has, in every field that one edit can set. */
    private static Optional<Remedy> remedy(Sketch sketch, List<Sisters.Difference> differences) {
        List<Edit> edits = new ArrayList<>();
        List<String> titles = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        for (Sisters.Difference difference : differences) {
            String wanted = wanted(difference);
            int before = edits.size();
            for (Sister odd : difference.odd()) {
                edits(sketch, difference, odd, wanted).stream()
                        .filter(edit -> !edits.contains(edit))
                        .forEach(edits::add);
            }
            if (edits.size() > before) {
                titles.add(difference.field() + ": "
                        + difference.oddTrait(difference.odd().getFirst()).value() + " → " + wanted);
            } else {
                steps.add("decide about " + difference.field() + ", which no single edit sets");
            }
        }
        if (edits.isEmpty()) {
            return Optional.empty();
        }
        steps.add(
                0,
                "its sisters run like this already: "
                        + environments(differences.getFirst().others()));
        String more = titles.size() > 2 ? " and " + (titles.size() - 2) + " more" : "";
        return Optional.of(Remedy.proposed(
                String.join("; ", titles.subList(0, Math.min(2, titles.size()))) + more, edits, steps));
    }

    private static String wanted(Sisters.Difference difference) {
        List<String> values = new ArrayList<>();
        difference
                .others()
                .forEach(other -> values.add(difference.oddTrait(other).value()));
        if (difference.kind() == Trait.Kind.REPLICAS) {
            return String.valueOf(
                    values.stream().mapToInt(Integer::parseInt).min().orElse(2));
        }
        Map<String, Integer> counted = new java.util.TreeMap<>();
        values.forEach(value -> counted.merge(value, 1, Integer::sum));
        int most = Collections.max(counted.values());
        return counted.entrySet().stream()
                .filter(each -> each.getValue() == most)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    private static List<Edit> edits(Sketch sketch, Sisters.Difference difference, Sister odd, String wanted) {
        Workload workload = sketch.placement().workloads().get(odd.of().text());
        if (workload != null && difference.kind() == Trait.Kind.PERSISTENCE) {
            return claimed(sketch, workload, difference);
        }
        return difference.oddTrait(odd).edit(wanted).stream().toList();
    }

    /** The claim of a sister in place of the emptyDir, copied where this cluster has none of its name. */
    private static List<Edit> claimed(Sketch sketch, Workload workload, Sisters.Difference difference) {
        String volume = difference.field().replaceFirst("^volume ", "");
        Workload sister = sketch.placement()
                .workloads()
                .get(difference.others().getFirst().of().text());
        if (sister == null) {
            return List.of();
        }
        Optional<Workload.Volume> here = volume(workload, volume);
        Optional<Workload.Volume> there =
                volume(sister, volume).filter(each -> each.kind().value().equals("persistentVolumeClaim"));
        if (here.isEmpty() || there.isEmpty() || !(here.get().kind().provenance() instanceof Declared empty)) {
            return List.of();
        }
        String claim = there.get().source();
        List<Edit> edits = new ArrayList<>();
        edits.add(new Edit.AddField(here.get().place(), "persistentVolumeClaim", "\nclaimName: " + claim));
        edits.add(new Edit.Remove(empty));
        Reference mine = Reference.object(workload.cluster(), workload.namespace(), "PersistentVolumeClaim", claim);
        Reference theirs = Reference.object(sister.cluster(), sister.namespace(), "PersistentVolumeClaim", claim);
        if (sketch.estate().find(Claim.class, mine).isEmpty()) {
            sketch.estate()
                    .find(Claim.class, theirs)
                    .ifPresent(found -> edits.add(new Edit.CopyDocument(
                            found.place(), workload.place().file())));
        }
        return edits;
    }

    private static Optional<Workload.Volume> volume(Workload workload, String name) {
        return workload.volumes().stream()
                .filter(each -> each.name().equals(name))
                .findFirst();
    }
}
