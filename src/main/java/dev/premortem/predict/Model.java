package dev.premortem.predict;

import dev.premortem.estate.Estate;
import dev.premortem.mechanism.Mechanism;
import dev.premortem.model.Sketch;
import dev.premortem.outage.Coverage;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Twin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * An estate with everything that the mechanisms know of it, compiled.
 *
 * @param notRun mechanisms that lack a fact
 */
record Model(
        Sketch sketch, List<Mechanism> mechanisms, Twin live, Twin settled, Twin atOnce, List<Coverage.NotRun> notRun) {
    static Model of(Estate estate, Request request) {
        Sketch sketch = new Sketch(estate, request.now(), request.horizon());
        List<Mechanism> run = new ArrayList<>();
        List<Coverage.NotRun> notRun = new ArrayList<>();
        for (Mechanism mechanism : all()) {
            if (!request.mechanisms().isEmpty() && !request.mechanisms().contains(mechanism.id())) {
                continue;
            }
            mechanism.lacks(sketch).ifPresent(lacks -> notRun.add(new Coverage.NotRun(mechanism.id(), lacks)));
            mechanism.contribute(sketch);
            run.add(mechanism);
        }
        return new Model(
                sketch,
                List.copyOf(run),
                sketch.twin().compile(Twin.Form.LIVE),
                sketch.twin().compile(Twin.Form.SETTLED),
                sketch.twin().compile(Twin.Form.AT_ONCE),
                List.copyOf(notRun));
    }

    /** All mechanisms on the class path, sorted by id. */
    static List<Mechanism> all() {
        return ServiceLoader.load(Mechanism.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(Mechanism::id))
                .toList();
    }

    Mechanism mechanism(String id) {
        return mechanisms.stream()
                .filter(mechanism -> mechanism.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no mechanism " + id));
    }

    boolean has(String id) {
        return mechanisms.stream().anyMatch(mechanism -> mechanism.id().equals(id));
    }

    /** The pivot that conditions of one kind share: {@code link/backup#packets} for every flow that does not fit. */
    static String family(Condition condition) {
        return condition.family();
    }

    /** Conditions that stand lost from the start, by mechanism and family. */
    SortedMap<String, SortedMap<String, SortedSet<Condition>>> standing() {
        SortedMap<String, SortedMap<String, SortedSet<Condition>>> standing = new TreeMap<>();
        for (int i = 0; i < settled.size(); i++) {
            String mechanism = settled.meaning(i).mechanism();
            if (settled.kind[i] == Twin.BASIC && !settled.initial[i] && !mechanism.isEmpty()) {
                Condition condition = settled.condition(i);
                standing.computeIfAbsent(mechanism, _ -> new TreeMap<>())
                        .computeIfAbsent(family(condition), _ -> new TreeSet<>())
                        .add(condition);
            }
        }
        return standing;
    }
}
