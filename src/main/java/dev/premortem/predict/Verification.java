package dev.premortem.predict;

import dev.premortem.engine.sweep.Sweep;
import dev.premortem.engine.sweep.Trial;
import dev.premortem.fact.Problem;
import dev.premortem.model.Proposal;
import dev.premortem.outage.Band;
import dev.premortem.outage.Outage;
import dev.premortem.outage.Remedy;
import dev.premortem.outage.Trigger;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Twin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tries a remedy on the model (semantics 1.19): the estate is edited and read again, the engines run, the outage must be gone or a tenth as long, every set of
 * faults that fails now must have failed before, no hazard may be new, and the patch must read.
 */
final class Verification {
    /** A date that moves by less than this was not put off. */
    private static final Duration PUT_OFF = Duration.ofDays(30);

    private final Model before;
    private final Request request;
    private final Editor editor;

    Verification(Model before, Request request, Editor editor) {
        this.before = before;
        this.request = request;
        this.editor = editor;
    }

    Remedy verify(Outage outage, Draft draft, Remedy proposed) {
        Editor.Edited edited = editor.apply(proposed.edits());
        Optional<Problem> fixed = edited.newProblems().stream()
                .filter(problem -> problem.found().equals(Editor.NOT_EDITABLE))
                .findFirst();
        if (fixed.isPresent()) {
            Remedy words = Remedy.proposed(proposed.title(), List.of(), proposed.steps());
            return result(
                    words,
                    "",
                    false,
                    false,
                    Optional.empty(),
                    "no patch: " + fixed.get().file() + ":" + fixed.get().line() + " is no value of your own files");
        }
        if (proposed.edits().isEmpty() || !edited.newProblems().isEmpty()) {
            String why = edited.newProblems().isEmpty()
                    ? "not tried: an act outside of the estate"
                    : (edited.patch().isEmpty() ? "no patch: " : "not proven: the patched file does not read: ")
                            + edited.newProblems().getFirst().text();
            return result(proposed, edited.patch(), false, false, Optional.empty(), why);
        }
        Model after = Model.of(edited.estate(), request);
        Optional<Duration> rest = rest(after, outage, draft);
        boolean gone = rest.isEmpty();
        boolean shortens = !gone && rest.get().multipliedBy(10).compareTo(outage.duration()) <= 0;
        if (!gone && !shortens) {
            return result(
                    proposed,
                    edited.patch(),
                    false,
                    false,
                    Optional.empty(),
                    "not proven: the outage is still there in the model");
        }
        Optional<String> worse = harm(after);
        if (worse.isPresent()) {
            return result(proposed, edited.patch(), false, false, Optional.empty(), "not proven: " + worse.get());
        }
        double left = gone
                ? 0
                : (double) rest.get().toMillis() / Math.max(1, outage.duration().toMillis());
        return result(
                proposed,
                edited.patch(),
                true,
                shortens,
                outage.minutesPerYear().map(band -> band.times(1 - left)),
                "");
    }

    private static Remedy result(
            Remedy proposed, String patch, boolean verified, boolean shortens, Optional<Band> saved, String note) {
        return new Remedy(
                proposed.title(),
                proposed.edits(),
                patch,
                proposed.steps(),
                verified,
                shortens,
                saved,
                proposed.parts(),
                note);
    }

