package dev.premortem.engine.cuts;

/**
 * The minimal failing sets of one module.
 *
 * @param variables the module's node of each level
 * @param value how the sets stand for the module, as in {@link Construction}
 * @param loss at least the probability that some set has failed that a limit left out
 */
record ModuleSets(Zbdd view, int root, int[] variables, byte value, double loss) {
    /** A module that turned out not to depend on anything. */
    static ModuleSets constant(boolean failed) {
        Zbdd none = new Zbdd(new Meter(new Budget(2, 1)), Weighing.orders(0));
        return new ModuleSets(none, Zbdd.NONE, new int[0], (byte) (Construction.CONSTANT + (failed ? 1 : 0)), 0);
    }

    int lightest() {
        return view.lightest(root);
    }

    double bound() {
        return view.bound(root);
    }
}
