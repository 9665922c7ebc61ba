package dev.premortem.predict;

import dev.premortem.estate.Cluster;
import dev.premortem.estate.Estate;
import dev.premortem.estate.Link;
import dev.premortem.estate.Site;
import dev.premortem.estate.Workload;
import dev.premortem.fact.Assumed;
import dev.premortem.fact.Problem;
import dev.premortem.outage.AssumedFact;
import dev.premortem.outage.Confidence;
import dev.premortem.outage.Coverage;
import dev.premortem.outage.Outage;
import dev.premortem.outage.OutageClass;
import dev.premortem.outage.Prediction;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Trigger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** From an estate to the outages that wait in it. */
public final class Predictor {
    /** Remedies are tried for this many of the worst outages; the rest keep theirs unproven and say so. */
    private static final int MOST_PROVEN = 25;

    /** Conditions above which a proof costs seconds: then only what the text shows is proven, and one remedy each. */
    private static final int LARGE = 5_000;

    private static final int SHOWN = 10;
    private static final int SHOWN_CHOSEN = 3;

    private Predictor() {}

    /** Ids of all mechanisms, sorted. */
    public static List<String> mechanisms() {
        return Model.all().stream().map(mechanism -> mechanism.id()).toList();
    }

    /**
     * Predicts. The same inputs give the same result.
     *
     * @throws dev.premortem.twin.ChoiceCycle where a choice depends on what it decides
     */
    public static Prediction predict(Estate estate, Coverage coverage, Request request, Editor editor) {
        Model model = Model.of(estate, request);
        Map<String, Draft> byId = new LinkedHashMap<>();
        List<Outage> ranked = ranked(model, request, byId);
        List<Outage> proven = prove(model, request, editor, ranked, byId);
        Acceptance acceptance = new Acceptance(estate, request);
        List<Outage> outages = proven.stream()
                .map(outage -> acceptance.covers(outage) ? new Edition(outage).accepted() : outage)
                .toList();
        return new Prediction(
                request.now(),
                request.horizon(),
                counts(model, coverage),
                covered(coverage, model, acceptance),
                outages,
                List.copyOf(model.sketch().assumed()),
                acceptance.told(outages));
    }

    /** The outages of a model, worst first, their remedies untried; fills in the draft of each. */
    static List<Outage> ranked(Model model, Request request, Map<String, Draft> byId) {
        Telling telling = new Telling(model, request);
        List<Outage> told = new ArrayList<>();
        for (Draft draft : Drafts.of(model, request.order(), request.work()).values()) {
            telling.tell(draft).filter(outage -> within(outage, request)).ifPresent(outage -> {
                told.add(outage);
                byId.put(outage.id(), draft);
            });
        }
        return new Ranking(request, model.settled()).rank(told, new Rates(model.settled()), List.copyOf(byId.values()));
    }

    private static Coverage covered(Coverage coverage, Model model, Acceptance acceptance) {
        List<Problem> problems = new ArrayList<>(coverage.problems());
        problems.addAll(model.problems());
        problems.addAll(acceptance.problems());
        return coverage.with(problems).notRun(model.notRun());
    }

    /** A date or a churn that lies behind the horizon is not told. */
    private static boolean within(Outage outage, Request request) {
        return outage.starts()
                        .filter(at -> at.isAfter(request.now().plus(request.horizon())))
                        .isEmpty()
                || outage.trigger().type() == Trigger.Type.FAULT;
    }

    private static List<Outage> prove(
            Model model, Request request, Editor editor, List<Outage> ranked, Map<String, Draft> drafts) {
        Verification verification = new Verification(model, request, editor);
        boolean large = model.live().size() > LARGE;
        List<Outage> proven = new ArrayList<>();
        int tried = 0;
        int chosen = 0;
        for (Outage outage : ranked) {
            boolean ours = outage.outageClass() != OutageClass.F;
            boolean hidden = large && outage.confidence() == Confidence.POSSIBLE; // shown with --all only
            boolean worth = !hidden
                    && (ours ? tried < (large ? SHOWN : MOST_PROVEN) : chosen < (large ? SHOWN_CHOSEN : MOST_PROVEN));
            tried += ours && !hidden ? 1 : 0;
            chosen += ours ? 0 : 1;
            Draft draft = Objects.requireNonNull(drafts.get(outage.id()), "every outage has its draft");
            List<Remedy> remedies = new ArrayList<>();
            boolean found = false;
            for (Remedy proposal : model.mechanism(outage.mechanism()).remedies(model.sketch(), outage)) {
                boolean now = worth && !(large && found);
                Remedy remedy = now
                        ? verification.verify(outage, draft, proposal)
                        : proposal.noted("not tried: on an estate of this size the worst outages come first");
                found |= remedy.verified();
                remedies.add(remedy);
            }
            remedies.sort((a, b) -> Boolean.compare(b.verified(), a.verified()));
            proven.add(
                    new Edition(new Edition(outage).with(List.copyOf(remedies))).assuming(assumptions(model, outage)));
        }
        return proven;
    }

    /** What an outage rests on: what its chain shows as assumed, and a person's times where a person ends it. */
    private static List<AssumedFact> assumptions(Model model, Outage outage) {
        SortedSet<AssumedFact> facts = new TreeSet<>();
        outage.chain()
                .forEach(step -> step.evidence().forEach(evidence -> {
                    if (evidence.provenance() instanceof Assumed assumed) {
                        facts.add(new AssumedFact(step.condition(), assumed.id(), evidence.text(), assumed.source()));
                    }
                }));
        Map<String, AssumedFact> all = new TreeMap<>();
        model.sketch().assumed().forEach(fact -> all.put(fact.id(), fact));
        boolean person = !outage.endsByItself() || outage.attended().compareTo(outage.duration()) < 0;
        all.values().stream()
                .filter(fact -> person && fact.id().startsWith("person."))
                .forEach(facts::add);
        String head = outage.trigger().faults().isEmpty()
                ? ""
                : outage.trigger().faults().getFirst().replaceFirst("/.*", ".");
        all.values().stream()
                .filter(fact ->
                        !head.isEmpty() && !outage.rateKnown() && fact.id().startsWith(head))
                .forEach(facts::add);
        return List.copyOf(facts);
    }

    private static Prediction.Counts counts(Model model, Coverage coverage) {
        Estate estate = model.sketch().estate();
        return new Prediction.Counts(
                estate.all(Site.class).size(),
                estate.all(Link.class).size(),
                (int) estate.all(Cluster.class).stream()
                        .filter(Cluster::declared)
                        .count(),
                estate.all(Workload.class).size(),
                model.settled().tops().size(),
                coverage.objects());
    }
}
