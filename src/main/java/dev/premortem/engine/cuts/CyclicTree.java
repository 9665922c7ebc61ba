package dev.premortem.engine.cuts;

import java.util.List;

/** Gates that need each other in a circle, so that they define nothing. */
@SuppressWarnings("serial") // never sent anywhere
public final class CyclicTree extends IllegalArgumentException {
    private final List<Integer> members;

    CyclicTree(List<Integer> members) {
        super("gates need each other in a circle: " + members);
        this.members = List.copyOf(members);
    }

    /** The nodes of one circle, as the builder numbered them: each has the next as an input, the last has the first. */
    public List<Integer> members() {
        return members;
    }
}
