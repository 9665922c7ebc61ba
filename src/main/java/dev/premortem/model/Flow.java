package dev.premortem.model;

import dev.premortem.estate.Dependency;
import java.util.ArrayList;
import java.util.List;

/**
 * A kind of traffic between two sites: what decides the size of its packets.
 *
 * @param crossing pod or host network
 * @param clusters for the pod network: the clusters at both ends, sorted, one where both ends are in the same
 */
public record Flow(Dependency.Crossing crossing, List<String> clusters) implements Comparable<Flow> {
    /** Traffic of the nodes' own network. */
    public static final Flow HOST = new Flow(Dependency.Crossing.HOST, List.of());

    /** Traffic between pods of two clusters (or of one). */
    public static Flow pods(String from, String to) {
        List<String> both = new ArrayList<>(List.of(from));
        if (!to.equals(from)) {
            both.add(to);
        }
        both.sort(null);
        return new Flow(Dependency.Crossing.POD, List.copyOf(both));
    }

    /** As it stands in the names of conditions. */
    public String word() {
        return crossing == Dependency.Crossing.HOST ? "host" : "pod:" + String.join("+", clusters);
    }

    @Override
    public int compareTo(Flow other) {
        return word().compareTo(other.word());
    }
}
