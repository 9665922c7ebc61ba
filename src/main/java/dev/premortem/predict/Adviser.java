package dev.premortem.predict;

import dev.premortem.estate.Edit;
import dev.premortem.estate.Estate;
import dev.premortem.estate.RemedyCost;
import dev.premortem.fact.Declared;
import dev.premortem.outage.Advice;
import dev.premortem.outage.Band;
import dev.premortem.outage.Coverage;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Prediction;
import dev.premortem.outage.Remedy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Picks the remedies that save most minutes a year within a budget, and tries them on the model together. */
public final class Adviser {
    /** Remedies that are compared; each costs one run of the engines. */
    private static final int MOST = 40;

    private static final long NODES = 200_000;
    /** Choices that are run as a whole where the estate is small. */
    private static final long MOST_TRIED = 256;

    /** Conditions that all these runs may have together. */
    private static final long MOST_CONDITIONS = 4_000_000;

    /** Sets of remedies that are run where not every choice is. */
    private static final long MOST_SEARCHED = 64;

    private static final int LEAST_SEARCHED = 4;

    private static final Band NOTHING = new Band(0, 0, 0);

    private final Request request;
    private final Editor editor;
    private final Model before;
    private final Verification verification;
    private final List<RemedyCost> prices;
    private final long mostTried;
    private final Map<String, Outage> outages = new LinkedHashMap<>();
    /** Every outage that some state of the estate has, by id. */
    private final Map<String, Outage> met = new LinkedHashMap<>();

    private Counted counted = new Counted(Set.of());

    private final List<Candidate> candidates = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    /** False where not every proven remedy was compared. */
    private boolean complete = true;

    private Adviser(Estate estate, Request request, Editor editor, long mostTried) {
        this.mostTried = mostTried;
        this.request = request;
        this.editor = editor;
        this.before = Model.of(estate, request);
        this.verification = new Verification(before, request, editor);
        this.prices = estate.costs();
    }

    /**
     * A proven remedy.
     *
     * @param cures ids of the outages that list it
     * @param cost what it takes of the budget
     * @param after what each outage costs once it is applied
     */
    private record Candidate(Remedy remedy, Set<String> cures, double cost, Map<String, Band> after) {}

    /**
     * Advises. The same inputs give the same result.
     *
     * @param budget a number of remedies; where the owner says what remedies cost, the sum of what is picked, a remedy that nobody priced costing 1
     */
    public static Advice advise(Estate estate, Coverage coverage, Request request, Editor editor, double budget) {
        return advise(estate, coverage, request, editor, budget, MOST_TRIED);
    }

    /** @param mostTried choices that are all run where there are no more */
    static Advice advise(
            Estate estate, Coverage coverage, Request request, Editor editor, double budget, long mostTried) {
        Adviser adviser = new Adviser(estate, request, editor, mostTried);
        adviser.consider(Predictor.predict(estate, coverage, request, editor));
        return adviser.pick(budget);
    }

    private void consider(Prediction prediction) {
        Map<List<Edit>, Remedy> distinct = new LinkedHashMap<>();
        Map<List<Edit>, Set<String>> cures = new LinkedHashMap<>();
        int unknown = 0;
        counted = Counted.of(prediction.outages());
        for (Outage outage : counted.among(prediction.outages())) {
            if (outage.minutesPerYear().isEmpty()) {
                unknown += outage.foldedUnder().isEmpty() ? 1 : 0;
                continue;
            }
            outages.put(outage.id(), outage);
            outage.remedies().stream()
                    .filter(remedy -> remedy.verified() && !remedy.edits().isEmpty())
                    .forEach(remedy -> {
                        distinct.putIfAbsent(remedy.edits(), remedy);
                        cures.computeIfAbsent(remedy.edits(), _ -> new LinkedHashSet<>())
                                .add(outage.id());
                    });
        }
        if (unknown > 0) {
            remarks.add((unknown == 1 ? "1 outage has" : unknown + " outages have") + " no minutes a year and "
                    + (unknown == 1 ? "is" : "are") + " not compared");
        }
        distinct.values().stream()
                .limit(MOST)
                .forEach(remedy -> consider(remedy, cures.getOrDefault(remedy.edits(), Set.of())));
        if (distinct.size() > MOST) {
            complete = false;
            remarks.add("only the remedies of the worst outages were compared: " + MOST + " of " + distinct.size());
        }
    }

    private void consider(Remedy remedy, Set<String> cures) {
        Editor.Edited edited = editor.apply(remedy.edits());
        if (edited.newProblems().isEmpty()) {
            candidates.add(
                    new Candidate(remedy, cures, cost(remedy, cures), minutes(Model.of(edited.estate(), request))));
        }
    }

