package dev.premortem.source.openpsa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.premortem.engine.cuts.Budget;
import dev.premortem.engine.cuts.CutAnalysis;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Common-cause groups by hand, and as SCRAM's own tests expect them. */
class CommonCausesTest {
    private static final Budget AMPLE = new Budget(1 << 18, 1L << 26);

    @Test
    void betaKnowsEachMemberAloneAndAllTogether() throws Unreadable {
        CutAnalysis both =
                analysed("<and><event name='a'/><event name='b'/></and>", group("beta-factor", 0.1, "a b", 0.2));
        assertEquals(0.02 + 0.98 * 0.08 * 0.08, both.probability().orElseThrow(), 1e-15);
        assertEquals(BigInteger.TWO, both.count().orElseThrow());
        List<String> names =
                List.of(both.tree().name(0), both.tree().name(1), both.tree().name(2));
        assertEquals(List.of("[a]", "[b]", "[a b]"), names);
    }

    @Test
    void greekLettersOfTheSpecificationsFourPumps() throws Unreadable {
        // 6.1: Q1 = 0.9 Q, Q2 = 1/3 · 0.1 · 0.8 Q, Q3 = 1/3 · 0.1 · 0.2 · 0.7 Q, Q4 = 0.1 · 0.2 · 0.3 Q
        CutAnalysis one = analysed("<or><event name='a'/></or>", group("MGL", 0.1, "a b c d", 0.1, 0.2, 0.3));
        double none = (1 - 0.09) * Math.pow(1 - 0.1 * 0.08 / 3, 3) * Math.pow(1 - 0.1 * 0.014 / 3, 3) * (1 - 0.0006);
        assertEquals(1 - none, one.probability().orElseThrow(), 1e-15);
        assertEquals(new BigInteger("8"), one.count().orElseThrow());
    }

    @Test
    void allThreeOfThreeByGreekLetters() throws Unreadable {
        CutAnalysis all = analysed(
                "<and><event name='a'/><event name='b'/><event name='c'/></and>", group("MGL", 0.1, "a b c", 0.2, 0.5));
        double alone = 0.08;
        double pair = 0.005;
        double without = Math.pow(1 - pair, 3) * alone * alone * alone
                + 3 * pair * (1 - pair) * (1 - pair) * alone
                + 3 * pair * pair * (1 - pair)
                + pair * pair * pair;
        assertEquals(0.01 + 0.99 * without, all.probability().orElseThrow(), 1e-15);
        assertEquals(new BigInteger("8"), all.count().orElseThrow());
    }

    @Test
    void alphaFactorsAreSharesOfEvents() throws Unreadable {
        CutAnalysis one = analysed("<or><event name='a'/></or>", group("alpha-factor", 0.1, "a b c", 0.9, 0.06, 0.04));
        double sum = 0.9 + 2 * 0.06 + 3 * 0.04;
        double none = (1 - 0.09 / sum) * Math.pow(1 - 0.006 / sum, 2) * (1 - 3 * 0.004 / sum);
        assertEquals(1 - none, one.probability().orElseThrow(), 1e-15);
    }

    @Test
    void levelsAboveTheLastFactorHaveNoEvents() throws Unreadable {
        CutAnalysis one = analysed("<or><event name='a'/></or>", group("MGL", 0.1, "a b c d", 0.3));
        assertEquals(
                1 - 0.93 * Math.pow(1 - 0.03 / 3, 3),
                one.probability().orElseThrow(),
                1e-15,
                "alone, or one of 3 pairs");
        assertEquals(new BigInteger("4"), one.count().orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "beta-factor, 0.2, 0.04308, 10",
        "MGL, 0.2 0.1, 0.01630, 34",
        "alpha-factor, 0.7 0.2 0.1, 0.05298, 34",
        "phi-factor, 0.7 0.2 0.1, 0.04104, 34",
    })
    void threeTrainsAreAsScramHasThem(String model, String factors, double probability, String count)
            throws Unreadable {
        double[] numbers = List.of(factors.split(" ")).stream()
                .mapToDouble(Double::parseDouble)
                .toArray();
        StringBuilder trains = new StringBuilder("<and>");
        for (int train = 1; train <= 3; train++) {
            trains.append("<or><event name='valve" + train + "'/><event name='pump" + train + "'/></or>");
        }
        CutAnalysis found = analysed(
                trains + "</and>",
                group(model, 0.1, "pump1 pump2 pump3", numbers) + group(model, 0.1, "valve1 valve2 valve3", numbers));
        assertEquals(probability, found.probability().orElseThrow(), 1e-5);
        assertEquals(new BigInteger(count), found.count().orElseThrow());
    }

