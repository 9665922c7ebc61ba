package dev.premortem.predict;

import dev.premortem.engine.sweep.Cut;
import dev.premortem.engine.sweep.Sweep;
import dev.premortem.engine.sweep.SweepResult;
import dev.premortem.engine.sweep.Work;
import dev.premortem.model.Proposal;
import dev.premortem.twin.Condition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the sweep found and what mechanisms proposed, grouped by owner and pivot. */
final class Drafts {
    private Drafts() {}

    static SortedMap<String, Draft> of(Model model, int order, Work work) {
        SortedMap<String, Draft> drafts = new TreeMap<>();
        SortedMap<String, Found> settled = found(Sweep.run(model.settled(), order, work));
        Attribution attribution = new Attribution(model, model.settled());
        settled.values().forEach(found -> attribution.assign(found.cut(), found.products(), false, drafts));
        SortedMap<String, Found> atOnce = found(Sweep.run(model.atOnce(), 1, work));
        Attribution passing = new Attribution(model, model.atOnce());
        atOnce.forEach((key, found) -> {
            SortedSet<String> only = new TreeSet<>(found.products());
            Optional.ofNullable(settled.get(key)).ifPresent(same -> only.removeAll(same.products()));
            if (!only.isEmpty()) {
                passing.assign(found.cut(), only, true, drafts);
            }
        });
        for (Proposal proposal : model.sketch().proposals()) {
            Draft draft = new Draft(
                    proposal.mechanism(), Model.family(proposal.pivot()), proposal.type(), Optional.of(proposal));
            drafts.putIfAbsent(draft.key(), draft);
        }
        return drafts;
    }

    private record Found(Cut cut, SortedSet<String> products) {}

    /** Each fault set once, with all products it takes. The empty set (down from the start) is told by the mechanism whose condition stands lost. */
    private static SortedMap<String, Found> found(SweepResult result) {
        SortedMap<String, Found> found = new TreeMap<>();
        result.cuts().forEach((product, cuts) -> {
            for (Cut cut : cuts) {
                List<Condition> faults =
                        cut.faults().stream().sorted(Comparator.naturalOrder()).toList();
                found.computeIfAbsent(faults.size() + " " + faults, _ -> new Found(cut, new TreeSet<>()))
                        .products()
                        .add(product);
            }
        });
        return found;
    }
}
