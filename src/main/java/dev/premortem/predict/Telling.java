package dev.premortem.predict;

import dev.premortem.engine.timeline.Chains;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Catalogue;
import dev.premortem.fact.Declared;
import dev.premortem.fact.Observed;
import dev.premortem.mechanism.Mechanism;
import dev.premortem.model.Proposal;
import dev.premortem.model.Sketch;
import dev.premortem.outage.Band;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Instance;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Severity;
import dev.premortem.outage.Step;
import dev.premortem.outage.Trigger;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Evidence;
import dev.premortem.twin.Scenario;
import dev.premortem.twin.Top;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Runs the timeline for a draft and tells the outage: when, how long, what sets the length, and why. */
final class Telling {
    private static final Duration FAULT_AFTER = Duration.ofHours(1);
    private static final Duration TAIL = Duration.ofDays(7);

    private final Model model;
    private final Request request;
    private final Rates rates;
    private final Exposure exposure;
    private final Copies copies;
    private final long now;

    Telling(Model model, Request request) {
        this.model = model;
        this.request = request;
        this.rates = new Rates(model.settled());
        this.exposure = new Exposure(rates, model.live());
        this.copies = new Copies(model.sketch().estate());
        this.now = request.now().toEpochMilli();
    }

    /** The outage, or empty where the timeline shows that no product is down. */
    Optional<Outage> tell(Draft draft) {
        return draft.proposal().map(proposal -> tellProposal(draft, proposal)).orElseGet(() -> tellFaults(draft));
    }

    private Optional<Outage> tellFaults(Draft draft) {
        Draft.CutOf cut = likeliest(draft);
        if (cut.cut().faults().isEmpty()) {
            return fromTheStart(draft);
        }
        Scenario scenario = scenario(cut, Duration.ZERO);
        Optional<Run> run = Run.of(model.prepared(), scenario, cut.products());
        if (run.isEmpty()) {
            return Optional.empty();
        }
        Optional<Run> attended = attended(draft, scenario, run.get());
        return Optional.of(
                assemble(draft, run.get(), attended, trigger(cut), List.of(), "when " + faultWords(cut) + verb(cut)));
    }

    private Optional<Outage> fromTheStart(Draft draft) {
        Scenario scenario = new Scenario(List.of(), Set.of(), Map.of(), now, now + TAIL.toMillis());
        return Run.of(model.prepared(), scenario, draft.products)
                .map(run -> assemble(
                        draft,
                        run,
                        attended(draft, scenario, run),
                        new Trigger(Trigger.Type.FAULT, List.of(), Optional.empty()),
                        List.of(),
                        "already now"));
    }

    private Optional<Outage> tellProposal(Draft draft, Proposal proposal) {
        long end = now + request.horizon().toMillis() + Duration.ofDays(400).toMillis();
        List<Scenario.Loss> losses = proposal.losses().stream()
                .map(loss -> new Scenario.Loss(
                        loss.condition(),
                        now + loss.after().toMillis(),
                        now + loss.after().plus(loss.length()).toMillis()))
                .toList();
        Scenario scenario = new Scenario(losses, proposal.hazards(), Map.of(), now, end);
        Optional<Run> seen = Run.of(model.prepared(), scenario, draft.products);
        seen.ifPresent(
                run -> run.falls().forEach(fall -> draft.products.add(fall.top().name())));
        Optional<Run> run = seen.or(() -> Run.unseen(model.prepared(), scenario, draft.mechanism));
        if (run.isEmpty()) {
            return Optional.empty();
        }
        Optional<Run> attended = seen.flatMap(found -> attended(draft, scenario, found));
        Trigger trigger = new Trigger(
                proposal.type(),
                proposal.losses().stream().map(loss -> loss.condition().plain()).toList(),
                proposal.moment()
                        .or(
                                () -> // Where no process runs, the losses stand for an event that nobody can date.
                                proposal.type() == Trigger.Type.CHANGE
                                                        || proposal.hazards().isEmpty()
                                                ? Optional.empty()
                                                : Optional.of(Instant.ofEpochMilli(
                                                        run.get().first()))));
        return Optional.of(assemble(draft, run.get(), attended, trigger, proposal.prelude(), proposal.when()));
    }

