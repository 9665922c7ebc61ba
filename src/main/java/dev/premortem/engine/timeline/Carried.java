package dev.premortem.engine.timeline;

import java.util.Map;
import java.util.TreeMap;

/** State that processes hand from one run to the next, over a change of the twin, by process key. */
public final class Carried {
    /** Nothing: a first run. */
    public static final Carried NOTHING = new Carried(Map.of(), false);

    private final Map<String, Object> states;
    private final boolean continues;

    Carried(Map<String, Object> states, boolean continues) {
        this.states = new TreeMap<>(states);
        this.continues = continues;
    }

    Map<String, Object> states() {
        return states;
    }

    boolean continues() {
        return continues;
    }
}
