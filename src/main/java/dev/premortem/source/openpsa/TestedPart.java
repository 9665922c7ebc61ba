package dev.premortem.source.openpsa;

/**
 * A part that is tested from time to time, and whose failures nobody sees in between: the probability that it is not available at a time. Open-PSA model
 * exchange format 2.0d, 5.3 ("Periodic test") and its figure of the phases; where the text leaves it open, as SCRAM 0.16 does it.
 *
 * <p>The part works, has failed unseen, or is in repair. Up to the first test it fails at its rate. A test begins with a chance to break what works, then what works
 * fails at the rate under test; a failure is found with the test's coverage and repaired from then on, else it stays unseen. What is in repair is not tested; it comes back
 * working, or badly restarted, which is a failure unseen. The states after a phase are those before it times a matrix, so any number of tests costs as much as its logarithm.
 *
 * @param failing failures an hour while working
 * @param failingUnderTest failures an hour while under test
 * @param repairing repairs an hour of what a test has found
 * @param between hours from the start of a test to that of the next
 * @param first hours before the first test
 * @param byTest probability that the start of a test breaks what works
 * @param lasting hours that a test takes
 * @param available whether the part does its duty while under test
 * @param covering probability that a test finds a failure
 * @param badly probability that a repair leaves a failure
 */
record TestedPart(
        double failing,
        double failingUnderTest,
        double repairing,
        double between,
        double first,
        double byTest,
        double lasting,
        boolean available,
        double covering,
        double badly) {
    private static final int WORKS = 0;
    private static final int FAILED = 1;
    private static final int REPAIR = 2;

    /** Tests that take no time, find everything and break nothing, and repairs that leave nothing. */
    static TestedPart instant(double failing, double repairing, double between, double first) {
        return new TestedPart(failing, failing, repairing, between, first, 0, 0, true, 1, 0);
    }

    /** Tests and repairs that take no time: at each test the part is new. At the time of a test, what holds is what it finds. */
    static double renewed(double failing, double between, double first, double time) {
        if (time <= first) {
            return failed(failing, time);
        }
        double since = (time - first) % between;
        return failed(failing, since > 0 ? since : between);
    }

    /** The probability that the part is not available at a time, in hours. */
    double unavailable(double time) {
        if (time <= first) {
            return failed(failing, time);
        }
        double[] state = {1 - failed(failing, first), failed(failing, first), 0};
        double tests = Math.floor((time - first) / between);
        double[][] period = product(testing(lasting), working(between - lasting));
        for (; tests > 0; tests = Math.floor(tests / 2)) {
            state = tests % 2 == 1 ? after(state, period) : state;
            period = product(period, period);
        }
        double since = (time - first) % between;
        double[][] test = testing(Math.min(since, lasting));
        if (since <= lasting) {
            // What works under test only counts where it does its duty there.
            double under = available || lasting == 0 ? 0 : state[WORKS] * test[WORKS][WORKS];
            return 1 - after(state, test)[WORKS] + under;
        }
        return 1 - after(after(state, test), working(since - lasting))[WORKS];
    }

    private double[][] testing(double hours) {
        double breaks = byTest + (1 - byTest) * failed(failingUnderTest, hours);
        double[] works = {1 - breaks, (1 - covering) * breaks, covering * breaks};
        return new double[][] {works, {0, 1 - covering, covering}, repair(hours)};
    }

    private double[][] working(double hours) {
        double breaks = failed(failing, hours);
        return new double[][] {{1 - breaks, breaks, 0}, {0, 1, 0}, repair(hours)};
    }

    private double[] repair(double hours) {
        double mended = failed(repairing, hours);
        double again = mended * badly + (1 - badly) * oneAfterAnother(hours);
        return new double[] {mended - again, again, 1 - mended};
    }

    /** The probability that the repair has come and a failure after it. */
    private double oneAfterAnother(double hours) {
        double faster = Math.max(failing, repairing);
        double slower = Math.min(failing, repairing);
        double apart = (faster - slower) * hours;
        double ratio = apart == 0 ? 1 : -Math.expm1(-apart) / apart;
        return failed(slower, hours) - slower * hours * Math.exp(-slower * hours) * ratio;
    }

    private static double failed(double rate, double hours) {
        return -Math.expm1(-rate * hours);
    }

    private static double[] after(double[] state, double[][] phase) {
        double[] now = new double[3];
        for (int from = WORKS; from <= REPAIR; from++) {
            for (int to = WORKS; to <= REPAIR; to++) {
                now[to] += state[from] * phase[from][to];
            }
        }
        return now;
    }

    private static double[][] product(double[][] one, double[][] other) {
        return new double[][] {after(one[WORKS], other), after(one[FAILED], other), after(one[REPAIR], other)};
    }
}
