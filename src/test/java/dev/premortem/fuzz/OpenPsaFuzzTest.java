package dev.premortem.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.premortem.engine.cuts.Budget;
import dev.premortem.engine.cuts.CutAnalysis;
import dev.premortem.source.openpsa.OpenPsa;
import dev.premortem.source.openpsa.Unreadable;
import java.util.Optional;

/** Fault trees: an answer within a budget, or what is wrong and where. */
class OpenPsaFuzzTest {
    private static final Budget SMALL = new Budget(20_000, 200_000);

    @FuzzTest(maxDuration = "5s")
    void reads(byte[] bytes) {
        try {
            OpenPsa.Model model = OpenPsa.read("a.xml", Texts.of(bytes), Optional.empty());
            CutAnalysis answer = CutAnalysis.of(model.tree(), SMALL);
            if (answer.sets().isEmpty() && answer.limit().isEmpty()) {
                throw new AssertionError("neither an answer nor why there is none");
            }
        } catch (Unreadable wrong) {
            if (wrong.problem().line() < 1) {
                throw new AssertionError("no line: " + wrong.problem().text(), wrong);
            }
        }
    }
}
