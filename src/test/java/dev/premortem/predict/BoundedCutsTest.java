package dev.premortem.predict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.engine.cuts.Budget;
import dev.premortem.engine.cuts.CutAnalysis;
import dev.premortem.engine.cuts.TwinTree;
import dev.premortem.engine.sweep.Work;
import dev.premortem.outage.Cuts;
import dev.premortem.testing.RandomTwins;
import dev.premortem.testing.Rounds;
import dev.premortem.twin.Top;
import dev.premortem.twin.Twin;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What is told where no diagram answers, against what the diagram would have said. */
class BoundedCutsTest {
    private static final Budget AMPLE = new Budget(1 << 20, 1L << 30);
    private static final CutStudy.Wish THREE = new CutStudy.Wish(Optional.of(3), OptionalDouble.empty(), 100_000);

    @Test
    void setsAndWhatTheyLeaveOutCoverTheExactProbability() {
        Rounds.run(300, seed -> {
            Twin twin = RandomTwins.of(seed).twin(Twin.Form.SETTLED);
            for (Top top : twin.tops()) {
                Cuts bounded =
                        BoundedCuts.of(twin, List.of(top), THREE, Work.alone()).told(top.name(), THREE, "a test");
                double exact = exact(twin, List.of(top));
                double most = bounded.probability().rareEvent().orElseThrow()
                        + bounded.probability().leftOut().orElseThrow();
                assertTrue(exact <= most + 1e-12, top.name() + ": " + exact + " is more than " + most);
            }
        });
    }

    @Test
    void theBandHoldsTheTypicalFigureAndComesOutTheSame() {
        Rounds.run(50, seed -> {
            Twin twin = RandomTwins.of(seed).twin(Twin.Form.SETTLED);
            Cuts first = CutStudy.of(twin).cuts(Optional.empty(), THREE);
            Cuts second = CutStudy.of(twin).cuts(Optional.empty(), THREE);
            assertEquals(first, second);
            var band = first.exposure().orElseThrow().minutesPerYear();
            assertTrue(band.low() <= band.typical() && band.typical() <= band.high(), band.toString());
        });
    }

    private static double exact(Twin twin, List<Top> tops) {
        try {
            TwinTree.Asked asked =
                    TwinTree.of(twin, tops.stream().map(Top::condition).toList());
            return CutAnalysis.probabilityOf(asked.tree(), AMPLE).probability().orElseThrow();
        } catch (TwinTree.TooCircular e) {
            throw new AssertionError(e);
        }
    }
}
