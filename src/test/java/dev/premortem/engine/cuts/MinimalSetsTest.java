package dev.premortem.engine.cuts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.testing.Rounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MinimalSetsTest {
    private static final Budget AMPLE = new Budget(1 << 20, 1L << 30);

    @Test
    void setsAreListedSmallerOnesFirstAndAddUp() {
        Rounds.run(1_500, seed -> {
            FaultTree tree = SampleTrees.of(seed);
            CutAnalysis analysis = CutAnalysis.of(tree, AMPLE);
            MinimalSets sets = MinimalSets.of(analysis, tree.events()).orElseThrow();
            List<int[]> all = sets.first(Integer.MAX_VALUE);
            assertEquals(analysis.count().orElseThrow().intValueExact(), all.size());
            TreeSet<String> distinct = new TreeSet<>();
            SortedMap<Integer, Long> byOrder = new TreeMap<>();
            double sum = 0;
            double[] with = new double[tree.events()];
            int last = 0;
            for (int[] set : all) {
                assertTrue(set.length >= last, "smaller ones first");
                last = set.length;
                distinct.add(Arrays.toString(Arrays.stream(set).sorted().toArray()));
                byOrder.merge(set.length, 1L, Long::sum);
                double product = 1;
                for (int event : set) {
                    product *= tree.probability(event);
                }
                for (int event : set) {
                    with[event] += product;
                }
                sum += product;
            }
            assertEquals(all.size(), distinct.size());
            assertEquals(byOrder, sets.byOrder());
            assertEquals(sum, sets.sum(tree.probabilities()), 1e-9);
            double[] found = sets.sumsWith(tree.probabilities());
            for (int event = 0; event < with.length; event++) {
                assertEquals(with[event], found[event], 1e-9);
            }
        });
    }

    @Test
    void aListEndsWhereItIsToldTo() {
        FaultTree.Builder builder = FaultTree.builder();
        List<Integer> events = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            events.add(builder.event("e" + i, 0.1));
        }
        int top = builder.or(events.stream().mapToInt(Integer::intValue).toArray());
        MinimalSets sets =
                MinimalSets.of(CutAnalysis.of(builder.build(top), AMPLE), 2).orElseThrow();
        assertEquals(10, sets.first(10).size());
        assertEquals(50_000, sets.first(Integer.MAX_VALUE).size());
    }
}
