package dev.premortem.predict;

import dev.premortem.engine.timeline.Carried;
import dev.premortem.engine.timeline.Timeline;
import dev.premortem.engine.timeline.Trace;
import dev.premortem.estate.Estate;
import dev.premortem.estate.Reference;
import dev.premortem.fact.Catalogue;
import dev.premortem.model.Durations;
import dev.premortem.outage.Simulation;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** One timeline with faults and changes on the way. */
public final class Simulator {
    private Simulator() {}

    /**
     * A condition to lose.
     *
     * @param condition as a person writes it: {@code link/primary}
     * @param at when; one hour after {@code now} where not said
     */
    public record Fail(String condition, Optional<Instant> at) {}

    /**
     * Simulates. A lost condition comes back after its repair time where it has one, otherwise it stays lost.
     *
     * @throws IllegalArgumentException where a condition to lose is not in the estate; the message names near ones
     */
    public static Simulation simulate(
            Estate estate, Instant now, Duration length, List<Fail> fails, List<Change> changes) {
        Simulation simulation = play(estate, now, length, fails, changes, false);
        boolean deletes = changes.stream()
                .flatMap(change -> change.phases().stream())
                .anyMatch(phase -> phase.verb() == Change.Verb.DELETE);
        if (!deletes) {
            return simulation;
        }
        Simulation kept = play(estate, now, length, fails, changes, true);
        Duration as = longest(simulation);
        Duration instead = longest(kept);
        List<String> remarks = new ArrayList<>(simulation.remarks());
        if (instead.multipliedBy(2).compareTo(as) < 0) {
            remarks.add("With the load balancer's address kept: " + Durations.words(instead) + " instead of "
                    + Durations.words(as) + ".");
        }
        return new Simulation(
                simulation.now(),
                simulation.length(),
                simulation.events(),
                simulation.products(),
                List.copyOf(remarks));
    }

    private static Duration longest(Simulation simulation) {
        return simulation.products().stream()
                .map(Simulation.ProductDown::downFor)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private static Simulation play(
            Estate estate,
            Instant now,
            Duration length,
            List<Fail> fails,
            List<Change> changes,
            boolean keepsAddresses) {
        List<Stage> stages =
                stages(estate, now.toEpochMilli(), now.plus(length).toEpochMilli(), changes, keepsAddresses);
        Telltale telltale = new Telltale(now.toEpochMilli());
        Carried carried = Carried.NOTHING;
        for (Stage stage : stages) {
            Scenario scenario = new Scenario(
                    losses(stage, stages.getFirst(), fails, now),
                    stage.hazards(),
                    Map.of(),
                    stage.from(),
                    stage.until());
            Trace trace = Timeline.run(stage.twin(), scenario, carried);
            telltale.add(stage, trace);
            carried = trace.carried();
        }
        return telltale.simulation(now, length);
    }

    private static List<Stage> stages(
            Estate estate, long from, long until, List<Change> changes, boolean keepsAddresses) {
        record Due(long at, Change.Phase phase) {}
        List<Due> due = new ArrayList<>();
        Stage first = Stage.of(
                estate, from, until, Optional.empty(), Stage.Touched.NOTHING, !changes.isEmpty(), keepsAddresses);
        long step = first.sketch().duration(Catalogue.CHANGE_STEP).value().toMillis();
        for (Change change : changes) {
            long at = change.at().toEpochMilli();
            for (Change.Phase phase : change.phases()) {
                due.add(new Due(at, phase));
                at += step * Math.max(1, phase.touched().size());
            }
        }
        due.removeIf(each -> each.at() >= until);
        due.sort(Comparator.comparingLong(Due::at));
        List<Stage> stages = new ArrayList<>();
        long end = due.isEmpty() ? until : due.getFirst().at();
        if (end > from) {
            stages.add(new Stage(from, end, first.sketch(), first.twin(), first.verb(), first.touched(), true));
        }
        Set<Reference> made = new TreeSet<>();
        Set<Reference> patched = new TreeSet<>();
        Stage last = first;
        for (int i = 0; i < due.size(); i++) {
            Change.Phase phase = due.get(i).phase();
            long stop = i + 1 < due.size() ? due.get(i + 1).at() : until;
            Set<Reference> born = phase.verb() == Change.Verb.CREATE ? new TreeSet<>(phase.touched()) : Set.of();
            if (phase.verb() == Change.Verb.PATCH) {
                patched.addAll(phase.touched());
            }
            last = Stage.of(
                    phase.after(),
                    due.get(i).at(),
                    stop,
                    Optional.of(last),
                    new Stage.Touched(phase.verb(), phase.touched(), born, new TreeSet<>(made), new TreeSet<>(patched)),
                    true,
                    keepsAddresses);
            made.addAll(born);
            if (stop > due.get(i).at()) {
                stages.add(last);
            }
        }
        return stages;
    }

    private static List<Scenario.Loss> losses(Stage stage, Stage first, List<Fail> fails, Instant now) {
        List<Scenario.Loss> losses = new ArrayList<>();
        for (Fail fail : fails) {
            Condition condition = find(first, fail.condition());
            if (stage.twin().number(condition) < 0) {
                continue; // the change deleted it
            }
            long at = fail.at().orElse(now.plus(Duration.ofHours(1))).toEpochMilli();
            long until = stage.twin().faults().stream()
                    .filter(fault -> fault.condition().equals(condition)
                            && fault.latent().isEmpty())
                    .map(Fault::repair)
                    .findFirst()
                    .map(repair -> at + repair.value().toMillis())
                    .orElse(Long.MAX_VALUE);
            if (at < stage.until() && until > stage.from()) {
                losses.add(new Scenario.Loss(condition, Math.max(at, stage.from()), until));
            }
        }
        return losses;
    }

    private static Condition find(Stage stage, String name) {
        Condition itself = Condition.of(name, "itself");
        boolean thing = stage.twin().faults().stream()
                .anyMatch(fault -> fault.condition().equals(itself));
        if (thing) {
            return itself;
        }
        if (stage.twin().number(new Condition(name)) >= 0) {
            return new Condition(name);
        }
        SortedMap<Integer, String> near = new TreeMap<>();
        for (int i = 0; i < stage.twin().size(); i++) {
            String plain = stage.twin().condition(i).plain();
            near.putIfAbsent(Nearness.distance(name, plain), plain);
        }
        List<String> names = near.values().stream().limit(3).toList();
        throw new IllegalArgumentException("no condition is called " + name + "; near it: " + String.join(", ", names));
    }
}
