package dev.premortem.model;

import dev.premortem.fact.Fact;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Shortest circles among things that wait for each other. */
public final class Circles {
    private Circles() {}

    /**
     * One thing waits for another.
     *
     * @param text {@code apps waits for storage}
     * @param fact where that is said
     * @param pull true where an image is waited for
     */
    public record Wait(String cluster, String from, String to, String text, Fact<String> fact, boolean pull) {}

    /** One shortest circle for each thing that is in one and in none told before, in the order of their names. */
    public static List<List<Wait>> of(List<Wait> waits) {
        SortedMap<String, List<Wait>> out = new TreeMap<>();
        waits.forEach(
                wait -> out.computeIfAbsent(wait.from(), _ -> new ArrayList<>()).add(wait));
        peel(out);
        List<List<Wait>> circles = new ArrayList<>();
        SortedSet<String> told = new TreeSet<>();
        for (String start : out.keySet()) {
            List<Wait> circle = told.contains(start) ? List.of() : back(out, start);
            if (!circle.isEmpty()) {
                circle.forEach(wait -> told.add(wait.from()));
                circles.add(circle);
            }
        }
        return circles;
    }

    /** Takes away what waits for nothing that waits itself, until only circles and what leads to them is left. */
    private static void peel(SortedMap<String, List<Wait>> out) {
        boolean changed = true;
        while (changed) {
            out.values().forEach(waits -> waits.removeIf(wait -> !out.containsKey(wait.to())));
            changed = out.values().removeIf(List::isEmpty);
        }
    }

    private static List<Wait> back(SortedMap<String, List<Wait>> out, String start) {
        Map<String, Wait> reachedBy = new TreeMap<>();
        Deque<String> queue = new ArrayDeque<>(List.of(start));
        while (!queue.isEmpty()) {
            for (Wait wait : out.getOrDefault(queue.poll(), List.of())) {
                if (wait.to().equals(start)) {
                    return path(reachedBy, wait, start);
                }
                if (reachedBy.putIfAbsent(wait.to(), wait) == null) {
                    queue.add(wait.to());
                }
            }
        }
        return List.of();
    }

    private static List<Wait> path(Map<String, Wait> reachedBy, Wait last, String start) {
        List<Wait> path = new ArrayList<>(List.of(last));
        while (!path.getLast().from().equals(start)) {
            path.add(java.util.Objects.requireNonNull(
                    reachedBy.get(path.getLast().from()), "every thing on the way was reached"));
        }
        Collections.reverse(path);
        return List.copyOf(path);
    }
}