    /** How long the same trigger still takes the products down; empty where it does not. */
    private Optional<Duration> rest(Model after, Outage outage, Draft draft) {
        if (draft.proposal().isPresent()) {
            return after.sketch().proposals().stream()
                    .filter(proposal -> proposal.mechanism().equals(draft.mechanism)
                            && Model.family(proposal.pivot()).equals(draft.pivot)
                            && proposal.type() == draft.type)
                    .map(proposal -> new Telling(after, request)
                            .tell(new Draft(draft.mechanism, draft.pivot, draft.type, Optional.of(proposal))))
                    .flatMap(Optional::stream)
                    .filter(still -> outage.products().isEmpty()
                            || still.products().stream().anyMatch(outage.products()::contains))
                    .filter(still -> draft.type != Trigger.Type.TIME || !later(outage, still))
                    .map(Outage::duration)
                    .findFirst();
        }
        Duration longest = Duration.ZERO;
        boolean fails = false;
        for (Draft.CutOf cut : draft.cuts) {
            for (String product : cut.products()) {
                if (fails(after.settled(), after.resting(), cut.cut().faults(), product)
                        || cut.passing()
                                && fails(
                                        after.atOnce(),
                                        after.passing(),
                                        cut.cut().faults(),
                                        product)) {
                    fails = true;
                    Draft same = new Draft(draft.mechanism, draft.pivot, draft.type, Optional.empty());
                    same.cuts.add(cut);
                    same.products.addAll(cut.products());
                    Duration still = new Telling(after, request)
                            .tell(same)
                            .map(Outage::duration)
                            .orElse(Duration.ZERO);
                    longest = still.compareTo(longest) > 0 ? still : longest;
                }
            }
        }
        return fails && !longest.isZero() ? Optional.of(longest) : Optional.empty();
    }

    /** A renewal puts a date off; the next one is another outage. */
    private static boolean later(Outage outage, Outage still) {
        return outage.starts().isPresent()
                && still.starts()
                        .filter(at -> at.isAfter(outage.starts().get().plus(PUT_OFF)))
                        .isPresent();
    }

    private static boolean fails(Twin twin, Trial trial, List<Condition> faults, String product) {
        trial.run(Set.copyOf(faults), Set.of());
        return twin.tops().stream()
                .filter(top -> top.name().equals(product))
                .anyMatch(top -> !trial.holds(twin.number(top.condition())));
    }

    /** What the changed model brings that was not there before. */
    Optional<String> harm(Model after) {
        return newFailure(after).or(() -> newHazard(after));
    }

    /** A minimal set of the new twin that did not fail the product in the old one. */
    private Optional<String> newFailure(Model after) {
        SortedMap<String, Integer> known = new TreeMap<>();
        before.settled()
                .tops()
                .forEach(top -> known.put(top.name(), before.settled().number(top.condition())));
        Map<List<Condition>, List<String>> products = new LinkedHashMap<>();
        Sweep.run(after.settled(), request.order(), request.work()).cuts().forEach((product, cuts) -> {
            if (known.containsKey(product)) {
                cuts.forEach(cut -> products.computeIfAbsent(cut.faults(), _ -> new ArrayList<>())
                        .add(product));
            }
        });
        for (Map.Entry<List<Condition>, List<String>> each : products.entrySet()) {
            if (each.getKey().stream().anyMatch(fault -> before.settled().number(fault) < 0)) {
                continue; // what the remedy adds may fail: it did not exist before
            }
            before.resting().run(Set.copyOf(each.getKey()), Set.of());
            for (String product : each.getValue()) {
                if (before.resting().holds(known.getOrDefault(product, -1))) {
                    return Optional.of(product + " would newly fail with " + each.getKey());
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> newHazard(Model after) {
        List<String> old = new ArrayList<>();
        before.sketch()
                .proposals()
                .forEach(proposal -> old.add(proposal.mechanism() + " " + Model.family(proposal.pivot())));
        for (Proposal proposal : after.sketch().proposals()) {
            if (!old.contains(proposal.mechanism() + " " + Model.family(proposal.pivot()))) {
                Draft draft = new Draft(
                        proposal.mechanism(), Model.family(proposal.pivot()), proposal.type(), Optional.of(proposal));
                if (new Telling(after, request).tell(draft).isPresent()) {
                    return Optional.of("it would bring " + proposal.mechanism() + " at " + proposal.pivot());
                }
            }
        }
        return Optional.empty();
    }
}
