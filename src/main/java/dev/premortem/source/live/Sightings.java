package dev.premortem.source.live;

import dev.premortem.fact.Problem;
import dev.premortem.outage.Coverage;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * Everything that was seen in what runs.
 *
 * @param notUnderstood what may not be read, each with the right that is missing
 * @param kinds by cluster the kinds of which every object was read
 */
public record Sightings(
        List<Seen> seen,
        List<Problem> problems,
        List<Coverage.NotUnderstood> notUnderstood,
        SortedMap<String, SortedSet<String>> kinds) {
    /** Nothing was looked at. */
    public static final Sightings NONE = new Sightings(List.of(), List.of(), List.of(), new TreeMap<>());

    /** These and others. */
    public Sightings and(Sightings others) {
        List<Seen> all = new ArrayList<>(seen);
        all.addAll(others.seen);
        List<Problem> wrong = new ArrayList<>(problems);
        wrong.addAll(others.problems);
        List<Coverage.NotUnderstood> left = new ArrayList<>(notUnderstood);
        left.addAll(others.notUnderstood);
        SortedMap<String, SortedSet<String>> complete = new TreeMap<>(kinds);
        complete.putAll(others.kinds);
        return new Sightings(List.copyOf(all), List.copyOf(wrong), List.copyOf(left), complete);
    }
}
