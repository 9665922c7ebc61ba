package dev.premortem.predict;

import dev.premortem.engine.cuts.TwinTree;
import dev.premortem.engine.sweep.Cut;
import dev.premortem.engine.sweep.Sweep;
import dev.premortem.engine.sweep.SweepResult;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Top;
import dev.premortem.twin.Twin;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Weighted minutes a year that faults add which nobody declared: a cause that links share, a failover that nobody tried. No outage is told of them, so
 * their sets are counted here: the chance that all of a set are there at once, for each product by its weight against the heaviest.
 */
final class UnseenMinutes {
    /** A failover is missed only while the preferred link is down. */
    private static final int LEAST_ORDER = 2;

    private UnseenMinutes() {}

    /** By what nobody declared; a set with two of them counts for the first. */
    static SortedMap<String, Double> of(Model model, Request request) {
        Twin twin = model.settled();
        Map<Condition, Double> chances = new HashMap<>();
        for (Fault fault : twin.faults()) {
            chances.put(fault.condition(), TwinTree.unavailability(fault));
        }
        double heaviest = twin.tops().stream().mapToDouble(Top::weight).max().orElse(1);
        SweepResult swept = Sweep.run(twin, Math.max(LEAST_ORDER, request.order()), request.work());
        SortedMap<String, Double> minutes = new TreeMap<>();
        for (Top top : twin.tops()) {
            for (Cut cut : swept.cuts().getOrDefault(top.name(), List.of())) {
                Optional<Condition> unseen = cut.faults().stream()
                        .filter(model.sketch().unseen()::contains)
                        .findFirst();
                if (unseen.isPresent()) {
                    double chance = cut.alike();
                    for (Condition fault : cut.faults()) {
                        chance *= chances.getOrDefault(fault, 0.0);
                    }
                    minutes.merge(
                            unseen.get().plain(),
                            chance * CutStudy.MINUTES_A_YEAR * top.weight() / heaviest,
                            Double::sum);
                }
            }
        }
        return minutes;
    }
}