    /** What its owner says; else what is made of several costs what they cost, and anything else 1. */
    private double cost(Remedy remedy, Set<String> cures) {
        double parts = remedy.parts().stream()
                .mapToDouble(part -> price(part, Set.of()).orElse(1))
                .sum();
        return price(remedy.title(), cures).orElse(remedy.parts().isEmpty() ? 1 : parts);
    }

    /** The first price that covers the remedy, as the owner wrote them down. */
    private OptionalDouble price(String title, Set<String> cures) {
        return prices.stream()
                .filter(price -> price.covers(title, cures))
                .mapToDouble(RemedyCost::cost)
                .findFirst();
    }

    /** Minutes a year of each outage that counts. */
    private Map<String, Band> minutes(Model model) {
        Map<String, Band> minutes = new TreeMap<>();
        counted.among(Predictor.ranked(model, request, new LinkedHashMap<>()))
                .forEach(outage -> outage.minutesPerYear().ifPresent(band -> {
                    minutes.put(outage.id(), band);
                    met.putIfAbsent(outage.id(), outage);
                }));
        return minutes;
    }

    private Advice pick(double budget) {
        Map<String, Band> now = minutes(before);
        double[] costs = candidates.stream().mapToDouble(Candidate::cost).toArray();
        Optional<JointChoices> all = tried(costs, budget);
        return prove(all.isPresent() ? all.get().best(now) : searched(now, costs, budget), now);
    }

    /** Too many choices to run each: from the best one by what remedies save one by one to what they save together. */
    private Cover.Choice searched(Map<String, Band> now, double[] costs, double budget) {
        Cover.Choice first = oneByOne(now, costs, budget);
        long start = first.picked().stream().mapToLong(index -> 1L << index).sum();
        long runs = Math.min(
                MOST_SEARCHED,
                MOST_CONDITIONS / 2 / Math.max(1, before.settled().size()));
        JointSearch search = new JointSearch(
                costs,
                budget,
                typical(now),
                (int) Math.max(LEAST_SEARCHED, runs),
                set -> left(members(set)).map(Adviser::typical),
                this::related);
        for (int index = 0; index < candidates.size(); index++) {
            search.known(1L << index, typical(candidates.get(index).after()));
        }
        JointSearch.Found found = search.search(start);
        if (!found.monotone()) {
            remarks.add(
                    "together some remedies save less than one of them alone, so a bound by what larger sets save is no proof");
        }
        List<Integer> ordered = new ArrayList<>(first.picked());
        ordered.retainAll(members(found.set()));
        members(found.set()).stream().filter(index -> !ordered.contains(index)).forEach(ordered::add);
        return new Cover.Choice(List.copyOf(ordered), found.value(), found.bound(), found.optimal());
    }

    private static Map<String, Double> typical(Map<String, Band> minutes) {
        Map<String, Double> typical = new TreeMap<>();
        minutes.forEach((id, band) -> typical.put(id, band.typical()));
        return typical;
    }

    private static List<Integer> members(long set) {
        return IntStream.range(0, Long.SIZE)
                .filter(index -> (set >> index & 1) == 1)
                .boxed()
                .toList();
    }

    /** What a choice leaves, applied and run as a whole; empty where it cannot be applied. */
    private Optional<Map<String, Band>> left(List<Integer> choice) {
        if (choice.size() == 1) {
            return Optional.of(candidates.get(choice.getFirst()).after());
        }
        Set<Edit> edits = new LinkedHashSet<>();
        choice.forEach(index -> edits.addAll(candidates.get(index).remedy().edits()));
        Editor.Edited edited = editor.apply(List.copyOf(edits));
        return edited.newProblems().isEmpty()
                ? Optional.of(minutes(Model.of(edited.estate(), request)))
                : Optional.empty();
    }

    /** The best choice by what remedies save one by one. */
    private Cover.Choice oneByOne(Map<String, Band> now, double[] costs, double budget) {
        List<String> ids = List.copyOf(outages.keySet());
        double[][] saved = new double[candidates.size()][ids.size()];
        double[] harm = new double[candidates.size()];
        for (int i = 0; i < candidates.size(); i++) {
            Map<String, Band> after = candidates.get(i).after();
            for (int j = 0; j < ids.size(); j++) {
                double less = typical(now, ids.get(j)) - typical(after, ids.get(j));
                saved[i][j] = Math.max(0, less);
            }
            for (String id : after.keySet()) {
                harm[i] += Math.max(0, typical(after, id) - typical(now, id));
            }
        }
        return Cover.best(saved, harm, costs, budget, NODES);
    }

