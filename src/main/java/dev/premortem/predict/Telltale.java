package dev.premortem.predict;

import dev.premortem.engine.timeline.Chains;
import dev.premortem.engine.timeline.Trace;
import dev.premortem.outage.Simulation;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Top;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gathers what the stages of a simulation showed. */
final class Telltale {
    /** Facts about room differ from stage to stage without being events. */
    private static final List<String> ROOM = List.of("room", "finds-room", "rollout-room", "rollout-home", "rollout");

    private final long now;
    private final List<Simulation.Event> events = new ArrayList<>();
    private final SortedMap<Condition, Boolean> values = new TreeMap<>();
    private final SortedMap<String, List<Open>> downs = new TreeMap<>();

    /** A stretch; no end yet while {@code until} is the end of the last stage. */
    private record Open(long from, long until, String setBy) {}

    Telltale(long now) {
        this.now = now;
    }

    void add(Stage stage, Trace trace) {
        for (var touched : stage.touched()) {
            String verb = switch (stage.verb()) {
                case DELETE -> "is deleted";
                case CREATE -> "is created";
                case PATCH -> "is changed";
            };
            events.add(new Simulation.Event(
                    offset(stage.from()),
                    touched.text(),
                    stage.verb() != Change.Verb.DELETE,
                    "",
                    touched.text() + " " + verb));
        }
        opening(stage, trace);
        for (int i = 0; i < trace.size(); i++) {
            Condition condition = trace.condition(i);
            String text = text(stage, trace, i);
            values.put(condition, trace.holds(i));
            if (!text.isEmpty()) {
                String cause = trace.cause(i) < 0
                        ? ""
                        : trace.condition(trace.cause(i)).plain();
                events.add(
                        new Simulation.Event(offset(trace.instant(i)), condition.plain(), trace.holds(i), cause, text));
            }
        }
        noted(trace);
        for (Top top : stage.twin().tops()) {
            stretches(trace, top);
        }
    }

    private Duration offset(long instant) {
        return Duration.ofMillis(instant - now);
    }

    private static String text(Stage stage, Trace trace, int i) {
        if (!trace.text(i).isEmpty()) {
            return trace.text(i);
        }
        return stage.twin()
                .meaning(trace.condition(i))
                .map(meaning -> trace.holds(i) ? meaning.holds() : meaning.lost())
                .orElse("");
    }

    /** What another estate makes different at the instant of the change. */
    private void opening(Stage stage, Trace trace) {
        for (int i = 0; i < stage.twin().size(); i++) {
            Condition condition = stage.twin().condition(i);
            boolean holds = trace.initially(condition);
            Boolean before = values.put(condition, holds);
            boolean changed = before == null ? !stage.first() && !holds : before != holds;
            String text = holds
                    ? stage.twin().meaning(i).holds()
                    : stage.twin().meaning(i).lost();
            if (changed && !text.isEmpty() && !ROOM.contains(condition.aspect())) {
                String cause = cause(stage);
                events.add(new Simulation.Event(offset(stage.from()), condition.plain(), holds, cause, text));
            }
        }
    }

    /** Of what a phase touched, the thing that people would name: the release before the Service before the rest. */
    private static String cause(Stage stage) {
        for (String kind : List.of("/HelmRelease/", "/Application/", "/Service/", "/Deployment/")) {
            for (var touched : stage.touched()) {
                if (touched.text().contains(kind)) {
                    return touched.text();
                }
            }
        }
        return stage.touched().isEmpty() ? "" : stage.touched().getFirst().text();
    }

    /** Pods that wait for room are told as conditions of their own: {@code …#pending}. */
    private void noted(Trace trace) {
        for (Trace.Note note : trace.notes()) {
            if (note.text().startsWith("share ")) {
                continue;
            }
            boolean pending = note.text().contains("pending");
            boolean placed = note.text().contains("new node takes");
            String condition = pending || placed
                    ? note.condition().thing() + "#pending"
                    : note.condition().plain();
            events.add(new Simulation.Event(
                    offset(note.instant()),
                    condition,
                    pending || !placed && trace.holdsAt(note.condition(), note.instant()),
                    "",
                    pending || placed ? Titles.named(condition) + ": " + note.text() : note.text()));
        }
    }

    private void stretches(Trace trace, Top top) {
        List<Open> open = downs.computeIfAbsent(top.name(), _ -> new ArrayList<>());
        for (Trace.Down down : trace.downs(top.condition())) {
            String setBy = root(trace, down.rise() >= 0 ? down.rise() : down.fall())
                    .orElse(top.condition().plain());
            if (!open.isEmpty() && open.getLast().until() == down.from()) {
                Open last = open.removeLast();
                open.add(new Open(last.from(), down.until(), setBy));
            } else {
                open.add(new Open(down.from(), down.until(), setBy));
            }
        }
    }

    private static Optional<String> root(Trace trace, int entry) {
        if (entry < 0) {
            return Optional.empty();
        }
        return Chains.chain(trace, entry).stream()
                .filter(link -> !link.standing())
                .findFirst()
                .map(link -> link.condition().plain());
    }

    Simulation simulation(Instant start, Duration length) {
        List<Simulation.ProductDown> products = new ArrayList<>();
        downs.forEach((product, open) -> {
            List<Simulation.Down> stretches = open.stream()
                    .map(each -> new Simulation.Down(offset(each.from()), offset(each.until()), each.setBy()))
                    .toList();
            Duration sum = stretches.stream()
                    .map(each -> each.until().minus(each.from()))
                    .reduce(Duration.ZERO, Duration::plus);
            products.add(new Simulation.ProductDown(product, stretches, sum));
        });
        List<Simulation.Event> sorted = new ArrayList<>(events);
        sorted.sort(Comparator.comparing(Simulation.Event::at));
        return new Simulation(start, length, List.copyOf(sorted), List.copyOf(products), List.of());
    }
}
