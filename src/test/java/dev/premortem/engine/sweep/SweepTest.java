package dev.premortem.engine.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.fact.Assumed;
import dev.premortem.fact.Fact;
import dev.premortem.twin.Condition;
import dev.premortem.twin.Fault;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.Top;
import dev.premortem.twin.Twin;
import dev.premortem.twin.TwinBuilder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SweepTest {
    private final TwinBuilder builder = new TwinBuilder();

    @Test
    void backupLinkThatDoesNotCarryMakesThePrimaryASingleFault() {
        fault("link/primary");
        fault("link/backup");
        standing("link/primary#carries", true);
        standing("link/backup#carries", false);
        gate(
                "path/a-b",
                new Gate.First(List.of(
                        new Gate.Choice(condition("link/primary"), condition("link/primary#carries")),
                        new Gate.Choice(condition("link/backup"), condition("link/backup#carries")))));
        top("crosslink", "path/a-b");

        assertEquals(List.of("[link/primary]"), cuts("crosslink", 3));
    }

    @Test
    void backupLinkThatCarriesLeavesOnlyThePair() {
        fault("link/primary");
        fault("link/backup");
        standing("carries", true);
        gate(
                "path/a-b",
                new Gate.First(List.of(
                        new Gate.Choice(condition("link/primary"), condition("carries")),
                        new Gate.Choice(condition("link/backup"), condition("carries")))));
        top("crosslink", "path/a-b");

        assertEquals(List.of("[link/backup, link/primary]"), cuts("crosslink", 2));
    }

    @Test
    void linksOfEqualPreferenceAllHaveToCarry() {
        fault("link/1");
        fault("link/2");
        standing("always", true);
        fault("link/1#fits");
        standing("link/2#fits", true);
        gate("some-path", any("link/1", "link/2"));
        gate("fits-1", firstOr("link/1", "link/1#fits"));
        gate("fits-2", firstOr("link/2", "link/2#fits"));
        gate("path", all("some-path", "fits-1", "fits-2"));
        top("product", "path");

        // Losing link 1 as well would heal what its narrow hop broke.
        assertEquals(List.of("[link/1#fits]", "[link/1, link/2]"), cuts("product", 2));
        assertTrue(holds("path", "link/1", "link/1#fits"));
    }

    @Test
    void quorumOfFiveIsLostWithThree() {
        String[] nodes = IntStream.range(0, 5).mapToObj(i -> "node/" + i).toArray(String[]::new);
        Arrays.stream(nodes).forEach(this::fault);
        gate("quorum", new Gate.AtLeast(3, conditions(nodes)));
        top("etcd", "quorum");

        assertEquals(List.of(), cuts("etcd", 2));
        assertEquals(10, cuts("etcd", 3).size());
    }

    @Test
    void interchangeableFaultsAreOneSetThatCounts() {
        String[] pods = IntStream.range(0, 5).mapToObj(i -> "pod/" + i).toArray(String[]::new);
        Arrays.stream(pods).forEach(pod -> fault(pod + "#itself", "replicas"));
        fault("site/a");
        for (String pod : pods) {
            gate(pod, all(pod + "#itself", "site/a"));
        }
        gate("workload", new Gate.AtLeast(4, conditions(pods)));
        top("shop", "workload");

        assertEquals(
                List.of(
                        new Cut(List.of(condition("site/a")), 1),
                        new Cut(conditions("pod/0#itself", "pod/1#itself"), 10)),
                sweep(2).cuts().get("shop"));
    }

    @Test
    void faultsThatOnlySayTheyAreAlikeStayApart() {
        fault("pod/0", "replicas");
        fault("pod/1", "replicas");
        fault("node/0");
        gate("pod/0#runs", all("pod/0", "node/0"));
        gate("workload", any("pod/0#runs", "pod/1"));
        top("shop", "workload");

        assertEquals(List.of("[node/0, pod/1]", "[pod/0, pod/1]"), cuts("shop", 2));
    }

    @Test
    void servicesThatNeedEachOtherRunUntilOneOfThemIsLost() {
        fault("a#itself");
        fault("b#1");
        fault("b#2");
        gate("a", all("a#itself", "b"));
        gate("b", all("b#some", "a"));
        gate("b#some", any("b#1", "b#2"));
        top("a", "a");
        top("b", "b");

        assertTrue(holds("a"));
        assertEquals(List.of("[a#itself]", "[b#1, b#2]"), cuts("a", 3));
        assertEquals(cuts("a", 3), cuts("b", 3));
    }

    @Test
    void aSecondFaultThatHealsHidesNoOtherSet() {
        fault("active");
        fault("active#works");
        fault("standby");
        gate(
                "service",
                new Gate.First(List.of(
                        new Gate.Choice(condition("active"), condition("active#works")),
                        new Gate.Choice(condition("standby"), condition("standby")))));
        top("product", "service");

        assertTrue(holds("service", "active", "active#works"));
        assertFalse(holds("service", "active#works"));
        assertEquals(List.of("[active#works]", "[active, standby]"), cuts("product", 3));
    }

    @Test
    void whatIsDownAlreadyHasOnlyTheEmptySet() {
        standing("site", false);
        fault("other");
        gate("service", all("site", "other"));
        top("product", "service");

        assertEquals(List.of("[]"), cuts("product", 2));
    }

    @Test
    void whatIsHeldUpIsNoLongerACut() {
        fault("site");
        fault("other");
        gate("service", all("site", "other"));
        gate("product", all("service"));
        top("product", "product");
        Twin twin = builder.compile(Twin.Form.SETTLED);

        assertEquals(
                List.of(),
                Sweep.run(twin, 2, Set.of(), Set.of(condition("service")))
                        .cuts()
                        .get("product"));
        assertEquals(
                List.of(new Cut(List.of(), 1)),
                Sweep.run(twin, 2, Set.of(condition("site")), Set.of()).cuts().get("product"));
    }

    @Test
    void derivedConditionsMayBeFaults() {
        fault("a");
        fault("b");
        gate("pair", any("a", "b"));
        gate("product", all("pair"));
        builder.fault(faultOf("pair", ""));
        top("product", "product");

        assertEquals(List.of("[pair]", "[a, b]"), cuts("product", 2));
    }

    @Test
    void moreFaultsThanOneBlockHolds() {
        for (int i = 0; i < 700; i++) {
            fault("left/%03d".formatted(i));
            fault("right/%03d".formatted(i));
            gate("service/%03d".formatted(i), any("left/%03d".formatted(i), "right/%03d".formatted(i)));
        }
        gate(
                "product",
                all(IntStream.range(0, 700).mapToObj("service/%03d"::formatted).toArray(String[]::new)));
        top("product", "product");

        assertEquals(
                IntStream.range(0, 700)
                        .mapToObj(i -> "[left/%03d, right/%03d]".formatted(i, i))
                        .toList(),
                cuts("product", 3));
    }

    @Test
    void aLongRingOfServicesFallsAsAWhole() {
        int length = 3000;
        for (int i = 0; i < length; i++) {
            fault("own/%04d".formatted(i));
            fault("spare/%04d".formatted(i));
            gate("runs/%04d".formatted(i), any("own/%04d".formatted(i), "spare/%04d".formatted(i)));
            gate(
                    "service/%04d".formatted(i),
                    all("runs/%04d".formatted(i), "service/%04d".formatted((i + 1) % length)));
        }
        top("product", "service/0000");

        assertEquals(length, cuts("product", 2).size());
    }

    @Test
    void ordersBeyondThreeAreRefused() {
        Twin twin = builder.compile(Twin.Form.SETTLED);

        assertThrows(IllegalArgumentException.class, () -> Sweep.run(twin, 4));
        assertThrows(IllegalArgumentException.class, () -> Sweep.run(twin, 0));
    }

    private SweepResult sweep(int order) {
        return Sweep.run(builder.compile(Twin.Form.SETTLED), order);
    }

    private List<String> cuts(String product, int order) {
        return sweep(order).cuts().getOrDefault(product, List.of()).stream()
                .map(cut -> cut.faults().toString())
                .toList();
    }

    private boolean holds(String name, String... lost) {
        Twin twin = builder.compile(Twin.Form.SETTLED);
        return Evaluation.values(twin, new TreeSet<>(conditions(lost)), Set.of())[twin.number(condition(name))];
    }

    private static Condition condition(String name) {
        return new Condition(name);
    }

    private static List<Condition> conditions(String... names) {
        return Arrays.stream(names).map(Condition::new).toList();
    }

    private static Gate all(String... names) {
        return new Gate.All(conditions(names));
    }

    private static Gate any(String... names) {
        return new Gate.Any(conditions(names));
    }

    private static Gate firstOr(String when, String then) {
        return new Gate.First(List.of(
                new Gate.Choice(condition(when), condition(then)),
                new Gate.Choice(condition("always"), condition("always"))));
    }

    private void standing(String name, boolean holds) {
        builder.basic(condition(name), holds, Meaning.of("", name + " holds", name + " is lost"));
    }

    private void fault(String name) {
        fault(name, "");
    }

    private void fault(String name, String alike) {
        standing(name, true);
        builder.fault(faultOf(name, alike));
    }

    private static Fault faultOf(String name, String alike) {
        Assumed origin = new Assumed("test", "made up for the test");
        return new Fault(condition(name), new Fact<>(1.0, origin), new Fact<>(Duration.ofHours(1), origin), alike);
    }

    private void gate(String name, Gate gate) {
        builder.gate(condition(name), gate, Meaning.of("", name + " holds", name + " is lost"));
    }

    private void top(String product, String condition) {
        builder.top(new Top(condition(condition), product, 1));
    }
}
