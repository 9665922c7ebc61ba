package dev.premortem.engine.sweep;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Twin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * All minimal failing sets of up to three faults, for every product at once. Singles are all tried; of pairs and triples only those that the {@link Join}
 * names, each of them evaluated exactly. For the settled and at-once forms of a twin.
 */
public final class Sweep {
    /** Faults that reach more than this go first, so that the cones of the blocks behind them stay small. */
    private static final int WIDE = 256;

    private static final int HIGHEST_ORDER = 3;

    private final Work work;
    private final Shares shares;
    /** The first one is there from the beginning, the others where they are needed. */
    private final @Nullable Hand[] hands;

    private final Lanes lanes;
    private final Found found;
    private final Alike alike;
    private final int order;
    /** By place in the order of trying: the fault's number in the twin's list. */
    private final int[] slots;

    private Sweep(Twin twin, int order, Set<Condition> lost, Set<Condition> heldUp, Work work, Shares shares) {
        if (order < 1 || order > HIGHEST_ORDER) {
            throw new IllegalArgumentException("order must be 1 to " + HIGHEST_ORDER + ", was " + order);
        }
        if (twin.faults().size() > Key.MOST) {
            throw new IllegalArgumentException(
                    "at most " + Key.MOST + " faults, were " + twin.faults().size());
        }
        this.order = order;
        this.work = work;
        this.shares = shares;
        lanes = new Lanes(twin, Evaluation.mask(twin, lost), Evaluation.mask(twin, heldUp));
        int[] numbers = twin.faults().stream()
                .mapToInt(fault -> twin.number(fault.condition()))
                .toArray();
        alike = new Alike(twin, lanes.standing, numbers);
        slots = slots(numbers);
        lanes.faults(Arrays.stream(slots).map(slot -> numbers[slot]).toArray());
        found = new Found(lanes, slots, alike);
        hands = new Hand[work.atOnce()];
        hands[0] = new Hand(lanes);
    }

    /**
     * How scenarios are shared out.
     *
     * @param block how many at a time, in whole words
     * @param many blocks from which on it is worth it
     */
    record Shares(int block, int many) {
        static final Shares USUAL = new Shares(Lanes.WIDTH, 16);
    }

    /** Minimal failing sets up to an order of 1, 2 or 3. */
    public static SweepResult run(Twin twin, int order) {
        return run(twin, order, Work.alone());
    }

    /** The same, in parts that may run at once. However many there are, the result is the same. */
    public static SweepResult run(Twin twin, int order, Work work) {
        return run(twin, order, Set.of(), Set.of(), work, Shares.USUAL);
    }

    /** The same with some conditions forced lost or, where not lost, forced to hold in every scenario: an epoch, or an attribution. */
    public static SweepResult run(Twin twin, int order, Set<Condition> lost, Set<Condition> heldUp) {
        return run(twin, order, lost, heldUp, Work.alone(), Shares.USUAL);
    }

    static SweepResult run(Twin twin, int order, Set<Condition> lost, Set<Condition> heldUp, Work work, Shares shares) {
        Sweep sweep = new Sweep(twin, order, lost, heldUp, work, shares);
        sweep.run();
        return sweep.found.result();
    }

    /** Of a class of interchangeable faults, as many as one set can hold; wide cones first, then along the order of evaluation. */
    private int[] slots(int[] numbers) {
        int[] reach = lanes.reach(WIDE);
        long[] keys = IntStream.range(0, numbers.length)
                .filter(f -> lanes.relevant(numbers[f]) && alike.rank(f) < order)
                .mapToLong(f -> Key.place(reach[numbers[f]] < WIDE, numbers[f], f))
                .sorted()
                .toArray();
        return Arrays.stream(keys).mapToInt(Key::fault).toArray();
    }

    private void run() {
        int[][] singles = IntStream.range(0, slots.length)
                .mapToObj(slot -> new int[] {slot})
                .toArray(int[][]::new);
        Survey survey = new Survey(lanes);
        eachBlock(singles, (hand, from) -> {
            survey.look(hand.lanes);
            found.look(hand, singles, from);
        });
        found.take(hands(), work);
        if (order == 1) {
            return;
        }
        Join forPairs = new Join(lanes, survey);
        eachBlock(singles, (hand, from) -> forPairs.singles(hand, singles, from));
        forPairs.takeSingles(hands());
        int[][] pairs = scenarios(forPairs.candidatePairs(work, hands().size()), 2);
        eachBlock(pairs, (hand, from) -> {
            survey.look(hand.lanes);
            found.look(hand, pairs, from);
        });
        found.take(hands(), work);
        if (order == 2) {
            return;
        }
        if (forPairs.anyMixed()) {
            eachBlock(Survey.besideMembers(pairs), (hand, _) -> survey.lookForHealing(hand.lanes));
        }
        triples(singles, pairs, new Join(lanes, survey));
    }

    private void triples(int[][] singles, int[][] pairs, Join join) {
        eachBlock(singles, (hand, from) -> join.singles(hand, singles, from));
        join.takeSingles(hands());
        eachBlock(pairs, (hand, from) -> join.pairs(hand, pairs, from));
        join.takePairs(hands());
        int[][] triples = scenarios(join.candidateTriples(work, hands().size()), HIGHEST_ORDER);
        eachBlock(triples, (hand, from) -> found.look(hand, triples, from));
        found.take(hands(), work);
    }

    /** Candidates as scenarios; at the highest order only those that stand for their like, since nothing is built upon the others. */
    private int[][] scenarios(Keys candidates, int size) {
        return Arrays.stream(candidates.sorted())
                .mapToObj(Key::members)
                .filter(set -> size < order || found.canonical(set))
                .toArray(int[][]::new);
    }

    private interface Look {
        void at(Hand hand, int from);
    }

    /** Runs all scenarios, each part every so many blocks: wide cones come first, and each part gets its share of them. */
    private void eachBlock(int[][] scenarios, Look look) {
        int blocks = (scenarios.length + shares.block - 1) / shares.block;
        int parts = blocks < shares.many ? 1 : hands.length;
        work.run(parts, number -> {
            Hand hand = hand(number);
            for (int block = number; block < blocks; block += parts) {
                int from = block * shares.block;
                hand.lanes.run(scenarios, from, Math.min(scenarios.length, from + shares.block));
                look.at(hand, from);
            }
        });
    }

    private Hand hand(int number) {
        Hand hand = hands[number];
        if (hand == null) {
            hand = new Hand(new Lanes(lanes));
            hands[number] = hand;
        }
        return hand;
    }

    private List<Hand> hands() {
        List<Hand> used = new ArrayList<>();
        for (Hand hand : hands) {
            if (hand != null) {
                used.add(hand);
            }
        }
        return used;
    }
}
