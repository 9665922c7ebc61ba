package dev.premortem.source.openpsa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.engine.cuts.Budget;
import dev.premortem.engine.cuts.CutAnalysis;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reader against the format: each operator, names, values, and what is wrong told with its line. */
class OpenPsaTest {
    private static final Budget AMPLE = new Budget(1 << 18, 1L << 26);
    private static final String THREE = """
            <model-data>
             <define-basic-event name="a"><float value="0.1"/></define-basic-event>
             <define-basic-event name="b"><float value="0.2"/></define-basic-event>
             <define-basic-event name="c"><float value="0.3"/></define-basic-event>
            </model-data>
            """;

    @ParameterizedTest
    @CsvSource({
        "<and>, </and>, 0.006, 1",
        "<or>, </or>, 0.496, 3",
        "<atleast min='2'>, </atleast>, 0.098, 3",
        "<xor>, </xor>, 0.404, 3",
        "<nand>, </nand>, 0.994, 1",
        "<nor>, </nor>, 0.504, 1",
        "<iff>, </iff>, 0.51, 1",
        "<cardinality min='1' max='2'>, </cardinality>, 0.49, 3",
    })
    void everyOperatorHasItsMeaning(String open, String close, double probability, String count) throws Unreadable {
        OpenPsa.Model model = read(gate(open + all() + close) + THREE);
        assertEquals("top", model.top());
        assertEquals(probability, probability(model), 1e-12);
        assertEquals(new BigInteger(count), count(model));
        assertEquals(List.of(), model.remarks());
    }

    @Test
    void anImplicationAndANegationHaveTheirs() throws Unreadable {
        assertEquals(0.92, probability(read(gate("<imply>" + event("a") + event("b") + "</imply>") + THREE)), 1e-12);
        assertEquals(0.9, probability(read(gate("<not>" + event("a") + "</not>") + THREE)), 1e-12);
        assertEquals(
                0.1 * 0.8,
                probability(read(gate("<and>" + event("a") + "<not>" + event("b") + "</not></and>") + THREE)),
                1e-12);
    }

    @Test
    void houseEventsAndConstantsAreFixed() throws Unreadable {
        String houses = "<define-house-event name=\"on\"><constant value=\"true\"/></define-house-event>"
                + "<define-house-event name=\"off\"/>";
        OpenPsa.Model model = read(fault(
                        "t",
                        houses
                                + define(
                                        "top",
                                        "<or><and>" + event("a") + "<house-event name=\"on\"/></and><and>" + event("b")
                                                + "<event name=\"off\"/></and></or>"))
                + THREE);
        assertEquals(0.1, probability(model), 1e-12);
    }

