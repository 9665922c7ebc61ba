package dev.premortem.engine.cuts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.premortem.testing.Naive;
import dev.premortem.testing.RandomTwins;
import dev.premortem.testing.Rounds;
import dev.premortem.testing.Sample;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Top;
import dev.premortem.twin.Twin;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TwinTreeTest {
    private static final Budget AMPLE = new Budget(1 << 20, 1L << 30);

    @Test
    void theTreeFailsWhereTheJudgeFindsTheProductDown() {
        Rounds.run(600, seed -> {
            Sample sample = RandomTwins.of(seed);
            Twin twin = sample.twin(Twin.Form.SETTLED);
            Random random = new Random(seed);
            for (Top top : sample.tops()) {
                TwinTree.Asked asked = asked(twin, top.condition());
                Diagram diagram =
                        CutAnalysis.probabilityOf(asked.tree(), AMPLE).diagram().orElseThrow();
                for (int round = 0; round < 6; round++) {
                    Set<Condition> lost = new HashSet<>();
                    double[] probabilities = new double[asked.events().size()];
                    for (Fault fault : sample.faults()) {
                        if (random.nextInt(3) == 0) {
                            lost.add(fault.condition());
                        }
                    }
                    for (int event = 0; event < probabilities.length; event++) {
                        probabilities[event] =
                                lost.contains(asked.events().get(event).condition()) ? 1 : 0;
                    }
                    boolean holds = new Naive(sample).values(lost, Set.of()).getOrDefault(top.condition(), false);
                    assertEquals(holds ? 0.0 : 1.0, diagram.probability(probabilities), top.name() + " with " + lost);
                }
            }
        });
    }

    @Test
    void thereAreAsManyMinimalSetsAsTryingAllFinds() {
        Rounds.run(400, seed -> {
            Sample sample = RandomTwins.of(seed);
            Twin twin = sample.twin(Twin.Form.SETTLED);
            List<Condition> conditions =
                    sample.tops().stream().map(Top::condition).toList();
            if (sample.faults().size() > 9) {
                return;
            }
            List<Set<Set<Condition>>> expected =
                    new Naive(sample).minimal(conditions, sample.faults().size());
            for (int t = 0; t < conditions.size(); t++) {
                TwinTree.Asked asked = asked(twin, conditions.get(t));
                assertEquals(
                        BigInteger.valueOf(expected.get(t).size()),
                        CutAnalysis.of(asked.tree(), AMPLE).count().orElseThrow(),
                        conditions.get(t).name());
            }
        });
    }

    @Test
    void aPartIsAwayForItsShareOfTheTime() {
        assertEquals(0.5, TwinTree.unavailability(1, 8_766), 1e-12);
        assertEquals(24.0 / (8_766 + 24), TwinTree.unavailability(1, 24), 1e-12);
    }

    private static TwinTree.Asked asked(Twin twin, Condition condition) {
        try {
            return TwinTree.of(twin, List.of(condition));
        } catch (TwinTree.TooCircular e) {
            throw new AssertionError(e);
        }
    }
}
