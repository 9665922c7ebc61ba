package dev.premortem.twin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.testing.RandomTwins;
import dev.premortem.testing.Rounds;
import dev.premortem.testing.Sample;
import dev.premortem.twin.Gate.Choice;
import dev.premortem.twin.process.PodStart;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TwinBuilderTest {
    private static final Condition A = new Condition("a");
    private static final Condition B = new Condition("b");
    private static final Condition C = new Condition("c");
    private static final Meaning NONE = Meaning.of("", "", "");

    private final TwinBuilder builder = new TwinBuilder();

    @Test
    void inputsStandBeforeWhatReadsThem() {
        builder.gate(A, new Gate.All(List.of(B)), NONE);
        builder.gate(B, new Gate.Any(List.of(C)), NONE);
        builder.basic(C, true, NONE);
        Twin twin = builder.compile(Twin.Form.LIVE);

        assertEquals(
                List.of(C, B, A),
                IntStream.range(0, 3).mapToObj(twin::condition).toList());
        assertEquals(-1, twin.number(new Condition("d")));
    }

    @Test
    void randomTwinsAreWhatTheirTablesSay() {
        Rounds.run(1500, seed -> check(RandomTwins.of(seed)));
    }

    private static void check(Sample sample) {
        Twin twin = sample.twin(Twin.Form.SETTLED);
        assertEquals(sample.basics().size() + sample.gates().size(), twin.size());
        for (int c = 0; c < twin.size(); c++) {
            Condition condition = twin.condition(c);
            assertEquals(c, twin.number(condition));
            List<Condition> inputs = Arrays.stream(twin.in, twin.inStart[c], twin.inStart[c + 1])
                    .mapToObj(twin::condition)
                    .toList();
            Gate gate = sample.gates().get(condition);
            assertEquals(gate == null ? List.of() : gate.inputs(), inputs);
            int component = twin.component[c];
            assertTrue(twin.componentStart[component] <= c && c < twin.componentStart[component + 1]);
            Set<Condition> reached = reached(sample, condition);
            assertEquals(reached.contains(condition), twin.cyclic[component], condition + " is on a cycle");
            Set<Integer> readers = new TreeSet<>();
            for (int other = 0; other < twin.size(); other++) {
                boolean together = reached.contains(twin.condition(other))
                        && reached(sample, twin.condition(other)).contains(condition);
                assertEquals(together || other == c, twin.component[other] == component, "one component");
                if (reached.contains(twin.condition(other)) && !together) {
                    assertTrue(other < c, "inputs first");
                }
                if (Arrays.stream(twin.in, twin.inStart[other], twin.inStart[other + 1])
                        .anyMatch(condition(c))) {
                    readers.add(other);
                }
            }
            assertArrayEquals(
                    readers.stream().mapToInt(Integer::intValue).toArray(),
                    Arrays.copyOfRange(twin.out, twin.outStart[c], twin.outStart[c + 1]),
                    "readers, each once");
        }
    }

    private static java.util.function.IntPredicate condition(int number) {
        return each -> each == number;
    }

    /** Everything that a condition reads, over any number of steps. */
    private static Set<Condition> reached(Sample sample, Condition from) {
        Set<Condition> reached = new HashSet<>();
        reach(sample, from, reached);
        return reached;
    }

    private static void reach(Sample sample, Condition from, Set<Condition> reached) {
        Gate gate = sample.gates().get(from);
        if (gate != null) {
            gate.inputs().stream().filter(reached::add).forEach(input -> reach(sample, input, reached));
        }
    }

    @Test
    void aCycleThroughWhatChoosesIsRefusedWithItsMembers() {
        builder.basic(C, true, NONE);
        builder.gate(B, new Gate.All(List.of(A)), NONE);
        builder.gate(A, new Gate.First(List.of(new Choice(B, C))), NONE);
        ChoiceCycle cycle = assertThrows(ChoiceCycle.class, () -> builder.compile(Twin.Form.LIVE));

        assertEquals(List.of(A, B), cycle.members());
    }

    @Test
    void aCycleThroughNegationIsRefusedWithItsMembers() {
        builder.gate(A, new Gate.Not(A), NONE);
        ChoiceCycle cycle = assertThrows(ChoiceCycle.class, () -> builder.compile(Twin.Form.LIVE));

        assertEquals(List.of(A), cycle.members());
    }

    @Test
    void aCycleThroughWhatIsChosenIsLegal() {
        builder.basic(C, true, NONE);
        builder.gate(B, new Gate.All(List.of(A)), NONE);
        builder.gate(A, new Gate.First(List.of(new Choice(C, B))), NONE);
        Twin twin = builder.compile(Twin.Form.LIVE);

        assertTrue(twin.cyclic[twin.component[twin.number(A)]]);
        assertEquals(twin.component[twin.number(A)], twin.component[twin.number(B)]);
        assertFalse(twin.cyclic[twin.component[twin.number(C)]]);
    }

    @Test
    void anInputThatNobodyDefinesIsThrownWithBothNames() {
        builder.gate(A, new Gate.All(List.of(B)), NONE);
        IllegalStateException error = assertThrows(IllegalStateException.class, () -> builder.compile(Twin.Form.LIVE));

        assertTrue(error.toString().contains("a reads b"), error.toString());
    }

    @Test
    void nothingIsDefinedTwice() {
        builder.basic(A, true, NONE);

        assertThrows(IllegalStateException.class, () -> builder.gate(A, new Gate.All(List.of()), NONE));
    }

    @Test
    void whatIsOpenHoldsWhileEverythingRequiredHolds() {
        builder.basic(B, true, NONE);
        builder.basic(C, true, NONE);
        builder.open(A, NONE);
        builder.require(A, C);
        builder.require(A, B);
        builder.require(A, C);
        Twin twin = builder.compile(Twin.Form.LIVE);
        int a = twin.number(A);

        assertEquals(Twin.ALL, twin.kind[a]);
        assertEquals(2, twin.inStart[a + 1] - twin.inStart[a]);
        assertThrows(IllegalStateException.class, () -> builder.require(B, C));
    }

    @Test
    void whatHealingWritesIsBasicOnlyInTheLiveForm() {
        builder.basic(B, true, NONE);
        builder.basic(C, true, NONE);
        builder.written(A, true, new Gate.Any(List.of(B, C)), new Gate.All(List.of(B, C)), NONE);

        assertEquals(Twin.BASIC, kind(Twin.Form.LIVE));
        assertEquals(Twin.ANY, kind(Twin.Form.SETTLED));
        assertEquals(Twin.ALL, kind(Twin.Form.AT_ONCE));
        Twin live = builder.compile(Twin.Form.LIVE);
        assertTrue(live.initial[live.number(A)]);
    }

    private byte kind(Twin.Form form) {
        Twin twin = builder.compile(form);
        return twin.kind[twin.number(A)];
    }

    @Test
    void aLongChainAndALongCycleNeedNoDeepStack() {
        int length = 200_000;
        builder.gate(name(0), new Gate.All(List.of(name(length - 1))), NONE);
        for (int i = 1; i < length; i++) {
            builder.gate(name(i), new Gate.All(List.of(name(i - 1))), NONE);
        }
        builder.gate(new Condition("last"), new Gate.All(List.of(name(7))), NONE);
        Twin twin = builder.compile(Twin.Form.LIVE);

        assertEquals(2, twin.cyclic.length);
        assertEquals(length, twin.componentStart[1]);
    }

    private static Condition name(int number) {
        return new Condition("c" + number);
    }

    private static PodStart writer(String key, Condition written) {
        return new PodStart(
                key,
                "test",
                written,
                new PodStart.Needs(B, B, List.of()),
                new PodStart.Times(Duration.ZERO, Duration.ZERO, Optional.empty()),
                false);
    }

    private String refusal() {
        return String.valueOf(assertThrows(IllegalStateException.class, () -> builder.compile(Twin.Form.LIVE))
                .getMessage());
    }

    @Test
    void twoProcessesThatWriteOneConditionAreRefusedByName() {
        builder.basic(A, true, NONE);
        builder.basic(B, true, NONE);
        builder.process(writer("one", A));
        builder.compile(Twin.Form.LIVE);
        builder.process(writer("two", A));

        assertEquals("a is written by two processes, one and two", refusal());
    }

    @Test
    void aProcessThatWritesAGateIsRefusedByName() {
        builder.gate(A, new Gate.All(List.of(B)), NONE);
        builder.basic(B, true, NONE);
        builder.process(writer("one", A));

        assertEquals("process one writes a, which is a gate", refusal());
    }

    @Test
    void aProcessThatWritesAnOpenConditionIsRefusedByName() {
        builder.open(A, NONE);
        builder.basic(B, true, NONE);
        builder.process(writer("one", A));

        assertEquals("process one writes a, which is a gate", refusal());
    }

    @Test
    void aHealingProcessMayWriteWhatIsAGateOnceSettled() {
        builder.written(A, true, new Gate.All(List.of(B)), new Gate.All(List.of(B)), NONE);
        builder.basic(B, true, NONE);
        builder.process(writer("one", A));

        assertEquals(1, builder.compile(Twin.Form.LIVE).processes().size());
    }
}
