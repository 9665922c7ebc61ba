package dev.premortem.testing;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Gate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Judges the engines: evaluates a sample straight from its gates, by recursion, and tries every set of faults. A condition met again on the way down is
 * taken to hold: over two values the greatest fixpoint of x = f(x) is f(true). Shares no code with any engine.
 */
public final class Naive {
    private final Sample sample;
    private final Set<Condition> onCycle = new HashSet<>();

    public Naive(Sample sample) {
        this.sample = sample;
        for (Condition condition : sample.gates().keySet()) {
            Set<Condition> reached = new HashSet<>();
            reach(condition, reached);
            if (reached.contains(condition)) {
                onCycle.add(condition);
            }
        }
    }

    private void reach(Condition from, Set<Condition> reached) {
        Gate gate = sample.gates().get(from);
        if (gate != null) {
            gate.inputs().stream().filter(reached::add).forEach(input -> reach(input, reached));
        }
    }

    /** The value of every condition with some forced lost and some forced to hold; lost wins. */
    public Map<Condition, Boolean> values(Set<Condition> lost, Set<Condition> heldUp) {
        Map<Condition, Boolean> values = new TreeMap<>();
        for (Condition condition : sample.basics().keySet()) {
            holds(condition, lost, heldUp, Set.of(), values);
        }
        for (Condition condition : sample.gates().keySet()) {
            values.put(condition, holds(condition, lost, heldUp, Set.of(), values));
        }
        return values;
    }

    private boolean holds(
            Condition condition,
            Set<Condition> lost,
            Set<Condition> heldUp,
            Set<Condition> path,
            Map<Condition, Boolean> values) {
        Boolean known = values.get(condition);
        if (known != null) {
            return known;
        }
        if (path.contains(condition) && !lost.contains(condition)) {
            return true;
        }
        Set<Condition> deeper = new HashSet<>(path);
        deeper.add(condition);
        Gate gate = sample.gates().get(condition);
        boolean value = !lost.contains(condition)
                && (heldUp.contains(condition)
                        || sample.basics().getOrDefault(condition, false)
                        || (gate != null && evaluate(gate, input -> holds(input, lost, heldUp, deeper, values))));
        if (!onCycle.contains(condition)) {
            values.put(condition, value);
        }
        return value;
    }

    private static boolean evaluate(Gate gate, java.util.function.Predicate<Condition> holds) {
        return switch (gate) {
            case Gate.All all -> all.inputs().stream().allMatch(holds);
            case Gate.Any any -> any.inputs().stream().anyMatch(holds);
            case Gate.AtLeast atLeast -> atLeast.inputs().stream().filter(holds).count() >= atLeast.k();
            case Gate.Not not -> !holds.test(not.input());
            case Gate.First first ->
                first.choices().stream()
                        .filter(choice -> holds.test(choice.when()))
                        .findFirst()
                        .map(choice -> holds.test(choice.then()))
                        .orElse(false);
        };
    }

    /** Every minimal failing set up to an order, for one condition; only the empty set where it is lost already. */
    public Set<Set<Condition>> minimal(Condition top, int order) {
        return minimal(List.of(top), order).getFirst();
    }

    /** The same for several conditions, each set of faults tried once. */
    public List<Set<Set<Condition>>> minimal(List<Condition> tops, int order) {
        List<Condition> faults =
                sample.faults().stream().map(fault -> fault.condition()).toList();
        List<Set<Set<Condition>>> found = new ArrayList<>();
        tops.forEach(top -> found.add(new HashSet<>()));
        List<Set<Condition>> sets = List.of(Set.of());
        for (int size = 0; size <= order; size++) {
            for (Set<Condition> set : sets) {
                Map<Condition, Boolean> values = values(set, Set.of());
                for (int t = 0; t < tops.size(); t++) {
                    if (!values.getOrDefault(tops.get(t), false)
                            && found.get(t).stream().noneMatch(set::containsAll)) {
                        found.get(t).add(set);
                    }
                }
            }
            sets = larger(sets, faults);
        }
        return found;
    }

    private static List<Set<Condition>> larger(List<Set<Condition>> sets, List<Condition> faults) {
        List<Set<Condition>> larger = new ArrayList<>();
        for (Set<Condition> set : sets) {
            for (Condition fault : faults) {
                if (set.stream().allMatch(member -> member.compareTo(fault) < 0)) {
                    Set<Condition> next = new TreeSet<>(set);
                    next.add(fault);
                    larger.add(next);
                }
            }
        }
        return larger;
    }
}
