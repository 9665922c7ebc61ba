package dev.premortem.report;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * What a baseline says about the outages found now.
 *
 * @param ids known and no larger than they were: counted, not shown
 * @param grown known, but larger: what came to each
 * @param gone ids of the baseline that are not found any more
 */
public record Known(Set<String> ids, SortedMap<String, String> grown, List<String> gone) {
    /** No baseline. */
    public static final Known NOTHING = of(new TreeSet<>());

    /** Known ids that did not grow. */
    public static Known of(Set<String> ids) {
        return new Known(ids, Collections.emptySortedMap(), List.of());
    }
}