    Draft.CutOf likeliest(Draft draft) {
        return draft.cuts.stream()
                .max(Comparator.<Draft.CutOf>comparingInt(cut -> named(draft, cut) ? 1 : 0)
                        .thenComparingInt(cut -> cut.products().size() == draft.products.size() ? 1 : 0)
                        .thenComparingInt(cut -> -cut.cut().faults().size())
                        .thenComparingDouble(cut -> cut.cut().faults().isEmpty()
                                ? Double.MAX_VALUE
                                : rates.perYear(cut.cut().faults()))
                        .thenComparing(cut -> cut.cut().faults().toString(), Comparator.reverseOrder()))
                .orElseThrow(() -> new IllegalStateException("a draft without a cut: " + draft.key()));
    }

    /** The trigger that bears the pivot's own name tells it best. */
    private static boolean named(Draft draft, Draft.CutOf cut) {
        return cut.cut().faults().size() == 1
                && cut.cut().faults().getFirst().plain().equals(draft.pivot);
    }

    private Scenario scenario(Draft.CutOf cut, Duration extra) {
        long from = now + FAULT_AFTER.toMillis();
        long until = from + rates.length(cut.cut().faults()).plus(extra).toMillis();
        List<Scenario.Loss> losses = cut.cut().faults().stream()
                .map(fault -> new Scenario.Loss(fault, from, until))
                .toList();
        return new Scenario(losses, Set.of(), Map.of(), now, until + TAIL.toMillis());
    }

    /** The same with a person who mends the pivot; empty where nobody can before the trigger itself is over. */
    private Optional<Run> attended(Draft draft, Scenario scenario, Run run) {
        boolean mendable =
                draft.proposal().isPresent() || model.mechanism(draft.mechanism).mendable();
        if (!mendable) {
            return Optional.empty();
        }
        Scenario mended = scenario;
        long since = run.first() + person(draft).toMillis();
        for (Condition condition : pivots(draft)) {
            mended = mended.holding(condition, since);
        }
        return Run.of(model.prepared(), mended, draft.products);
    }

    private List<Condition> pivots(Draft draft) {
        SortedSet<Condition> pivots = new TreeSet<>(model.families().getOrDefault(draft.pivot, List.of()));
        draft.proposal()
                .map(Proposal::pivot)
                .filter(pivot -> model.live().number(pivot) >= 0)
                .ifPresent(pivots::add);
        return List.copyOf(pivots);
    }

    private Duration person(Draft draft) {
        Sketch sketch = model.sketch();
        Mechanism mechanism = model.mechanism(draft.mechanism);
        return sketch.duration(Catalogue.DETECT)
                .value()
                .plus(sketch.duration(Catalogue.ACKNOWLEDGE).value())
                .plus(sketch.duration(draft.proposal().map(Proposal::diagnosis).orElse(mechanism.diagnosis()))
                        .value())
                .plus(sketch.duration(Catalogue.APPLY).value());
    }

    private Outage assemble(
            Draft draft, Run run, Optional<Run> attended, Trigger trigger, List<Step> prelude, String when) {
        Proposal proposal = draft.proposal().orElse(null);
        boolean itself = run.returned();
        Exposure.Stay stay = stay(draft, run, attended);
        Duration person = ended(draft, run, attended);
        Duration duration = stay.most();
        List<Step> chain = new ArrayList<>(prelude);
        chain.addAll(chain(run, trigger.type() != Trigger.Type.FAULT && trigger.type() != Trigger.Type.CHANGE));
        decisive(draft, chain);
        OutageClass outageClass =
                proposal == null ? model.mechanism(draft.mechanism).outageClass() : proposal.outageClass();
        Minutes minutes = minutes(draft, stay);
        String setBy = itself ? run.setBy().map(Condition::plain).orElse(draft.pivot) : draft.pivot;
        Confidence confidence = proposal == null ? confidence(chain) : proposal.confidence();
        return new Outage(
                Ids.of(draft.mechanism, draft.pivot, trigger.type()),
                draft.mechanism,
                Severity.LOW,
                draft.products.isEmpty()
                        ? draft.proposal()
                                .flatMap(Proposal::headline)
                                .orElseGet(() -> Titles.of(draft.products, draft.pivot, when))
                        : Titles.of(draft.products, draft.pivot, when),
                trigger,
                draft.pivot,
                outageClass,
                confidence,
                copies.with(proposal == null ? instances(draft) : proposal.instances()),
                List.copyOf(draft.products),
                Bystanders.services(model, run),
                draft.type == Trigger.Type.FAULT
                                && draft.cuts.stream()
                                        .anyMatch(cut -> !cut.cut().faults().isEmpty())
                        ? Bystanders.lives(model, likeliest(draft))
                        : List.of(),
                trigger.type() == Trigger.Type.FAULT || trigger.type() == Trigger.Type.CHANGE
                        ? Optional.empty()
                        : trigger.at(),
                duration,
                new Outage.DurationRange(stay.least(), duration, itself ? Optional.of(run.length()) : Optional.empty()),
                setBy,
                itself,
                person,
                recurrence(draft, run),
                alsoBy(draft, trigger),
                Shares.of(run),
                minutes.band(),
                minutes.known(),
                List.copyOf(chain),
                List.of(),
                List.of(),
                false,
                Optional.empty());
    }

