package dev.premortem.twin;

import java.util.Map;

/**
 * The numbers of conditions in one form of a twin.
 *
 * @param sorted by name, the same for all forms
 * @param rank place in the order of evaluation of this form
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
record Numbers(Map<Condition, Integer> sorted, int[] rank) {
    /** The number of a condition, or -1 where there is no such condition. */
    int of(Condition condition) {
        Integer number = sorted.get(condition);
        return number == null ? -1 : rank[number];
    }
}
