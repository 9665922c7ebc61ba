package dev.premortem.engine.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.engine.sweep.Evaluation;
import dev.premortem.testing.Naive;
import dev.premortem.testing.RandomTwins;
import dev.premortem.testing.Rounds;
import dev.premortem.testing.Sample;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Scenario;
import dev.premortem.twin.Scenario.Loss;
import dev.premortem.twin.Twin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class TimelineRoundsTest {
    private static final long END = 12;

    @Test
    void atEveryInstantEveryConditionIsWorthWhatTheJudgeSays() {
        Rounds.run(2000, seed -> valuesOf(seed, 1));
    }

    @Test
    void soItIsInLargerTwins() {
        Rounds.run(60, seed -> valuesOf(seed, 4));
    }

    private static void valuesOf(long seed, int scale) {
        Sample sample = RandomTwins.of(seed, scale);
        Scenario scenario = scenario(sample, new Random(seed));
        Twin twin = sample.twin(Twin.Form.LIVE);
        Trace trace = Timeline.run(twin, scenario);
        Naive naive = new Naive(sample);
        for (long at = 0; at < END; at++) {
            Map<Condition, Boolean> expected = naive.values(lost(scenario, at), heldUp(scenario, at));
            for (Map.Entry<Condition, Boolean> entry : expected.entrySet()) {
                assertEquals(entry.getValue(), trace.holdsAt(entry.getKey(), at), entry.getKey() + " at " + at);
            }
        }
        for (Condition condition : sample.gates().keySet()) {
            downsTellTheSame(trace, condition);
        }
    }

    private static void downsTellTheSame(Trace trace, Condition condition) {
        long before = -1;
        for (Trace.Down down : trace.downs(condition)) {
            assertTrue(down.from() > before, "apart, in order: " + down);
            assertTrue(down.until() > down.from(), "of some length: " + down);
            before = down.until();
        }
        for (long at = 0; at < END; at++) {
            long now = at;
            boolean down = trace.downs(condition).stream().anyMatch(each -> each.from() <= now && now < each.until());
            assertEquals(!trace.holdsAt(condition, at), down, condition + " at " + at);
        }
    }

    @Test
    void everyConditionChangesAtMostOnceInARound() {
        Rounds.run(1500, seed -> {
            Sample sample = RandomTwins.of(seed);
            // Without processes each instant is one round.
            Trace trace = Timeline.run(sample.twin(Twin.Form.LIVE), scenario(sample, new Random(seed)));
            Set<String> seen = new HashSet<>();
            for (int i = 0; i < trace.size(); i++) {
                assertTrue(seen.add(trace.instant(i) + " " + trace.condition(i)), trace.condition(i) + " twice");
            }
        });
    }

    @Test
    void everyChainGoesBackToAFaultAndBeginsWithIt() {
        Rounds.run(1500, seed -> {
            Sample sample = RandomTwins.of(seed);
            Scenario scenario = scenario(sample, new Random(seed));
            Trace trace = Timeline.run(sample.twin(Twin.Form.LIVE), scenario);
            for (int i = 0; i < trace.size(); i++) {
                assertTrue(trace.cause(i) < i, "a cause comes before what it causes");
                if (trace.cause(i) >= 0) {
                    assertEquals(trace.instant(i), trace.instant(trace.cause(i)), "a cause of this round");
                    assertTrue(reads(sample, trace.condition(i), trace.condition(trace.cause(i))), "an input");
                } else {
                    assertTrue(
                            masked(scenario, trace.condition(i), trace.instant(i)), trace.condition(i) + " by itself");
                }
                List<Chains.Link> chain = Chains.chain(trace, i);
                assertEquals(trace.condition(i), chain.getLast().condition());
                int last = i;
                int first = i;
                while (trace.cause(first) >= 0) {
                    first = trace.cause(first);
                }
                Condition root = trace.condition(first);
                assertEquals(
                        root,
                        chain.stream()
                                .filter(link -> onPath(trace, last, link))
                                .findFirst()
                                .orElseThrow()
                                .condition(),
                        "what stood before may come first, then the cause");
            }
        });
    }

    private static boolean onPath(Trace trace, int entry, Chains.Link link) {
        for (int i = entry; i >= 0; i = trace.cause(i)) {
            if (trace.condition(i).equals(link.condition())) {
                return true;
            }
        }
        return false;
    }

    @Test
    void aFaultForEverEndsWhereTheSweepSays() {
        Rounds.run(2000, seed -> {
            Sample sample = RandomTwins.of(seed);
            Random random = new Random(seed);
            Set<Condition> lost = new TreeSet<>();
            List<Loss> losses = new ArrayList<>();
            for (Fault fault : sample.faults()) {
                if (random.nextInt(3) == 0 && lost.add(fault.condition())) {
                    losses.add(new Loss(fault.condition(), random.nextInt(3), Long.MAX_VALUE));
                }
            }
            Trace trace = Timeline.run(sample.twin(Twin.Form.LIVE), new Scenario(losses, Set.of(), Map.of(), 0, END));
            Twin settled = sample.twin(Twin.Form.SETTLED);
            boolean[] values = Evaluation.values(settled, lost, Set.of());
            for (int c = 0; c < settled.size(); c++) {
                assertEquals(
                        values[c],
                        trace.holdsAt(settled.condition(c), END),
                        settled.condition(c).name());
            }
        });
    }

    @Test
    void theSameRunTwiceIsTheSameTrace() {
        Rounds.run(200, seed -> {
            Sample sample = RandomTwins.of(seed);
            Scenario scenario = scenario(sample, new Random(seed));
            assertEquals(dump(sample, scenario), dump(sample, scenario));
            assertFalse(dump(sample, scenario).contains("null"));
        });
    }

    private static String dump(Sample sample, Scenario scenario) {
        Trace trace = Timeline.run(sample.twin(Twin.Form.LIVE), scenario);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < trace.size(); i++) {
            text.append("%d %s %b %d %s%n"
                    .formatted(trace.instant(i), trace.condition(i), trace.holds(i), trace.cause(i), trace.text(i)));
        }
        return text.toString();
    }

    /** Few instants, so that many faults and repairs meet at one; some things held up, some lost before the beginning. */
    private static Scenario scenario(Sample sample, Random random) {
        List<Condition> all = new ArrayList<>(sample.basics().keySet());
        all.addAll(sample.gates().keySet());
        List<Loss> losses = new ArrayList<>();
        for (int i = random.nextInt(10) * (1 + all.size() / 20); i > 0; i--) {
            long from = random.nextInt(10) - 1L;
            long until = random.nextInt(6) == 0 ? Long.MAX_VALUE : from + 1 + random.nextInt(5);
            losses.add(new Loss(all.get(random.nextInt(all.size())), from, until));
        }
        Map<Condition, Long> heldUp = new TreeMap<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            heldUp.put(all.get(random.nextInt(all.size())), random.nextInt(10) - 1L);
        }
        return new Scenario(losses, Set.of(), heldUp, 0, END);
    }

    private static Set<Condition> lost(Scenario scenario, long at) {
        Set<Condition> lost = new TreeSet<>();
        for (Loss loss : scenario.faults()) {
            if (loss.from() <= at && at < loss.until()) {
                lost.add(loss.condition());
            }
        }
        return lost;
    }

    private static Set<Condition> heldUp(Scenario scenario, long at) {
        Set<Condition> held = new TreeSet<>();
        scenario.heldUp().forEach((condition, since) -> {
            if (since <= at) {
                held.add(condition);
            }
        });
        return held;
    }

    private static boolean reads(Sample sample, Condition gate, Condition input) {
        return sample.gates().containsKey(gate)
                && sample.gates().get(gate).inputs().contains(input);
    }

    private static boolean masked(Scenario scenario, Condition condition, long at) {
        return scenario.heldUp().getOrDefault(condition, -1L) == at
                || scenario.faults().stream()
                        .anyMatch(loss ->
                                loss.condition().equals(condition) && (loss.from() == at || loss.until() == at));
    }
}
