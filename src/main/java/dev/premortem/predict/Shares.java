package dev.premortem.predict;

import dev.premortem.outage.Outage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Share of the users that are down over an outage. Caches let users back one after the other; processes tell it in notes of the form {@code share 0.25}. */
final class Shares {
    private Shares() {}

    /** Steps from the first fall to the last return. */
    static List<Outage.Share> of(Run run) {
        List<Outage.Share> steps = new ArrayList<>();
        steps.add(new Outage.Share(Duration.ZERO, 1));
        noted(run).forEach((at, share) -> {
            if (at > run.first() && at < run.last()) {
                steps.add(new Outage.Share(Duration.ofMillis(at - run.first()), share));
            }
        });
        steps.add(new Outage.Share(run.length(), 0));
        return List.copyOf(steps);
    }

    private static SortedMap<Long, Double> noted(Run run) {
        SortedMap<Long, Double> shares = new TreeMap<>();
        for (var note : run.trace().notes()) {
            if (note.text().startsWith("share ")) {
                shares.put(note.instant(), Double.parseDouble(note.text().substring("share ".length())));
            }
        }
        return shares;
    }

    /** Mean share over the outage's length, 1 where caches play no part. */
    static double mean(Run run) {
        List<Outage.Share> steps = of(run);
        if (run.length().isZero()) {
            return 1;
        }
        double weighted = 0;
        for (int i = 1; i < steps.size(); i++) {
            weighted += steps.get(i - 1).share()
                    * steps.get(i).offset().minus(steps.get(i - 1).offset()).toMillis();
        }
        return weighted / run.length().toMillis();
    }
}
