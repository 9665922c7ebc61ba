package dev.premortem.source.openpsa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Periodically tested parts, by hand, against what SCRAM's own tests expect, and against the figure of the specification integrated step by step. */
class TestedPartTest {
    @Test
    void aPartThatEachTestRenewsIsAsOldAsItsLastTest() {
        assertEquals(1 - Math.exp(-0.02), TestedPart.renewed(1e-3, 100, 50, 20), 1e-15);
        assertEquals(1 - Math.exp(-0.02), TestedPart.renewed(1e-3, 100, 50, 170), 1e-15);
        // at a test, what it is about to find
        assertEquals(1 - Math.exp(-0.1), TestedPart.renewed(1e-3, 100, 50, 150), 1e-15);
    }

    @Test
    void whatATestFindsIsRepairedAndMayFailAgainUnseen() {
        double failedBefore = 1 - Math.exp(-0.5);
        double inRepair = Math.exp(-2);
        double failedAgain = 1 - (0.1 * Math.exp(-0.2) - 0.01 * Math.exp(-2)) / 0.09;
        double expected = failedBefore * (inRepair + failedAgain) + (1 - failedBefore) * (1 - Math.exp(-0.2));
        assertEquals(expected, TestedPart.instant(0.01, 0.1, 100, 50).unavailable(70), 1e-14);
    }

    @ParameterizedTest
    @CsvSource({
        "4e-4, 4020, 0.817508",
        "4e-4, 2010, 0.736611",
        "4e-4, 120, 0.645377",
        "7e-4, 120, 0.511579",
        "0, 120, 0.997828"
    })
    void instantTestsAreAsScramHasThem(double repairing, double between, double expected) {
        assertEquals(
                expected, TestedPart.instant(7e-4, repairing, between, 4740).unavailable(8760), 1e-6);
    }

    @ParameterizedTest
    @CsvSource({
        "6e-4, 4e-4, 20, true, 8760, 0.668316",
        "6e-4, 4e-4, 20, false, 8760, 0.668316",
        "6e-4, 4e-4, 20, false, 4750, 1",
        "6e-4, 4e-4, 20, false, 4870, 0.996715",
        "6e-4, 4e-4, 20, false, 8710, 0.997478",
        "7e-4, 7e-4, 20, true, 8760, 0.543401",
        "6e-4, 4e-4, 120, true, 8760, 0.6469",
    })
    void wholeTestsAreAsScramHasThem(
            double underTest, double repairing, double lasting, boolean available, double time, double expected) {
        TestedPart part = new TestedPart(7e-4, underTest, repairing, 120, 4740, 0.01, lasting, available, 0.9, 0.01);
        assertEquals(expected, part.unavailable(time), 1e-6);
    }

    @Test
    void immediateRepairIsTheSimplestForm() {
        assertEquals(
                TestedPart.renewed(1e-3, 100, 50, 333),
                TestedPart.instant(1e-3, 1e9, 100, 50).unavailable(333),
                1e-9);
    }

    @Test
    void theFigureOfTheSpecificationStepByStepGivesTheSame() {
        Random random = new Random(5);
        for (int round = 0; round < 100; round++) {
            double between = 50 + 50 * random.nextDouble();
            TestedPart part = new TestedPart(
                    0.02 * random.nextDouble(),
                    0.05 * random.nextDouble(),
                    0.1 * random.nextDouble(),
                    between,
                    100 * random.nextDouble(),
                    0.2 * random.nextDouble(),
                    between * random.nextDouble(),
                    random.nextBoolean(),
                    random.nextDouble(),
                    0.3 * random.nextDouble());
            double time = 400 * random.nextDouble();
            assertEquals(stepped(part, time), part.unavailable(time), 2e-4, part + " at " + time);
        }
    }

    /** The states of the figure: works, failed, in repair; works under test. In small steps. */
    private static double stepped(TestedPart part, double time) {
        double works = 1;
        double failed = 0;
        double repair = 0;
        double underTest = 0;
        double found = 0;
        double now = 0;
        double next = part.first();
        double end = Double.POSITIVE_INFINITY;
        double step = 0.002;
        while (now < time) {
            if (now >= next) {
                double broken = part.byTest() * works + failed;
                underTest = (1 - part.byTest()) * works;
                works = 0;
                failed = (1 - part.covering()) * broken;
                found = part.covering() * broken;
                end = next + part.lasting();
                next += part.between();
            }
            if (now >= end) {
                works += underTest;
                repair += found;
                underTest = 0;
                found = 0;
                end = Double.POSITIVE_INFINITY;
            }
            double fails = part.failing() * works * step;
            double broken = part.failingUnderTest() * underTest * step;
            double mended = part.repairing() * repair * step;
            works += mended * (1 - part.badly()) - fails;
            failed += fails + mended * part.badly() + broken * (1 - part.covering());
            underTest -= broken;
            found += broken * part.covering();
            repair -= mended;
            now += step;
        }
        return 1 - works - (part.available() ? underTest : 0);
    }
}
