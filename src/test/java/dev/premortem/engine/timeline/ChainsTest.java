package dev.premortem.engine.timeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Gate;
import dev.premortem.twin.Gate.Choice;
import dev.premortem.twin.Meaning;
import dev.premortem.twin.Scenario;
import dev.premortem.twin.Scenario.Loss;
import dev.premortem.twin.Twin;
import dev.premortem.twin.TwinBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ChainsTest {
    private static final long HOUR = 3_600_000;
    private static final Condition PRIMARY = new Condition("link/primary");
    private static final Condition BACKUP = new Condition("link/backup");
    private static final Condition PRODUCT = new Condition("product/shop");

    private final TwinBuilder builder = new TwinBuilder();

    /** Two sites, a preferred link that carries and a backup whose packets do not fit. */
    private void crosslink(boolean backupFits) {
        basic(PRIMARY, true, "the primary fails");
        basic(BACKUP, true, "the backup fails");
        Condition carries = basic(new Condition("link/primary#carries"), true, "packets do not fit into the primary");
        Condition fits = basic(new Condition("link/backup#carries"), backupFits, "packets do not fit into the backup");
        Condition path = builder.gate(
                new Condition("path/a-b"),
                new Gate.First(List.of(new Choice(PRIMARY, carries), new Choice(BACKUP, fits))),
                meaning("nothing passes between a and b"));
        Condition database = basic(new Condition("workload/database"), true, "the database stops");
        builder.gate(PRODUCT, new Gate.All(List.of(database, path)), meaning("the shop is down"));
    }

    @Test
    void theBackupThatDoesNotCarryStandsInTheChainOfThePrimarysLoss() {
        crosslink(false);
        Trace trace = run(new Loss(PRIMARY, HOUR, 5 * HOUR));
        Trace.Down down = trace.downs(PRODUCT).getFirst();

        assertEquals(HOUR, down.from());
        assertEquals(5 * HOUR, down.until());
        List<Chains.Link> chain = Chains.chain(trace, down.fall());
        assertEquals(
                List.of(
                        "the primary fails",
                        "packets do not fit into the backup",
                        "nothing passes between a and b",
                        "the shop is down"),
                texts(chain));
        assertEquals(
                List.of(false, true, false, false),
                chain.stream().map(Chains.Link::standing).toList());
        assertEquals(HOUR, chain.getFirst().instant());
        assertEquals(Long.MIN_VALUE, chain.get(1).instant());
    }

    @Test
    void whatEndsAnOutageBeginsTheChainOfTheReturn() {
        crosslink(false);
        Trace trace = run(new Loss(PRIMARY, HOUR, 5 * HOUR));
        List<Chains.Link> chain =
                Chains.chain(trace, trace.downs(PRODUCT).getFirst().rise());

        assertEquals(PRIMARY, chain.getFirst().condition());
        assertEquals(PRODUCT, chain.getLast().condition());
        assertTrue(chain.stream().allMatch(Chains.Link::holds));
    }

    @Test
    void aBackupThatCarriesKeepsTheProduct() {
        crosslink(true);

        assertEquals(List.of(), run(new Loss(PRIMARY, HOUR, 5 * HOUR)).downs(PRODUCT));
    }

    @Test
    void whatFellBeforeStandsWithItsInstant() {
        crosslink(true);
        Trace trace = run(new Loss(BACKUP, HOUR, 9 * HOUR), new Loss(PRIMARY, 2 * HOUR, 5 * HOUR));
        List<Chains.Link> chain =
                Chains.chain(trace, trace.downs(PRODUCT).getFirst().fall());

        assertTrue(texts(chain).contains("the backup fails"), texts(chain).toString());
        Chains.Link before = chain.stream()
                .filter(link -> link.condition().equals(BACKUP))
                .findFirst()
                .orElseThrow();
        assertEquals(HOUR, before.instant());
        assertEquals(2 * HOUR, chain.getLast().instant());
    }

    @Test
    void aPreferredLinkThatReturnsAndDoesNotCarryIsTheCause() {
        crosslink(true);
        // The primary is away and would not carry; while it is away the backup does.
        Trace trace =
                run(new Loss(PRIMARY, -1, HOUR), new Loss(new Condition("link/primary#carries"), -1, Long.MAX_VALUE));
        Trace.Down down = trace.downs(PRODUCT).getFirst();
        List<Chains.Link> chain = Chains.chain(trace, down.fall());

        assertEquals(HOUR, down.from());
        assertEquals(PRIMARY, chain.getFirst().condition());
        assertTrue(chain.getFirst().holds(), "it rose");
        assertTrue(
                texts(chain).contains("packets do not fit into the primary"),
                texts(chain).toString());
    }

    @Test
    void copiesAlreadyLostStandAtTheirGate() {
        Condition one = basic(new Condition("pod/1"), true, "pod 1 dies");
        Condition two = basic(new Condition("pod/2"), true, "pod 2 dies");
        Condition three = basic(new Condition("pod/3"), true, "pod 3 dies");
        builder.gate(PRODUCT, new Gate.AtLeast(2, List.of(one, two, three)), meaning("the shop is down"));
        Trace trace = run(new Loss(three, HOUR, 9 * HOUR), new Loss(one, 2 * HOUR, 3 * HOUR));

        assertEquals(
                List.of("pod 1 dies", "pod 3 dies", "the shop is down"),
                texts(Chains.chain(trace, trace.downs(PRODUCT).getFirst().fall())));
    }

    @Test
    void ofTwoLostAtOnceTheSmallerKeyIsTheCause() {
        Condition two = basic(new Condition("b"), true, "b fails");
        Condition one = basic(new Condition("a"), true, "a fails");
        builder.gate(PRODUCT, new Gate.All(List.of(two, one)), meaning("the shop is down"));
        Trace trace = run(new Loss(two, HOUR, 2 * HOUR), new Loss(one, HOUR, 3 * HOUR));
        Trace.Down down = trace.downs(PRODUCT).getFirst();

        assertEquals(List.of("a fails", "the shop is down"), texts(Chains.chain(trace, down.fall())));
        assertEquals(one, Chains.chain(trace, down.rise()).getFirst().condition(), "the last that rose");
    }

    private Condition basic(Condition condition, boolean holds, String lost) {
        return builder.basic(condition, holds, meaning(lost));
    }

    private static Meaning meaning(String lost) {
        return Meaning.of("test", "", lost);
    }

    private static List<String> texts(List<Chains.Link> chain) {
        return chain.stream().map(Chains.Link::text).toList();
    }

    private Trace run(Loss... losses) {
        return Timeline.run(
                builder.compile(Twin.Form.LIVE), new Scenario(List.of(losses), Set.of(), Map.of(), 0, 10 * HOUR));
    }
}
