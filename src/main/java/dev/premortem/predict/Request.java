package dev.premortem.predict;

import dev.premortem.engine.sweep.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What to predict.
 *
 * @param order how many faults at once, 1 or more
 * @param mechanisms ids to run; empty for all
 * @param accepting false for auditors: every acceptance is passed over
 * @param accepted risks that are accepted from outside of the estate's documents
 * @param work what runs parts of the task that may run at once; changes nothing of the answer
 */
public record Request(
        Instant now,
        Duration horizon,
        int order,
        Set<String> mechanisms,
        boolean accepting,
        List<OutsideAcceptance> accepted,
        Work work) {
    /** With what the documents themselves accept. */
    public Request(Instant now, Duration horizon, int order, Set<String> mechanisms) {
        this(now, horizon, order, mechanisms, true, List.of(), Work.alone());
    }
}
