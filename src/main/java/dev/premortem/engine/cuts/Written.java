package dev.premortem.engine.cuts;

import java.util.Arrays;

/**
 * Writes what stands for modules out into events, as far as a limit goes. The events of a module come where the module
 * stands, so its sets are joined with those below by hanging the latter at their ends.
 */
final class Written {
    private final CutSets sets;
    private final Zbdd zbdd;
    private final int limit;
    /** The level of each event; -1 for those that no set has. */
    private final int[] levels;

    private double loss;

    private Written(CutSets sets, Zbdd zbdd, int limit, int... levels) {
        this.sets = sets;
        this.zbdd = zbdd;
        this.limit = limit;
        this.levels = levels;
    }

    /** The sets that weigh no more than the limit, without modules. */
    static CutSets out(CutSets sets, int[] levels, Weighing ofEvents, int limit, Meter meter) throws OverBudget {
        int[] events =
                new int[(int) Arrays.stream(levels).filter(level -> level >= 0).count()];
        int[] weights = new int[events.length];
        double[] probabilities = new double[events.length];
        for (int event = 0; event < levels.length; event++) {
            if (levels[event] >= 0) {
                events[levels[event]] = event;
                weights[levels[event]] = ofEvents.weights()[event];
                probabilities[levels[event]] = ofEvents.probabilities()[event];
            }
        }
        Zbdd zbdd = new Zbdd(meter, new Weighing(weights, probabilities));
        Written written = new Written(sets, zbdd, limit, levels);
        int root = written.top();
        CutSets.Growing growing = new CutSets.Growing(sets.events());
        growing.add(zbdd, root, events);
        return growing.last(Math.min(1, sets.leftOut() + written.loss));
    }

    private int top() throws OverBudget {
        int[] flat = new int[sets.size() + 2];
        flat[CutSets.EMPTY] = Zbdd.EMPTY;
        for (int node = CutSets.EMPTY + 1; node < flat.length; node++) {
            int low = flat[sets.low(node)];
            int high = flat[sets.high(node)];
            if (sets.nested(node)) {
                flat[node] = zbdd.joined(flat[sets.inner(node)], high, low, limit);
                loss += zbdd.loss();
            } else {
                flat[node] = zbdd.node(levels[sets.variable(node)], low, high);
            }
        }
        int top = zbdd.within(flat[sets.top()], limit);
        loss += zbdd.loss();
        return top;
    }
}
