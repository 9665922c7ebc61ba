package dev.premortem.twin;

import java.util.List;

/** A cycle passes through a choice or a negation, which has no meaning: bad input. */
public final class ChoiceCycle extends RuntimeException {
    private final transient List<Condition> members;

    public ChoiceCycle(List<Condition> members) {
        super("a choice depends on what it decides: " + members);
        this.members = List.copyOf(members);
    }

    /** The conditions of the cycle, sorted. */
    public List<Condition> members() {
        return members;
    }
}
