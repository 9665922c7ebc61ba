package dev.premortem.engine.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.Process;
import dev.premortem.twin.Scenario;
import dev.premortem.twin.Scenario.Loss;
import dev.premortem.twin.Twin;
import dev.premortem.twin.TwinBuilder;
import dev.premortem.twin.process.Expiry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class TimelineTest {
    private static final Condition A = new Condition("a");
    private static final Condition B = new Condition("b");
    private static final Condition PRODUCT = new Condition("product");
    private static final long END = 1000;

    private final TwinBuilder builder = new TwinBuilder();

    @Test
    void aFaultIsAnOutageForAsLongAsItLasts() {
        all(PRODUCT, basic(A), basic(B));
        Trace trace = run(fault(A, 100, 300));

        assertEquals(List.of(new Trace.Down(100, 300, 1, 3)), trace.downs(PRODUCT));
        assertEquals(0, trace.cause(1));
        assertEquals(2, trace.cause(3));
        assertEquals(-1, trace.cause(0));
        assertTrue(trace.holdsAt(PRODUCT, 99));
        assertFalse(trace.holdsAt(PRODUCT, 100));
        assertFalse(trace.holdsAt(PRODUCT, 299));
        assertTrue(trace.holdsAt(PRODUCT, 300));
    }

    @Test
    void overlappingFaultsCount() {
        all(PRODUCT, basic(A));
        Trace trace = run(fault(A, 100, 300), fault(A, 200, 500), fault(A, 500, 600));

        assertEquals(1, trace.downs(PRODUCT).size());
        assertEquals(100, trace.downs(PRODUCT).getFirst().from());
        assertEquals(600, trace.downs(PRODUCT).getFirst().until());
    }

    @Test
    void aFaultOnAGateHidesItsInputs() {
        all(PRODUCT, basic(A));
        Trace trace = run(fault(PRODUCT, 100, 300), fault(A, 200, 400));

        assertEquals(List.of(new Trace.Down(100, 400, 0, 3)), trace.downs(PRODUCT));
        assertEquals(2, trace.cause(3), "it came back with its input, when the fault was long over");
    }

    @Test
    void whatNeverComesBackIsDownUntilTheEnd() {
        all(PRODUCT, basic(A));
        Trace trace = run(fault(A, 400, Long.MAX_VALUE));

        assertEquals(List.of(new Trace.Down(400, END, 1, -1)), trace.downs(PRODUCT));
    }

    @Test
    void whatIsLostFromTheStartHasNoFall() {
        all(PRODUCT, builder.basic(A, false, meaning("a is lost")));
        Trace trace = run();

        assertEquals(List.of(new Trace.Down(0, END, -1, -1)), trace.downs(PRODUCT));
        assertFalse(trace.initially(PRODUCT));
        assertEquals(
                List.of("a is lost", "product is lost"),
                Chains.standingChain(trace, PRODUCT).stream()
                        .map(Chains.Link::text)
                        .toList());
    }

    @Test
    void whatIsLostFromTheStartMayReturn() {
        all(PRODUCT, builder.basic(A, false, meaning("a is lost")));
        Trace trace = run(Map.of(A, 250L));

        assertEquals(List.of(new Trace.Down(0, 250, -1, 1)), trace.downs(PRODUCT));
    }

    @Test
    void aFaultFromBeforeTheBeginningStandsFromTheStart() {
        all(PRODUCT, basic(A));
        Trace trace = run(fault(A, -50, 70));

        assertEquals(List.of(new Trace.Down(0, 70, -1, 1)), trace.downs(PRODUCT));
    }

    @Test
    void whatIsHeldUpHoldsFromItsInstantOnButAFaultWins() {
        all(PRODUCT, basic(A), basic(B));
        Trace trace = run(Map.of(PRODUCT, 200L), fault(A, 100, 900), fault(PRODUCT, 500, 600));

        assertEquals(
                List.of("100-200", "500-600"),
                trace.downs(PRODUCT).stream()
                        .map(down -> down.from() + "-" + down.until())
                        .toList());
        assertTrue(trace.initially(PRODUCT));
    }

    @Test
    void aRenewalAtTheVerySecondOfNotAfterGivesNoOutage() {
        all(PRODUCT, basic(A));
        builder.process(
                new Expiry("expiry/a", "test", A, List.of(new Expiry.Span(-100, 500), new Expiry.Span(500, 100_000))));
        Trace trace = run(Set.of("expiry/a"));

        assertEquals(List.of(), trace.downs(PRODUCT));
        assertEquals(0, trace.size());
    }

    @Test
    void aCertificateWithoutRenewalIsLostRightAfterNotAfter() {
        all(PRODUCT, basic(A));
        builder.process(new Expiry("expiry/a", "test", A, List.of(new Expiry.Span(-100, 500))));

        assertEquals(501, run(Set.of("expiry/a")).downs(PRODUCT).getFirst().from());
    }

    @Test
    void aHazardThatIsNotInTheScenarioIsHeld() {
        all(PRODUCT, basic(A));
        builder.process(new Expiry("expiry/a", "test", A, List.of(new Expiry.Span(-100, 500))));

        assertEquals(0, run(Set.of()).size());
    }

    @Test
    void aLossAndReturnAtOneInstantIsNoOutage() {
        all(PRODUCT, basic(A), basic(B));
        // The process that heals b answers in the next round, at the same instant.
        builder.process(
                Script.healing("heals").set(100, B, false, "b falls").onChange(B, run -> run.set(B, true, "b")));
        Trace trace = run();

        assertEquals(List.of(), trace.downs(PRODUCT));
        assertEquals(4, trace.size(), "it was lost for no time");
    }

    @Test
    void aReturnOfNoLengthDoesNotEndAnOutage() {
        all(PRODUCT, basic(A), basic(B));
        // When a comes back b falls in the next round: the product held in between, for no time.
        builder.process(Script.healing("falls").writing(B).onChange(A, run -> run.set(B, !run.holds(A), "b falls")));
        Trace trace = run(fault(A, 100, 200));

        assertEquals(
                List.of("100-1000"),
                trace.downs(PRODUCT).stream()
                        .map(down -> down.from() + "-" + down.until())
                        .toList());
        assertTrue(trace.size() > 4, "it did hold in between");
    }

    @Test
    void eventsOfOneInstantGoByKeyAndTag() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            TwinBuilder shuffled = new TwinBuilder();
            List<Script> scripts = new ArrayList<>();
            for (String key : List.of("k1", "k2", "k3")) {
                Condition written = shuffled.basic(new Condition("w-" + key), true, meaning(""));
                scripts.add(Script.healing(key)
                        .set(50, written, false, "")
                        .set(50, written, true, "")
                        .set(20, written, false, ""));
            }
            Collections.shuffle(scripts, random);
            scripts.forEach(shuffled::process);
            List<String> order =
                    Timeline.run(shuffled.compile(Twin.Form.LIVE), scenario(Map.of(), Set.of())).notes().stream()
                            .map(note -> note.instant() + " " + note.text())
                            .toList();
            assertEquals(
                    List.of(
                            "20 k1 2", "20 k2 2", "20 k3 2", "50 k1 0", "50 k1 1", "50 k2 0", "50 k2 1", "50 k3 0",
                            "50 k3 1"),
                    order);
        }
    }

    @Test
    void processesThatAnswerEachOtherForEverAreAnError() {
        basic(A);
        basic(B);
        builder.process(Script.healing("one").writing(A).onChange(B, run -> run.set(A, !run.holds(A), "")));
        builder.process(Script.healing("two").writing(B).onChange(A, run -> run.set(B, !run.holds(B), "")));
        Livelock livelock = assertThrows(Livelock.class, () -> run(fault(A, 100, 101)));

        assertTrue(livelock.toString().contains("process two"), livelock.toString());
        assertTrue(livelock.toString().contains("b"), livelock.toString());
    }

    @Test
    void aProcessThatWakesItselfForEverAtOneInstantIsAnError() {
        basic(A);
        builder.process(new Sleepless());
        Livelock livelock = assertThrows(Livelock.class, this::run);

        assertTrue(livelock.toString().contains("process sleepless"), livelock.toString());
    }

    @Test
    void whatAProcessSetsShowsInTheNextRound() {
        List<Boolean> seen = new ArrayList<>();
        all(PRODUCT, basic(A));
        basic(B);
        builder.process(Script.healing("answers").writing(B).onChange(PRODUCT, run -> {
            run.set(B, run.holds(PRODUCT), "");
            seen.add(run.holds(B));
        }));
        Trace trace = run(fault(A, 100, 200));

        assertEquals(List.of(true, false), seen);
        assertEquals(List.of(new Trace.Down(100, 200, 2, 5)), trace.downs(B));
    }

    @Test
    void stateIsCarriedToTheNextRunUnderTheSameKey() {
        basic(A);
        builder.process(Script.healing("bucket").writing(A).handingOver("7 tokens"));
        Twin twin = builder.compile(Twin.Form.LIVE);
        Trace first = Timeline.run(twin, scenario(Map.of(), Set.of()));
        Trace second = Timeline.run(twin, new Scenario(List.of(), Set.of(), Map.of(), END, 2 * END), first.carried());

        assertEquals(List.of(), first.notes());
        assertEquals(
                List.of("carried 7 tokens", "goes on"),
                second.notes().stream().map(Trace.Note::text).toList());
    }

    @Test
    void carriedStateOutlivesARunWithoutItsProcess() {
        basic(A);
        builder.process(new Script("bucket", Process.Kind.HAZARD).writing(A).handingOver("7 tokens"));
        Twin twin = builder.compile(Twin.Form.LIVE);
        Carried carried =
                Timeline.run(twin, scenario(Map.of(), Set.of("bucket"))).carried();
        carried = Timeline.run(twin, scenario(Map.of(), Set.of()), carried).carried();
        Trace third = Timeline.run(twin, scenario(Map.of(), Set.of("bucket")), carried);

        assertEquals("carried 7 tokens", third.notes().getFirst().text());
    }

    @Test
    void wordsOfAnEventDoNotTellALaterOne() {
        basic(A);
        builder.process(Script.healing("p").set(100, A, false, "the pod dies").set(200, A, true, "the pod starts"));
        Trace trace = run(fault(A, 50, 300));

        assertEquals(2, trace.size());
        assertEquals("", trace.text(1), "the fault ends, no pod starts");
    }

    @Test
    void aCycleThatRoseIsToldFromWhereItWasRaised() {
        // a reads b and b reads a and the need; the need is behind both in no order of names.
        Condition need = basic(new Condition("z-need"));
        Condition one = new Condition("a-one");
        Condition two = new Condition("b-two");
        builder.gate(one, new Gate.All(List.of(two)), meaning(""));
        builder.gate(two, new Gate.All(List.of(one, need)), meaning(""));
        Trace trace = run(fault(need, 100, 200));

        assertEquals(6, trace.size());
        for (int i = 0; i < trace.size(); i++) {
            assertEquals(i % 3 == 0 ? -1 : i - 1, trace.cause(i));
        }
        assertEquals(List.of(two, one), List.of(trace.condition(1), trace.condition(2)));
        assertEquals(List.of(two, one), List.of(trace.condition(4), trace.condition(5)));
    }

    @Test
    void noProcessWritesWhatIsNotItsOwn() {
        basic(A);
        basic(B);
        builder.process(Script.healing("p").writing(A).onChange(A, run -> run.set(B, false, "")));

        assertThrows(IllegalStateException.class, () -> run(fault(A, 1, 2)));
    }

    @Test
    void aFaultOnWhatTheTwinDoesNotHaveIsRefused() {
        assertThrows(IllegalStateException.class, () -> run(fault(A, 1, 2)));
    }

    private Condition basic(Condition condition) {
        return builder.basic(condition, true, meaning(condition + " fails"));
    }

    private void all(Condition gate, Condition... inputs) {
        builder.gate(gate, new Gate.All(List.of(inputs)), meaning(gate + " is lost"));
    }

    private static Meaning meaning(String lost) {
        return Meaning.of("test", "", lost);
    }

    private static Loss fault(Condition condition, long from, long until) {
        return new Loss(condition, from, until);
    }

    private Trace run(Loss... losses) {
        return run(Map.of(), losses);
    }

    private Trace run(Map<Condition, Long> heldUp, Loss... losses) {
        return Timeline.run(builder.compile(Twin.Form.LIVE), scenario(heldUp, Set.of(), losses));
    }

    private Trace run(Set<String> hazards) {
        return Timeline.run(builder.compile(Twin.Form.LIVE), scenario(Map.of(), hazards));
    }

    private static Scenario scenario(Map<Condition, Long> heldUp, Set<String> hazards, Loss... losses) {
        return new Scenario(List.of(losses), hazards, heldUp, 0, END);
    }

    /** Plans itself again for the present instant, whatever happens. */
    private record Sleepless() implements Process {
        @Override
        public String key() {
            return "sleepless";
        }

        @Override
        public Kind kind() {
            return Kind.HEALING;
        }

        @Override
        public String mechanism() {
            return "test";
        }

        @Override
        public List<Condition> writes() {
            return List.of();
        }

        @Override
        public List<Condition> watches() {
            return List.of();
        }

        @Override
        public Behaviour begin() {
            return new Behaviour() {
                @Override
                public void start(Run run) {
                    run.wakeAt(10, 0);
                }

                @Override
                public void wake(Run run, int tag) {
                    run.wakeAt(run.now(), tag);
                }
            };
        }
    }
}
