package dev.premortem.engine.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.testing.AtOnce;
import dev.premortem.testing.Naive;
import dev.premortem.testing.RandomTwins;
import dev.premortem.testing.Rounds;
import dev.premortem.testing.Sample;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Top;
import dev.premortem.twin.Twin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SweepRoundsTest {
    @Test
    void oneScenarioIsWorthWhatTheJudgeSays() {
        Rounds.run(1500, seed -> {
            Sample sample = RandomTwins.of(seed);
            Random random = new Random(seed);
            Set<Condition> lost = some(sample, random);
            Set<Condition> held = some(sample, random);
            Twin twin = sample.twin(Twin.Form.SETTLED);
            boolean[] values = Evaluation.values(twin, lost, held);
            Map<Condition, Boolean> expected = new Naive(sample).values(lost, held);
            for (int c = 0; c < twin.size(); c++) {
                assertEquals(
                        expected.get(twin.condition(c)),
                        values[c],
                        twin.condition(c).name());
            }
        });
    }

    @Test
    void pairsAreThoseOfTryingAll() {
        Rounds.run(3000, seed -> compare(RandomTwins.of(seed), 2));
    }

    @Test
    void pairsOfLargerTwinsAreThoseOfTryingAll() {
        Rounds.run(12, seed -> compare(RandomTwins.of(seed, 4), 2));
    }

    @Test
    void triplesAreThoseOfTryingAll() {
        Rounds.run(700, seed -> compare(RandomTwins.of(seed), 3));
    }

    @Test
    void howManyWorkAtOnceChangesNothing() {
        Rounds.run(400, seed -> {
            Sample sample = RandomTwins.of(seed);
            Twin twin = sample.twin(Twin.Form.SETTLED);
            SweepResult alone = Sweep.run(twin, 3);
            assertEquals(alone, shared(twin, 2, 64), "two");
            assertEquals(alone, shared(twin, 3, 64), "three");
            compare(sample, 3, shared(twin, 2, 64));
        });
    }

    @Test
    void howManyWorkAtOnceChangesNothingOfLargerTwins() {
        Rounds.run(12, seed -> {
            Sample sample = RandomTwins.of(seed, 4);
            Twin twin = sample.twin(Twin.Form.SETTLED);
            assertEquals(Sweep.run(twin, 3), shared(twin, 3, 64));
            compare(sample, 2, Sweep.run(twin, 2, Set.of(), Set.of(), new AtOnce(2), new Sweep.Shares(64, 1)));
        });
    }

    private static SweepResult shared(Twin twin, int threads, int block) {
        return Sweep.run(twin, 3, Set.of(), Set.of(), new AtOnce(threads), new Sweep.Shares(block, 1));
    }

    private static Set<Condition> some(Sample sample, Random random) {
        Set<Condition> all = new HashSet<>(sample.basics().keySet());
        all.addAll(sample.gates().keySet());
        return all.stream().sorted().filter(_ -> random.nextInt(6) == 0).collect(Collectors.toSet());
    }

    private static void compare(Sample sample, int order) {
        compare(sample, order, Sweep.run(sample.twin(Twin.Form.SETTLED), order));
    }

    private static void compare(Sample sample, int order, SweepResult result) {
        List<Top> tops = sample.tops();
        List<Set<Set<Condition>>> expected =
                new Naive(sample).minimal(tops.stream().map(Top::condition).toList(), order);
        for (int t = 0; t < tops.size(); t++) {
            List<Cut> cuts = result.cuts().getOrDefault(tops.get(t).name(), List.of());
            assertEquals(cuts.stream().sorted().toList(), cuts, "sorted");
            for (Cut cut : cuts) {
                assertTrue(expected.get(t).contains(new HashSet<>(cut.faults())), tops.get(t) + " has " + cut);
            }
            assertEquals(
                    byWords(sample, expected.get(t)),
                    byWordsOfCuts(sample, cuts),
                    tops.get(t).name());
        }
    }

    /** How many sets there are for each choice of faults, where faults that say they are alike are told apart by nothing but their word. */
    private static Map<List<String>, Long> byWords(Sample sample, Set<Set<Condition>> sets) {
        Map<List<String>, Long> counts =
                new TreeMap<>((one, two) -> one.toString().compareTo(two.toString()));
        sets.forEach(set -> counts.merge(words(sample, set), 1L, Long::sum));
        return counts;
    }

    private static Map<List<String>, Long> byWordsOfCuts(Sample sample, List<Cut> cuts) {
        Map<List<String>, Long> counts =
                new TreeMap<>((one, two) -> one.toString().compareTo(two.toString()));
        cuts.forEach(cut -> counts.merge(words(sample, new HashSet<>(cut.faults())), cut.alike(), Long::sum));
        return counts;
    }

    private static List<String> words(Sample sample, Set<Condition> set) {
        List<String> words = new ArrayList<>();
        for (Fault fault : sample.faults()) {
            if (set.contains(fault.condition())) {
                words.add(fault.alike().isEmpty() ? fault.condition().name() : fault.alike());
            }
        }
        words.sort(null);
        return words;
    }
}
