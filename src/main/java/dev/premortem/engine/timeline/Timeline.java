package dev.premortem.engine.timeline;

import dev.premortem.twin.Scenario;
import dev.premortem.twin.Twin;

/** Runs a scenario on a twin. */
public final class Timeline {
    private Timeline() {}

    /**
     * One run from the scenario's beginning to its end.
     *
     * @param live the twin in its live form
     * @throws Livelock where processes answer each other for ever at one instant
     */
    public static Trace run(Twin live, Scenario scenario) {
        return run(live, scenario, Carried.NOTHING);
    }

    /** One run that goes on where an earlier one ended, on another twin. */
    public static Trace run(Twin live, Scenario scenario, Carried carried) {
        return new Kernel(Prepared.of(live), scenario, carried).run();
    }

    /** One run of many on the same twin. */
    public static Trace run(Prepared live, Scenario scenario) {
        return new Kernel(live, scenario, Carried.NOTHING).run();
    }
}