    /** Every choice within the budget, each applied and run as a whole; empty where there are too many for that. */
    private Optional<JointChoices> tried(double[] costs, double budget) {
        int most = (int) Math.min(
                mostTried, MOST_CONDITIONS / Math.max(1, before.settled().size()));
        return JointChoices.of(costs, budget, most, this::left);
    }

    private static double typical(Map<String, Band> minutes, String id) {
        return Optional.ofNullable(minutes.get(id)).map(Band::typical).orElse(0.0);
    }

    /** Applies one remedy more at each step and runs the engines again. */
    private Advice prove(Cover.Choice choice, Map<String, Band> now) {
        List<Advice.Pick> picked = new ArrayList<>();
        Set<Edit> edits = new LinkedHashSet<>();
        Map<String, Band> last = now;
        boolean kept = true;
        for (int index : choice.picked()) {
            Remedy remedy = candidates.get(index).remedy();
            Set<Edit> more = new LinkedHashSet<>(edits);
            more.addAll(remedy.edits());
            Editor.Edited edited = editor.apply(List.copyOf(more));
            Optional<String> wrong = edited.newProblems().stream().findFirst().map(problem -> problem.text());
            Model after = wrong.isPresent() ? before : Model.of(edited.estate(), request);
            wrong = wrong.or(() -> verification.harm(after));
            if (wrong.isPresent()) {
                kept = false;
                remarks.add("left out, together with those above it is not proven: " + remedy.title() + " ("
                        + wrong.get() + ")");
                continue;
            }
            Map<String, Band> minutes = minutes(after);
            picked.add(told(candidates.get(index), last, minutes, now));
            edits = more;
            last = minutes;
        }
        double reached = total(now).typical() - total(last).typical();
        return new Advice(
                List.copyOf(picked),
                total(now),
                total(last),
                Math.max(choice.bound(), reached),
                choice.optimal() && complete && kept,
                candidates.size(),
                !prices.isEmpty(),
                List.copyOf(remarks));
    }

    private Advice.Pick told(
            Candidate candidate, Map<String, Band> last, Map<String, Band> minutes, Map<String, Band> now) {
        Remedy remedy = candidate.remedy();
        List<String> ids = new ArrayList<>();
        List<String> titles = new ArrayList<>();
        boolean assumed = false;
        for (Outage outage : outages.values()) {
            boolean less = typical(last, outage.id()) > typical(minutes, outage.id()) + 1e-9;
            boolean gone = !minutes.containsKey(outage.id());
            if (less && !(gone && another(outage, last, minutes))) {
                // the first is the one that fix prints it for
                if (candidate.cures().contains(outage.id()) && ids.stream().noneMatch(candidate.cures()::contains)) {
                    ids.addFirst(outage.id());
                } else {
                    ids.add(outage.id());
                }
                titles.add((gone ? "prevents: " : "lessens: ") + outage.title());
                assumed |= !outage.rateKnown();
            }
        }
        Optional<Declared> place = remedy.edits().stream()
                .map(Edit::where)
                .flatMap(Optional::stream)
                .findFirst();
        return new Advice.Pick(
                remedy,
                ids,
                titles,
                place,
                candidate.cost(),
                less(total(last), total(minutes)),
                less(total(now), total(minutes)),
                assumed);
    }

    /** True where the step only changed what is decisive: the same faults take some of the same products down by another outage. */
    private boolean another(Outage gone, Map<String, Band> last, Map<String, Band> minutes) {
        return minutes.keySet().stream().anyMatch(id -> !last.containsKey(id) && related(id, gone.id()));
    }

    /** The same faults take some of the same products down. */
    private boolean related(String one, String other) {
        Outage a = met.get(one);
        Outage b = met.get(other);
        return a != null
                && b != null
                && a.trigger().type() == b.trigger().type()
                && !Collections.disjoint(a.products(), b.products())
                && !Collections.disjoint(faults(a), faults(b));
    }

    private static Set<String> faults(Outage outage) {
        Set<String> faults = new HashSet<>(outage.trigger().faults());
        outage.alsoBy().forEach(trigger -> faults.addAll(trigger.faults()));
        return faults;
    }

    private static Band total(Map<String, Band> minutes) {
        return minutes.values().stream().reduce(NOTHING, Band::plus);
    }

    private static Band less(Band from, Band by) {
        double typical = from.typical() - by.typical();
        double low = from.low() - by.low();
        double high = from.high() - by.high();
        return new Band(Math.min(low, typical), typical, Math.max(high, typical));
    }
}