    @Test
    void privateNamesAreTheirContainersAndPathsReachThem() throws Unreadable {
        String inner = "<define-component name=\"left\" role=\"private\">"
                + "<define-basic-event name=\"p\"><float value=\"0.5\"/></define-basic-event>"
                + define("g", "<or><basic-event name=\"p\"/></or>")
                + "</define-component>";
        String other = "<define-component name=\"right\">"
                + "<define-basic-event name=\"p\" role=\"private\"><float value=\"0.25\"/></define-basic-event>"
                + define("h", "<or><basic-event name=\"p\"/></or>")
                + "</define-component>";
        OpenPsa.Model model = read(fault(
                "t",
                define("top", "<and><gate name=\"t.left.g\"/><gate name=\"h\"/><event name=\"t.right.p\"/></and>")
                        + inner
                        + other));
        assertEquals(0.125, probability(model), 1e-12);
        assertEquals(BigInteger.ONE, count(model));
        assertEquals("t.right.p", model.tree().name(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<exponential><parameter name='rate'/><float value='100'/></exponential> | 0.0951625819640404",
                "<exponential><float value='1e-5'/><system-mission-time/></exponential> | 0.0838727456553458",
                "<mul><parameter name='rate'/><int value='3'/></mul> | 0.003",
                "<sub><float value='1'/><exp><neg><parameter name='rate'/></neg></exp></sub> | 0.000999500166625008",
                "<GLM><float value='0'/><float value='0.001'/><float value='0.1'/><float value='1e9'/></GLM> | 0.00990099009900990",
                "<Weibull><float value='100'/><float value='2'/><float value='0'/><float value='10'/></Weibull> | 0.00995016625083189",
                "<lognormal-deviate><float value='0.01'/><float value='3'/><float value='0.95'/></lognormal-deviate> | 0.01",
                "<beta-deviate><float value='1'/><float value='3'/></beta-deviate> | 0.25",
                "<uniform-deviate><float value='0.1'/><float value='0.3'/></uniform-deviate> | 0.2",
                "<periodic-test><parameter name='rate'/><int value='100'/><int value='50'/><int value='170'/></periodic-test> | 0.0198013266932447",
                "<periodic-test><float value='0.01'/><int value='0'/><int value='100'/><int value='50'/><int value='70'/></periodic-test> | 0.503414696208591",
            })
    void expressionsHaveTheirValues(String expression, double expected) throws Unreadable {
        String events =
                "<model-data><define-parameter name='rate' unit='hours-1'><float value='0.001'/></define-parameter>"
                        + "<define-basic-event name='a'><label>what a person reads</label><attributes/>" + expression
                        + "</define-basic-event></model-data>";
        assertEquals(expected, probability(read(gate("<or>" + event("a") + "</or>") + events)), 1e-14);
    }

    @Test
    void parametersThatUseEachOtherTwiceAreWorkedOutOnce() throws Unreadable {
        StringBuilder chain =
                new StringBuilder("<model-data><define-parameter name='p0'><float value='0'/></define-parameter>");
        for (int i = 1; i < 200; i++) {
            String before = "<parameter name='p" + (i - 1) + "'/>";
            chain.append("<define-parameter name='p" + i + "'><add>" + before + before + "</add></define-parameter>");
        }
        chain.append("<define-basic-event name='a'><parameter name='p199'/></define-basic-event></model-data>");
        assertEquals(0, probability(read(gate("<or>" + event("a") + "</or>") + chain)));
    }

    @Test
    void aRepeatedInputIsReadAndTold() throws Unreadable {
        OpenPsa.Model model = read(gate("<or>" + event("a") + event("b") + event("a") + "</or>") + THREE);
        assertEquals(0.28, probability(model), 1e-12);
        assertEquals(1, model.remarks().size());
        assertTrue(model.remarks().getFirst().text().startsWith("model.xml:2: \"a\" is an input of top a second time"));
    }

    @Test
    void eventsThatSayNoProbabilityAreNamedAndCounted() throws Unreadable {
        OpenPsa.Model model = read(gate("<and>" + event("a") + event("z") + "<gate name='other'/></and>")
                + fault(
                        "u",
                        define("other", "<or><event name='y'/><event name='z'/></or>")
                                + "<define-basic-event name='y'/><define-basic-event name='unused'/>")
                + THREE);
        assertEquals(BigInteger.ONE, count(model));
        assertEquals(List.of("y", "z"), List.copyOf(model.withoutProbability()));
        assertEquals(
                "model.xml:2: the event \"z\" is not defined; it counts as a basic event without a probability; expected"
                        + " <define-basic-event name=\"z\"> with one",
                model.remarks().getFirst().text());
    }

    @Test
    void theTopIsWhatNoGateUsesOrWhatIsNamed() throws Unreadable {
        String two =
                fault("t", define("one", "<or>" + event("a") + "</or>") + define("two", "<or>" + event("b") + "</or>"))
                        + THREE;
        assertEquals(
                "model.xml:1: 2 gates that no other one uses: one, two; expected one top, or --top with its name",
                wrong(two));
        assertEquals(0.2, probability(OpenPsa.read("model.xml", wrapped(two), Optional.of("two"))), 1e-12);
        Unreadable none =
                assertThrows(Unreadable.class, () -> OpenPsa.read("model.xml", wrapped(two), Optional.of("tvo")));
        assertEquals(
                "model.xml:1: no gate is called \"tvo\"; expected the name of a gate, such as two",
                none.problem().text());
    }

    @Test
    void whatIsWrongIsToldWithItsLine() {
        assertEquals(
                "model.xml:2: the gates g1, g2 need each other in a circle; expected gates without a circle",
                wrong(fault(
                        "t",
                        define("top", "<or><gate name='g1'/></or>")
                                + define("g1", "<or><gate name='g2'/></or>")
                                + define("g2", "<or><gate name='g1'/></or>"))));
        assertEquals(
                "model.xml:2: the gate \"lost\" is not defined; expected a <define-…> of that name",
                wrong(gate("<or><gate name='lost'/></or>")));
        assertEquals(
                "model.xml:2: a probability of 1.5; expected one from 0 to 1",
                wrong(
                        gate("<or>" + event("a") + "</or>")
                                + "<model-data><define-basic-event name='a'><float value='1.5'/></define-basic-event></model-data>"));
        assertEquals(
                "model.xml:2: \"a\" is defined a second time, first at line 2; expected one definition of each name\n"
                        + "    Maybe make one of them private, with role=\"private\"",
                wrong(gate("<or>" + event("a") + "</or>") + "<model-data><define-basic-event name='a'/>"
                        + "<define-basic-event name='a'/></model-data>"));
    }

    @Test
    void documentTypesEntitiesAndEndlessNestingAreRefused() {
        String evil = "<!DOCTYPE opsa-mef [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><opsa-mef>&a;</opsa-mef>";
        Unreadable entity = assertThrows(Unreadable.class, () -> OpenPsa.read("e.xml", evil, Optional.empty()));
        assertEquals(
                "e.xml:1: a document type declaration; expected none: entities are not read",
                entity.problem().text());
        String deep = "<or>".repeat(100_000);
        Unreadable levels =
                assertThrows(Unreadable.class, () -> OpenPsa.read("d.xml", "<opsa-mef>" + deep, Optional.empty()));
        assertTrue(
                levels.problem().text().contains("more than 1000 levels"),
                levels.problem().text());
        Unreadable torn =
                assertThrows(Unreadable.class, () -> OpenPsa.read("t.xml", "<opsa-mef>\n<a></b>", Optional.empty()));
        assertTrue(torn.problem().text().startsWith("t.xml:2: "), torn.problem().text());
    }

    private static String all() {
        return event("a") + event("b") + event("c");
    }

    private static String event(String name) {
        return "<basic-event name=\"" + name + "\"/>";
    }

    private static String define(String name, String formula) {
        return "<define-gate name=\"" + name + "\">" + formula + "</define-gate>";
    }

    private static String gate(String formula) {
        return fault("t", define("top", formula));
    }

    private static String fault(String name, String content) {
        return "<define-fault-tree name=\"" + name + "\">" + content + "</define-fault-tree>";
    }

    private static String wrapped(String content) {
        return "<?xml version=\"1.0\"?><opsa-mef>\n" + content + "</opsa-mef>";
    }

    private static OpenPsa.Model read(String content) throws Unreadable {
        return OpenPsa.read("model.xml", wrapped(content), Optional.empty());
    }

    private static String wrong(String content) {
        return assertThrows(Unreadable.class, () -> read(content)).problem().text();
    }

    private static double probability(OpenPsa.Model model) {
        return CutAnalysis.probabilityOf(model.tree(), AMPLE).probability().orElseThrow();
    }

    private static BigInteger count(OpenPsa.Model model) {
        return CutAnalysis.of(model.tree(), AMPLE).count().orElseThrow();
    }
}
