package dev.premortem.predict;

import dev.premortem.estate.Reference;
import dev.premortem.mechanism.Mechanism;
import dev.premortem.model.Sketch;
import dev.premortem.twin.Process;
import dev.premortem.twin.Twin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One stretch of a simulation in which the estate does not change: from one phase of a change to the next. */
record Stage(
        long from, long until, Sketch sketch, Twin twin, Change.Verb verb, List<Reference> touched, boolean first) {
    /** Draws a stage; the one before says what stood. */
    static Stage of(
            dev.premortem.estate.Estate estate,
            long from,
            long until,
            Optional<Stage> before,
            Touched touched,
            boolean simulating,
            boolean keepsAddresses) {
        Sketch sketch = new Sketch(
                estate,
                Instant.ofEpochMilli(from),
                Duration.ofMillis(Math.max(1, until - from)),
                new Sketch.Moment(
                        simulating,
                        keepsAddresses,
                        touched.born(),
                        touched.made(),
                        touched.patched(),
                        before.map(Stage::sketch)),
                true);
        for (Mechanism mechanism : Model.all()) {
            mechanism.contribute(sketch);
        }
        return new Stage(
                from,
                until,
                sketch,
                sketch.twin().compile(Twin.Form.LIVE),
                touched.verb(),
                touched.now(),
                before.isEmpty());
    }

    /** What the phase at the beginning of a stage does, and what changes have made so far. */
    record Touched(
            Change.Verb verb, List<Reference> now, Set<Reference> born, Set<Reference> made, Set<Reference> patched) {
        static final Touched NOTHING = new Touched(Change.Verb.PATCH, List.of(), Set.of(), Set.of(), Set.of());
    }

    /** Keys of the hazards that run: all of them, a simulation is one joint run. */
    Set<String> hazards() {
        Set<String> keys = new TreeSet<>();
        twin.processes().stream()
                .filter(process -> process.kind() == Process.Kind.HAZARD)
                .forEach(process -> keys.add(process.key()));
        return keys;
    }
}