    /** The decisive condition belongs in the chain, also where a process and no gate stands between it and the product. */
    private void decisive(Draft draft, List<Step> chain) {
        for (Condition pivot : pivots(draft)) {
            boolean told = chain.stream()
                    .anyMatch(step ->
                            Model.family(new Condition(step.condition())).equals(draft.pivot));
            Optional<dev.premortem.twin.Meaning> meaning = model.live().meaning(pivot);
            if (!told && meaning.isPresent() && !meaning.get().lost().isEmpty() && !chain.isEmpty()) {
                chain.add(
                        draft.proposal()
                                .map(proposal -> Math.min(
                                        chain.size(), proposal.prelude().size()))
                                .orElse(0),
                        new Step(
                                pivot.plain(),
                                meaning.get().lost(),
                                Optional.empty(),
                                meaning.get().evidence()));
            }
        }
    }

    private record Minutes(Optional<Band> band, boolean known) {}

    private Minutes minutes(Draft draft, Exposure.Stay stay) {
        if (draft.proposal().isPresent()) {
            Optional<Double> chance = draft.proposal().flatMap(Proposal::chance);
            return new Minutes(exposure.proposed(draft, stay, request.horizon(), chance), false);
        }
        if (draft.cuts.stream().allMatch(cut -> cut.cut().faults().isEmpty())) {
            return new Minutes(Optional.of(new Band(0, 0, 0)), false);
        }
        Draft.CutOf likeliest = likeliest(draft);
        return new Minutes(
                Optional.of(exposure.ofFaults(draft, likeliest, stay, this::stay)),
                rates.known(likeliest.cut().faults()));
    }

    /** How long another trigger of the same outage lasts. */
    private Optional<Exposure.Stay> stay(Draft draft, Draft.CutOf cut) {
        Scenario scenario = scenario(cut, Duration.ZERO);
        return Run.of(model.prepared(), scenario, cut.products())
                .map(run -> stay(draft, run, attended(draft, scenario, run)));
    }

    private Exposure.Stay stay(Draft draft, Run run, Optional<Run> attended) {
        Duration person = ended(draft, run, attended);
        Duration duration = run.returned() ? run.length() : person;
        return new Exposure.Stay(duration.compareTo(person) < 0 ? duration : person, duration, Shares.mean(run));
    }

    /** Until a person has ended it; its own length where no person can. */
    private Duration ended(Draft draft, Run run, Optional<Run> attended) {
        return attended.filter(Run::returned).map(Run::length).orElse(run.returned() ? run.length() : person(draft));
    }

    private Optional<Outage.Recurrence> recurrence(Draft draft, Run run) {
        if (draft.type != Trigger.Type.CHURN) {
            return Optional.empty();
        }
        long horizon = now + request.horizon().toMillis();
        long down = 0;
        int count = 0;
        long firstFall = 0;
        long secondFall = 0;
        Top top = run.falls().getFirst().top();
        for (var stretch : run.trace().downs(top.condition())) {
            if (stretch.from() < horizon) {
                count++;
                down += Math.min(horizon, stretch.until()) - stretch.from();
                secondFall = count == 2 ? stretch.from() : secondFall;
                firstFall = count == 1 ? stretch.from() : firstFall;
            }
        }
        return count < 2
                ? Optional.empty()
                : Optional.of(new Outage.Recurrence(
                        Duration.ofMillis(secondFall - firstFall),
                        count,
                        (double) down / request.horizon().toMillis()));
    }

