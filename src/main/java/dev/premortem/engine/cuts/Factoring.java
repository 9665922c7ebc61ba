package dev.premortem.engine.cuts;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes one gate of inputs that conjunctions always mention together: where x and y are in the same gates and in no
 * other, the pair is a module. The factorisation of R. K. Wood's FAUNET.
 */
final class Factoring extends Rewriting {
    /** The group of an edge; zero for none. */
    private final int[] groups;

    Factoring(Circuit old) {
        super(old);
        groups = new int[old.size() << 1];
        List<List<Integer>> gates = gates();
        Map<List<Integer>, Integer> known = new HashMap<>();
        for (int edge = 2; edge < groups.length; edge++) {
            List<Integer> mentionedBy = gates.get(edge);
            if (mentionedBy.size() > 1 && mentionedBy.size() == mentions[edge >> 1]) {
                groups[edge] = known.computeIfAbsent(mentionedBy, gate -> known.size() + 1);
            }
        }
    }

    private List<List<Integer>> gates() {
        List<List<Integer>> gates = new ArrayList<>();
        for (int edge = 0; edge < groups.length; edge++) {
            gates.add(new ArrayList<>(2));
        }
        for (int node = 1; node < old.size(); node++) {
            if (mentions[node] > 0 && old.kind(node) == Circuit.AND) {
                for (int edge : old.inputs(node)) {
                    gates.get(edge).add(node);
                }
            }
        }
        return gates;
    }

    @Override
    int rewrite(int node) {
        if (old.kind(node) != Circuit.AND) {
            return same(node);
        }
        int[] inputs = old.inputs(node);
        int[] now = new int[inputs.length];
        int count = 0;
        for (int i = 0; i < inputs.length; i++) {
            int group = groups[inputs[i]];
            if (group == 0) {
                now[count++] = edge(inputs[i]);
            } else if (firstOf(group, inputs, i)) {
                now[count++] = fresh.and(edges(Arrays.stream(inputs)
                        .filter(edge -> groups[edge] == group)
                        .toArray()));
            }
        }
        return fresh.and(Arrays.copyOf(now, count));
    }

    private boolean firstOf(int group, int[] inputs, int place) {
        for (int i = 0; i < place; i++) {
            if (groups[inputs[i]] == group) {
                return false;
            }
        }
        return true;
    }
}
