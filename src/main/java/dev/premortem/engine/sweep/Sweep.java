package dev.premortem.engine.sweep;

import dev.premortem.twin.Condition;
import dev.premortem.twin.Twin;
import java.util.Arrays;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * All minimal failing sets of up to three faults, for every product at once. Singles are all tried; of pairs and triples only those that the {@link Join}
 * names, each of them evaluated exactly. For the settled and at-once forms of a twin.
 */
public final class Sweep {
    /** Faults that reach more than this go first, so that the cones of the blocks behind them stay small. */
    private static final int WIDE = 256;

    private static final int HIGHEST_ORDER = 3;

    private final Lanes lanes;
    private final Found found;
    private final Alike alike;
    private final int order;
    /** By place in the order of trying: the fault's number in the twin's list. */
    private final int[] slots;

    private Sweep(Twin twin, int order, Set<Condition> lost, Set<Condition> heldUp) {
        if (order < 1 || order > HIGHEST_ORDER) {
            throw new IllegalArgumentException("order must be 1 to " + HIGHEST_ORDER + ", was " + order);
        }
        if (twin.faults().size() > Key.MOST) {
            throw new IllegalArgumentException(
                    "at most " + Key.MOST + " faults, were " + twin.faults().size());
        }
        this.order = order;
        lanes = new Lanes(twin, Evaluation.mask(twin, lost), Evaluation.mask(twin, heldUp));
        int[] numbers = twin.faults().stream()
                .mapToInt(fault -> twin.number(fault.condition()))
                .toArray();
        alike = new Alike(twin, lanes.standing, numbers);
        slots = slots(numbers);
        lanes.faults(Arrays.stream(slots).map(slot -> numbers[slot]).toArray());
        found = new Found(lanes, slots, alike);
    }

    /** Minimal failing sets up to an order of 1, 2 or 3. */
    public static SweepResult run(Twin twin, int order) {
        return run(twin, order, Set.of(), Set.of());
    }

    /** The same with some conditions forced lost or, where not lost, forced to hold in every scenario: an epoch, or an attribution. */
    public static SweepResult run(Twin twin, int order, Set<Condition> lost, Set<Condition> heldUp) {
        Sweep sweep = new Sweep(twin, order, lost, heldUp);
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
        eachBlock(singles, from -> {
            survey.look();
            found.look(singles, from);
        });
        if (order == 1) {
            return;
        }
        Join forPairs = new Join(lanes, survey);
        eachBlock(singles, from -> forPairs.singles(singles, from));
        int[][] pairs = scenarios(forPairs.candidatePairs(), 2);
        eachBlock(pairs, from -> {
            survey.look();
            found.look(pairs, from);
        });
        if (order == 2) {
            return;
        }
        if (forPairs.anyMixed()) {
            eachBlock(Survey.besideMembers(pairs), _ -> survey.lookForHealing());
        }
        Join forTriples = new Join(lanes, survey);
        eachBlock(singles, from -> forTriples.singles(singles, from));
        eachBlock(pairs, from -> forTriples.pairs(pairs, from));
        int[][] triples = scenarios(forTriples.candidateTriples(), HIGHEST_ORDER);
        eachBlock(triples, from -> found.look(triples, from));
    }

    /** Candidates as scenarios; at the highest order only those that stand for their like, since nothing is built upon the others. */
    private int[][] scenarios(Keys candidates, int size) {
        return Arrays.stream(candidates.sorted())
                .mapToObj(Key::members)
                .filter(set -> size < order || found.canonical(set))
                .toArray(int[][]::new);
    }

    private void eachBlock(int[][] scenarios, IntConsumer look) {
        for (int from = 0; from < scenarios.length; from += Lanes.WIDTH) {
            lanes.run(scenarios, from, Math.min(scenarios.length, from + Lanes.WIDTH));
            look.accept(from);
        }
    }
}
