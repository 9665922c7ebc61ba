package dev.premortem.engine.cuts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Splits a wide gate into modules: inputs that share something below them with each other and with nothing else become
 * a gate of their own, and so do the inputs that share nothing at all.
 */
final class Grouping extends Rewriting {
    private final Spans spans;

    Grouping(Circuit old) {
        super(old);
        spans = new Spans(old);
    }

    @Override
    int rewrite(int node) {
        byte kind = old.kind(node);
        int[] inputs = old.inputs(node);
        if (kind != Circuit.AND && kind != Circuit.XOR || inputs.length < 3) {
            return same(node);
        }
        List<Integer> sorted = new ArrayList<>();
        for (int edge : inputs) {
            sorted.add(edge);
        }
        sorted.sort(Comparator.comparingInt((Integer edge) -> spans.earliest(edge >> 1))
                .thenComparingInt(edge -> edge));
        List<Integer> alone = new ArrayList<>();
        List<Integer> now = new ArrayList<>();
        for (int at = 0; at < sorted.size(); ) {
            int from = spans.earliest(sorted.get(at) >> 1);
            int to = spans.latest(sorted.get(at) >> 1);
            int next = at + 1;
            while (next < sorted.size() && spans.earliest(sorted.get(next) >> 1) <= to) {
                to = Math.max(to, spans.latest(sorted.get(next) >> 1));
                next++;
            }
            List<Integer> overlapping = sorted.subList(at, next);
            boolean whole = overlapping.size() == inputs.length;
            if (whole || !spans.within(node, from, to)) {
                overlapping.forEach(edge -> now.add(edge(edge)));
            } else if (overlapping.size() == 1) {
                alone.add(overlapping.get(0));
            } else {
                now.add(gate(node, overlapping));
            }
            at = next;
        }
        if (!alone.isEmpty()) {
            now.add(gate(node, alone));
        }
        return fresh.like(old, node, now.stream().mapToInt(Integer::intValue).toArray());
    }

    private int gate(int node, List<Integer> of) {
        return fresh.like(old, node, of.stream().mapToInt(edge -> edge(edge)).toArray());
    }
}
