package dev.premortem.engine.cuts;

import java.util.Optional;

/**
 * What a search for minimal failing sets came to.
 *
 * @param sets all of them, or all up to the order; empty where the budget ended first
 * @param limit what ended the search; empty where nothing did
 * @param steps of diagram operations that it took
 */
public record CutSearch(Optional<CutSets> sets, Optional<String> limit, long steps) {
    /** Looks for all minimal failing sets. */
    public static CutSearch all(FaultTree tree, Budget budget) {
        return search(budget, meter -> SetSearch.all(tree, meter));
    }

    /** Looks for the minimal failing sets of at most so many events. */
    public static CutSearch upTo(FaultTree tree, int order, Budget budget) {
        return search(budget, meter -> SetSearch.upTo(tree, order, meter));
    }

    private interface Finding {
        CutSets with(Meter meter) throws OverBudget;
    }

    private static CutSearch search(Budget budget, Finding finding) {
        Meter meter = new Meter(budget);
        try {
            return new CutSearch(Optional.of(finding.with(meter)), Optional.empty(), meter.steps());
        } catch (OverBudget over) {
            return new CutSearch(
                    Optional.empty(), Optional.of("minimal cut sets: more than " + over.limit()), meter.steps());
        }
    }
}