    @Test
    void factorsMayComeInAnyOrderWithTheirLevels() throws Unreadable {
        String shuffled = group("MGL", 0.1, "a b c", 0.2, 0.5)
                .replace("<factor><float value='0.2'/></factor>", "")
                .replace("</factors>", "<factor level='2'><float value='0.2'/></factor></factors>")
                .replace("<factor><float value='0.5'", "<factor level='3'><float value='0.5'");
        assertEquals(
                analysed("<or><event name='a'/></or>", group("MGL", 0.1, "a b c", 0.2, 0.5))
                        .probability(),
                analysed("<or><event name='a'/></or>", shuffled).probability());
    }

    @Test
    void aGroupsDistributionMayBeOneUnknown() throws Unreadable {
        String drawn = group("beta-factor", 0.1, "a b", 0.5)
                .replace(
                        "<distribution><float value='0.1'/>",
                        "<distribution><uniform-deviate><float value='0.1'/><float value='0.3'/></uniform-deviate>");
        OpenPsa.Model model = read("<and><event name='a'/><event name='b'/></and>", drawn);
        for (double[] point : model.samples()) {
            assertEquals(point[0], point[2], 1e-15, "half alone, half together, whatever was drawn");
            assertEquals(point[0], point[1], 1e-15);
        }
        assertEquals(
                0.2,
                model.samples().stream()
                        .mapToDouble(point -> 2 * point[0])
                        .average()
                        .orElse(0),
                1e-9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "beta-factor | a | 0.1 | a common-cause group of 1 members; expected two or more",
                "gamma | a b | 0.1 | a common-cause group of the model \"gamma\"; expected beta-factor, MGL, alpha-factor or phi-factor",
                "phi-factor | a b | 0.5 0.4 | phi-factors with a sum of 0.9; expected a sum of 1",
                "MGL | a b | 0.5 0.4 | a factor of level 3; expected for MGL with 2 members: levels 2 to 2, each once",
                "MGL | a b | 1.5 | a probability of 1.5; expected one from 0 to 1",
                "alpha-factor | a b | 0 0 | alpha-factors that are all zero; expected one above zero",
            })
    void whatIsWrongIsToldWithItsLine(String model, String members, String factors, String told) {
        double[] numbers = List.of(factors.split(" ")).stream()
                .mapToDouble(Double::parseDouble)
                .toArray();
        Unreadable wrong = assertThrows(
                Unreadable.class, () -> read("<or><event name='a'/></or>", group(model, 0.1, members, numbers)));
        assertEquals("model.xml:2: " + told, wrong.problem().text());
    }

    @Test
    void aMemberIsDefinedByItsGroupAlone() {
        Unreadable wrong = assertThrows(
                Unreadable.class,
                () -> read(
                        "<or><event name='a'/></or>",
                        group("beta-factor", 0.1, "a b", 0.2)
                                + "<define-basic-event name='a'><float value='0.5'/></define-basic-event>"));
        assertEquals(
                "model.xml:2: \"a\" is defined a second time, first at line 2; expected one definition of each name\n"
                        + "    Maybe make one of them private, with role=\"private\"",
                wrong.problem().text());
    }

    @Test
    void tooManyCombinationsAreRefused() {
        StringBuilder members = new StringBuilder("a");
        for (int member = 0; member < 40; member++) {
            members.append(" m").append(member);
        }
        double[] factors = new double[40];
        Unreadable wrong = assertThrows(
                Unreadable.class,
                () -> read("<or><event name='a'/></or>", group("MGL", 0.1, members.toString(), factors)));
        assertEquals(
                "model.xml:2: more than 100000 combinations of members; expected fewer members",
                wrong.problem().text());
    }

    private static CutAnalysis analysed(String formula, String groups) throws Unreadable {
        return CutAnalysis.of(read(formula, groups).tree(), AMPLE);
    }

    private static OpenPsa.Model read(String formula, String groups) throws Unreadable {
        return OpenPsa.read(
                "model.xml",
                "<opsa-mef><define-fault-tree name='t'><define-gate name='top'>" + formula
                        + "</define-gate></define-fault-tree>\n" + groups + "</opsa-mef>",
                Optional.empty());
    }

    private static String group(String model, double total, String members, double... factors) {
        StringBuilder made =
                new StringBuilder("<define-CCF-group name='g' model='" + model + "'><label>alike</label><members>");
        for (String member : members.split(" ")) {
            made.append("<basic-event name='" + member + "'/>");
        }
        made.append("</members><distribution><float value='" + total + "'/></distribution><factors>");
        for (double factor : factors) {
            made.append("<factor><float value='" + factor + "'/></factor>");
        }
        return made + "</factors></define-CCF-group>";
    }
}