    private List<Step> chain(Run run, boolean dated) {
        Run.Fall fall = run.falls().getFirst();
        List<Chains.Link> links = fall.down().fall() >= 0
                ? Chains.chain(run.trace(), fall.down().fall())
                : Chains.standingChain(run.trace(), fall.top().condition());
        Map<String, Step> steps = new LinkedHashMap<>();
        for (Chains.Link link : links) {
            Optional<Duration> at =
                    link.standing() || !dated ? Optional.empty() : Optional.of(Duration.ofMillis(link.instant() - now));
            if (!link.text().isEmpty()) {
                steps.putIfAbsent(
                        link.condition() + " " + link.holds(),
                        new Step(link.condition().plain(), link.text(), at, link.evidence()));
            }
        }
        if (dated) {
            for (Run.Fall other : run.falls().subList(1, Math.min(run.falls().size(), 10))) {
                Duration at = Duration.ofMillis(other.down().from() - now);
                steps.putIfAbsent(
                        other.top().condition() + " false",
                        new Step(
                                other.top().condition().plain(),
                                other.top().name() + " is down",
                                Optional.of(at),
                                List.of()));
            }
        }
        return List.copyOf(steps.values());
    }

    /** Sure where all is declared or observed; a guess about this estate makes it possible, published behaviour likely (ranking 3). */
    static Confidence confidence(List<Step> chain) {
        Confidence confidence = Confidence.SURE;
        for (Step step : chain) {
            for (Evidence evidence : step.evidence()) {
                Confidence this_ = switch (evidence.provenance()) {
                    case Declared place -> place.laid() ? Confidence.LIKELY : Confidence.SURE;
                    case Observed _ -> Confidence.SURE;
                    case Assumed assumed -> assumed.id().startsWith("guess.") ? Confidence.POSSIBLE : Confidence.LIKELY;
                };
                confidence = this_.compareTo(confidence) > 0 ? this_ : confidence;
            }
        }
        return confidence;
    }

    private List<Instance> instances(Draft draft) {
        List<Instance> instances = new ArrayList<>();
        for (Condition condition : pivots(draft)) {
            model.live()
                    .meaning(condition)
                    .ifPresent(meaning -> meaning.evidence().forEach(evidence -> {
                        if (evidence.provenance() instanceof Declared place
                                && instances.stream().noneMatch(instance -> same(instance, condition, place))) {
                            instances.add(new Instance(condition.thing(), place));
                        }
                    }));
        }
        if (instances.isEmpty()) {
            model.live()
                    .meaning(Condition.of(draft.pivot))
                    .ifPresent(meaning -> meaning.evidence().stream()
                            .filter(evidence -> evidence.provenance() instanceof Declared)
                            .findFirst()
                            .ifPresent(evidence ->
                                    instances.add(new Instance(draft.pivot, (Declared) evidence.provenance()))));
        }
        return instances;
    }

    /** Two lines about one thing in one file are one instance. */
    private static boolean same(Instance instance, Condition condition, Declared place) {
        return instance.place().equals(place)
                || (instance.of().equals(condition.thing())
                        && instance.place().file().equals(place.file()));
    }

    private Trigger trigger(Draft.CutOf cut) {
        return new Trigger(
                Trigger.Type.FAULT,
                cut.cut().faults().stream().map(Condition::plain).toList(),
                Optional.empty());
    }

    private List<Trigger> alsoBy(Draft draft, Trigger main) {
        Set<Trigger> all = new LinkedHashSet<>();
        draft.cuts.stream()
                .filter(cut -> !cut.cut().faults().isEmpty())
                .sorted(Comparator.comparing(
                                (Draft.CutOf cut) -> cut.cut().faults().size())
                        .thenComparing(cut -> cut.cut().faults().toString()))
                .map(this::trigger)
                .filter(trigger -> !trigger.equals(main))
                .forEach(all::add);
        return List.copyOf(all);
    }

    private static String faultWords(Draft.CutOf cut) {
        List<String> names = cut.cut().faults().stream()
                .map(fault ->
                        fault.aspect().equals("node") ? "the node under " + Titles.named(fault.thing()) : fault.plain())
                .toList();
        return String.join(" and ", names);
    }

    private static String verb(Draft.CutOf cut) {
        if (cut.cut().faults().size() > 1) {
            return " fail together";
        }
        String name = cut.cut().faults().getFirst().name();
        return name.startsWith("site/") || name.startsWith("cluster/")
                ? " is lost"
                : name.startsWith("cause/") ? " strikes" : " fails";
    }
}
