package dev.premortem.predict;

import dev.premortem.engine.timeline.Chains;
import dev.premortem.engine.timeline.Prepared;
import dev.premortem.engine.timeline.Timeline;
import dev.premortem.engine.timeline.Trace;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Scenario;
import dev.premortem.twin.Top;
import dev.premortem.twin.Twin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * One timeline, looked at for the products of an outage.
 *
 * @param first the first fall
 * @param last the last return; until the run's end where a product does not come back
 * @param returned true where every product came back
 */
record Run(Trace trace, long first, long last, boolean returned, List<Fall> falls) {
    /** A product's stretch. */
    record Fall(Top top, Trace.Down down) {}

    /** Runs and looks; empty where no product falls after the beginning. */
    static Optional<Run> of(Prepared live, Scenario scenario, SortedSet<String> products) {
        Trace trace = Timeline.run(live, scenario);
        List<Fall> falls = new ArrayList<>();
        for (Top top : live.twin().tops()) {
            if (products.isEmpty() || products.contains(top.name())) {
                trace.downs(top.condition()).forEach(down -> falls.add(new Fall(top, down)));
            }
        }
        if (falls.isEmpty()) {
            return Optional.empty();
        }
        falls.sort((a, b) -> a.down().from() != b.down().from()
                ? Long.compare(a.down().from(), b.down().from())
                : a.top().name().compareTo(b.top().name()));
        return Optional.of(joined(trace, falls, scenario.until()));
    }

    /** Where no product falls: the first thing or derived condition of the mechanism that does. */
    static Optional<Run> unseen(Prepared live, Scenario scenario, String mechanism) {
        Trace trace = Timeline.run(live, scenario);
        for (int i = 0; i < trace.size(); i++) {
            int number = live.twin().number(trace.condition(i));
            boolean gate = live.twin().kind[number] != Twin.BASIC;
            boolean mine = gate && live.twin().meaning(number).mechanism().equals(mechanism);
            boolean thing = gate && trace.condition(i).aspect().isEmpty();
            if (!trace.holds(i) && (mine || thing)) {
                Top top = new Top(trace.condition(i), trace.condition(i).plain(), 0);
                List<Fall> falls = trace.downs(top.condition()).stream()
                        .map(down -> new Fall(top, down))
                        .toList();
                return falls.isEmpty() ? Optional.empty() : Optional.of(joined(trace, falls, scenario.until()));
            }
        }
        return Optional.empty();
    }

    /** Stretches less than ten minutes apart are one (semantics 1.10); later ones are recurrences and not part of it. */
    private static Run joined(Trace trace, List<Fall> falls, long end) {
        long first = falls.getFirst().down().from();
        long last = falls.getFirst().down().until();
        List<Fall> mine = new ArrayList<>();
        for (Fall fall : falls) {
            if (fall.down().from() - last < Duration.ofMinutes(10).toMillis()) {
                mine.add(fall);
                last = Math.max(last, fall.down().until());
            }
        }
        return new Run(trace, first, last, last < end, List.copyOf(mine));
    }

    Duration length() {
        return Duration.ofMillis(last - first);
    }

    /** The condition at the root of the last return. */
    Optional<Condition> setBy() {
        return falls.stream()
                .filter(fall -> fall.down().until() == last && fall.down().rise() >= 0)
                .findFirst()
                .map(fall -> Chains.chain(trace, fall.down().rise()))
                .filter(chain -> !chain.isEmpty())
                .map(chain -> chain.stream()
                        .filter(link -> !link.standing())
                        .findFirst()
                        .orElse(chain.getFirst())
                        .condition());
    }
}
