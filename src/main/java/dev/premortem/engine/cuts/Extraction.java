package dev.premortem.engine.cuts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes out what the terms of a gate have in common: (x and y) or (x and z) is x and (y or z). Only terms that nothing
 * else mentions are taken apart; what most terms share goes first.
 */
final class Extraction extends Rewriting {
    Extraction(Circuit old) {
        super(old);
    }

    @Override
    int rewrite(int node) {
        if (old.kind(node) != Circuit.AND) {
            return same(node);
        }
        List<int[]> terms = new ArrayList<>();
        List<Integer> rest = new ArrayList<>();
        for (int edge : old.inputs(node)) {
            boolean term = (edge & 1) == 1 && old.kind(edge >> 1) == Circuit.AND && mentions[edge >> 1] == 1;
            if (term) {
                terms.add(old.inputs(edge >> 1));
            } else {
                rest.add(edge(edge));
            }
        }
        while (true) {
            int shared = mostShared(terms);
            if (shared == 0) {
                break;
            }
            rest.add(take(shared, terms));
        }
        for (int[] term : terms) {
            rest.add(fresh.and(edges(term)) ^ 1);
        }
        return fresh.and(rest.stream().mapToInt(Integer::intValue).toArray());
    }

    private static int mostShared(List<int[]> terms) {
        if (terms.size() < 2) {
            return 0;
        }
        Map<Integer, Integer> counts = new TreeMap<>();
        terms.forEach(term -> {
            for (int edge : term) {
                counts.merge(edge, 1, Integer::sum);
            }
        });
        int best = 0;
        int most = 1;
        for (Map.Entry<Integer, Integer> count : counts.entrySet()) {
            if (count.getValue() > most) {
                most = count.getValue();
                best = count.getKey();
            }
        }
        return best;
    }

    /** Not (x and (one rest or other rest)), where the terms stand negated in their conjunction. */
    private int take(int shared, List<int[]> terms) {
        List<Integer> rests = new ArrayList<>();
        terms.removeIf(term -> {
            boolean has = false;
            for (int edge : term) {
                has |= edge == shared;
            }
            if (has) {
                int[] without = new int[term.length - 1];
                int count = 0;
                for (int edge : term) {
                    if (edge != shared) {
                        without[count++] = edge;
                    }
                }
                rests.add(fresh.and(edges(without)));
            }
            return has;
        });
        int any = fresh.or(rests.stream().mapToInt(Integer::intValue).toArray());
        return fresh.and(edge(shared), any) ^ 1;
    }
}
